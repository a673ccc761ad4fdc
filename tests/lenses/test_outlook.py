"""The outlook: who speaks is decided on unseen years, and every forecast can be told later."""

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from tests.checks.made_lens import FOCAL
from tests.lenses.test_analogues import look, votes

from cuibono.lenses.histories import read_histories
from cuibono.lenses.likeness import Asked, Trial, learn_from, try_out
from cuibono.lenses.outlook import look_ahead
from cuibono.model.finding import Finding
from cuibono.model.period import Grid
from cuibono.testing.worlds import simulate_events


def asked(seed: int = 3, moved: float = 0.4) -> Asked:
    panel = votes(seed, moved)
    histories = read_histories(panel)
    mine = np.flatnonzero(histories.row == panel.index[FOCAL])
    last = histories.at == histories.at[mine[-1]]
    return Asked(panel, FOCAL, histories, int(mine[-1]), np.flatnonzero(last))


def foretell(one: Asked, trial: Trial) -> Finding:
    found = look(one.panel)
    bare = replace(found, forecasts=(), series=(), charts=())
    known = one.known
    durations, ended = one.histories.durations, one.histories.ended
    prognosis = learn_from(one.panel, one.histories, known, durations, ended)
    return look_ahead(bare, one, prognosis, trial)


@pytest.mark.parametrize(
    ("trial", "by"),
    [
        (Trial(500, 0.1, 0.1, 0.9), "like histories"),
        (Trial(500, -0.1, -0.1, 0.9), "persistence"),
        (Trial(), "persistence"),
    ],
)
def test_like_histories_speak_only_where_they_did_better(trial: Trial, by: str) -> None:
    found = foretell(asked(), trial)
    assert {one.by for one in found.forecasts} == {by}
    assert ("persistence" in found.series[1].how) == (by == "persistence")


def test_what_the_other_says_stands_beside() -> None:
    one = asked()
    alike = foretell(one, Trial(500, 0.1, 0.1, 0.9)).forecasts
    still = foretell(one, Trial()).forecasts
    assert [x.rival for x in alike] == pytest.approx([y.probability.value for y in still])
    assert [x.probability.value for x in alike] == pytest.approx([y.rival for y in still])


def test_each_horizon_has_its_day_and_less_lasts_longer() -> None:
    found = foretell(asked(), Trial())
    first = found.forecasts[0]
    years = [one.resolves.year - first.made.year for one in found.forecasts]
    assert years == [1, 3, 5]
    stated = [one.probability.value for one in found.forecasts]
    assert stated == sorted(stated, reverse=True)


@pytest.mark.parametrize(("moved", "open_end"), [(0.4, "high"), (-0.4, "low")])
def test_a_course_holds_on_its_own_side_of_the_middle(moved: float, open_end: str) -> None:
    one = asked(moved=moved)
    first = foretell(one, Trial()).forecasts[0]
    middle = (one.histories.level[one.case] + one.histories.before[one.case]) / 2
    assert math.isinf(getattr(first, open_end))
    assert middle in (first.low, first.high)


def test_a_steady_course_holds_while_there_is_no_turn_either_way() -> None:
    one = asked(moved=0.0)
    first = foretell(one, Trial()).forecasts[0]
    assert first.high - first.low == pytest.approx(2 * one.histories.turn)
    assert "no turn between" in first.text


def test_persistence_stays_where_the_level_is() -> None:
    one = asked()
    _, wide, half = foretell(one, Trial()).series
    level = one.histories.level[one.case]
    assert [point.value for point in wide.points] == pytest.approx([level] * 5)
    for far, near in zip(wide.points, half.points, strict=True):
        assert far.low <= near.low <= near.high <= far.high


def test_the_fan_starts_on_the_day_after_what_is_known() -> None:
    found = foretell(asked(), Trial())
    past, wide, _ = found.series
    assert past.points[-1].end == wide.points[0].start == found.forecasts[0].made


def test_like_histories_that_fall_back_draw_a_fan_that_falls() -> None:
    """A pair that moved by chance in a world of noise goes back: its fan says so."""
    one = asked(moved=0.4)
    _, wide, _ = foretell(one, Trial(500, 0.1, 0.1, 0.9)).series
    assert wide.points[-1].value < one.histories.level[one.case]


def test_a_trial_counts_what_the_wide_band_held() -> None:
    trial = try_out(asked(moved=0.0))
    assert trial.tested > 200
    assert 0.8 <= trial.held <= 1.0


def test_a_short_record_is_not_tried() -> None:
    one = asked(moved=0.0)
    few = replace(one.panel, relations=one.panel.relations)
    short = replace(
        one, panel=few, histories=replace(one.histories, watched=0 * one.histories.watched)
    )
    assert try_out(short) == Trial()


def test_events_are_foretold_in_weeks() -> None:
    panel = simulate_events(5)
    found = look(panel)
    assert found.forecasts == ()
    assert panel.grid is Grid.WEEK


def test_an_id_names_source_relation_day_and_horizon() -> None:
    first = foretell(asked(), Trial()).forecasts[0]
    assert first.id.startswith(f"{first.source}.A00-A01.{first.made}")
    assert isinstance(first.made, date)
