"""One polite connection to a provider: pinned, no surprise hosts, certificates that hold."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import SplitResult, urljoin, urlsplit

from cuibono.errors import SourceError
from cuibono.store.fetch.address import LookUp, look_up, public_address

MOST_REDIRECTS = 3
TIMEOUT_S = 30.0
PORTS = {"http": 80, "https": 443}
REDIRECTS = frozenset((301, 302, 303, 307, 308))
HEADERS = {"User-Agent": "cuibono", "Accept-Encoding": "identity", "Accept": "*/*"}


class _Pinned(http.client.HTTPConnection):
    """A connection to an address that was checked before, whatever the name says now."""

    def __init__(self, host: str, port: int, address: str, tls: ssl.SSLContext | None) -> None:
        super().__init__(host, port, timeout=TIMEOUT_S)
        self.address, self.tls = address, tls

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), TIMEOUT_S)
        if self.tls:
            self.sock = self.tls.wrap_socket(self.sock, server_hostname=self.host)


@dataclass(slots=True)
class Site:
    """A provider's site, or the mirror that stands in for it.

    Attributes
    ----------
    base : str
        Address that everything lies below, ending in "/".
    hosts : tuple of str
        Other hosts that it may redirect to.
    mirrored : bool
        Whether the user named this address; only then may it be this machine.
    tls : ssl.SSLContext
        Certificates that are believed.
    look_up : callable
        Gives the addresses of a host.
    """

    base: str
    hosts: tuple[str, ...] = ()
    mirrored: bool = False
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    look_up: LookUp = look_up
    _open: dict[tuple[str, str, int], _Pinned] = field(default_factory=dict, init=False)
    _addresses: dict[tuple[str, int], str] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self._origin(urlsplit(self.base))

    @property
    def authenticated(self) -> bool:
        """Tell whether a certificate vouches for what comes from here.

        Returns
        -------
        bool
            True for https.
        """
        return urlsplit(self.base).scheme == "https"

    @property
    def host(self) -> str:
        """Name the host that the base lies on.

        Returns
        -------
        str
            Name or address, without the port.
        """
        return urlsplit(self.base).hostname or ""

    def get(self, path: str, headers: Mapping[str, str]) -> http.client.HTTPResponse:
        """Ask for a file.

        Parameters
        ----------
        path : str
            Address below the base.
        headers : mapping of str to str
            What to say besides the usual.

        Returns
        -------
        http.client.HTTPResponse
            Whatever status it has, once no redirect is left to follow.

        Raises
        ------
        SourceError
            If a redirect or an address is refused, or a certificate does not
            hold.
        OSError
            If the host cannot be reached.
        """
        url = self.base + path
        for _ in range(MOST_REDIRECTS + 1):
            try:
                response = self._ask(url, headers)
            except ssl.SSLCertVerificationError as error:
                raise SourceError(
                    f"{self.host}: its certificate does not hold ({error.verify_message})."
                    " Nothing was downloaded. Name another copy with `--mirror`."
                ) from error
            if response.status not in REDIRECTS:
                return response
            url = self._followed(url, response.getheader("Location") or "")
            self.close()
        raise SourceError(f"{self.base}{path}: more than {MOST_REDIRECTS} redirects; given up.")

    def close(self) -> None:
        """Close every connection; the next question opens a new one."""
        for connection in self._open.values():
            connection.close()
        self._open.clear()

    def _ask(self, url: str, headers: Mapping[str, str]) -> http.client.HTTPResponse:
        parts = urlsplit(url)
        scheme, host, port = origin = self._origin(parts)
        if origin not in self._open:
            if (host, port) not in self._addresses:
                local = self.mirrored and host == self.host and _is_loopback(host)
                pinned = public_address(host, port, self.look_up, local)
                self._addresses[host, port] = pinned
            tls = self.tls if scheme == "https" else None
            self._open[origin] = _Pinned(host, port, self._addresses[host, port], tls)
        target = parts.path + f"?{parts.query}" * bool(parts.query)
        shown = {**HEADERS, "Host": parts.netloc, **headers}
        try:
            self._open[origin].request("GET", target or "/", headers=shown)
            return self._open[origin].getresponse()
        except (OSError, http.client.HTTPException):
            self.close()
            raise

    def _followed(self, url: str, location: str) -> str:
        """Give the address a redirect names, if the provider may redirect there."""
        target = urljoin(url, location)
        parts, here = urlsplit(target), urlsplit(url)
        known = (urlsplit(self.base).netloc, *self.hosts)
        downgraded = here.scheme == "https" and parts.scheme != "https"
        if not location or parts.scheme not in PORTS or parts.netloc not in known or downgraded:
            raise SourceError(
                f"{self.host} redirects to {target!r}, which its card does not name; not"
                " followed."
            )
        return target

    def _origin(self, parts: SplitResult) -> tuple[str, str, int]:
        try:
            scheme, host, port = parts.scheme, parts.hostname or "", parts.port
        except ValueError as error:
            raise SourceError(f"{parts.geturl()!r} is no address: {error}.") from error
        if scheme not in PORTS or not host or parts.username or not parts.geturl().isascii():
            raise SourceError(
                f"{parts.geturl()!r} is no address to fetch from. Write http(s)://host/folder/."
            )
        return scheme, host, port or PORTS[scheme]


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
