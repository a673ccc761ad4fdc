"""The world as a picture: everybody is counted once, and what is marked is there."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from cuibono.lenses.drawn import BINS, draw_world, mark_world
from cuibono.model.trace import Condition, Trace

TRACE = Trace("events", "simulated", (Condition("actor", "=", "A00"),), 9)


@given(scores=arrays(np.float64, st.integers(1, 60), elements=st.floats(-50, 50)))
def test_every_relation_is_in_one_bin(scores: NDArray[np.float64]) -> None:
    world = draw_world("w", "scores", "z", scores, 1.0, TRACE)
    assert sum(world.counts) == scores.size
    assert len(world.counts) == BINS == len(world.edges) - 1
    assert list(world.edges) == sorted(world.edges)


def test_a_distribution_keeps_its_threshold_unit_and_rows() -> None:
    world = draw_world("w", "scores", "z", np.arange(100.0), 94.0, TRACE)
    assert (world.threshold, world.unit, world.traces) == (94.0, "z", (TRACE,))


@pytest.mark.parametrize("figures", [(), ("one",), ("one", "two")])
def test_a_chart_marks_what_it_is_given(figures: tuple[str, ...]) -> None:
    world = draw_world("w", "scores", "z", np.arange(9.0), 8.0, TRACE)
    chart = mark_world(world, "Scores", "Right is more.", *figures)
    assert (chart.kind, chart.world, chart.series) == ("world", "w", figures)
    assert chart.id != world.id
