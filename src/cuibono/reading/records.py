"""One record from what a stage found: its id, its words and its day."""

from __future__ import annotations

import hashlib
from datetime import date

from cuibono.model.sourced_record import (
    Factuality,
    Party,
    RecordKind,
    SourcedRecord,
    Strength,
)
from cuibono.reading.crosswalk import Action
from cuibono.reading.dates import DateSpan
from cuibono.reading.document import Document


def nearest_date(dates: list[DateSpan], start: int, end: int) -> DateSpan | None:
    """Find the date that stands nearest to some words.

    Parameters
    ----------
    dates : list of DateSpan
        Those of the sentence.
    start, end : int
        Characters of the words, half-open.

    Returns
    -------
    DateSpan or None
        None where the sentence has no date.
    """
    if not dates:
        return None
    return min(dates, key=lambda d: max(0, d.start - end, start - d.end))


def make_record(
    document: Document,
    sentence: int,
    span: tuple[int, int],
    kind: RecordKind,
    sides: tuple[tuple[Party, ...], tuple[Party, ...]],
    when: DateSpan | None,
    holders: tuple[str, ...],
    factuality: Factuality,
    strength: Strength,
    cue: tuple[int, int] | None,
    extractor: str,
    action: Action,
) -> SourcedRecord:
    """Make a record, with an id that says what it claims and where.

    Parameters
    ----------
    document : Document
        The text.
    sentence : int
        Number of the sentence in it.
    span : tuple of int
        Characters of the quote, half-open.
    kind : RecordKind
        What it says.
    sides : tuple of tuple of Party
        Actors and recipients.
    when : DateSpan or None
        The date that it stands by.
    holders : tuple of str
        Who says it, the author first.
    factuality : Factuality
        Whether it came about.
    strength : Strength
        How firmly it is meant.
    cue : tuple of int or None
        Where the words stand that decided the strength.
    extractor : str
        What found it.
    action : Action
        The act, in both systems of codes.

    Returns
    -------
    SourcedRecord
        Its quote is the text at its offsets.
    """
    start, end = span
    key = "|".join(
        (
            document.sha256,
            str(start),
            str(end),
            kind,
            action.cameo,
            ",".join(p.actor for p in sides[0]),
            ",".join(p.actor for p in sides[1]),
        )
    )
    day_from, day_to, precision, dated_by = _dated(document, when)
    return SourcedRecord(
        id=hashlib.sha256(key.encode()).hexdigest()[:16],
        document=document.sha256,
        sentence=sentence,
        start=start,
        end=end,
        quote=document.text[start:end],
        kind=kind,
        actors=sides[0],
        recipients=sides[1],
        event_type=action.event_type,
        mode=action.mode,
        context=action.context,
        cameo=action.cameo,
        day_from=day_from,
        day_to=day_to,
        precision=precision,
        dated_by=dated_by,
        holders=holders,
        factuality=factuality,
        strength=strength,
        cue=cue,
        extractor=extractor,
    )


def _dated(
    document: Document, when: DateSpan | None
) -> tuple[date | None, date | None, str, str]:
    if when is not None and (when.day_from or when.day_to):
        return when.day_from, when.day_to, when.precision, document.text[when.start : when.end]
    low, high = document.bounds
    if document.written is not None:
        return None, document.written, "none", "dateline"
    return None, high, "none", "bounds" if low or high else ""
