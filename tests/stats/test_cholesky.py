"""Many drivers side by side get what each would get alone, compiled or not."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.stats.cholesky import weigh_each
from cuibono.stats.evidence import SCALES, log_bayes_factor
from cuibono.stats.noise import PRIOR
from cuibono.stats.side_by_side import LANES

AS_WRITTEN = getattr(weigh_each, "py_func", weigh_each)


def made(seed: int, m: int, periods: int):
    rng = np.random.default_rng(seed)
    z = rng.normal(size=(LANES, periods, m))
    y, readout = rng.normal(size=periods), rng.normal(size=(LANES, 1, m))
    gram, toward = np.swapaxes(z, 1, 2) @ z, np.einsum("dtm,t->dm", z, y)
    bordered = np.concatenate([gram, toward[:, None], readout], axis=1)
    power = rng.uniform(0.5, 2, (1, LANES))
    return bordered, power, float(y @ y)


def weigh(loop: Callable[..., None], bordered: np.ndarray, power, squares, periods):
    found = np.empty((2, len(SCALES), 1, LANES))
    beside = np.ascontiguousarray(bordered.transpose(1, 2, 0)[None])
    loop(beside, power, squares, PRIOR, periods, np.array(SCALES), found)
    return found[:, :, 0].transpose(0, 2, 1)


def alone(bordered: np.ndarray, power, squares, periods):
    m, root = bordered.shape[2], np.sqrt(power[0])[:, None]
    log_bf, lean = log_bayes_factor(
        bordered[:, :m] / root[..., None] ** 2,
        bordered[:, m] / root,
        np.full(LANES, squares),
        bordered[:, m + 1 :] / root[..., None],
        periods,
    )
    return log_bf, lean[:, 0]


@pytest.mark.parametrize("loop", [weigh_each, AS_WRITTEN])
def test_each_driver_has_its_own_bayes_factor(loop: Callable[..., None]) -> None:
    given_ = *made(1, 3, 30), 30
    for found, expected in zip(weigh(loop, *given_), alone(*given_), strict=True):
        assert np.allclose(found, expected, atol=1e-10)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 9), st.integers(12, 60))
def test_it_agrees_with_the_few_whatever_their_shape(seed: int, m: int, periods: int) -> None:
    given_ = *made(seed, m, periods), periods
    for found, expected in zip(weigh(weigh_each, *given_), alone(*given_), strict=True):
        assert np.allclose(found, expected, atol=1e-8)


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(LANES)))
def test_the_order_of_drivers_changes_no_bit(order: list[int]) -> None:
    bordered, power, squares = made(2, 4, 30)
    one = weigh(weigh_each, bordered, power, squares, 30)
    other = weigh(weigh_each, bordered[order], power[:, order], squares, 30)
    assert (one[:, order] == other).all()
