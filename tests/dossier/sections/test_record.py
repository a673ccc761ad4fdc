"""The record draws every series and quotes its peaks from its own points."""

from dataclasses import replace

import pytest
from tests.dossier.sections.reading import all_refs, refs, text

from cuibono.dossier.gather import Gathered
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.sections.record import record
from cuibono.model.dossier import Section


@pytest.fixture(scope="module")
def numbers(gathered: Gathered) -> Numbers:
    return Numbers(gathered.case, gathered.store)


@pytest.fixture(scope="module")
def section(gathered: Gathered, numbers: Numbers) -> Section:
    return record(gathered, numbers)


def test_every_series_that_was_gathered_is_kept_and_drawn(
    gathered: Gathered, numbers: Numbers, section: Section
) -> None:
    known = {one.id for one in (*gathered.record, *gathered.votes, *gathered.points)}
    drawn = {name for chart in section.charts for name in chart.series}
    assert set(numbers.series) == known == drawn


def test_the_relation_by_quad_and_in_all_is_drawn_apart(
    gathered: Gathered, section: Section
) -> None:
    by_id = {chart.id: chart for chart in section.charts}
    assert {name.rpartition(".")[2] for name in by_id["record-beside"].series} == {"all"}
    focal = f"{gathered.case.relation.actor.id}-{gathered.case.relation.recipient.id}"
    assert len(by_id["record-quads"].series) == 4
    assert all(f".{focal}." in name for name in by_id["record-quads"].series)


def test_the_peak_that_is_quoted_is_the_highest_point(
    gathered: Gathered, section: Section
) -> None:
    focal = gathered.record[0]
    quoted = [ref for ref in refs(*section.lead) if ref.startswith(f"{focal.id}@")]
    highest = max(focal.points, key=lambda point: point.value)
    assert f"{focal.id}@{highest.start}" in quoted


def test_every_instrument_is_quoted_with_its_share(
    gathered: Gathered, numbers: Numbers, section: Section
) -> None:
    quoted = all_refs(section)
    shares = [one for relation in gathered.instruments for one in relation]
    assert shares
    for one in shares:
        name = f"instrument.{one.dyad.actor.id}-{one.dyad.recipient.id}.{one.instrument}"
        assert name in quoted
        assert numbers.figures[name].value == one.share.value
        assert numbers.figures[name].traces == one.traces


def test_a_relation_without_a_row_says_so_and_draws_nothing(gathered: Gathered) -> None:
    silent = replace(gathered, record=(), votes=(), points=(), instruments=())
    numbers = Numbers(gathered.case, gathered.store)
    section = record(silent, numbers)
    assert (section.charts, section.tables, numbers.series) == ((), (), {})
    assert len(section.lead) == 1


def test_events_stand_beside_the_origins_that_they_go_back_to(
    gathered: Gathered, numbers: Numbers, section: Section
) -> None:
    table = section.tables[0]
    assert table.columns[1:] == ("Events as the source counts them", "Independent origins")
    assert [text(row[0]) for row in table.rows] == [str(one.dyad) for one in gathered.told]
    for one, row in zip(gathered.told, table.rows, strict=True):
        name = f"told.{one.dyad.actor.id}-{one.dyad.recipient.id}"
        assert refs(*row) == [f"{name}.events", f"{name}.origins"]
        assert numbers.figures[f"{name}.events"].value == one.events
        assert numbers.figures[f"{name}.origins"].value == one.origins
        assert one.origins <= one.events


def test_copies_show_as_fewer_origins(gathered: Gathered) -> None:
    told = replace(gathered.told[0], events=20, origins=2)
    numbers = Numbers(gathered.case, gathered.store)
    table = record(replace(gathered, told=(told,)), numbers).tables[0]
    assert [text(cell) for cell in table.rows[0][1:]] == ["20", "2"]


def test_without_a_count_there_is_no_table_of_origins(gathered: Gathered) -> None:
    numbers = Numbers(gathered.case, gathered.store)
    section = record(replace(gathered, told=()), numbers)
    assert len(section.tables) == 1
    assert not [name for name in numbers.figures if name.startswith("told.")]
