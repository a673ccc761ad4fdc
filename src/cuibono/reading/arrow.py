"""Records as an Arrow table and back, column by column, nothing lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cuibono.model.sourced_record import (
    Factuality,
    Party,
    RecordKind,
    SourcedRecord,
    Strength,
)

if TYPE_CHECKING:
    import pyarrow as pa

STRINGS: tuple[str, ...] = ("id", "document", "quote", "kind", "event_type", "mode", "context")
STRINGS += ("cameo", "precision", "dated_by", "factuality", "strength", "extractor", "status")
NUMBERS = ("sentence", "start", "end", "version")


def record_schema() -> pa.Schema:
    """Give the columns of a table of records.

    Returns
    -------
    pyarrow.Schema
        `actors` and `recipients` are lists of structs; `cue` is null where nothing hedges.
    """
    import pyarrow as pa

    party = pa.struct(
        {
            "actor": pa.string(),
            "sector": pa.string(),
            "text": pa.string(),
            "others": pa.list_(pa.string()),
        }
    )
    return pa.schema(
        [(name, pa.string()) for name in STRINGS]
        + [(name, pa.int64()) for name in NUMBERS]
        + [("actors", pa.list_(party)), ("recipients", pa.list_(party))]
        + [("day_from", pa.date32()), ("day_to", pa.date32())]
        + [("holders", pa.list_(pa.string())), ("links", pa.list_(pa.string()))]
        + [("cue", pa.list_(pa.int64()))]
    )


def _row(record: SourcedRecord) -> dict[str, Any]:
    def sides(parties: tuple[Party, ...]) -> list[dict[str, Any]]:
        return [
            {"actor": p.actor, "sector": p.sector, "text": p.text, "others": list(p.others)}
            for p in parties
        ]

    row: dict[str, Any] = {name: str(getattr(record, name)) for name in STRINGS}
    row |= {name: getattr(record, name) for name in (*NUMBERS, "day_from", "day_to")}
    return row | {
        "actors": sides(record.actors),
        "recipients": sides(record.recipients),
        "holders": list(record.holders),
        "links": list(record.links),
        "cue": list(record.cue) if record.cue else None,
    }


def to_arrow(records: list[SourcedRecord]) -> pa.Table:
    """Lay records out as a table.

    Parameters
    ----------
    records : list of SourcedRecord
        In any order.

    Returns
    -------
    pyarrow.Table
        One row a record, in the same order.
    """
    import pyarrow as pa

    return pa.Table.from_pylist([_row(record) for record in records], schema=record_schema())


def from_arrow(table: pa.Table) -> list[SourcedRecord]:
    """Read records from a table.

    Parameters
    ----------
    table : pyarrow.Table
        As `to_arrow` lays it out.

    Returns
    -------
    list of SourcedRecord
        In order of the rows.
    """
    return [_record(row) for row in table.to_pylist()]


def _record(row: dict[str, Any]) -> SourcedRecord:
    def parties(side: str) -> tuple[Party, ...]:
        return tuple(
            Party(p["actor"], p["sector"], p["text"], tuple(p["others"])) for p in row[side]
        )

    plain = {name: row[name] for name in (*STRINGS, *NUMBERS, "day_from", "day_to")}
    plain |= {
        "kind": RecordKind(row["kind"]),
        "factuality": Factuality(row["factuality"]),
        "strength": Strength(row["strength"]),
        "actors": parties("actors"),
        "recipients": parties("recipients"),
        "holders": tuple(row["holders"]),
        "links": tuple(row["links"]),
        "cue": (row["cue"][0], row["cue"][1]) if row["cue"] else None,
    }
    return SourcedRecord(**plain)
