"""What is known of whom and when, and how the rest could be had."""

from __future__ import annotations

from collections.abc import Sequence

from cuibono.dossier.gather import Gathered
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.phrases import sentence, spans
from cuibono.model.dossier import Section, Sentence, Span, Table
from cuibono.model.period import Period
from cuibono.model.trace import Condition
from cuibono.record.coverage import Coverage
from cuibono.sources.base import read_card


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
    alike: dict[tuple[str, tuple[Period, ...]], list[Coverage]] = {}
    for one in gathered.coverage:
        alike.setdefault((one.source, one.covered), []).append(one)
    rows = tuple(_row(numbers, group) for group in alike.values())
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
        tables=(Table(columns, rows),),
    )


def _row(numbers: Numbers, alike: Sequence[Coverage]) -> tuple[Sentence, ...]:
    first = alike[0]
    return (
        sentence(read_card(first.source).label),
        sentence(", ".join(c.actor.name for c in alike)),
        sentence(spans(first.covered, "nothing")),
        sentence(spans(first.missing, "nothing")),
        sentence(_rows(numbers, alike)) if first.covered else sentence("none"),
        sentence(first.remedy if first.missing else ""),
    )


def _rows(numbers: Numbers, alike: Sequence[Coverage]) -> Span:
    first = alike[0]
    ids = tuple(sorted(c.actor.id for c in alike))
    card = read_card(first.source)
    day = "day" if card.table == "events" else "start"
    trace = numbers.rows(
        card.table,
        first.source,
        Condition("actor", "in", ids),
        Condition(day, ">=", first.asked.start.isoformat()),
        Condition(day, "<", first.asked.end.isoformat()),
    )
    return numbers.figure(
        f"rows.{first.source}.{'+'.join(ids)}",
        f"{card.label}: rows in which {', '.join(ids)} acts",
        trace.n_rows,
        "rows",
        "rows of the store in the days asked about",
        trace,
        text=f"{trace.n_rows:,}",
    )
