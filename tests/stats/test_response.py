"""Responses look back only, are linear, can begin or end, and need no operator."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from cuibono.stats.response import (
    COMMON,
    FADES,
    ONCE,
    SPREAD,
    TURNED,
    TURNS,
    fill_parts,
    plan_parts,
    respond,
    respond_in_shapes,
    response_basis,
    response_shares,
    shape_shares,
)

EVEN = np.arange(30)
AS_WRITTEN = getattr(fill_parts, "py_func", fill_parts)


def answers(level: np.ndarray, lags: tuple[int, ...]) -> np.ndarray:
    return respond(level, lags, np.arange(level.shape[-1]))


def operators(n: int, lags: tuple[int, ...]) -> np.ndarray:
    """The same as matrices of steps by steps, written from the definition."""
    apart = np.subtract.outer(np.arange(n), np.arange(n))

    def fade(half_life: float) -> np.ndarray:
        kept = 0.5 ** (1 / half_life)
        return np.where(apart >= 0, (1 - kept) * kept ** np.maximum(apart, 0), 0)

    single = np.array([fade(h) @ np.eye(n, k=-lag) for lag in lags for h in FADES])
    even = single.mean(axis=0)
    turns = np.linspace(n / 8, 7 * n / 8, TURNS)
    after = np.where(np.arange(n) >= turns[:, None], 0.5, -0.5)
    alone = np.sqrt((1 - COMMON - TURNED) / len(single)) * single
    turned = np.sqrt(2 * TURNED / TURNS) * after[:, :, None] * even
    return np.concatenate([np.sqrt(COMMON) * even[None], alone, turned])


@pytest.mark.parametrize("lags", [(1,), (1, 2, 3), (1, 2, 3, 4, 5, 6), (2, 5), (3, 4), (1, 9)])
def test_they_are_those_of_the_operators_that_define_them(lags: tuple[int, ...]) -> None:
    level, used = np.random.default_rng(1).normal(size=(3, 40)), np.r_[0:13, 20:40]
    dense = np.einsum("cus,ks->kcu", operators(40, lags)[:, used], level)
    assert np.allclose(respond(level, lags, used), dense, atol=1e-12)


@pytest.mark.parametrize("lags", [(1,), (1, 2, 3, 4, 5, 6), (2, 5), (1, 9)])
def test_the_basis_has_the_same_covariance_as_the_responses(lags: tuple[int, ...]) -> None:
    shares, basis = response_shares(lags), response_basis(lags)
    assert np.allclose(shares.T @ shares, basis @ basis.T, atol=1e-12)
    assert basis.shape[1] <= len(shares)


def test_six_lags_need_thirteen_columns() -> None:
    assert response_basis((1, 2, 3, 4, 5, 6)).shape == (14, 13)


def test_the_loop_does_the_same_without_a_compiler() -> None:
    level, plan = np.random.default_rng(2).normal(size=(30, 4)), plan_parts(30, (1, 2), EVEN)
    parts = np.zeros((30, plan.even.size + TURNS, 4))
    AS_WRITTEN(
        level, plan.used, plan.first, plan.last, plan.kept, plan.even, plan.after,
        np.empty((30, 2, 4)), parts,
    )  # fmt: skip
    assert (parts == plan.lay_out(level)).all()


def test_a_single_lag_is_the_faded_driver_moved() -> None:
    level = np.array([5.0, 1.0, 2.0, 3.0, 4.0, 9.0])
    kept, faded = 0.5 ** (1 / FADES[0]), np.zeros(6)
    for t in range(6):
        faded[t] = kept * (faded[t - 1] if t else 0) + (1 - kept) * level[t]
    moved = answers(level, (2,))[1]
    assert moved / moved[2] == pytest.approx([0, 0, *(faded[:4] / faded[0])])


def test_no_response_comes_before_its_shortest_lag() -> None:
    level = np.zeros(12)
    level[4] = 1
    responses = answers(level, (3, 4))
    assert (responses[:, :7] == 0).all()
    assert (responses[:, 7] != 0).any()


def test_a_faded_response_halves_at_its_half_life() -> None:
    faded = answers(np.eye(20)[0], (1,))[1]
    assert faded[1 + int(FADES[0])] / faded[1] == pytest.approx(0.5)


def test_the_turned_responses_change_sign_once() -> None:
    turned = answers(np.ones(40), (1,))[-TURNS:]
    assert (np.abs(np.diff(np.sign(turned[:, 1:]), axis=1)).sum(axis=1) == 2).all()


def test_a_steady_driver_adds_about_one_unit_of_variance() -> None:
    """Prior shares add up to one: no kind of response is smuggled in."""
    responses = answers(np.ones(200), (1, 2))
    assert (responses[:, 100] ** 2).sum() == pytest.approx(0.7 + 0.3 / 2, rel=0.05)


@settings(deadline=None)
@given(hnp.arrays(float, 15, elements=st.floats(-5, 5)), st.floats(-3, 3))
def test_responses_are_linear_in_the_driver(level: np.ndarray, by: float) -> None:
    other, lags = np.sin(np.arange(15)), (1, 2)
    both = answers(level + by * other, lags)
    assert np.allclose(both, answers(level, lags) + by * answers(other, lags), atol=1e-9)


@settings(deadline=None)
@given(st.integers(1, 10))
def test_what_has_not_happened_yet_moves_nothing(at: int) -> None:
    level, lags = np.sin(np.arange(12.0)), (1, 3)
    later = level.copy()
    later[at:] += 7
    one, two = answers(later, lags), answers(level, lags)
    assert np.allclose(one[:, : at + 1], two[:, : at + 1])


def test_each_of_many_drivers_gets_what_it_would_get_alone() -> None:
    levels = np.random.default_rng(3).normal(size=(2, 3, 18))
    assert (respond(levels, (1, 2), np.arange(18))[1, 2] == answers(levels[1, 2], (1, 2))).all()


def test_there_is_a_column_for_the_even_response_each_single_one_and_each_turn() -> None:
    lags = (1, 2, 3)
    assert len(answers(np.ones(30), lags)) == 1 + len(lags) * len(FADES) + TURNS


def test_there_are_two_shapes_for_each_lag_and_last_one_that_is_spread() -> None:
    level, lags, used = np.random.default_rng(4).normal(size=(2, 25)), (1, 2, 4), np.arange(25)
    shapes = respond_in_shapes(level, lags, used)
    for at, lag in enumerate(lags):
        assert (shapes[:, at] == answers(level, (lag,))).all()
        once = shapes[:, len(lags) + at]
        assert np.allclose(once[:, 0, lag:], np.sqrt(1 - TURNED) * level[:, :-lag])
        assert (once[:, :, :lag] == 0).all()
        part = np.sqrt(TURNED / (2 * TURNS * (1 - TURNED)))
        assert np.allclose(np.abs(once[:, -1]), part * np.abs(once[:, 0]))
    assert np.allclose(shapes[:, -1], shapes[:, : len(lags)].mean(axis=1))


def test_a_gap_moves_what_comes_once_by_steps_and_not_by_rows() -> None:
    used = np.r_[0:5, 9:12]
    once = respond_in_shapes(np.arange(12.0), (2,), used)[1, 0] / np.sqrt(1 - TURNED)
    assert once == pytest.approx([0, 0, 0, 1, 2, 7, 8, 9])


@pytest.mark.parametrize("n", [1, 3, 13])
def test_the_shares_of_shapes_sum_to_one_and_lags_are_alike(n: int) -> None:
    shares = shape_shares(n)
    assert shares.sum() == pytest.approx(1)
    for which in (slice(0, n // 2), slice(n // 2, -1)):
        assert np.ptp(shares[which]) == 0 if shares[which].size else True


def test_shares_of_shapes_are_those_declared() -> None:
    shares = shape_shares(13)
    assert shares[6:12].sum() == pytest.approx(ONCE)
    assert shares[12] == pytest.approx(SPREAD)
