"""The bytes of a file on their way: how they gather on disk and what they turn out to be."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from cuibono.errors import StoreError

MAGIC = {".zip": b"PK\x03\x04", ".gz": b"\x1f\x8b", ".parquet": b"PAR1", ".json": b"{"}


class Part:
    """A file that grows; a disk that refuses is one clear error.

    Parameters
    ----------
    path : Path
        Which file.
    start : int
        Bytes of it to keep; what lies behind them is cut off.
    """

    def __init__(self, path: Path, start: int) -> None:
        self.path = path
        with self._clear():
            self.stream = path.open("r+b" if start else "wb")
            self.stream.seek(start)
            self.stream.truncate()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        with self._clear():
            self.stream.close()

    def add(self, block: bytes) -> None:
        """Write bytes at the end.

        Parameters
        ----------
        block : bytes
            What came.

        Raises
        ------
        StoreError
            If they cannot be written; no part of the file is left.
        """
        with self._clear():
            self.stream.write(block)

    @contextmanager
    def _clear(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            with suppress(OSError):
                self.path.unlink(missing_ok=True)
            raise StoreError(
                f"{self.path}: cannot be written ({error.strerror or error}). Free the disk,"
                " or name another folder with `--store`, and fetch again."
            ) from error


def error_page(name: str, head: bytes) -> str:
    """Tell an error page or an empty answer from the file that was asked for.

    Parameters
    ----------
    name : str
        Name of the file; its suffix says how it must begin.
    head : bytes
        The first bytes that came.

    Returns
    -------
    str
        What came instead; empty if the file may begin like this.

    Examples
    --------
    >>> error_page("20150218230000.export.CSV.zip", b"<!DOCTYPE html>")
    'sends text instead of a .zip file'
    """
    suffix = Path(name).suffix.lower()
    if suffix in MAGIC:
        sound = head.startswith(MAGIC[suffix])
        return (
            "" if sound else f"sends {'text' if head else 'nothing'} instead of a {suffix} file"
        )
    return "sends a page instead of data" if head.lstrip()[:1] in (b"<", b"{") else ""


def hashes(path: Path, function: str) -> tuple[str, str]:
    """Hash a file, once as we do and once as its provider does.

    Parameters
    ----------
    path : Path
        The file.
    function : str
        The provider's hash function; empty if it tells none.

    Returns
    -------
    str, str
        SHA-256 in hexadecimal; function and digest, such as "md5:9001…".
    """
    ours, theirs = hashlib.sha256(), hashlib.new(function or "md5", usedforsecurity=False)
    with path.open("rb") as stream:
        while block := stream.read(2**20):
            ours.update(block)
            theirs.update(block)
    return ours.hexdigest(), f"{function}:{theirs.hexdigest()}"
