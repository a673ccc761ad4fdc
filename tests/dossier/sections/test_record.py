"""The record draws every series and quotes its peaks from its own points."""

from dataclasses import replace

import pytest
from tests.dossier.sections.reading import all_refs, refs

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
