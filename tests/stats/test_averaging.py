"""Averaging by hand, and what holds of any probabilities of sets."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.stats.averaging import DOUBT, GROUP, average

SETS = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0]], dtype=bool)


@given(st.lists(st.floats(-5, 5), min_size=4, max_size=4), st.floats(0.01, 0.99))
def test_the_posterior_is_a_probability(log_bf: list[float], prior: float) -> None:
    posterior = average(SETS, np.array([0.0, *log_bf]), np.full(3, prior))
    assert posterior.weight.sum() == pytest.approx(1)
    assert ((posterior.inclusion >= 0) & (posterior.inclusion <= 1)).all()
    assert posterior.any_of([0, 1, 2]) == pytest.approx(1 - posterior.weight[0])


@given(st.floats(-3, 3), st.floats(-3, 3))
def test_evidence_adds_to_the_prior_odds(first: float, second: float) -> None:
    """Drivers whose evidence is independent keep their own odds."""
    sets = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype=bool)
    log_bf = np.array([0, first, second, first + second])
    inclusion = average(sets, log_bf, np.array([0.2, 0.4])).inclusion
    odds = inclusion / (1 - inclusion)
    assert odds == pytest.approx([0.25 * np.exp(first), 2 / 3 * np.exp(second)])


def sets_of(k: int) -> np.ndarray:
    return np.array(sorted(np.ndindex(*[2] * k), key=sum), dtype=bool)


@given(st.lists(st.floats(-6, 6), min_size=7, max_size=7))
def test_a_group_holds_one_that_contributes(log_bf: list[float]) -> None:
    posterior = average(sets_of(3), np.array([0.0, *log_bf]), np.full(3, 0.5))
    if group := posterior.group():
        assert posterior.any_of(group) >= GROUP - 1e-12
        assert posterior.any_of(group[:-1]) < GROUP if group[:-1] else True
    else:
        assert posterior.weight[0] > 1 - GROUP


@given(st.lists(st.floats(-6, 6), min_size=7, max_size=7))
def test_exactly_one_is_no_more_than_at_least_one(log_bf: list[float]) -> None:
    posterior = average(sets_of(3), np.array([0.0, *log_bf]), np.full(3, 0.4))
    for one, other in ((0, 1), (1, 2), (0, 2)):
        assert posterior.just_one_of(one, other) <= posterior.any_of([one, other]) + 1e-12
        assert posterior.just_one_of(one, other) == posterior.just_one_of(other, one)


@given(
    st.lists(st.floats(-6, 6), min_size=7, max_size=7), st.floats(0.05, 0.4), st.integers(0, 2)
)
def test_a_larger_prior_makes_a_driver_no_less_probable(
    log_bf: list[float], prior: float, at: int
) -> None:
    weights, before = np.array([0.0, *log_bf]), np.full(3, prior)
    after = before.copy()
    after[at] = 2 * prior
    found = [average(sets_of(3), weights, each).inclusion[at] for each in (before, after)]
    assert found[1] >= found[0] - 1e-12


@given(st.lists(st.floats(-6, 6), min_size=7, max_size=7), st.permutations(range(3)))
def test_the_order_of_drivers_only_reorders(log_bf: list[float], order: list[int]) -> None:
    weights, prior = np.array([0.0, *log_bf]), np.array([0.1, 0.3, 0.6])
    one = average(sets_of(3), weights, prior).inclusion
    other = average(sets_of(3)[:, order], weights, prior[order]).inclusion
    assert other == pytest.approx(one[order])


def test_evidence_that_says_nothing_leaves_the_prior() -> None:
    prior = np.array([0.1, 0.3, 0.6])
    assert average(sets_of(3), np.zeros(8), prior).inclusion == pytest.approx(prior)


def test_large_evidence_overflows_nothing() -> None:
    posterior = average(sets_of(2), np.array([0.0, 900.0, -900.0, 0.0]), np.full(2, 0.5))
    assert posterior.inclusion == pytest.approx([0.0, 1.0]) or posterior.inclusion == (
        pytest.approx([1.0, 0.0])
    )


@given(st.lists(st.floats(0.02, 0.98), min_size=1, max_size=3))
def test_doubt_leaves_every_driver_its_own_prior(prior: list[float]) -> None:
    sets = np.array(list(product([False, True], repeat=len(prior))))
    posterior = average(sets, np.zeros(len(sets)), np.array(prior), DOUBT)
    assert posterior.inclusion == pytest.approx(prior, abs=1e-6)


def test_doubt_makes_it_likelier_that_nobody_listed_is_at_work() -> None:
    sets = np.array(list(product([False, True], repeat=8)))
    plain, doubted = (
        average(sets, np.zeros(256), np.full(8, 0.25), doubt).weight[0] for doubt in (0, DOUBT)
    )
    assert plain == pytest.approx(0.75**8)
    assert doubted > 1.1 * plain


def test_doubt_lets_one_driver_speak_for_the_list() -> None:
    """Who is known to be at work makes the list a better one, and his fellows likelier."""
    sets = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype=bool)
    log_bf = np.array([0.0, 9.0, 0.0, 9.0])
    assert average(sets, log_bf, np.full(2, 0.25), DOUBT).inclusion[1] > 0.255
    assert average(sets, log_bf, np.full(2, 0.25)).inclusion[1] == pytest.approx(0.25)


def test_without_doubt_drivers_are_independent() -> None:
    sets = np.array(list(product([False, True], repeat=2)))
    posterior = average(sets, np.zeros(4), np.array([0.2, 0.4]))
    assert posterior.weight == pytest.approx([0.48, 0.32, 0.12, 0.08])
