"""Drivers beside columns of their own: each answer is that of one regression."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.stats.beside import scan_beside
from cuibono.stats.noise import Noise, fit_noise
from cuibono.stats.scan import positions_before, scan_drivers

PERIODS, LAGS = 40, (1, 2)
STEPS = np.r_[0:25, 30:45]
USED = np.r_[0:12, 14:40]


def draw(seed: int, n: int = 5) -> tuple[np.ndarray, Noise, np.ndarray, np.ndarray]:
    """Draw a target with a gap and two periods unseen, drivers, and two columns of each."""
    rng = np.random.default_rng(seed)
    controls = np.linalg.qr(
        np.column_stack([np.ones(USED.size), STEPS[USED], rng.normal(size=USED.size)])
    )[0]
    y = np.cumsum(rng.normal(size=USED.size)) + rng.normal(size=USED.size)
    noise = fit_noise(y, np.full(USED.size, 0.5), STEPS[USED], controls)
    drivers, beside = rng.normal(size=(n, PERIODS)), rng.normal(size=(n, 2, PERIODS))
    drivers[0, 5:8], beside[1, 0, :6] = np.nan, np.nan
    return y, noise, drivers, beside


def lags() -> list[np.ndarray]:
    return [positions_before(STEPS, USED, lag) for lag in LAGS]


def likeliest(noise: Noise) -> Noise:
    first = np.zeros(1, dtype=np.int64)
    return Noise(np.ones(1), noise.whitening.keep(first), noise.chance[first])


def regress(y: np.ndarray, noise: Noise, columns: np.ndarray, place: np.ndarray) -> float:
    """Regress the whitened target on the whitened columns, the last of which is tested."""
    maker, design = noise.whitening.keep(np.zeros(1, dtype=np.int64)), []
    for column in columns:
        moved = np.where(place < 0, np.nan, column[place])
        there = np.isfinite(moved)
        design.append(np.where(there, moved - moved[there].mean(), 0.0))
    white = maker.filters.whiten(np.column_stack(design))[0]
    x, target = np.hstack([maker.basis[0], white]), maker.filters.whiten(y[:, None])[0, :, 0]
    beta = np.linalg.lstsq(x, target, rcond=None)[0]
    left = target - x @ beta
    variance = left @ left / (target.size - x.shape[1]) * np.linalg.inv(x.T @ x)[-1, -1]
    return float(beta[-1] / np.sqrt(variance))


@settings(derandomize=True, deadline=None, max_examples=20)
@given(st.integers(0, 10_000))
def test_every_answer_is_that_of_one_regression(seed: int) -> None:
    y, noise, drivers, beside = draw(seed)
    expected = [
        [regress(y, noise, np.vstack([own, driver]), place) for place in lags()]
        for driver, own in zip(drivers, beside, strict=True)
    ]
    t = scan_beside(y, noise, drivers, beside, lags())
    np.testing.assert_allclose(t, expected, rtol=1e-6, atol=1e-8)


def test_beside_nothing_it_is_the_scan_with_the_likeliest_noise() -> None:
    y, noise, drivers, beside = draw(1)
    np.testing.assert_allclose(
        scan_beside(y, noise, drivers, beside[:, :0], lags()),
        scan_drivers(y, likeliest(noise), drivers, lags()),
        rtol=1e-8,
    )


@settings(derandomize=True, deadline=None, max_examples=20)
@given(st.integers(0, 10_000), st.floats(0.01, 100), st.floats(-20, 20))
def test_other_units_give_the_same_answers(seed: int, scale: float, shift: float) -> None:
    y, noise, drivers, beside = draw(seed)
    plain = scan_beside(y, noise, drivers, beside, lags())
    other = scan_beside(y, noise, shift - scale * drivers, scale * beside + shift, lags())
    np.testing.assert_allclose(other, -plain, rtol=1e-6, atol=1e-8)


def test_a_driver_that_its_own_columns_say_has_nothing_left() -> None:
    y, noise, drivers, beside = draw(2)
    drivers[3] = 2 * beside[3, 0] - beside[3, 1] + 1
    drivers[4] = 0.1
    t = scan_beside(y, noise, drivers, beside, lags())
    assert np.isnan(t[3:]).all()
    assert np.isfinite(t[:3]).all()


def test_a_column_that_says_nothing_takes_nothing() -> None:
    y, noise, drivers, beside = draw(3)
    flat = np.concatenate([beside, np.full((len(beside), 1, PERIODS), 7.0)], axis=1)
    np.testing.assert_allclose(
        scan_beside(y, noise, drivers, flat, lags()),
        scan_beside(y, noise, drivers, beside, lags()),
        rtol=1e-9,
    )
