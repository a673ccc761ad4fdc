"""Event codes and small code lists of a source as tables that rows can be joined to."""

from __future__ import annotations

import csv
from importlib.resources import files

import ibis
import pyarrow as pa

from cuibono.sources.resolve import lookup_table
from cuibono.vocab.actors import Code
from cuibono.vocab.events import cameo_codes


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
        File beside its card, with columns `code` and `actor`.

    Returns
    -------
    ibis.Table
        Columns as `cuibono.sources.resolve.code_lookup` gives them.
    """
    return lookup_table(
        Code(row["actor"], source, row["code"], None, None, name)
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
