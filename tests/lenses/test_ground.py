"""What a level is dated on: periods used, possible dates, and what is taken out."""

from dataclasses import replace

import numpy as np
import pytest

from cuibono.lenses.channels import QUADS
from cuibono.lenses.ground import APART, lay_ground, measure_others
from cuibono.lenses.levels import AGREEMENT, TONE, VOLUME
from cuibono.model.period import Grid
from cuibono.stats.series import volume
from cuibono.testing.worlds import World, simulate_agreement, simulate_events

TARGET = ("A00", "A01")
PANEL = simulate_events(3, World(actors=6, busy={TARGET: 20.0}))


def test_the_focal_relation_comes_first() -> None:
    ground = lay_ground(PANEL, TARGET)
    assert PANEL.relations[ground.rows[0]] == TARGET
    assert len(set(ground.rows.tolist())) == ground.rows.size


def test_possible_dates_leave_a_level_on_either_side() -> None:
    ground = lay_ground(PANEL, TARGET)
    apart = APART[Grid.WEEK]
    assert ground.steps[ground.places].min() >= apart
    assert ground.steps[-1] - ground.steps[ground.places].max() >= apart - 1


def test_a_gap_in_the_source_gets_a_level_of_its_own() -> None:
    ground = lay_ground(PANEL, TARGET)
    after = (np.arange(ground.used.size) >= 40).astype(float)
    left = after - ground.controls @ (ground.controls.T @ after)
    assert np.abs(left).max() < 1e-9


def test_votes_use_only_sessions_in_which_both_voted() -> None:
    votes = simulate_agreement(3)
    late = max(
        votes.relations,
        key=lambda pair: np.isnan(votes.channels["value"][votes.index[pair]]).sum(),
    )
    ground = lay_ground(votes, late)
    assert np.isfinite(votes.channels["value"][votes.index[late]][ground.used]).all()
    assert ground.used.size < votes.starts.size


def test_others_are_all_dealings_but_those_of_the_pair() -> None:
    ground = lay_ground(PANEL, TARGET)
    for side, (y, v) in enumerate(measure_others(ground, VOLUME)):
        others = [
            row
            for row, pair in enumerate(PANEL.relations)
            if pair[side] == TARGET[side] and set(pair) != set(TARGET)
        ]
        counts = sum(PANEL.channels[quad][others].sum(axis=0) for quad in QUADS)
        expected, variance = volume(counts, ground.world)
        assert y == pytest.approx(expected)
        assert v == pytest.approx(variance)


def test_the_relation_itself_is_in_nothing_it_is_measured_from() -> None:
    loud = {name: counts.copy() for name, counts in PANEL.channels.items()}
    loud["verbal_conflict"][PANEL.index[TARGET]] += np.arange(PANEL.starts.size) % 7
    found = []
    for panel in (PANEL, replace(PANEL, channels=loud)):
        ground = lay_ground(panel, TARGET)
        found.append(np.array([*measure_others(ground, TONE), *measure_others(ground, VOLUME)]))
        found.append(ground.controls @ ground.controls.T)
    assert found[0] == pytest.approx(found[2])
    assert found[1] == pytest.approx(found[3])


def test_in_votes_each_party_is_measured_with_all_others() -> None:
    votes = simulate_agreement(3, actors=6)
    ground = lay_ground(votes, votes.relations[0])
    (y, _), _ = measure_others(ground, AGREEMENT)
    first = votes.relations[0][0]
    rows = [r for r, pair in enumerate(votes.relations) if first in pair][1:]
    alike = np.nansum(votes.channels["value"][rows] * votes.exposure[rows], axis=0)
    total = votes.exposure[rows].sum(axis=0)
    assert np.sin(y) ** 2 == pytest.approx((alike / total)[ground.used])
