"""What a downloaded file holds: archives are read within limits and never unpacked to disk."""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, BinaryIO

from cuibono.errors import SourceError

# Event files shrink five- to fifteenfold; nothing honest shrinks a hundredfold.
LARGEST_RATIO = 100
ALWAYS_ALLOWED_BYTES = 2**24
LARGEST_DIRECTORY_BYTES = 2**16
BLOCK_BYTES = 2**18
ZIP, GZIP = b"PK", b"\x1f\x8b"
END = struct.Struct("<4s4H2LH")
END_MARK, END_MARK_64 = b"PK\x05\x06", b"PK\x06\x07"
LONGEST_COMMENT = 2**16
# What the standard library raises on bytes that lie, as flipping every bit has shown.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
)
# A path out, a drive, a control character: such a name asks to be written somewhere.
UNSAFE_NAME = re.compile(r"[\x00-\x1f\\:]|^/|(^|/)\.\.(/|$)|/$|^$")
NO_TABLE = (b"PK\x03\x04", GZIP, b"%PDF", b"Rar!", b"7z\xbc\xaf", b"<", b"{")


def read_files(path: Path, most: int = 1) -> Iterator[IO[bytes]]:
    """Open what a file holds: its archive's members, or itself.

    Bytes are counted as they come, not as a header promises them, and a
    member's name is never used as a path. Members come in the order of their
    names.

    Parameters
    ----------
    path : Path
        A .zip, a .gz or a plain file.
    most : int, default 1
        Most members that the archive may have.

    Yields
    ------
    binary file
        Open until the next is asked for; read to its end, it is checked.

    Raises
    ------
    SourceError
        If the archive is damaged, hostile or too large.
    """
    with path.open("rb") as file:
        mark = file.read(2)
        file.seek(0)
        if mark == ZIP or path.suffix.lower() == ".zip":
            yield from _members(path, file, most)
        elif mark == GZIP:
            allowed = max(ALWAYS_ALLOWED_BYTES, LARGEST_RATIO * path.stat().st_size)
            with gzip.open(file) as stream:
                yield io.BufferedReader(_Counted(path, stream, allowed), BLOCK_BYTES)
        else:
            yield file


def content_of(path: Path, most: int = 1) -> str:
    """Hash what a file holds, whatever it is packed in.

    Parameters
    ----------
    path : Path
        A .zip, a .gz or a plain file.
    most : int, default 1
        Most members that the archive may have.

    Returns
    -------
    str
        SHA-256 in hexadecimal: the same for a table, its .gz and its .zip.

    Raises
    ------
    SourceError
        If the archive is damaged, hostile or too large, or holds a file that
        is empty or no table.
    """
    digest = hashlib.sha256()
    for stream in read_files(path, most):
        block = stream.read(BLOCK_BYTES)
        if block.lstrip()[:4].startswith(NO_TABLE) or not block:
            held = "something other than a table" if block else "an empty file"
            raise SourceError(f"{path}: holds {held}. Fetch it again.")
        while block:
            digest.update(block)
            block = stream.read(BLOCK_BYTES)
    return digest.hexdigest()


class _Counted(io.RawIOBase):
    """A packed stream that stops at its allowance and explains its damage."""

    def __init__(self, path: Path, stream: IO[bytes] | gzip.GzipFile, allowed: int) -> None:
        self.path, self.stream, self.left = path, stream, allowed

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            block = self.stream.read(len(buffer))
        except DAMAGE as error:
            raise _damaged(self.path, error) from error
        self.left -= len(block)
        if self.left < 0:
            raise SourceError(f"{self.path}: unpacks to more than it can honestly hold.")
        buffer[: len(block)] = block
        return len(block)


def _members(path: Path, file: BinaryIO, most: int) -> Iterator[IO[bytes]]:
    _check_directory(path, file)
    try:
        archive = zipfile.ZipFile(file)
    except DAMAGE as error:
        raise _damaged(path, error) from error
    with archive:
        members = sorted(archive.infolist(), key=lambda member: member.filename)
        names = {member.filename for member in members}
        if not 1 <= len(members) <= most or len(names) < len(members):
            raise SourceError(
                f"{path}: holds {len(members)} files of {len(names)} names where at most"
                f" {most} was expected; none is used."
            )
        allowed = max(ALWAYS_ALLOWED_BYTES, LARGEST_RATIO * path.stat().st_size)
        for member in members:
            _check_member(path, member, allowed)
        for member in members:
            try:
                stream = archive.open(member)
            except DAMAGE as error:
                raise _damaged(path, error) from error
            with stream:
                yield io.BufferedReader(_Counted(path, stream, allowed), BLOCK_BYTES)


def _check_directory(path: Path, file: BinaryIO) -> None:
    """Look at an archive's size of directory before anything reads it into memory."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - LONGEST_COMMENT - END.size - 20))
    tail = file.read()
    at = tail.rfind(END_MARK)
    if at < 0 or at + END.size > len(tail):
        raise SourceError(f"{path}: no zip archive, or one that was cut off.")
    directory = END.unpack_from(tail, at)[5]
    if directory > LARGEST_DIRECTORY_BYTES or tail[max(0, at - 20) :].startswith(END_MARK_64):
        raise SourceError(f"{path}: its table of contents is too long; it is not opened.")


def _check_member(path: Path, member: zipfile.ZipInfo, allowed: int) -> None:
    if UNSAFE_NAME.search(member.filename) or stat.S_ISLNK(member.external_attr >> 16):
        raise SourceError(f"{path}: holds {member.filename!r}, a link or a path out of it.")
    if member.flag_bits & 0x1:
        raise SourceError(f"{path}: holds an encrypted file.")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise SourceError(f"{path}: is packed in a way that cannot be read within limits.")
    if member.file_size > allowed:
        raise SourceError(
            f"{path}: would unpack to {member.file_size:,} bytes, more than {LARGEST_RATIO}"
            " times its size; it is not unpacked."
        )


def _damaged(path: Path, error: Exception) -> SourceError:
    return SourceError(f"{path}: damaged ({error}). Fetch it again.")
