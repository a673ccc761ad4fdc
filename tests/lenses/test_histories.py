"""Histories: courses by hand, what ended them, gaps, moods and what is too thin to read."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.errors import NotCoveredError
from cuibono.lenses.histories import (
    BEFORE,
    HORIZONS,
    RECENT,
    Histories,
    measure_closeness,
    read_histories,
)
from cuibono.model.panel import Panel
from cuibono.model.period import Grid
from cuibono.testing.worlds import simulate_agreement, simulate_events

VOTES = simulate_agreement(6, actors=24)
PAIR = ("A00", "A01")
ROW = VOTES.index[PAIR]
WINDOW = RECENT[Grid.YEAR] + BEFORE[Grid.YEAR]
LONGEST = HORIZONS[Grid.YEAR][-1]


def with_course(*values: float) -> Panel:
    """Let one pair agree as told in the last sessions, and in half of all votes before."""
    value = VOTES.channels["value"].copy()
    value[ROW] = 0.5
    value[ROW, -len(values) :] = values
    return replace(VOTES, channels={"value": value})


def last_of(histories: Histories, back: int = 0) -> int:
    """Find the pair's case so many sessions before the end."""
    wanted = (histories.row == ROW) & (histories.at == VOTES.starts.size - 1 - back)
    (case,) = np.flatnonzero(wanted)
    return int(case)


def test_the_change_is_recent_mean_less_mean_before() -> None:
    histories = read_histories(with_course(0.9, 0.9, 0.9))
    case = last_of(histories)
    own = histories.closeness[ROW]
    by_hand = own[-3:].mean() - own[-WINDOW:-3].mean()
    assert histories.change[case] == pytest.approx(by_hand)
    assert histories.course[case] == 1


@pytest.mark.parametrize(("value", "course"), [(0.95, 1), (0.05, -1)])
def test_the_largest_fifth_of_changes_are_turns(value: float, course: int) -> None:
    histories = read_histories(with_course(value, value, value))
    assert histories.course[last_of(histories)] == course
    turned = histories.course != 0
    assert turned.mean() == pytest.approx(0.2, abs=0.01)


def test_a_gain_ends_when_more_than_half_of_it_is_lost() -> None:
    kept = read_histories(with_course(*[0.95] * 8))
    lost = read_histories(with_course(*[0.95] * 3, *[0.3] * 5))
    assert not kept.ended[last_of(kept, 5)]
    assert kept.durations[last_of(kept, 5)] == LONGEST
    assert lost.ended[last_of(lost, 5)]
    assert 1 <= lost.durations[last_of(lost, 5)] <= 3


def test_what_is_still_under_way_is_watched_to_the_end_of_the_record() -> None:
    histories = read_histories(with_course(*[0.95] * 5))
    case = last_of(histories, 2)
    assert (histories.durations[case], histories.watched[case]) == (2.0, 2.0)
    assert not histories.ended[case]
    assert histories.watched[last_of(histories)] == 0


def test_a_steady_course_ends_with_a_turn_either_way() -> None:
    for value in (0.05, 0.95):
        histories = read_histories(with_course(*[value] * 5))
        case = last_of(histories, 5)
        assert histories.course[case] == 0
        assert histories.ended[case]


def test_what_both_share_with_everybody_is_taken_out() -> None:
    value = VOTES.channels["value"].copy()
    mine = [row for row, pair in enumerate(VOTES.relations) if "A00" in pair]
    value[mine, -3:] = np.clip(value[mine, -3:] + 0.2, 0, 1)
    plain, _ = measure_closeness(VOTES)
    moody, _ = measure_closeness(replace(VOTES, channels={"value": value}))
    assert np.nanmean(moody[mine, -3:] - plain[mine, -3:]) < 0.11


def test_sessions_before_both_were_members_are_unknown() -> None:
    closeness, noise = measure_closeness(VOTES)
    absent = VOTES.exposure == 0
    assert np.isnan(closeness[absent]).all()
    assert np.isnan(noise[absent]).all()
    assert np.isfinite(closeness[~absent]).all()


def test_a_window_of_which_a_third_is_missing_is_not_read() -> None:
    value = VOTES.channels["value"].copy()
    exposure = VOTES.exposure.copy()
    value[ROW, -2:], exposure[ROW, -2:] = np.nan, 0.0
    histories = read_histories(replace(VOTES, channels={"value": value}, exposure=exposure))
    assert not ((histories.row == ROW) & (histories.at == VOTES.starts.size - 1)).any()


def test_nothing_is_read_across_a_gap() -> None:
    panel = simulate_events(3)
    histories = read_histories(panel)
    after_gap = int(np.flatnonzero(np.diff(panel.steps) > 1)[0]) + 1
    assert not (histories.at == after_gap).any()


@given(seed=st.integers(0, 3))
def test_every_case_is_whole(seed: int) -> None:
    histories = read_histories(simulate_agreement(seed, actors=8))
    assert np.isfinite(histories.features).all()
    assert (histories.durations <= LONGEST).all()
    assert (histories.durations <= histories.watched).all()
    assert not histories.ended[histories.durations == 0].any()


def test_a_mirrored_world_has_mirrored_courses() -> None:
    mirrored = replace(VOTES, channels={"value": 1 - VOTES.channels["value"]})
    one, other = read_histories(VOTES), read_histories(mirrored)
    assert other.change == pytest.approx(-one.change, abs=0.02)
    assert (one.course * other.course >= 0).mean() < 0.9


def test_a_panel_of_neither_votes_nor_quads_is_refused() -> None:
    panel = simulate_events(3)
    bare = replace(panel, channels={"all": panel.channels["all"]})
    with pytest.raises(NotCoveredError, match="verbal_cooperation"):
        read_histories(bare)
