"""What is known of whom and when, and how the rest could be had."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from cuibono.dossier.gather import Gathered
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.phrases import sentence, spans
from cuibono.model.dossier import Section, Sentence, Span, Table
from cuibono.model.trace import Condition
from cuibono.record.coverage import Coverage


def coverage(gathered: Gathered, numbers: Numbers) -> Section:
    """Write the section on coverage.

    Parameters
    ----------
    gathered : Gathered
        What was found.
    numbers : Numbers
        Keeps the figures that the section quotes.

    Returns
    -------
    Section
        One row for each source and set of actors with the same coverage.
    """
    rows = []
    for _, group in groupby(gathered.coverage, key=lambda c: (c.source, c.covered)):
        rows.append(_row(numbers, list(group)))
    lead = (
        sentence(
            "A day that no source covers is unknown, never zero. A week or month is used only"
            " where at least three quarters of its days are covered."
        ),
    )
    columns = ("Source", "Actors", "Covered", "Not covered", "Rows used", "To fill the gap")
    return Section(
        id="coverage",
        title="What is covered, and what is not",
        lead=lead,
        tables=(Table(columns, tuple(rows)),),
    )


def _row(numbers: Numbers, alike: Sequence[Coverage]) -> tuple[Sentence, ...]:
    first = alike[0]
    return (
        sentence(first.source),
        sentence(", ".join(c.actor.name for c in alike)),
        sentence(spans(first.covered, "nothing")),
        sentence(spans(first.missing, "nothing")),
        sentence(_rows(numbers, alike)) if first.covered else sentence("none"),
        sentence(first.remedy if first.missing else ""),
    )


def _rows(numbers: Numbers, alike: Sequence[Coverage]) -> Span:
    first = alike[0]
    ids = tuple(sorted(c.actor.id for c in alike))
    table, day = ("events", "day") if first.source == "icews" else ("measures", "start")
    trace = numbers.rows(
        table,
        first.source,
        Condition("actor", "in", ids),
        Condition(day, ">=", first.asked.start.isoformat()),
        Condition(day, "<", first.asked.end.isoformat()),
    )
    return numbers.figure(
        f"rows.{first.source}.{'+'.join(ids)}",
        f"{first.source}: rows in which {', '.join(ids)} acts",
        trace.n_rows,
        "rows",
        "rows of the store in the days asked about",
        trace,
        text=f"{trace.n_rows:,}",
    )
