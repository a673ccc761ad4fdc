"""What the workbench serves, to whom, and how much of it at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from cuibono.errors import ServeError


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where the workbench listens and what it may use.

    Attributes
    ----------
    cases : mapping of str to Path
        Case files by the name they have in addresses.
    out : Path
        Folder of the dossiers.
    store : Path
        Folder of the files you loaded.
    engine : str
        Where to compute.
    host : str
        Address to listen on.
    port : int
        Port to listen on.
    token : str
        What a visitor must show; empty on loopback, where nobody else comes.
    names : tuple of str
        Further host names under which the workbench may be asked.
    longest_s : float
        Seconds after which a question to the store is stopped.
    ahead : bool
        Whether events are counted ahead of the questions, beside the pages.
    """

    cases: dict[str, Path]
    out: Path
    store: Path
    engine: str
    host: str = "127.0.0.1"
    port: int = 8787
    token: str = ""
    names: tuple[str, ...] = ()
    longest_s: float = 20.0
    ahead: bool = False

    def __post_init__(self) -> None:
        if not is_loopback(self.host) and len(self.token) < SHORTEST_TOKEN:
            raise ServeError(
                f"{self.host} can be reached from other machines, so a token of at least"
                f" {SHORTEST_TOKEN} characters is needed. Set CUIBONO_TOKEN, or leave out"
                " --host."
            )

    @property
    def address(self) -> str:
        """What to open in a browser.

        Returns
        -------
        str
            Without the token, which is nobody's to print.
        """
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"

    def shorten(self, text: str) -> str:
        """Take out of a text where the files lie on this machine.

        Parameters
        ----------
        text : str
            Such as a fault.

        Returns
        -------
        str
            Files and folders that are served stand by their names alone.
        """
        for path in (*self.cases.values(), self.out, self.store):
            text = text.replace(str(path), path.name)
        return text

    @property
    def hosts(self) -> frozenset[str]:
        """Give the values of the Host header that are answered.

        A page elsewhere whose name was pointed at this machine sends its own
        name, and is refused.

        Returns
        -------
        frozenset of str
            With and without the port.
        """
        named = ("127.0.0.1", "localhost", "[::1]") if is_loopback(self.host) else (self.host,)
        known = [name.lower() for name in (*named, *self.names)]
        return frozenset([*known, *(f"{name}:{self.port}" for name in known)])


SHORTEST_TOKEN = 16


def is_loopback(host: str) -> bool:
    """Tell an address that only this machine reaches.

    Parameters
    ----------
    host : str
        Name or address.

    Returns
    -------
    bool
        True for 127.0.0.0/8, ::1 and localhost.

    Examples
    --------
    >>> is_loopback("127.0.0.1"), is_loopback("0.0.0.0")
    (True, False)
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def name_cases(paths: Sequence[Path]) -> dict[str, Path]:
    """Give each case file the name it has in addresses: that of the file.

    Parameters
    ----------
    paths : sequence of Path
        Case files, and folders of them.

    Returns
    -------
    dict of str to Path
        In order of name.

    Raises
    ------
    ServeError
        If a path is not there, or two files have one name.
    """
    named: dict[str, Path] = {}
    for path in paths:
        if not path.exists():
            raise ServeError(f"{path}: no such case file or folder.")
        for file in sorted(path.glob("*.toml")) if path.is_dir() else [path]:
            if named.setdefault(file.stem, file).resolve() != file.resolve():
                raise ServeError(
                    f"{file} and {named[file.stem]} have one name. Rename one of them."
                )
    return dict(sorted(named.items()))
