"""Review: a person accepts, edits or rejects a record, which makes a new version of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from cuibono.errors import DocumentError, suggest
from cuibono.model.sourced_record import (
    Factuality,
    Party,
    RecordKind,
    SourcedRecord,
    Strength,
)
from cuibono.reading.crosswalk import action_of
from cuibono.vocab.actors import resolve_actor
from cuibono.vocab.events import cameo, event_types

EDITABLE: tuple[str, ...] = (
    "actors",
    "recipients",
    "cameo",
    "event_type",
    "kind",
    "factuality",
    "strength",
)
EDITABLE += ("day_from", "day_to", "holders", "links")
ENUMS = {"kind": RecordKind, "factuality": Factuality, "strength": Strength}


def accept(record: SourcedRecord) -> SourcedRecord:
    """Accept a record as it is.

    Parameters
    ----------
    record : SourcedRecord
        As it holds.

    Returns
    -------
    SourcedRecord
        Its next version.
    """
    return replace(record, status="accepted", version=record.version + 1)


def reject(record: SourcedRecord) -> SourcedRecord:
    """Reject a record; it stays in the store, and stays out of every case.

    Parameters
    ----------
    record : SourcedRecord
        As it holds.

    Returns
    -------
    SourcedRecord
        Its next version.
    """
    return replace(record, status="rejected", version=record.version + 1)


def edit(record: SourcedRecord, changes: dict[str, str]) -> SourcedRecord:
    """Accept a record with changes; its quote and offsets cannot be changed.

    Parameters
    ----------
    record : SourcedRecord
        As it holds.
    changes : dict of str to str
        New values as typed, by field; lists joined by commas, days in ISO 8601.

    Returns
    -------
    SourcedRecord
        Its next version, marked as edited by a person.

    Raises
    ------
    DocumentError
        If a field cannot be edited or a value is none of the known ones.
    UnknownActorError
        If an actor's id is unknown.
    """
    values: dict[str, Any] = {}
    for name, text in changes.items():
        if name not in EDITABLE:
            raise DocumentError(
                f"{name}: no field that can be edited.{suggest(name, EDITABLE)}"
                f" Known are {', '.join(EDITABLE)}."
            )
        values |= _value(name, text.strip())
    return replace(
        record, status="edited", extractor="person", version=record.version + 1, **values
    )


def _value(name: str, text: str) -> dict[str, Any]:
    listed = [part.strip() for part in text.split(",") if part.strip()]
    if name in {"actors", "recipients"}:
        return {name: tuple(Party(resolve_actor(part, name).id) for part in listed)}
    if name in {"holders", "links"}:
        return {name: tuple(listed)}
    if name in {"day_from", "day_to"}:
        return {name: _day(name, text)}
    if name == "cameo":
        action = action_of(cameo(text, name).code)
        return action._asdict()
    if name == "event_type":
        if text and text not in event_types():
            raise DocumentError(f"event_type: no type {text!r}.{suggest(text, event_types())}")
        return {name: text}
    known = ENUMS[name]
    if text not in set(known):
        raise DocumentError(f"{name}: no {name} {text!r}.{suggest(text, list(known))}")
    return {name: known(text)}


def _day(name: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise DocumentError(f"{name}: {text!r} is no day; write 2016-07-18.") from error
