"""A document as text: what was decoded, what of it is prose, who wrote it and when.

Offsets count in `Document.text`, which for plain text and Markdown is the file itself. The
stages read `Document.prose`, a copy of the same length in which markup is blank.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TypeAlias

from cuibono.errors import DocumentError
from cuibono.reading.dates import explicit_days, find_dates
from cuibono.reading.wordlists import read_toml

BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
MARKDOWN = re.compile(
    r"(?P<image>!\[[^\]\n]*\]\([^)\n]*\))|\]\([^)\n]*\)|https?://\S+|<[^<>\n]{1,300}>"
    r"|(?m:^ {0,3}#{1,6} )|[*_`]{1,3}|(?m:^ *[>|] ?)|(?m:^ *[-+] )|[\[\]|]|&\w+;"
)
BLOCK = re.compile(r"[^\n]+")
WRAPPED = re.compile(r"(?<=[^\W\d_,;])\n(?: *\n)?(?=[a-z])|(?<=[\w,;])\n(?=[^\s#>*|-])")
# A line that breaks off at fewer characters ends by choice.
SHORTEST_WRAP = 45
HEAD_LINES = 12

Patterns: TypeAlias = dict[str, re.Pattern[str]]
"""What surrounds prose, by kind."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text and what surrounds it.

    Attributes
    ----------
    name : str
        File name or title for messages.
    sha256 : str
        Of `text` in UTF-8.
    text : str
        What offsets count in.
    prose : str
        The same with markup and furniture blank; of the same length.
    blocks : tuple of tuple of int
        Paragraphs of prose, half-open.
    title, author : str
        As the text gives them; empty where it does not.
    written : date or None
        The day on its dateline.
    bounds : tuple
        Half-open span in which an undated text must have been written.
    skipped : tuple of str
        What was left out, and why.
    """

    name: str
    sha256: str
    text: str
    prose: str
    blocks: tuple[tuple[int, int], ...]
    title: str = ""
    author: str = ""
    written: date | None = None
    bounds: tuple[date | None, date | None] = (None, None)
    skipped: tuple[str, ...] = ()


def decode(raw: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Decode the bytes of a text.

    Parameters
    ----------
    raw : bytes
        The file.
    name : str
        For the error.

    Returns
    -------
    text : str
        As written, line ends included.
    notes : tuple of str
        What had to be guessed.

    Raises
    ------
    DocumentError
        If it is empty or no text.
    """
    if not raw.strip():
        raise DocumentError(f"{name}: the file is empty; there is nothing to read.")
    for mark, encoding in BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding, errors="replace"), ()
    if b"\0" in raw[:4096]:
        raise DocumentError(f"{name}: not a text (it holds NUL bytes). Save it as text first.")
    try:
        return raw.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        text = raw.decode("cp1252", errors="replace")
        return text, (f"not UTF-8 (byte {error.start}); read as Windows-1252",)


@cache
def _furniture() -> Patterns:
    table = read_toml("furniture.toml")
    return {
        "credits": re.compile("|".join(f"(?:{p})" for p in table["credits"])),
        **{name: re.compile(table[name]) for name in ("wire", "label")},
        **{
            name: re.compile(table[name], re.IGNORECASE)
            for name in ("byline", "dateline", "accessed")
        },
    }


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def build_document(
    text: str,
    name: str = "text",
    *,
    published: date | None = None,
    author: str = "",
    title: str = "",
    skipped: tuple[str, ...] = (),
) -> Document:
    r"""Tell prose from what surrounds it.

    Parameters
    ----------
    text : str
        What offsets will count in.
    name : str, default "text"
        For messages.
    published : date or None
        The day it was written, where the caller knows; else its dateline.
    author, title : str
        The same of its author and title.
    skipped : tuple of str
        What a reader of its format left out.

    Returns
    -------
    Document
        Ready for the stages.

    Examples
    --------
    >>> document = build_document("By Ann Lee\n\nJuly 18, 2016\n\nRussia bombed rebels.")
    >>> document.author, str(document.written), len(document.blocks)
    ('Ann Lee', '2016-07-18', 1)
    """
    prose = MARKDOWN.sub(_blank, text.replace("\r", " ").replace("\t", " "))
    prose = WRAPPED.sub(lambda m: _unwrap(prose, m), prose)
    patterns, left_out = _furniture(), list(skipped)
    blocks: list[tuple[int, int]] = []
    written, seen = published, 0
    headline: tuple[int, int] | None = None
    for match in BLOCK.finditer(prose):
        start, end = _trim(prose, match.start(), match.end())
        if start == end:
            continue
        line = prose[start:end]
        seen += 1
        if seen <= HEAD_LINES and (found := patterns["byline"].match(line)):
            author = author or found[1].strip()
            blocks.clear()  # what stands above the author's name is headline and deck
        elif len(line) < 60 and patterns["dateline"].match(line):
            written = written or next(explicit_days(find_dates(line, 0, len(line), None)), None)
        elif patterns["credits"].search(line.casefold()):
            left_out.append(f"credit at {start}-{end}")
        elif not blocks and not title and _is_title(text, line, start, seen):
            title, headline = line, (start, end)
        else:
            skip, day = _opening(line, patterns)
            written = written or day
            blocks.append((start + skip, end))
    if headline and not blocks:  # a single line is no headline: nothing stands below it
        title, blocks = "", [headline]
    bounds = (written, written) if written else _bounds(prose, blocks, patterns)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(
        name,
        digest,
        text,
        prose,
        tuple(blocks),
        title,
        author,
        written,
        bounds,
        tuple(left_out),
    )


def _unwrap(prose: str, match: re.Match[str]) -> str:
    line = prose.rfind("\n", 0, match.start()) + 1
    joined = match.start() - line >= SHORTEST_WRAP or "\n" in match[0][1:]
    return " " * len(match[0]) if joined else match[0]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _is_title(text: str, line: str, start: int, seen: int) -> bool:
    head = text[text.rfind("\n", 0, start) + 1 : start]
    return "#" in head or (seen == 1 and len(line) < 120 and line[-1] not in '.!?"”')


def _opening(line: str, patterns: Patterns) -> tuple[int, date | None]:
    if found := patterns["wire"].match(line):
        days = find_dates(found[0], 0, len(found[0]), None)
        return found.end(), next(explicit_days(days), None)
    if found := patterns["label"].match(line):
        return found.end(), None
    return 0, None


def _bounds(
    prose: str, blocks: list[tuple[int, int]], patterns: Patterns
) -> tuple[date | None, date | None]:
    """Bound an undated text by the latest day it tells of and the day someone looked."""
    days = [
        day
        for start, end in blocks
        for day in explicit_days(find_dates(prose, start, end, None))
    ]
    visited = patterns["accessed"].search(prose)
    if visited is None:
        return (max(days) if days else None), None
    spans = find_dates(prose, visited.end(), min(len(prose), visited.end() + 30), None)
    seen = next((span for span in spans if span.day_from), None)
    if seen is not None and seen.day_from is not None:
        days = [day for day in days if day < seen.day_from]
    return (max(days) if days else None), seen.day_to if seen else None
