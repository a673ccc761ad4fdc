"""What followed like histories: the contract, planted courses, and where nothing is told."""

from dataclasses import replace

import numpy as np
import pytest
from tests.checks.made_lens import FOCAL, made_case
from tests.lenses.asking import ask, by_id

from cuibono.lenses.analogues import Analogues
from cuibono.model.finding import Finding
from cuibono.model.panel import Panel
from cuibono.record.record import Record
from cuibono.testing.lenses import Trial
from cuibono.testing.records import make_record
from cuibono.testing.worlds import simulate_agreement, simulate_events


def votes(seed: int, moved: float = 0.0) -> Panel:
    """Simulate votes in which the focal pair's agreement moved in the last three sessions."""
    panel = simulate_agreement(seed, actors=24)
    value = panel.channels["value"].copy()
    row = panel.index[FOCAL]
    if moved:
        value[row, -8:] = 0.5
        value[row, -3:] += moved
    return replace(panel, channels={"value": value}, measure="agreement")


def record_of(panel: Panel) -> Record:
    return make_record(made_case(), {(panel.source, panel.measure): panel})


TRIAL = Trial(
    null=lambda seed: record_of(votes(seed)),
    planted=lambda seed, sign: record_of(votes(seed, 0.4 * sign)),
    needs=("value",),
    nulls=16,
    plants=4,
)


def look(panel: Panel) -> Finding:
    (finding,) = ask(Analogues(), FOCAL, panel)
    return finding


@pytest.mark.parametrize(("moved", "course"), [(0.4, "warmed"), (-0.4, "cooled")])
def test_a_moved_pair_is_compared_with_pairs_that_moved_alike(
    moved: float, course: str
) -> None:
    found = by_id(look(votes(3, moved)))
    assert found["change"].verdict == course
    assert found["holds-3"].verdict == f"lasts_{course}"
    assert "independent cases" in found["holds-3"].said


def test_less_lasts_longer() -> None:
    found = by_id(look(votes(3, 0.4)))
    shares = [found[f"holds-{years}"].estimate for years in (1, 3, 5)]
    assert all(share is not None for share in shares)
    values = [share.value for share in shares if share]
    assert values == sorted(values, reverse=True)


def test_analogues_are_named_and_none_is_the_relation_itself() -> None:
    said = look(votes(3, 0.4)).said[-1]
    assert said.startswith("Most alike: ")
    assert said.count(" in ") == 5
    assert "A00–A01" not in said


def test_the_number_of_independent_cases_is_no_more_than_the_states() -> None:
    said = by_id(look(votes(3)))["holds-1"].said
    worth = int(said.split("worth ")[1].split(" ")[0])
    assert 8 <= worth <= 24


def test_forecasts_are_tried_on_years_that_they_had_not_seen() -> None:
    could_see = look(votes(4)).could_see
    assert "later histories that they had not seen" in could_see


def test_a_pair_that_was_not_seen_of_late_cannot_be_told() -> None:
    panel = votes(3)
    row = panel.index[FOCAL]
    exposure, value = panel.exposure.copy(), panel.channels["value"].copy()
    exposure[row, -6:], value[row, -6:] = 0.0, np.nan
    found = look(replace(panel, exposure=exposure, channels={"value": value}))
    assert by_id(found)["change"].verdict == "few"
    assert found.charts


def test_a_pair_without_a_row_cannot_be_told_and_has_no_picture() -> None:
    panel = votes(3)
    gone = tuple(("X" + a, "Y" + b) for a, b in panel.relations)
    finding = look(replace(panel, relations=gone))
    assert by_id(finding)["change"].verdict == "few"
    assert finding.charts == ()


def test_a_small_world_has_no_analogues() -> None:
    panel = replace(simulate_agreement(3, actors=9), measure="agreement")
    assert by_id(look(panel))["change"].verdict == "lonely"


def test_events_of_thin_relations_cannot_be_told() -> None:
    finding = look(simulate_events(5))
    assert by_id(finding)["change"].estimate is None


def test_a_sources_other_measures_are_passed_over() -> None:
    panel = replace(votes(3), measure="arms_delivered")
    assert ask(Analogues(), FOCAL, panel) == ()


def test_the_picture_shows_every_session_observed() -> None:
    panel = votes(3)
    series = look(panel).series[0]
    assert len(series.points) == int((panel.exposure[panel.index[FOCAL]] > 0).sum())
    assert all(point.rows == (1,) for point in series.points)
