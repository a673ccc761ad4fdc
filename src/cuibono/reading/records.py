"""One record from what a stage found: its id, its words and its day."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """What a stage extracted from some words.

    Attributes
    ----------
    kind : RecordKind
        What they say.
    actors, recipients : tuple of Party
        The sides.
    when : DateSpan or None
        The date that they stand by.
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
    """

    kind: RecordKind
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    when: DateSpan | None
    holders: tuple[str, ...]
    factuality: Factuality
    strength: Strength
    cue: tuple[int, int] | None
    extractor: str
    action: Action


def make_record(
    document: Document, sentence: int, span: tuple[int, int], found: Extracted
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
    found : Extracted
        What they say.

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
            found.kind,
            found.action.cameo,
            ",".join(p.actor for p in found.actors),
            ",".join(p.actor for p in found.recipients),
        )
    )
    day_from, day_to, precision, dated_by = _dated(document, found.when)
    return SourcedRecord(
        id=hashlib.sha256(key.encode()).hexdigest()[:16],
        document=document.sha256,
        sentence=sentence,
        start=start,
        end=end,
        quote=document.text[start:end],
        kind=found.kind,
        actors=found.actors,
        recipients=found.recipients,
        event_type=found.action.event_type,
        mode=found.action.mode,
        context=found.action.context,
        cameo=found.action.cameo,
        day_from=day_from,
        day_to=day_to,
        precision=precision,
        dated_by=dated_by,
        holders=found.holders,
        factuality=found.factuality,
        strength=found.strength,
        cue=found.cue,
        extractor=found.extractor,
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
