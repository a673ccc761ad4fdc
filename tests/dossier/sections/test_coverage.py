"""The table of coverage has every source and actor once, and counts the rows in use."""

import pytest
from tests.dossier.sections.reading import column, refs, text

from cuibono.dossier.gather import Gathered
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.sections.coverage import coverage
from cuibono.model.dossier import Table
from cuibono.sources.base import read_card


@pytest.fixture(scope="module")
def numbers(gathered: Gathered) -> Numbers:
    return Numbers(gathered.case, gathered.store)


@pytest.fixture(scope="module")
def table(gathered: Gathered, numbers: Numbers) -> Table:
    (made,) = coverage(gathered, numbers).tables
    return made


def test_each_actor_stands_once_under_each_source(gathered: Gathered, table: Table) -> None:
    shown = [
        (text(source), name)
        for source, names in zip(column(table, "Source"), column(table, "Actors"), strict=True)
        for name in text(names).split(", ")
    ]
    asked = [(read_card(one.source).label, one.actor.name) for one in gathered.coverage]
    assert sorted(shown) == sorted(asked)


def test_every_source_with_a_gap_says_once_how_to_fill_it(
    gathered: Gathered, numbers: Numbers
) -> None:
    told = [text(line) for line in coverage(gathered, numbers).lead]
    for source in {one.source for one in gathered.coverage if one.missing}:
        card = read_card(source)
        assert told.count(f"To fill gaps in {card.label}: {card.obtain}.") == 1


def test_the_picture_fills_what_the_table_says_is_covered(
    gathered: Gathered, numbers: Numbers
) -> None:
    (chart,) = coverage(gathered, numbers).charts
    spans = {(bar.start, bar.end) for bar in chart.bars if bar.start < bar.end}
    assert spans == {(p.start, p.end) for one in gathered.coverage for p in one.covered}
    assert chart.frame == (gathered.case.period.start, gathered.case.period.end)


def test_rows_are_counted_only_where_something_is_covered(table: Table) -> None:
    for covered, rows in zip(column(table, "Covered"), column(table, "Rows used"), strict=True):
        assert bool(refs(rows)) == (text(covered) != "nothing")


def test_a_count_of_rows_is_the_count_of_its_trace(numbers: Numbers, table: Table) -> None:
    quoted = refs(*column(table, "Rows used"))
    for name in quoted:
        (trace,) = numbers.figures[name].traces
        assert numbers.figures[name].value == trace.n_rows > 0
    assert quoted
