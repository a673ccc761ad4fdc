"""Tracking against the dense Gaussian it stands for, and what it must not do."""

from collections.abc import Callable
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import multivariate_normal

from cuibono.stats.track import (
    EXTRA,
    MOVEMENT,
    PERSISTENCE,
    Tracked,
    draw_levels,
    follow_levels,
    track,
)

AS_WRITTEN = getattr(follow_levels, "py_func", follow_levels)


def series(seed: int, n: int = 3, periods: int = 24) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    y = np.cumsum(rng.normal(size=(n, periods)), axis=1)
    return y - y.mean(axis=1, keepdims=True), rng.uniform(0.1, 0.6, (n, periods))


def dense(tracked: Tracked, v: np.ndarray, steps: np.ndarray, at: int) -> np.ndarray:
    """Covariance of the observed cells of one series."""
    apart = np.abs(np.subtract.outer(steps, steps))
    level = tracked.movement[at] * tracked.persistence[at] ** apart
    return level + np.diag(v[at] + tracked.extra[at])


def centred(y: np.ndarray, v: np.ndarray) -> np.ndarray:
    weight = 1 / (v + 0.3)
    return y - (weight * y).sum(axis=1, keepdims=True) / weight.sum(axis=1, keepdims=True)


@pytest.mark.parametrize("gap", [0, 7])
def test_the_density_is_that_of_the_dense_gaussian(gap: int) -> None:
    y, v = series(1)
    steps = np.r_[0:10, 10 + gap : 24 + gap]
    found = track(y, v, steps)
    for at in range(len(y)):
        whole = multivariate_normal(cov=dense(found, v, steps, at))
        assert found.log_density[at] == pytest.approx(whole.logpdf(centred(y, v)[at]), abs=1e-8)


def test_the_last_level_is_that_of_generalised_least_squares() -> None:
    y, v = series(2)
    steps = np.arange(24)
    found = track(y, v, steps)
    for at in range(len(y)):
        cross = found.movement[at] * found.persistence[at] ** (23 - steps)
        expected = cross @ np.linalg.solve(dense(found, v, steps, at), centred(y, v)[at])
        assert found.mean[at, -1] == pytest.approx(expected, abs=1e-8)


def test_the_likeliest_noise_of_the_grid_is_chosen() -> None:
    y, v = series(3, n=1)
    found, steps = track(y, v, np.arange(24)), np.arange(24)
    spread = found.movement[0] / min(MOVEMENT, key=lambda m: abs(_grid(found, m)))
    apart = np.abs(np.subtract.outer(steps, steps))
    every = [
        multivariate_normal(cov=spread * m * rho**apart + np.diag(v[0] + spread * e)).logpdf(
            centred(y, v)[0]
        )
        for rho, m, e in product(PERSISTENCE, MOVEMENT, EXTRA)
    ]
    assert found.log_density[0] == pytest.approx(max(every), abs=1e-8)


def _grid(found: Tracked, movement: float) -> float:
    """Distance of the extra noise from the grid, if the movement is this one."""
    extra = found.extra[0] / (found.movement[0] / movement)
    return min(abs(extra - e) for e in EXTRA)


def test_what_comes_later_changes_nothing_before() -> None:
    y, v = series(4)
    later = y.copy()
    later[:, 20:] += 1e-6
    one, two = track(y, v, np.arange(24)), track(later, v, np.arange(24))
    assert (one.persistence == two.persistence).all()
    assert np.allclose(one.mean[:, :20], two.mean[:, :20], atol=1e-6)


def test_an_unseen_cell_widens_what_is_known() -> None:
    y, v = series(5, n=1)
    y[0, 10] = np.nan
    variance = track(y, v, np.arange(24)).variance[0]
    assert variance[10] > variance[9]


@given(st.floats(0.01, 100), st.floats(-50, 50))
def test_a_rescaled_series_has_a_rescaled_level(scale: float, shift: float) -> None:
    y, v = series(6, n=2, periods=12)
    one = track(y, v, np.arange(12))
    other = track(scale * y + shift, scale**2 * v, np.arange(12))
    assert np.corrcoef(one.mean[0], other.mean[0])[0, 1] > 0.95


def test_drawn_paths_have_the_smoothed_mean_and_variance() -> None:
    y, v = series(7, n=1)
    found, steps = track(y, v, np.arange(24)), np.arange(24)
    level = found.movement[0] * found.persistence[0] ** np.abs(np.subtract.outer(steps, steps))
    gain = level @ np.linalg.inv(dense(found, v, steps, 0))
    paths = draw_levels(found, 0, 20_000, np.random.default_rng(1))
    deviation = np.sqrt(np.diag(level - gain @ level))
    assert np.abs(paths.mean(axis=0) - gain @ centred(y, v)[0]).max() < 0.05 * deviation.max()
    assert paths.std(axis=0) == pytest.approx(deviation, rel=0.05)


def test_a_series_that_was_never_seen_stays_at_its_mean() -> None:
    y, v = series(8)
    y[1] = np.nan
    found = track(y, v, np.arange(24))
    assert (found.mean[1] == 0).all()
    assert np.allclose(found.variance[1], found.movement[1])


def test_a_series_that_never_moves_has_a_level_of_nothing() -> None:
    y, v = series(9)
    y[0] = 3.0
    assert np.abs(track(y, v, np.arange(24)).mean[0]).max() < 1e-9


@given(st.permutations(range(4)))
def test_each_series_is_followed_on_its_own(order: list[int]) -> None:
    y, v = series(10, n=4, periods=10)
    one, other = track(y, v, np.arange(10)), track(y[order], v[order], np.arange(10))
    assert np.array_equal(one.mean[order], other.mean)


@given(st.integers(1, 12))
def test_a_gap_fades_what_was_known(gap: int) -> None:
    y, v = series(11, n=1, periods=8)
    steps = np.r_[0:4, 4 + gap : 8 + gap]
    found = track(y, v, steps)
    inside = found.mean[0, 3 : 4 + gap]
    assert found.mean.shape[1] == 8 + gap
    assert np.allclose(inside[1:], inside[:-1] * found.persistence[0])
    assert (np.diff(found.variance[0, 3 : 4 + gap]) >= -1e-12).all()


def test_a_clearer_count_is_followed_more_closely() -> None:
    y, _ = series(12, n=1)
    clear, dim = (track(y, np.full(y.shape, v), np.arange(24)) for v in (0.01, 5.0))
    off = [np.abs(t.mean[0] - (y[0] - y[0].mean())).mean() for t in (clear, dim)]
    assert off[0] < off[1]


def follow(
    loop: Callable[..., np.ndarray], seed: int, kept: int
) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    y, v = rng.normal(size=(9, 3)), rng.uniform(0.1, 1, (9, 3))
    rho, movement, extra = rng.uniform(0.5, 0.99, (3, 3))
    levels = np.empty((2, kept, 3))
    return loop(y, v, rng.random((9, 3)) < 0.7, rho, movement, extra, *levels), levels


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_levels_are_followed_by_the_loop_as_it_is_written(seed: int) -> None:
    (density, levels), (other, others) = (
        follow(loop, seed, 9) for loop in (follow_levels, AS_WRITTEN)
    )
    assert density == pytest.approx(other, abs=1e-12)
    assert levels == pytest.approx(others, abs=1e-12)


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_with_room_for_one_step_the_last_is_kept(seed: int) -> None:
    (density, levels), (other, last) = (follow(follow_levels, seed, kept) for kept in (9, 1))
    assert np.array_equal(density, other)
    assert np.array_equal(levels[:, -1:], last)
