"""An accepted record becomes an evidence entry of a case file; nothing else in it moves."""

from __future__ import annotations

import os
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import ParseError

from cuibono.errors import CaseError, CaseSyntaxError
from cuibono.model.sourced_record import Party, SourcedRecord
from cuibono.store.readings import read_document_of

UNJUDGED = "not judged yet"
LONGEST_ID = 60
FIRST_NUMBER = re.compile(r"^[A-Za-z]+(\d+)$")
PRECISIONS = ("day", "month", "year")


def document_id(name: str) -> str:
    """Give the id under which a case names a document.

    Parameters
    ----------
    name : str
        File name.

    Returns
    -------
    str
        Letters, digits and hyphens.

    Examples
    --------
    >>> document_id("Essay (2016).txt")
    'essay-2016'
    """
    stem = Path(name).stem.casefold()
    slug = re.sub(r"[^a-z0-9]+", "-", stem).strip("-")
    return slug[:LONGEST_ID] or "document"


def describe(record: SourcedRecord) -> str:
    """Say what a record says, for the evidence's own words until an analyst writes better.

    Parameters
    ----------
    record : SourcedRecord
        Any record.

    Returns
    -------
    str
        One line.
    """
    what = record.event_type or record.kind.value.removeprefix("claim:").replace("_", " ")
    sides = " to ".join(filter(None, (_names(record.actors), _names(record.recipients))))
    return f"{what} ({record.factuality.value}, {record.strength.value}): {sides}"


def _names(parties: tuple[Party, ...]) -> str:
    return ", ".join(party.actor or party.text for party in parties)


def add_evidence(
    case: Path,
    record: SourcedRecord,
    *,
    name: str,
    title: str,
    author: str,
    published: date,
) -> str:
    """Write an accepted record into a case file, comments and order kept.

    The entry is left unjudged: a machine may find what a text says, but how likely each
    explanation makes it is for a person to say. Its origin is the document, until someone
    finds that two documents go back to one report.

    Parameters
    ----------
    case : Path
        The case file.
    record : SourcedRecord
        Accepted or edited.
    name, title, author : str
        Of its document.
    published : date
        The day the document was written.

    Returns
    -------
    str
        Id of the entry; that of the entry already there if the record was added before.

    Raises
    ------
    CaseError
        If the file cannot be read or written, or the record was not accepted.
    """
    if record.status not in {"accepted", "edited"}:
        raise CaseError(
            f"{record.id}: {record.status}, and only accepted records are evidence."
        )
    try:
        written = tomlkit.parse(case.read_text("utf-8"))
    except ParseError as error:
        raise CaseSyntaxError(f"{case}:{error.line}: {error}. Mend the file first.") from error
    except OSError as error:
        raise CaseError(f"{case}: {error.strerror}.") from error
    source, locator = document_id(name), f"characters {record.start}-{record.end}"
    entries: list[Any] = written.get("evidence", [])
    for entry in entries:
        if entry.get("document") == source and entry.get("locator") == locator:
            return str(entry["id"])
    if all(entry.get("id") != source for entry in written.get("document", [])):
        _append(written, "document", _document(source, title or name, author, published))
    new = _next_id(entries)
    entry = _entry(new, record, source, locator, published)
    entry["blank"] = [str(each["id"]) for each in written.get("explanation", [])]
    _append(written, "evidence", entry)
    _replace(case, tomlkit.dumps(written))
    return new


def enter_record(store: Path, case: Path, record: SourcedRecord) -> str:
    """Write an accepted record into a case file, with the document that it was read from.

    Parameters
    ----------
    store : Path
        Holds the document.
    case : Path
        The case file.
    record : SourcedRecord
        Accepted or edited.

    Returns
    -------
    str
        Id of the entry.

    Raises
    ------
    CaseError
        If the document has no day, or as `add_evidence` says.
    """
    about = read_document_of(store, record.document)
    published = about.written or record.day_to or record.day_from
    if published is None:
        raise CaseError(
            f"{about.name}: undated, and a case needs the day of its documents. Read it again"
            " with `cuibono read FILE --published DAY`."
        )
    return add_evidence(
        case,
        record,
        name=about.name,
        title=about.title,
        author=about.author,
        published=published,
    )


def _document(source: str, title: str, author: str, published: date) -> dict[str, Any]:
    return {
        "id": source,
        "title": title,
        "author": author or "not named",
        "published": published,
    }


def _entry(
    new: str, record: SourcedRecord, source: str, locator: str, published: date
) -> dict[str, Any]:
    day = record.day_from or record.day_to or published
    known = record.precision if record.precision in PRECISIONS else "year"
    entry: dict[str, Any] = {"id": new, "text": describe(record), "day": day}
    if record.day_from and record.day_to and record.precision == "span":
        last = record.day_to - timedelta(days=1)
        if last > day:
            entry["until"] = last
        known = "day"
    entry["precision"] = known
    return entry | {
        "document": source,
        "locator": locator,
        "holder": " → ".join(record.holders) or "author",
        "origin": source,
        "judge": UNJUDGED,
    }


def _next_id(entries: list[Any]) -> str:
    numbers = [
        int(found[1]) for entry in entries if (found := FIRST_NUMBER.match(str(entry["id"])))
    ]
    return f"E{max(numbers, default=0) + 1:02}"


def _append(written: tomlkit.TOMLDocument, key: str, fields: dict[str, Any]) -> None:
    table = tomlkit.table()
    for name, value in fields.items():
        table.add(name, value)
    if key not in written:
        written.append(key, tomlkit.aot())
    array = written[key]
    if not isinstance(array, tomlkit.items.AoT):
        raise CaseSyntaxError(f"`{key}` is not a list of tables. Write [[{key}]] instead.")
    array.append(table)


def _replace(case: Path, text: str) -> None:
    part = case.with_name(f".{case.name}.{os.getpid()}")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(case)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise CaseError(f"{case}: {error.strerror}.") from error
