"""The text of a DOCX file: its paragraphs, read as a stream and never as a tree."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.parsers import expat

from cuibono.errors import DocumentError

BODY = "word/document.xml"
# A document that unpacks to more than this is a bomb or no document.
MOST_UNPACKED = 200_000_000
DEEPEST = 500
CHUNK = 1 << 16


class _Paragraphs:
    """Gathers the text runs of `w:t` elements, a paragraph at each end of `w:p`."""

    def __init__(self, most: int) -> None:
        self.parts: list[str] = []
        self.left = most
        self._depth = 0
        self._in_text = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise DocumentError(f"elements are nested more than {DEEPEST} deep.")
        local = name.rpartition(":")[2]
        self._in_text = local == "t"
        if local in {"tab", "br"}:
            self.parts.append(" ")

    def end(self, name: str) -> None:
        self._depth -= 1
        self._in_text = False
        if name.rpartition(":")[2] == "p":
            self.parts.append("\n\n")

    def text(self, data: str) -> None:
        if self._in_text and self.left > 0:
            self.parts.append(data[: self.left])
            self.left -= len(data)


def _refuse(*_: object) -> None:
    raise DocumentError("it declares a document type, which no word processor writes.")


def extract_docx(path: Path, most: int) -> str:
    """Give the text of a DOCX file.

    No document type is accepted, so that no entity can be declared, inside or outside.

    Parameters
    ----------
    path : Path
        The file.
    most : int
        Characters after which it is cut off.

    Returns
    -------
    str
        Paragraphs, an empty line between them.

    Raises
    ------
    DocumentError
        If it is no DOCX, unpacks to too much, nests too deep or declares entities.
    """
    gathered = _Paragraphs(most)
    parser = expat.ParserCreate()
    parser.StartElementHandler = gathered.start
    parser.EndElementHandler = gathered.end
    parser.CharacterDataHandler = gathered.text
    parser.StartDoctypeDeclHandler = _refuse
    unpacked = 0
    try:
        with zipfile.ZipFile(path) as archive, archive.open(BODY) as body:
            while chunk := body.read(CHUNK):
                unpacked += len(chunk)
                if unpacked > MOST_UNPACKED:
                    raise DocumentError(f"it unpacks to more than {MOST_UNPACKED:,} bytes.")
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
    except (zipfile.BadZipFile, KeyError, expat.ExpatError, OSError, EOFError) as error:
        raise DocumentError("not a DOCX file, or a damaged one.") from error
    return "".join(gathered.parts)
