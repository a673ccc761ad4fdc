"""Origins: twenty copies of one report, and twenty rows read from one report, weigh as one."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import ibis


@cache
def happening(table: str) -> tuple[str, ...]:
    """Name the columns in which all rows of one happening agree.

    Parameters
    ----------
    table : {"events", "reports"}
        Canonical table.

    Returns
    -------
    tuple of str
        Columns, as `origins.toml` lists them.

    Examples
    --------
    >>> happening("reports")
    ('event',)
    """
    text = files("cuibono.sources").joinpath("origins.toml").read_text("utf-8")
    return tuple(tomllib.loads(text)[table]["happening"])


def collapse(rows: ibis.Table, table: str, keep: Sequence[str] = ()) -> ibis.Table:
    """Collapse rows to happenings, each with the story that told it first.

    Parameters
    ----------
    rows : ibis.Table
        Canonical rows.
    table : {"events", "reports"}
        Canonical table.
    keep : sequence of str
        Columns that depend on the happening alone and are wanted beside it.

    Returns
    -------
    ibis.Table
        One row a happening: its columns, `keep`, the first `story`,
        and `origins` where the source ships counts.
    """
    counts = rows.origins.sum() if "origins" in rows.columns else ibis.null("int64")
    return rows.group_by(list(dict.fromkeys((*happening(table), *keep)))).agg(
        story=rows.story.min(), origins=counts
    )


def count_origins(
    happenings: ibis.Table, where: ibis.BooleanValue | None = None
) -> ibis.IntegerScalar:
    """Count the origins of happenings: the distinct stories that told one of them first.

    A happening that no story is named for is an origin of its own.

    Parameters
    ----------
    happenings : ibis.Table
        As `collapse` gives them.
    where : ibis.BooleanValue, optional
        Which of them to count; all by default.

    Returns
    -------
    ibis.IntegerScalar
        To be aggregated with.
    """
    every = ibis.literal(True) if where is None else where.fill_null(False)
    alone = happenings.story.isnull() & happenings.origins.isnull()
    return (
        happenings.story.nunique(where=every)
        + happenings.count(where=every & alone)
        + happenings.origins.sum(where=every).fill_null(0)
    ).cast("int64")
