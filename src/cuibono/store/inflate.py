"""The usual archive, one packed file in a .zip, unpacked in one go."""

from __future__ import annotations

import re
import struct
from pathlib import Path

from isal import isal_zlib

from cuibono.store.archive import ALWAYS_ALLOWED_BYTES, END, END_MARK, LARGEST_RATIO, read_files

LOCAL = struct.Struct("<4s5H3L2H")
CENTRAL = struct.Struct("<4s6H3L5H2L")
DEFLATED = 8
# How hard it was packed, whether sizes stand after the data too, names in UTF-8.
HARMLESS_FLAGS = 0x80E
USUAL_NAME = re.compile(rb"[\w-][\w.-]*")
SYMBOLIC_LINK = 0xA
# Its stub calls it an exception where it is a kind of exceptions.
DAMAGED: type[Exception] = isal_zlib.error  # type: ignore[assignment]


def inflate(path: Path) -> bytes:
    """Give the one file in an archive, or the file itself if it is not packed.

    An archive of the usual shape is read directly; any other, and any that
    does not hold what it promises, goes to `read_files`, which knows the odd
    shapes and refuses the damaged ones.

    Parameters
    ----------
    path : Path
        A .zip, a .gz or a plain file.

    Returns
    -------
    bytes
        All of it, checked against its sum.

    Raises
    ------
    SourceError
        If the archive is damaged, hostile or too large.
    """
    packed = path.read_bytes()
    found = _only_member(packed)
    return found if found is not None else b"".join(s.read() for s in read_files(path))


def _only_member(packed: bytes) -> bytes | None:
    """Unpack an archive of the usual shape; nothing where anything about it is unusual."""
    if len(packed) < LOCAL.size + CENTRAL.size + END.size:
        return None
    mark, _, _, _, members, _, directory, comment = END.unpack_from(packed, -END.size)
    if (mark, members, comment) != (END_MARK, 1, 0):
        return None
    if directory + CENTRAL.size + END.size > len(packed):
        return None
    (mark, _, _, flags, method, _, _, crc, size, unpacked, *lengths, _, _, attributes,
     offset) = CENTRAL.unpack_from(packed, directory)  # fmt: skip
    name = packed[directory + CENTRAL.size :][: lengths[0]]
    usual = (
        (mark, method, offset) == (b"PK\x01\x02", DEFLATED, 0)
        and not flags & ~HARMLESS_FLAGS
        and USUAL_NAME.fullmatch(name) is not None
        and attributes >> 28 != SYMBOLIC_LINK
        and unpacked <= max(ALWAYS_ALLOWED_BYTES, LARGEST_RATIO * len(packed))
    )
    start = LOCAL.size + sum(LOCAL.unpack_from(packed)[-2:])
    if not usual or start + size > directory:
        return None
    stream = isal_zlib.decompressobj(-15)
    try:
        text = stream.decompress(memoryview(packed)[start : start + size], unpacked + 1)
    except DAMAGED:
        return None
    whole = stream.eof and len(text) == unpacked and isal_zlib.crc32(text) == crc
    return text if whole else None
