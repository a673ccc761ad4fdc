"""Files and folders as documents: which format a file has decides who reads it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cuibono.errors import DocumentError, suggest
from cuibono.reading.confined import read_confined
from cuibono.reading.document import Document, build_document, decode
from cuibono.reading.html import parse_html

TEXT = frozenset((".txt", ".text", ".md", ".markdown", ""))
PAGES = frozenset((".html", ".htm", ".xhtml"))
CONFINED = frozenset((".pdf", ".docx"))
FORMATS = TEXT | PAGES | CONFINED
LARGEST_BYTES = 64_000_000
LOOKS_LIKE_HTML = ("<!doctype html", "<html", "<head", "<body")


def list_files(path: Path) -> list[Path]:
    """List the documents at a place.

    Parameters
    ----------
    path : Path
        A file, or a folder whose files are listed, folders inside included.

    Returns
    -------
    list of Path
        By name; hidden files and other formats left out of folders.

    Raises
    ------
    DocumentError
        If there is nothing there.
    """
    if path.is_dir():
        found = sorted(
            each
            for each in path.rglob("*")
            if each.is_file()
            and each.suffix.lower() in FORMATS
            and each.suffix
            and not any(part.startswith(".") for part in each.relative_to(path).parts)
        )
        if not found:
            raise DocumentError(f"{path}: no document in this folder; known are {_known()}.")
        return found
    if not path.exists():
        beside = [each.name for each in path.parent.glob("*")] if path.parent.is_dir() else []
        raise DocumentError(f"{path}: no such file.{suggest(path.name, beside)}")
    return [path]


def _known() -> str:
    return ", ".join(sorted(FORMATS - {""}))


def open_document(path: Path, published: date | None = None) -> Document:
    """Read one file as a document.

    Parameters
    ----------
    path : Path
        Text, Markdown, HTML, PDF or DOCX.
    published : date or None
        The day it was written, where the file does not say.

    Returns
    -------
    Document
        Its text and what surrounds it.

    Raises
    ------
    DocumentError
        If it is empty, too large, no text, or of a format nobody here reads.
    """
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise DocumentError(f"{path}: cannot read {suffix} files; known are {_known()}.")
    size = path.stat().st_size
    if size > LARGEST_BYTES:
        raise DocumentError(
            f"{path}: {size:,} bytes, and at most {LARGEST_BYTES:,} are read. Split it."
        )
    if suffix in CONFINED:
        text, notes = decode(read_confined(path).encode(), str(path))
        return build_document(text, path.name, published=published, skipped=notes)
    text, notes = decode(path.read_bytes(), str(path))
    if suffix in PAGES or text.lstrip()[:40].lower().startswith(LOOKS_LIKE_HTML):
        return _page(text, path.name, published, notes)
    return build_document(text, path.name, published=published, skipped=notes)


def _page(markup: str, name: str, published: date | None, notes: tuple[str, ...]) -> Document:
    page = parse_html(markup)
    if not page.paragraphs:
        raise DocumentError(f"{name}: the page holds no prose once script and menus are out.")
    left_out = tuple(f"{count} x <{tag}>" for tag, count in sorted(page.skipped.items()))
    return build_document(
        "\n\n".join(page.paragraphs) + "\n",
        name,
        published=published or _day(page.published),
        author=page.author,
        title=" ".join(page.title.split()),
        skipped=(*notes, *left_out),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
