"""A card for a table of one's own: which column is what, without a line of Python."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cuibono.errors import SourceError, suggest
from cuibono.vocab.actors import load_codes

NAME = "name"
EVENT_SYSTEMS = ("cameo", "plover")
NEEDED = ("name", "table", "licence", "citation", "blind_spots", "actor", "date")
TABLES = {"events": ("event",), "measures": ("measure",)}
OPTIONAL = ("recipient", "ignore")
# What each part may say; the first is needed.
PARTS = {
    "actor": ("column", "system"),
    "recipient": ("column", "system"),
    "date": ("column", "format", "end"),
    "event": ("column", "system"),
    "measure": ("value", "unit", "name", "column"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCard:
    """What a user says of a table.

    Attributes
    ----------
    name, licence, citation : str
        What it is called in keys, its terms and how to cite it.
    table : {"events", "measures"}
        What its rows are.
    blind_spots : tuple of str
        What it cannot see; never empty.
    actor, recipient, date, event, measure : mapping of str to str
        Which column says it and how; empty where the table has none.
    ignore : tuple of str
        Columns that are not read.
    """

    name: str
    table: str
    licence: str
    citation: str
    blind_spots: tuple[str, ...]
    actor: Mapping[str, str]
    date: Mapping[str, str]
    recipient: Mapping[str, str]
    event: Mapping[str, str]
    measure: Mapping[str, str]
    ignore: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the card reads.

        Returns
        -------
        tuple of str
            In the order of the card's parts, each once.
        """
        parts = (self.actor, self.recipient, self.date, self.event, self.measure)
        named = [p[key] for p in parts for key in ("column", "end", "value") if key in p]
        return tuple(dict.fromkeys(named))


def read_own_card(path: Path) -> OwnCard:
    """Read and check the card of a table of one's own.

    Parameters
    ----------
    path : Path
        A TOML file.

    Returns
    -------
    OwnCard
        What it says.

    Raises
    ------
    SourceError
        If the file is no TOML, or a part is missing, unknown or wrong; the
        message says which, in one line.
    """
    try:
        fields = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SourceError(f"{path}: cannot be read as a card ({error}).") from error
    table = str(fields.get("table", ""))
    if table not in TABLES:
        raise SourceError(f"{path}: table = {table!r}; write 'events' or 'measures'.")
    needed = (*NEEDED, *TABLES[table])
    missing = [name for name in needed if not fields.get(name)]
    if missing:
        raise SourceError(f"{path}: {', '.join(missing)} is missing or empty.")
    for name in fields:
        if name not in (*needed, *OPTIONAL):
            raise SourceError(
                f"{path}: unknown key {name!r} in a card of {table}.{suggest(name, needed)}"
            )
    parts = {name: _part(path, name, fields.get(name, {})) for name in PARTS}
    _check(path, parts)
    return OwnCard(
        name=str(fields["name"]),
        table=table,
        licence=str(fields["licence"]),
        citation=str(fields["citation"]),
        blind_spots=tuple(fields["blind_spots"]),
        ignore=tuple(fields.get("ignore", ())),
        **parts,
    )


def _part(path: Path, name: str, part: Any) -> Mapping[str, str]:
    """Check the keys of one part."""
    known = PARTS[name]
    if not isinstance(part, dict):
        raise SourceError(f"{path}: {name} must be a table, [{name}] with {', '.join(known)}.")
    for key, value in part.items():
        if key not in known:
            raise SourceError(f"{path}: unknown key {name}.{key}.{suggest(key, known)}")
        if not isinstance(value, str) or not value:
            raise SourceError(f"{path}: {name}.{key} must be a text in quotes.")
    if part and known[0] not in part:
        raise SourceError(f"{path}: {name}.{known[0]} is missing.")
    return part


def _check(path: Path, parts: Mapping[str, Mapping[str, str]]) -> None:
    """Check what the parts mean: code systems, the date's format, the measure's name."""
    systems = (NAME, *sorted(load_codes()))
    for name, known in (("actor", systems), ("recipient", systems), ("event", EVENT_SYSTEMS)):
        system = parts[name].get("system", "") if parts[name] else known[0]
        if system not in known:
            raise SourceError(
                f"{path}: {name}.system = {system!r}.{suggest(system, known)}"
                f" Known: {', '.join(known)}."
            )
    form = parts["date"].get("format", "%Y")
    if "%Y" not in form or ("%d" in form and "%m" not in form):
        raise SourceError(
            f"{path}: date.format = {form!r}; write a year as %Y, a month as %m, a day as %d."
        )
    measure = parts["measure"]
    if measure and ("name" in measure) == ("column" in measure):
        raise SourceError(f"{path}: give measure.name or measure.column, one of both.")
    if measure and "unit" not in measure:
        raise SourceError(f"{path}: measure.unit is missing.")
