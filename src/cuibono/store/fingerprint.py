"""What an input is, byte for byte: its hashes, and its lines by a count of their own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cuibono.errors import SourceError
from cuibono.store.archive import GZIP, ZIP, read_files

BLOCK_BYTES = 2**20


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """An input's bytes in four figures.

    Attributes
    ----------
    sha256 : str
        Of the bytes on disk, a folder's files in the order of their names.
    content : str
        The same of what they hold: a table and its .gz or .zip have one content.
    size : int
        Bytes on disk.
    lines : int
        Lines of the content; the last counts without its line end too.
    """

    sha256: str
    content: str
    size: int
    lines: int


def take_fingerprint(path: Path) -> Fingerprint:
    """Hash an input, and count its lines without splitting it into any.

    The count is the one that a load's rows are held against, hence taken by
    other code than what reads the rows.

    Parameters
    ----------
    path : Path
        File, packed or not, or a folder of files.

    Returns
    -------
    Fingerprint
        Hashes, size and lines.

    Raises
    ------
    SourceError
        If a file cannot be read, or its archive is damaged or hostile.
    """
    try:
        return _take(sorted(path.iterdir()) if path.is_dir() else [path])
    except OSError as error:
        raise SourceError(
            f"{path}: cannot be read ({error.strerror or error}). A folder holds files only."
        ) from error


def hash_file(path: Path) -> str:
    """Hash one file's bytes.

    Parameters
    ----------
    path : Path
        An existing file.

    Returns
    -------
    str
        SHA-256 in hexadecimal.
    """
    digest = hashlib.sha256()
    for block in _blocks(path):
        digest.update(block)
    return digest.hexdigest()


def _take(files: list[Path]) -> Fingerprint:
    outer, inner, size, lines = hashlib.sha256(), hashlib.sha256(), 0, 0
    packed = any(_is_packed(file) for file in files)
    for file in files:
        if packed:
            for block in _blocks(file):
                outer.update(block)
        size += file.stat().st_size
        last = b"\n"
        for stream in read_files(file):
            while block := stream.read(BLOCK_BYTES):
                inner.update(block)
                lines += block.count(b"\n")
                last = block[-1:]
        lines += last != b"\n"
    content = inner.hexdigest()
    return Fingerprint(outer.hexdigest() if packed else content, content, size, lines)


def _blocks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while block := stream.read(BLOCK_BYTES):
            yield block


def _is_packed(file: Path) -> bool:
    with file.open("rb") as stream:
        return stream.read(2) in (ZIP, GZIP) or file.suffix.lower() == ".zip"
