"""One driver asked of many targets: each answer is that of a regression of its own."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from cuibono.stats.column import own_past, take_out

LAGS = (1, 2)
PERIODS = 30


def positions(periods: int = PERIODS) -> list[np.ndarray]:
    """Look back one and two periods in a record without a gap."""
    return [np.where(np.arange(periods) < lag, -1, np.arange(periods) - lag) for lag in LAGS]


def masked(column: np.ndarray, seen: np.ndarray) -> np.ndarray:
    there = np.isfinite(column) & seen
    return np.where(there, column - column[there].mean(), 0.0)[seen]


def regress(
    y: np.ndarray, own: np.ndarray, shared: np.ndarray, driver: np.ndarray
) -> list[float]:
    """Test the driver by one regression a lag, in double precision, as a textbook does."""
    seen, found = np.isfinite(y), []
    for lag in LAGS:
        moved = np.r_[np.full(lag, np.nan), driver[:-lag]]
        design = [np.ones(seen.sum()), *(masked(column, seen) for column in (*shared, *own))]
        x = np.column_stack([*design, masked(moved, seen)])
        beta, _, rank, _ = np.linalg.lstsq(x, y[seen], rcond=1e-9)
        spare = y[seen] - x @ beta
        variance = spare @ spare / (seen.sum() - rank) * np.linalg.pinv(x.T @ x)[-1, -1]
        found.append(float(beta[-1] / np.sqrt(variance)))
    return found


def draw(seed: int, n: int = 4) -> tuple[np.ndarray, ...]:
    """Draw targets, columns of their own, shared ones and a driver, with cells missing."""
    rng = np.random.default_rng(seed)
    y, own = rng.normal(size=(n, PERIODS)), rng.normal(size=(n, 2, PERIODS))
    shared, driver = rng.normal(size=(3, PERIODS)), rng.normal(size=PERIODS)
    y[0, :4], own[1, 0, :5], driver[7] = np.nan, np.nan, np.nan
    return y, own, shared, driver


@settings(derandomize=True, deadline=None, max_examples=30)
@given(st.integers(0, 10_000))
def test_every_answer_is_that_of_a_regression_of_its_own(seed: int) -> None:
    y, own, shared, driver = draw(seed)
    t = take_out(y, own, shared).ask(driver, positions())
    expected = [regress(y[i], own[i], shared, driver) for i in range(len(y))]
    np.testing.assert_allclose(t, expected, rtol=1e-7, atol=1e-9)


@settings(derandomize=True, deadline=None, max_examples=20)
@given(st.integers(0, 10_000), st.floats(0.01, 100), st.floats(-50, 50))
def test_other_units_give_the_same_answers(seed: int, scale: float, shift: float) -> None:
    y, own, shared, driver = draw(seed)
    plain = take_out(y, own, shared).ask(driver, positions())
    other = take_out(scale * y + shift, scale * own - shift, shared + shift)
    np.testing.assert_allclose(
        other.ask(shift - scale * driver, positions()), -plain, rtol=1e-6, atol=1e-8
    )


def test_an_answer_does_not_depend_on_who_else_is_asked() -> None:
    y, own, shared, driver = draw(1)
    whole = take_out(y, own, shared).ask(driver, positions())
    alone = take_out(y[2:3], own[2:3], shared).ask(driver, positions())
    np.testing.assert_allclose(alone, whole[2:3], rtol=1e-12)


def test_a_column_that_says_nothing_new_costs_no_freedom() -> None:
    y, own, shared, driver = draw(2)
    twice = np.concatenate([shared, 3 * shared[:1] - shared[1:2], np.ones((1, PERIODS))])
    one, two = take_out(y, own, shared), take_out(y, own, twice)
    assert one.freedom.tolist() == two.freedom.tolist() == [26 - 7, 30 - 7, 30 - 7, 30 - 7]
    np.testing.assert_allclose(
        one.ask(driver, positions()), two.ask(driver, positions()), rtol=1e-7
    )


def test_what_never_varies_says_nothing() -> None:
    y, own, shared, driver = draw(3)
    y[1] = 5.0
    targets = take_out(y, own, shared)
    assert np.isnan(targets.ask(driver, positions())[1]).all()
    assert np.isnan(targets.ask(np.full(PERIODS, 0.1), positions())).all()


def test_a_driver_that_the_columns_already_say_says_nothing() -> None:
    y, own, shared, driver = draw(4)
    driver[7] = 0.0
    said = np.r_[np.full(1, np.nan), driver[:-1]]
    t = take_out(y, own, np.vstack([shared, said])).ask(driver, positions()[:1])
    assert np.isnan(t[1:]).all()


def test_a_target_with_fewer_periods_than_columns_says_nothing() -> None:
    y, own, shared, driver = draw(5)
    y[3, 6:] = np.nan
    assert np.isnan(take_out(y, own, shared).ask(driver, positions())[3]).all()


def test_a_driver_that_is_the_target_gives_a_number() -> None:
    y, own, shared, _ = draw(6)
    t = take_out(y, own, shared).ask(y[1], [np.arange(PERIODS)])
    assert t[1, 0] > 1e5


def test_unrelated_drivers_pass_as_often_as_they_may() -> None:
    rng = np.random.default_rng(7)
    targets = take_out(rng.normal(size=(400, 40)), np.empty((400, 0, 40)), np.empty((0, 40)))
    t = targets.ask(rng.normal(size=40), positions(40)[:1])[:, 0]
    passed = int((np.abs(t) > 2.026).sum())  # 5 % of t with 37 degrees of freedom
    assert binomtest(passed, 400, 0.05).pvalue > 0.01


def test_a_persistent_target_is_given_its_past() -> None:
    rng = np.random.default_rng(8)
    level = np.zeros((120, 70))
    for t in range(1, 70):
        level[:, t] = 0.9 * level[:, t - 1] + rng.normal(size=120)
    y = level + rng.normal(size=level.shape)
    drivers, targets, trend = y[:20], y[20:], np.arange(70.0)[None]

    def passing(own: np.ndarray) -> float:
        asked = take_out(targets, own, trend)
        return float(np.mean([np.abs(asked.ask(x, positions(70))) > 2 for x in drivers]))

    assert passing(np.empty((100, 0, 70))) > 0.2
    assert passing(own_past(targets, np.arange(70))) < 0.12


def test_the_past_is_that_before_a_gap_but_for_the_last_value() -> None:
    past = own_past(np.array([[2.0, 4.0, 8.0]]), np.array([0, 1, 9]))[0]
    np.testing.assert_allclose(past[0], [np.nan, 2.0, np.nan])
    np.testing.assert_allclose(past[1], [np.nan, 2.0, (4 + 2 / 2) / (1 + 1 / 2)])


def test_what_was_not_observed_is_no_part_of_the_past() -> None:
    past = own_past(np.array([[np.nan, 4.0, np.nan, 1.0]]), np.arange(4))[0]
    np.testing.assert_allclose(past[0], [np.nan, np.nan, 4.0, np.nan])
    np.testing.assert_allclose(past[1], [np.nan, np.nan, 4.0, 4.0])


@pytest.mark.parametrize("unit", [1e-8, 1.0, 1e8])
def test_the_past_is_in_the_targets_own_units(unit: float) -> None:
    y = np.random.default_rng(9).normal(size=(3, 12))
    plain, scaled = own_past(y, np.arange(12)), own_past(unit * y, np.arange(12))
    np.testing.assert_allclose(scaled, unit * plain, rtol=1e-12)
