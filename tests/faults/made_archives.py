"""Archives as nobody honest would make them."""

import io
import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

TABLE = b"GLOBALEVENTID\tSQLDATE\n1\t20150218\n"


def archive(*members: tuple[str, bytes], stored: bool = False) -> bytes:
    """A zip of these members, whatever they are called."""
    whole = io.BytesIO()
    kind = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(whole, "w", kind) as made:
        for name, body in members:
            info = zipfile.ZipInfo("placeholder")
            info.filename, info.compress_type = name, kind
            # The writer warns of a second file of one name, which is what a test wants.
            made.NameToInfo.clear()
            made.writestr(info, body)
    return whole.getvalue()


def link(name: str, target: str) -> bytes:
    """A zip that holds a symbolic link."""
    whole = io.BytesIO()
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(whole, "w") as made:
        made.writestr(info, target)
    return whole.getvalue()


def patched(whole: bytes, mark: bytes, at: int, layout: str, value: int) -> bytes:
    """The same archive with one number of its directory changed."""
    place = whole.rindex(mark) + at
    changed = struct.pack(layout, value)
    return whole[:place] + changed + whole[place + len(changed) :]


def encrypted(whole: bytes) -> bytes:
    """The same archive, said to be encrypted."""
    return patched(whole, b"PK\x01\x02", 8, "<H", 1)


def put(folder: Path, body: bytes, name: str = "file.zip") -> Path:
    path = folder / name
    path.write_bytes(body)
    return path


def everything_below(folder: Path, known: Sequence[Path]) -> list[Path]:
    return [path for path in folder.rglob("*") if path not in known]
