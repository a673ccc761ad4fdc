"""The socket that the workbench listens on, bound before anything is promised."""

from __future__ import annotations

import socket

from cuibono.errors import ServeError

BACKLOG = 128


def listen_on(host: str, port: int) -> socket.socket:
    """Bind a socket and listen.

    Parameters
    ----------
    host : str
        Name or address.
    port : int
        Port; 0 for any that is free.

    Returns
    -------
    socket
        Bound and listening.

    Raises
    ------
    ServeError
        If the address cannot be bound.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise ServeError(f"{host}: no address of this machine ({error.strerror}).") from None
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        # Whoever opens the address that is printed next finds somebody there.
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise ServeError(
            f"{host}:{port} cannot be listened on ({error.strerror}). Choose another --port."
        ) from None
    return listener
