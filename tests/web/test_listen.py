"""The address that is printed is one at which somebody listens."""

import socket

import pytest

from cuibono.errors import ServeError
from cuibono.web.listen import listen_on


def test_whoever_comes_at_once_is_taken_in() -> None:
    with (
        listen_on("127.0.0.1", 0) as listener,
        socket.create_connection(listener.getsockname(), timeout=10) as caller,
    ):
        assert caller.getpeername() == listener.getsockname()


def test_a_port_that_is_taken_is_told() -> None:
    with listen_on("127.0.0.1", 0) as taken, pytest.raises(ServeError, match="--port"):
        listen_on("127.0.0.1", taken.getsockname()[1])


def test_a_host_that_is_no_address_is_told() -> None:
    with pytest.raises(ServeError, match="no address"):
        listen_on("256.256.256.256.", 0)
