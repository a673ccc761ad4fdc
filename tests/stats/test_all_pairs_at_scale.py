"""A screen in single precision names whom double precision names, in a world of real size.

`make test-scale` runs it on 39,800 series and 1,000 targets; otherwise the world is small.
"""

import os

import numpy as np
import pytest

from cuibono.stats.all_pairs import scan_pairs

FULL = os.environ.get("CUIBONO_SCALE") == "full"
N, TARGETS = (39_800, 1_000) if FULL else (3_000, 150)
T, LAGS, KEEP = 312, (1, 2, 3, 4, 5, 6), 10


@pytest.fixture(scope="module")
def world() -> np.ndarray:
    """Persistent series, white ones, and some that are nearly the same as another."""
    rng = np.random.default_rng(41)
    series = rng.normal(size=(N, T)).astype(np.float32)
    series[::2] = series[::2].cumsum(axis=1)
    series[5::50] = series[4::50][: len(series[5::50])] + 0.01 * series[5::50]
    series[:TARGETS:3, 2:] += series[1 : TARGETS + 1 : 3, :-2]
    return series


def unit(rows: np.ndarray) -> np.ndarray:
    centred = rows - rows.mean(axis=1, keepdims=True)
    return centred / np.linalg.norm(centred, axis=1, keepdims=True)


def brute(series: np.ndarray, targets: slice) -> tuple[np.ndarray, np.ndarray]:
    """Squared partial correlations of all pairs in double precision, and the lag of each."""
    longest, y = max(LAGS), series[targets].astype(float)
    now, past = unit(y[:, longest:]), unit(y[:, longest - 1 : -1])
    now = unit(now - (now * past).sum(axis=1, keepdims=True) * past)
    best, lag_of = np.full((len(y), len(series)), -1.0), np.zeros((len(y), len(series)), int)
    for lag in LAGS:
        x = unit(series[:, longest - lag : series.shape[1] - lag].astype(float))
        partial = (now @ x.T) ** 2 / np.maximum(1 - (past @ x.T) ** 2, 1e-12)
        lag_of[partial > best] = lag
        best = np.maximum(best, partial)
    best[np.arange(len(y)), np.arange(targets.start, targets.stop)] = -1
    return best, lag_of


def test_the_strongest_of_each_target_are_those_of_double_precision(world: np.ndarray) -> None:
    scan = scan_pairs(world, LAGS, keep=KEEP, targets=(0, TARGETS))
    for start in range(0, TARGETS, 50):
        rows = slice(start, min(start + 50, TARGETS))
        partial, lag = brute(world, rows)
        order = np.argsort(-partial, axis=1, kind="stable")[:, :KEEP]
        assert (scan.driver[rows] == order).all()
        assert (scan.lag[rows] == np.take_along_axis(lag, order, axis=1)).all()
        found = np.take_along_axis(partial, order, axis=1)
        np.testing.assert_allclose(scan.partial[rows], found, rtol=1e-9)


def test_its_histogram_is_that_of_double_precision_but_for_the_edges(
    world: np.ndarray,
) -> None:
    scan = scan_pairs(world, LAGS, targets=(0, 50))
    partial, _ = brute(world, slice(0, 50))
    bins = scan.histogram.shape[1]
    for counted, row in zip(scan.histogram, partial, strict=True):
        exact = np.bincount((row[row >= 0] * bins).astype(int), minlength=bins)
        assert np.abs(counted - exact).sum() <= 4
        assert counted.sum() == N - 1
