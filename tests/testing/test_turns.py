"""Relations whose turning points are known are what they say."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.testing.turns import plant_step, simulate_turns
from cuibono.testing.worlds import World, simulate_events

PANEL = simulate_events(1, World(actors=4))
RELATION = PANEL.relations[0]


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 4))
def test_turns_are_as_many_and_as_far_apart_as_said(seed: int, n: int) -> None:
    turned = simulate_turns(np.random.default_rng(seed), 240, 50.0, n)
    assert len(turned.at) == n
    assert all(b - a > 18 for a, b in zip(turned.at, turned.at[1:], strict=False))
    assert turned.cooperation.size == turned.conflict.size == 240


def test_the_same_generator_gives_the_same_relation() -> None:
    one, two = (simulate_turns(np.random.default_rng(4), 60, 30.0) for _ in range(2))
    assert one.at == two.at
    assert (one.cooperation == two.cooperation).all()


def test_volume_is_what_was_asked_in_the_mean() -> None:
    rng = np.random.default_rng(0)
    means = [
        float((t.cooperation + t.conflict).mean())
        for t in (simulate_turns(rng, 200, 30.0, 0) for _ in range(40))
    ]
    assert np.mean(means) == pytest.approx(33, rel=0.25)


def test_a_planted_step_moves_events_from_one_side_to_the_other() -> None:
    stepped, row = plant_step(PANEL, RELATION, 30, 1.0), PANEL.index[RELATION]
    conflict = stepped.channels["verbal_conflict"][row]
    assert (conflict[30:] == 0).all()
    assert (conflict[:30] == PANEL.channels["verbal_conflict"][row][:30]).all()
    quads = [name for name in PANEL.channels if name != "all"]
    before, after = (sum(p.channels[q] for q in quads) for p in (PANEL, stepped))
    assert (before == after).all()
