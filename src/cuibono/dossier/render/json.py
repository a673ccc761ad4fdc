"""The JSON twin: everything the page shows, for programs, and the way back."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from cuibono.errors import TraceError
from cuibono.model.dossier import Dossier

SCHEMA = "cuibono.dossier/1"
_AGAIN = "Write it again with `cuibono explain` and the case file."


def to_json(dossier: Dossier) -> str:
    """Write a dossier as JSON.

    Keys stand in the order of the types, so that two runs compare line by
    line; numbers stand only inside figures, series and distributions, where
    they have rows.

    Parameters
    ----------
    dossier : Dossier
        Any dossier.

    Returns
    -------
    str
        An object with `schema` first; days in ISO 8601.

    Raises
    ------
    TraceError
        If a number is not finite.
    """
    plain = {"schema": SCHEMA, **asdict(dossier)}
    try:
        return json.dumps(
            plain, default=date.isoformat, allow_nan=False, ensure_ascii=False, indent=1
        )
    except ValueError as error:
        raise TraceError(
            f"Dossier {dossier.name}: a number is not finite, and JSON has no word for it."
            " Leave out what could not be computed and say so in the text."
        ) from error


def _parse(text: str) -> dict[str, Any]:
    try:
        plain = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise TraceError(f"This dossier is damaged: {error}. {_AGAIN}") from error
    if not isinstance(plain, dict) or "schema" not in plain:
        raise TraceError(
            f"This is not the JSON of a dossier: it has no `schema`. {_AGAIN}",
        )
    if plain["schema"] != SCHEMA:
        raise TraceError(
            f"This dossier has the schema {plain['schema']!r:.80}; this version reads"
            f" {SCHEMA!r}. {_AGAIN}"
        )
    return plain


def _check_lengths(dossier: Dossier) -> None:
    """Refuse lists that belong together and differ in length."""
    broken = [
        world.id for world in dossier.distributions if len(world.edges) != len(world.counts) + 1
    ]
    broken += [
        series.id
        for series in dossier.series
        if any(len(point.rows) != len(series.traces) for point in series.points)
    ]
    if broken:
        raise TraceError(
            f"This dossier is damaged at {broken[0]!r}: its lists do not fit together. {_AGAIN}"
        )


def from_json(text: str) -> Dossier:
    """Read a dossier back.

    Parameters
    ----------
    text : str
        What `to_json` wrote.

    Returns
    -------
    Dossier
        Equal to the one that was written.

    Raises
    ------
    TraceError
        If the text is damaged, foreign, of another schema, or holds a value
        of the wrong type; the message names the first place.
    """
    from pydantic import ConfigDict, TypeAdapter, ValidationError

    plain = _parse(text)
    del plain["schema"]
    # The configuration of the outer tuple reaches the dataclasses inside it.
    rules = ConfigDict(extra="forbid", allow_inf_nan=False, strict=True)
    try:
        (dossier,) = TypeAdapter(tuple[Dossier], config=rules).validate_json(
            json.dumps([plain])
        )
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(step) for step in first["loc"][1:])
        raise TraceError(
            f"This dossier is damaged at {place}: {first['msg']}. {_AGAIN}"
        ) from error
    _check_lengths(dossier)
    return dossier
