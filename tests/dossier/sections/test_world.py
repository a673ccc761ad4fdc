"""Third parties stand in the world as the lens placed them."""

from dataclasses import replace

import numpy as np
import pytest
from tests.dossier.sections.reading import all_refs, text

from cuibono.dossier.gather import Gathered
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.sections.world import driver_id, world
from cuibono.model.dossier import Section
from cuibono.model.ranking import Ranking, Standing


@pytest.fixture(scope="module")
def numbers(gathered: Gathered) -> Numbers:
    return Numbers(gathered.case, gathered.store)


@pytest.fixture(scope="module")
def section(gathered: Gathered, numbers: Numbers) -> Section:
    return world(gathered, numbers)


def scored(gathered: Gathered) -> list[tuple[Ranking, Standing]]:
    return [
        (ranking, one)
        for ranking in gathered.rankings
        for one in (*ranking.standings, *ranking.rivals)
        if np.isfinite(one.score)
    ]


def test_both_sources_that_can_be_asked_are_asked(gathered: Gathered) -> None:
    assert [ranking.source for ranking in gathered.rankings] == ["icews", "un_votes"]


def test_each_score_and_place_is_kept_as_it_was_ranked(
    gathered: Gathered, numbers: Numbers, section: Section
) -> None:
    quoted = all_refs(section)
    for ranking, one in scored(gathered):
        name = driver_id(ranking, one)
        assert {f"score.{name}", f"place.{name}", f"matched.{name}"} <= set(quoted)
        assert numbers.figures[f"score.{name}"].value == one.score
        assert numbers.figures[f"place.{name}"].value == one.place
        assert numbers.figures[f"matched.{name}"].value == one.matched_place
    assert scored(gathered)


def test_a_place_traces_to_both_relations_and_the_whole_world(
    gathered: Gathered, numbers: Numbers, section: Section
) -> None:
    assert section.tables
    for ranking, one in scored(gathered):
        focal, driver, everything = numbers.figures[f"place.{driver_id(ranking, one)}"].traces
        pairs = [
            tuple(test.value for test in trace.where if test.column in ("actor", "recipient"))
            for trace in (focal, driver, everything)
        ]
        assert [set(pair) for pair in pairs] == [set(ranking.target), set(one.driver), set()]
        assert everything.n_rows > driver.n_rows


def test_the_distribution_counts_every_relation_that_was_scored(
    gathered: Gathered, numbers: Numbers, section: Section
) -> None:
    assert section.charts
    for ranking in gathered.rankings:
        for sign, scores in ranking.world.items():
            name = f"world.{ranking.source}.{'warm' if sign > 0 else 'cool'}"
            if name in numbers.distributions:
                kept = numbers.distributions[name]
                assert sum(kept.counts) == np.isfinite(scores).sum()
                assert kept.threshold == ranking.threshold[sign]


def test_the_marks_of_a_chart_are_scores_that_are_kept(
    numbers: Numbers, section: Section
) -> None:
    for chart in section.charts:
        assert chart.world in numbers.distributions
        assert chart.series
        assert all(name in numbers.figures for name in chart.series)


def test_a_driver_without_a_score_keeps_its_verdict_and_no_number(
    gathered: Gathered,
) -> None:
    ranking = gathered.rankings[0]
    blank = replace(
        ranking.standings[0], score=float("nan"), place=0, of=0, said="cannot be told: silent"
    )
    silent = replace(ranking, standings=(blank,), rivals=())
    numbers = Numbers(gathered.case, gathered.store)
    section = world(replace(gathered, rankings=(silent,)), numbers)
    said = [text(cell) for cell in section.tables[0].rows[0]]
    assert any("cannot be told: silent" in cell for cell in said)
    assert not [name for name in numbers.figures if name.endswith(driver_id(silent, blank))]
    assert section.charts == ()


def test_without_a_ranking_the_section_says_so(gathered: Gathered) -> None:
    numbers = Numbers(gathered.case, gathered.store)
    section = world(replace(gathered, rankings=()), numbers)
    assert (section.tables, section.charts, numbers.figures) == ((), (), {})
    assert "no source covers the days" in text(section.lead[-1])
