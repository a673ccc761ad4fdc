"""Mixes: an even world by hand, calibration under spread, labels and scale."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from cuibono.stats.mix import score_mix

counts = arrays(np.float64, (12, 3), elements=st.integers(0, 50).map(float)).filter(
    lambda n: (n.sum(axis=0) > 0).all()
)


def spread_world(seed: int, series: int = 400, strength: float = 15.0) -> NDArray[np.float64]:
    """Draw mixes around (.6, .3, .1), from relations of 20 to 2,000 acts."""
    rng = np.random.default_rng(seed)
    own = rng.dirichlet(strength * np.array([0.6, 0.3, 0.1]), series)
    total = np.exp(rng.uniform(3, 7.6, series)).astype(int)
    return np.stack([rng.multinomial(n, p) for n, p in zip(total, own, strict=True)]).astype(
        float
    )


def test_where_all_are_alike_only_counting_is_left() -> None:
    rng = np.random.default_rng(1)
    same = rng.multinomial(200, [0.6, 0.3, 0.1], 500).astype(float)
    z, world = score_mix(same)
    assert world == pytest.approx([0.6, 0.3, 0.1], abs=0.01)
    assert z.std(axis=0) == pytest.approx([1, 1, 1], abs=0.1)


def test_where_relations_differ_the_loud_ones_do_not_stand_out() -> None:
    made = spread_world(2)
    z, _ = score_mix(made)
    loud = made.sum(axis=1) > np.median(made.sum(axis=1))
    for kind in range(3):
        assert z[loud, kind].std() == pytest.approx(z[~loud, kind].std(), rel=0.25)
        assert z[:, kind].std() == pytest.approx(1.0, abs=0.15)


def test_a_plain_z_would_let_the_loud_ones_stand_out() -> None:
    made = spread_world(2)
    total = made.sum(axis=1, keepdims=True)
    world = (made / total).mean(axis=0)
    plain = (made / total - world) / np.sqrt(world * (1 - world) / total)
    loud = total[:, 0] > np.median(total)
    assert plain[loud, 0].std() > 3 * plain[~loud, 0].std() / 2


def test_the_world_is_no_louder_than_its_loudest() -> None:
    made = np.vstack([np.tile([10.0, 10.0], (50, 1)), [[100_000.0, 0.0]]])
    _, world = score_mix(made)
    assert world[0] < 0.9


@given(made=counts)
def test_shares_of_the_world_are_shares(made: NDArray[np.float64]) -> None:
    z, world = score_mix(made)
    assert ((world >= -1e-12) & (world <= 1 + 1e-12)).all()
    assert np.isnan(z[made.sum(axis=1) == 0]).all()


@given(made=counts, order=st.permutations(range(12)))
def test_the_order_of_series_does_not_matter(
    made: NDArray[np.float64], order: list[int]
) -> None:
    z, _ = score_mix(made)
    again, _ = score_mix(made[order])
    assert np.allclose(z[order], again, equal_nan=True, atol=1e-6)


@given(made=counts)
def test_the_order_of_kinds_does_not_matter(made: NDArray[np.float64]) -> None:
    z, _ = score_mix(made)
    again, _ = score_mix(made[:, ::-1])
    assert np.allclose(z[:, ::-1], again, equal_nan=True, atol=1e-6)


def test_of_two_kinds_one_mirrors_the_other() -> None:
    z, world = score_mix(spread_world(3)[:, :2])
    assert z[:, 0] == pytest.approx(-z[:, 1])
    assert world.sum() == pytest.approx(1.0)


def test_a_kind_that_nobody_has_scores_nothing() -> None:
    z, world = score_mix(np.array([[3.0, 0.0], [5.0, 0.0]]))
    assert world.tolist() == [1.0, 0.0]
    assert np.isnan(z).all()
