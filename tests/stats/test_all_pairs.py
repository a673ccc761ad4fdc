"""All pairs against one regression a pair, whatever the blocks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.stats import all_pairs
from cuibono.stats.all_pairs import TARGETS, PairScan, scan_pairs
from cuibono.stats.strongest import BINS

LAGS = (1, 2, 3)


def world(seed: int, n: int = 30, periods: int = 60) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, periods)).cumsum(axis=1).astype(np.float32)


def regress(series: np.ndarray, target: int, driver: int, lag: int) -> float:
    """Squared t of the driver in ordinary least squares with intercept and own past."""
    y, longest = series[target].astype(float), max(LAGS)
    x = series[driver].astype(float)[longest - lag : len(y) - lag]
    design = np.column_stack([np.ones(len(y) - longest), y[longest - 1 : -1], x])
    weight, rss, *_ = np.linalg.lstsq(design, y[longest:])
    variance = rss[0] / (len(design) - 3) * np.linalg.inv(design.T @ design)[2, 2]
    return float(weight[2] ** 2 / variance)


def brute(series: np.ndarray, target: int) -> list[tuple[float, int, int]]:
    others = [d for d in range(len(series)) if d != target]
    best = [max((regress(series, target, d, lag), lag) for lag in LAGS) for d in others]
    found = [(t2, d, lag) for (t2, lag), d in zip(best, others, strict=True)]
    return sorted(found, reverse=True)


def t_squared(scan: PairScan) -> np.ndarray:
    return scan.freedom * scan.partial.astype(float) / (1 - scan.partial)


@pytest.mark.parametrize("target", [0, 11, 29])
def test_the_strongest_are_those_of_one_regression_a_pair(target: int) -> None:
    series = world(1)
    scan, expected = scan_pairs(series, LAGS, keep=5), brute(series, target)[:5]
    assert scan.driver[target].tolist() == [driver for _, driver, _ in expected]
    assert scan.lag[target].tolist() == [lag for _, _, lag in expected]
    assert t_squared(scan)[target] == pytest.approx([t2 for t2, _, _ in expected], rel=1e-9)


def test_every_driver_is_counted_once() -> None:
    assert (scan_pairs(world(2), LAGS).histogram.sum(axis=1) == 29).all()


def test_the_histogram_holds_the_strongest_where_they_belong() -> None:
    scan = scan_pairs(world(3), LAGS)
    last = np.minimum((scan.partial[:, 0] * BINS).astype(int), BINS - 1)
    beyond = [scan.histogram[i, at + 1 :].sum() for i, at in enumerate(last)]
    assert not any(beyond)


def test_blocks_of_another_size_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = scan_pairs(world(4), LAGS)
    monkeypatch.setattr(all_pairs, "TARGETS", 7)
    monkeypatch.setattr(all_pairs, "DRIVERS", 11)
    parts = scan_pairs(world(4), LAGS)
    assert (whole.driver == parts.driver).all()
    assert (whole.partial == parts.partial).all()


def test_parts_on_several_machines_fit_together_to_the_bit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(all_pairs, "TARGETS", 8)
    series = world(5)
    whole = scan_pairs(series, LAGS)
    parts = [
        scan_pairs(series, LAGS, targets=(first, min(first + 16, 30))) for first in (0, 16)
    ]
    for name in ("partial", "driver", "lag", "histogram"):
        joined = np.concatenate([getattr(part, name) for part in parts])
        assert (joined == getattr(whole, name)).all()


def test_a_part_that_would_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match=str(TARGETS)):
        scan_pairs(world(6), LAGS, targets=(3, 9))


def test_it_stops_when_told_and_says_how_far_it_came(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(all_pairs, "TARGETS", 10)
    told: list[int] = []

    def go_on(done: int) -> bool:
        told.append(done)
        return done < 20

    scan = scan_pairs(world(7), LAGS, go_on=go_on)
    assert told == [10, 20]
    assert (scan.driver[:20] >= 0).all()
    assert (scan.driver[20:] == -1).all()


@settings(max_examples=15, deadline=None)
@given(st.floats(0.01, 100), st.floats(-10, 10), st.integers(0, 29))
def test_scale_and_level_of_a_series_do_not_matter(scale: float, by: float, row: int) -> None:
    series = world(8)
    other = series.copy()
    other[row] = np.float32(scale) * other[row] + np.float32(by)
    one, two = scan_pairs(series, LAGS), scan_pairs(other, LAGS)
    assert np.allclose(one.partial, two.partial, atol=1e-3)


def test_a_series_that_never_moves_drives_nothing() -> None:
    series = world(9)
    series[4] = 2
    assert 4 not in scan_pairs(series, LAGS, keep=20).driver


def test_a_planted_driver_is_the_strongest_at_its_lag() -> None:
    rng = np.random.default_rng(12)
    series = rng.normal(size=(40, 200)).astype(np.float32)
    series[3, 2:] += series[17, :-2]
    scan = scan_pairs(series, LAGS)
    assert (scan.driver[3, 0], scan.lag[3, 0]) == (17, 2)
    assert scan.partial[3, 0] > 2 * scan.partial[3, 1]


def test_unrelated_white_series_pass_as_often_as_chance() -> None:
    rng = np.random.default_rng(13)
    scan = scan_pairs(rng.normal(size=(150, 250)).astype(np.float32), (1,))
    edges = np.arange(BINS) / BINS
    t2 = scan.freedom * edges / (1 - edges)
    beyond = scan.histogram[:, t2 > 2.58**2].sum() / scan.histogram.sum()
    assert 0.005 < beyond < 0.012


@settings(max_examples=10, deadline=None)
@given(st.integers(1, 20))
def test_keeping_more_keeps_the_same_first(keep: int) -> None:
    few, many = (scan_pairs(world(14), LAGS, keep=n) for n in (keep, 25))
    assert np.array_equal(few.driver, many.driver[:, :keep])


def test_kept_drivers_are_in_order_and_never_twice() -> None:
    scan = scan_pairs(world(15), LAGS, keep=12)
    assert (np.diff(scan.partial, axis=1) <= 0).all()
    assert all(len(set(row)) == 12 for row in scan.driver.tolist())
