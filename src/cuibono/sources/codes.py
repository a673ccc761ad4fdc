"""Event codes and small code lists of a source as tables that rows can be joined to."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.resources import files

import ibis
import pyarrow as pa

from cuibono.model.actor import Kind
from cuibono.sources.resolve import lookup_table, resolve
from cuibono.vocab.actors import Code, day_of, load_profiles, read_table
from cuibono.vocab.events import cameo_codes
from cuibono.vocab.search import NAME_TABLES

SPOKEN_ROLES = ("name", "alias")


def read_list(source: str, name: str) -> list[dict[str, str]]:
    """Read a small table that lies beside a source's card.

    Parameters
    ----------
    source : str
        Folder name.
    name : str
        File name.

    Returns
    -------
    list of dict of str to str
        One row each; an empty cell is empty text.
    """
    text = files("cuibono.sources").joinpath(source, name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def listed_codes(source: str, name: str) -> ibis.Table:
    """Build the look-up from a source's own actor codes to actor ids.

    Parameters
    ----------
    source : str
        Folder name.
    name : str
        File beside its card, with columns `code` and `actor`, and `start` and
        `end` where a code changed hands.

    Returns
    -------
    ibis.Table
        Columns as `cuibono.sources.resolve.code_lookup` gives them.
    """
    return lookup_table(
        Code(
            row["actor"],
            source,
            row["code"],
            day_of(row.get("start", "")),
            day_of(row.get("end", "")),
            name,
        )
        for row in read_list(source, name)
        if row["actor"]
    )


def type_events(table: ibis.Table) -> ibis.Table:
    """Add what a CAMEO code is in PLOVER.

    Parameters
    ----------
    table : ibis.Table
        Rows with the CAMEO code in `code`.

    Returns
    -------
    ibis.Table
        The same rows with `event_type` and `quad`, and with `known`, which is
        null where CAMEO has no such code.
    """
    codes = list(cameo_codes().values())
    kinds = pa.table(
        {
            "code": pa.array([c.code for c in codes], pa.string()),
            "event_type": pa.array([c.event_type for c in codes], pa.string()),
            "quad": pa.array([c.quad for c in codes], pa.string()),
            "known": pa.array([True] * len(codes)),
        }
    )
    return table.left_join(ibis.memtable(kinds), "code")


def tenths(score: ibis.Value) -> ibis.Value:
    """Read a Goldstein value as tenths.

    Parameters
    ----------
    score : ibis.Value
        Text or number on the scale from -10 to 10.

    Returns
    -------
    ibis.Value
        Whole tenths; null where it is no number on the scale.
    """
    number = score.try_cast("float64")
    return (
        number.between(-10, 10)
        .ifelse((number * 10).round(), ibis.null("float64"))
        .cast("int64")
    )


def name_lookup() -> ibis.Table:
    """Build the look-up from the names of states, organisations and groups to actor ids.

    Returns
    -------
    ibis.Table
        Columns as `cuibono.sources.resolve.code_lookup` gives them.
    """
    return steady_lookup(spoken_names())


def steady_lookup(codes: Iterable[Code]) -> ibis.Table:
    """Build a look-up in which a code with one meaning keeps it outside its dates too.

    A code that changed hands means whoever held it that day, and one that two
    hold at once means nobody. The registry dates a state from its latest
    spell, so France before 1944 would be lost otherwise.

    Parameters
    ----------
    codes : iterable of Code
        Codes of one system.

    Returns
    -------
    ibis.Table
        Columns as `cuibono.sources.resolve.code_lookup` gives them.
    """
    holders: dict[str, list[Code]] = {}
    for code in codes:
        holders.setdefault(code.code, []).append(code)
    return lookup_table(
        code if len({one.actor for one in held}) > 1 else replace(code, start=None, end=None)
        for held in holders.values()
        for code in held
    )


def spoken_names() -> Iterator[Code]:
    """Give the names of states, organisations and groups as codes of a system "name".

    Yields
    ------
    Code
        A name with the span in which its bearer had it.
    """
    for profile in load_profiles().values():
        if profile.actor.kind is not Kind.PERSON:
            named = profile.actor
            yield Code(named.id, "name", named.name, profile.start, profile.end, profile.source)
    for table in NAME_TABLES:
        for row in read_table(table):
            if row["role"] in SPOKEN_ROLES:
                start, end = day_of(row["start"]), day_of(row["end"])
                yield Code(row["actor"], "name", row["name"], start, end, row["source"])


def resolve_in_year(
    table: ibis.Table, lookup: ibis.Table, code: ibis.Value, year: ibis.Value, into: str
) -> ibis.Table:
    """Add the actor that a code stood for on the last or else the first day of a year.

    A state that ended or began within the year still acted in it.

    Parameters
    ----------
    table : ibis.Table
        Raw rows.
    lookup : ibis.Table
        From `code_lookup` or this module.
    code, year : ibis.Value
        The code as the source writes it, as text, and the year, as int32.
    into : str
        Name of the new column.

    Returns
    -------
    ibis.Table
        The same rows with `into`: an id, or null where nothing matches.
    """
    table = resolve(table, lookup, code, ibis.date(year, 12, 31), "_last_day")
    table = resolve(table, lookup, code, ibis.date(year, 1, 1), "_first_day")
    known = ibis.coalesce(table["_last_day"], table["_first_day"])
    return table.mutate(**{into: known}).drop("_last_day", "_first_day")
