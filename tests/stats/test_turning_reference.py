"""Turning points beside those of ruptures, which is told how many there are.

The dates were computed once with ruptures 1.1.10 and numpy 2.4:

    ruptures.Dynp("l2", min_size=12, jump=1).fit(y).predict(n_bkps=len(turned.at))[:-1]

on the tone of `simulate_turns(np.random.default_rng(seed), 132, 400.0, 1 + seed % 3)`.
"""

import numpy as np
import pytest

from cuibono.stats.series import tone
from cuibono.stats.step_evidence import build_step_model, find_places
from cuibono.stats.turning import Turn, date_changes, find_changes
from cuibono.testing.turns import simulate_turns

REFERENCE = {
    40: (37, 72),
    41: (36, 65, 92),
    42: (44,),
    43: (63, 103),
    45: (25,),
    46: (59, 78),
    47: (12, 74, 105),
    48: (47,),
    54: (113,),
    56: (50, 68, 106),
    57: (55,),
    58: (16, 67),
}


def turns(seed: int) -> tuple[Turn, ...]:
    turned = simulate_turns(np.random.default_rng(seed), 132, 400.0, 1 + seed % 3)
    y, v = tone(turned.cooperation, turned.conflict)
    steps = np.arange(y.size)
    model = build_step_model(y, v, steps, np.ones((y.size, 1)), find_places(steps, 12))
    return date_changes(find_changes(model, 2.0, 12), 12)


@pytest.fixture(scope="module")
def found() -> dict[int, tuple[Turn, ...]]:
    return {seed: turns(seed) for seed in REFERENCE}


@pytest.mark.parametrize(("likely", "least", "share"), [(0.6, 12, 0.8), (0.9, 8, 0.9)])
def test_likely_turns_stand_where_the_reference_has_them(
    found: dict[int, tuple[Turn, ...]], likely: float, least: int, share: float
) -> None:
    turns = [(seed, t.best) for seed, each in found.items() for t in each if t.chance >= likely]
    near = [min(abs(best - date) for date in REFERENCE[seed]) <= 3 for seed, best in turns]
    assert len(turns) >= least
    assert np.mean(near) >= share


def test_two_thirds_of_the_reference_are_found_without_being_told_how_many(
    found: dict[int, tuple[Turn, ...]],
) -> None:
    dates = [(seed, date) for seed, each in REFERENCE.items() for date in each]
    hit = [any(t.first - 2 <= date <= t.last + 2 for t in found[seed]) for seed, date in dates]
    assert np.mean(hit) >= 2 / 3
