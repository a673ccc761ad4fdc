"""What is known of whom and when, and how the rest could be had."""

from __future__ import annotations

from collections.abc import Sequence

from cuibono.dossier.gather import Gathered
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.phrases import sentence, spans
from cuibono.model.dossier import Bar, Chart, Section, Sentence, Span, Table
from cuibono.model.period import Period
from cuibono.model.tables import DAY_COLUMN
from cuibono.model.trace import Condition, on_days
from cuibono.record.coverage import Coverage
from cuibono.sources.base import read_card

COLUMNS = ("Source", "Actors", "Covered", "Not covered", "Rows used")


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
        *_remedies(gathered),
    )
    return Section(
        id="coverage",
        title="What is covered, and what is not",
        lead=lead,
        tables=(Table(COLUMNS, rows),),
        charts=(_chart(gathered, list(alike.values())),),
    )


def _remedies(gathered: Gathered) -> list[Sentence]:
    """Say once for each source with gaps how they could be filled."""
    gaps = {one.source: one.remedy for one in gathered.coverage if one.missing}
    return [
        sentence(f"To fill gaps in {read_card(source).label}: {remedy}.")
        for source, remedy in gaps.items()
    ]


def _chart(gathered: Gathered, groups: Sequence[Sequence[Coverage]]) -> Chart:
    """Draw one line for each row of the table."""
    asked = gathered.case.period
    bars: list[Bar] = []
    for group in groups:
        name = f"{read_card(group[0].source).label}: {', '.join(c.actor.name for c in group)}"
        covered = group[0].covered
        bars += [Bar(name, span.start, span.end) for span in covered]
        bars += [] if covered else [Bar(name, asked.start, asked.start)]
    return Chart(
        "coverage",
        "coverage",
        "What each source knows of whom",
        "Filled: covered. Grey: not covered, which is not zero.",
        (),
        bars=tuple(bars),
        frame=(asked.start, asked.end),
    )


def _row(numbers: Numbers, alike: Sequence[Coverage]) -> tuple[Sentence, ...]:
    first = alike[0]
    return (
        sentence(read_card(first.source).label),
        sentence(", ".join(c.actor.name for c in alike)),
        sentence(spans(first.covered, "nothing")),
        sentence(spans(first.missing, "nothing")),
        sentence(_rows(numbers, alike)) if first.covered else sentence("none"),
    )


def _rows(numbers: Numbers, alike: Sequence[Coverage]) -> Span:
    first = alike[0]
    ids = tuple(sorted(c.actor.id for c in alike))
    card = read_card(first.source)
    trace = numbers.rows(
        card.table,
        first.source,
        Condition("actor", "in", ids),
        *on_days(DAY_COLUMN[card.table], first.asked),
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
