"""The loops that keep, count and order the strongest pairs, compiled or not."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.stats.strongest import (
    BINS,
    correlate,
    gather_best,
    keep_best,
    make_unit,
    sharpen,
)

N, WIDE = 5, 9


def both(loop: Callable[..., None]) -> list[Callable[..., None]]:
    return [loop, getattr(loop, "py_func", loop)]


def kept(n: int = N, keep: int = 3) -> tuple[np.ndarray, ...]:
    """Nothing yet: partial correlations, drivers and lags."""
    return np.zeros((n, keep)), np.full((n, keep), -1, np.int32), np.zeros((n, keep), np.int32)


def product(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).uniform(-0.6, 0.6, (2 * N, WIDE)).astype(np.float32)


@pytest.mark.parametrize("loop", both(keep_best))
def test_the_better_lag_is_kept(loop: Callable[..., None]) -> None:
    best, lag_of = np.zeros((N, WIDE), np.float32), np.zeros((N, WIDE), np.int32)
    squares = []
    for lag in (1, 2):
        given = product(lag)
        loop(given, lag, best, lag_of)
        squares.append(given[:N] ** 2 / (1 - given[N:] ** 2))
    assert np.allclose(best, np.max(squares, axis=0), rtol=1e-6)
    assert (lag_of == 1 + np.argmax(squares, axis=0)).all()


@pytest.mark.parametrize("loop", both(gather_best))
def test_the_strongest_come_first_and_all_are_counted(loop: Callable[..., None]) -> None:
    best = np.abs(product(3)[:N])
    partial, driver, lag = kept()
    histogram = np.zeros((N, BINS), np.int64)
    loop(best, np.full((N, WIDE), 4, np.int32), 20, 22, histogram, partial, driver, lag)
    for i in range(N):
        others = np.delete(np.arange(WIDE), i + 2)
        order = others[np.argsort(-best[i, others])][:3]
        assert driver[i].tolist() == (20 + order).tolist()
        assert partial[i].tolist() == best[i, order].tolist()
    assert (lag == 4).all()
    assert (histogram.sum(axis=1) == WIDE - 1).all()


def regression(series: np.ndarray, target: int, driver: int, lag: int, longest: int) -> float:
    """Squared partial correlation by least squares on intercept and own past."""
    y, x = series[target].astype(float), series[driver].astype(float)
    x, past = x[longest - lag : len(x) - lag], y[longest - 1 : -1]
    known = np.column_stack([np.ones(past.size), past])
    left = [one - known @ np.linalg.lstsq(known, one)[0] for one in (y[longest:], x)]
    return float((left[0] @ left[1]) ** 2 / (left[0] @ left[0]) / (left[1] @ left[1]))


@pytest.mark.parametrize("loop", both(sharpen))
def test_what_was_kept_is_put_in_the_order_of_double_precision(
    loop: Callable[..., None],
) -> None:
    rng, lags = np.random.default_rng(4), np.array([1, 3])
    series = rng.normal(size=(12, 40)).cumsum(axis=1).astype(np.float32)
    partial, driver, lag = kept(2, 5)
    driver[:, :4] = [[5, 9, 2, 7], [3, 4, 6, 11]]
    loop(series, 0, lags, partial, driver, lag)
    for target in range(2):
        every = {
            who: max((regression(series, target, who, int(k), 3), int(k)) for k in lags)
            for who in ([5, 9, 2, 7], [3, 4, 6, 11])[target]
        }
        order = sorted(every, key=lambda who: -every[who][0])
        assert driver[target].tolist() == [*order, -1]
        assert lag[target, :4].tolist() == [every[who][1] for who in order]
        assert partial[target, :4] == pytest.approx([every[who][0] for who in order], rel=1e-9)


@pytest.mark.parametrize("loop", both(sharpen))
def test_of_two_that_are_the_same_the_first_in_the_world_stays_first(
    loop: Callable[..., None],
) -> None:
    series = np.random.default_rng(5).normal(size=(6, 30)).astype(np.float32)
    series[4] = series[2]
    partial, driver, lag = kept(1, 3)
    driver[0] = [4, 2, -1]
    loop(series, 0, np.array([1]), partial, driver, lag)
    assert driver[0].tolist() == [2, 4, -1]
    assert partial[0, 0] == partial[0, 1] > 0


@pytest.mark.parametrize("loop", both(make_unit))
def test_a_row_that_never_moves_becomes_zeros(loop: Callable[..., None]) -> None:
    row, flat = np.array([1.0, 2.0, 6.0]), np.full(3, 2.0)
    loop(row)
    loop(flat)
    assert row == pytest.approx(np.array([-2, -1, 3]) / np.sqrt(14))
    assert not flat.any()


@pytest.mark.parametrize("loop", both(correlate))
def test_a_driver_that_is_the_targets_past_adds_nothing(loop: Callable[..., float]) -> None:
    rng = np.random.default_rng(6)
    past, now = rng.normal(size=(2, 20))
    make_unit(past)
    now -= now.mean() + (now @ past) * past
    make_unit(now)
    assert loop((2 * past + 1).astype(np.float32), now, past) == 0
    assert loop(np.full(20, 3.0, np.float32), now, past) == 0
    assert loop((now + past).astype(np.float32), now, past) == pytest.approx(1)


@settings(deadline=None, max_examples=25)
@given(st.permutations(range(1, 12)), st.integers(0, 99))
def test_the_order_in_which_drivers_were_met_does_not_matter(met: list[int], seed: int) -> None:
    series = np.random.default_rng(seed).normal(size=(12, 20)).astype(np.float32)
    found = []
    for order in (sorted(met), met):
        partial, driver, lag = kept(1, 11)
        driver[0] = order
        sharpen(series, 0, np.array([1, 2]), partial, driver, lag)
        found.append((partial, driver, lag))
    for one, two in zip(*found, strict=True):
        assert (one == two).all()
    assert (np.diff(found[0][0][0]) <= 0).all()
