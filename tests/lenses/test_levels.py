"""Levels of a relation: what each counts, and how a change of it reads."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.lenses.levels import (
    AGREEMENT,
    FORCE,
    NET,
    TONE,
    VOLUME,
    Level,
    count_parts,
    levels_of,
    measure_level,
)
from cuibono.testing.worlds import World, simulate_agreement, simulate_events

EVENTS = simulate_events(3, World(actors=4))
ONE = {
    "verbal_cooperation": np.array([4.0, 0.0]),
    "material_cooperation": np.array([1.0, 0.0]),
    "verbal_conflict": np.array([2.0, 3.0]),
    "material_conflict": np.array([0.0, 7.0]),
}
WORLD = np.array([100.0, 100.0])


def test_events_have_four_levels_and_votes_one() -> None:
    assert levels_of(EVENTS) == (TONE, NET, VOLUME, FORCE)
    assert levels_of(simulate_agreement(3)) == (AGREEMENT,)


def test_tone_weighs_cooperation_against_conflict() -> None:
    y, _ = measure_level(TONE, ONE, WORLD)
    assert y[0] == pytest.approx(np.log(5.5 / 2.5))


def test_material_conflict_counts_deeds_alone() -> None:
    y, _ = measure_level(FORCE, ONE, WORLD)
    assert FORCE.shown(y) == pytest.approx([0.0, 7.0])


def test_volume_counts_both_sides() -> None:
    y, _ = measure_level(VOLUME, ONE, WORLD)
    assert VOLUME.shown(y) == pytest.approx([7.0, 10.0])


def test_agreement_is_drawn_as_the_share_it_was() -> None:
    panel = simulate_agreement(3)
    row = np.array([0])
    y, _ = measure_level(AGREEMENT, count_parts(panel, row), np.zeros(panel.starts.size))
    seen = np.isfinite(y)
    assert AGREEMENT.shown(y[seen]) == pytest.approx(panel.channels["value"][row][seen])


@given(st.floats(-2, 2), st.floats(0.01, 1.0), st.sampled_from([TONE, NET, VOLUME, AGREEMENT]))
def test_a_change_lies_in_its_interval_and_keeps_its_sign(
    size: float, spread: float, level: Level
) -> None:
    change = level.change(size, spread, 0.7)
    assert change.low <= change.value <= change.high
    none = 1.0 if level.factor else 0.0
    assert (change.value - none) * size >= 0


@pytest.mark.parametrize("level", [NET, VOLUME, FORCE], ids=lambda level: level.name)
def test_a_busy_period_weighs_as_much_as_a_quiet_one(level: Level) -> None:
    _, v = measure_level(level, ONE, WORLD)
    even = level.even_out(v)
    assert even[0] == even[1] == pytest.approx(1 / np.mean(1 / v))


def test_the_usual_count_gives_the_variance_of_volume() -> None:
    _, v = measure_level(VOLUME, ONE, WORLD)
    assert VOLUME.even_out(v)[0] == pytest.approx(1 / (np.mean([7.0, 10.0]) + 0.5))


@pytest.mark.parametrize("level", [TONE, AGREEMENT], ids=lambda level: level.name)
def test_what_totals_alone_decide_keeps_its_variance(level: Level) -> None:
    v = np.array([0.1, 0.4, np.nan])
    assert level.even_out(v) is v


def test_what_was_not_observed_stays_so() -> None:
    even = VOLUME.even_out(np.array([0.5, np.nan, 0.5]))
    assert np.isnan(even).tolist() == [False, True, False]


@pytest.mark.parametrize("level", [VOLUME, FORCE], ids=lambda level: level.name)
def test_a_period_without_events_is_drawn_at_none(level: Level) -> None:
    none = {name: np.zeros(2) for name in ONE}
    y, _ = measure_level(level, none, WORLD)
    assert level.shown(y).tolist() == [0.0, 0.0]
    assert level.shown(y - 1.0).tolist() == [0.0, 0.0]
