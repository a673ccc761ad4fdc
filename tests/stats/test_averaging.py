"""Averaging by hand, and on relations whose drivers are known."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.stats.averaging import (
    DOUBT,
    GROUP,
    LARGEST,
    MANY,
    MOST,
    average,
    choose_core,
    weigh_sets,
)
from cuibono.stats.controls import independent_columns
from cuibono.stats.evidence import SCALES, log_bayes_factor, log_sign_factor, see_candidates
from cuibono.stats.noise import fit_noise
from cuibono.stats.response import respond

T = 120
SETS = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0]], dtype=bool)


def candidates(seed: int, effect: float, alike: float = 0.0):
    """Three drivers, of which the first acts one step later; the second may resemble it."""
    rng = np.random.default_rng(seed)
    level = rng.normal(size=(3, T)).cumsum(axis=1) / 3
    level[1] = alike * level[0] + (1 - alike) * level[1]
    y = rng.normal(size=T)
    y[1:] += effect * (level[0, :-1] - level[0].mean())
    noise = fit_noise(y, np.full(T, 0.1), np.arange(T), independent_columns(np.zeros(T)))
    responses = respond(level, (1, 2, 3), np.arange(T))
    return see_candidates(y, noise, responses)


def found(seed: int, effect: float, sign: int = 1, alike: float = 0.0):
    sets = weigh_sets(candidates(seed, effect, alike), np.array([sign, 1, 1]))
    return average(sets.member, sets.log_bayes_factor, np.full(3, 0.25))


def test_all_sets_are_weighed_once() -> None:
    sets = weigh_sets(candidates(1, 1.0), np.array([1, 1, 1]))
    assert sorted(map(tuple, sets.member)) == sorted(np.ndindex(2, 2, 2))
    assert sets.log_bayes_factor[0] == 0


def test_a_set_of_one_has_the_evidence_of_that_driver_alone() -> None:
    seen = candidates(2, 0.5)
    sets, rank = weigh_sets(seen, np.array([1, -1, 0])), seen.readout.shape[2]
    for at, sign in enumerate((1, -1, 0)):
        own = slice(at * rank, (at + 1) * rank)
        log_bf, lean = log_bayes_factor(
            seen.gram[:, own, own], seen.toward[:, own], seen.squares,
            seen.readout[:, at : at + 1], seen.freedom,
        )  # fmt: skip
        each = log_bf + log_sign_factor(lean[:, 0], sign) + seen.log_weight[:, None]
        expected = np.log(np.exp(each).sum() / len(SCALES))
        assert sets.log_bayes_factor[1 + at] == pytest.approx(expected, abs=1e-9)


def test_a_driver_that_acts_is_found_and_the_others_are_not() -> None:
    inclusion = np.mean([found(seed, 0.8).inclusion for seed in range(8)], axis=0)
    assert inclusion[0] > 0.8
    assert inclusion[1:].max() < 0.3


def test_the_wrong_sign_counts_against_a_driver() -> None:
    for seed in range(4):
        assert found(seed, 0.4, -1).inclusion[0] < found(seed, 0.4, 1).inclusion[0]


def test_twins_are_not_separable_and_form_a_group() -> None:
    twins = found(0, 0.8, alike=0.999)
    assert max(twins.inclusion[:2]) < 0.8
    assert twins.just_one_of(0, 1) > 0.8
    assert set(twins.group()) == {0, 1}


def test_without_any_driver_there_is_no_group() -> None:
    assert found(3, 0.0).group() == ()


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


@pytest.mark.parametrize(("k", "core", "most"), [(MOST + 1, None, MOST), (MANY + 1, (), MANY)])
def test_more_drivers_than_can_be_weighed_together_are_refused(
    k: int, core: tuple[int, ...] | None, most: int
) -> None:
    with pytest.raises(ValueError, match=f"at most {most}"):
        weigh_sets(candidates(1, 0.0), np.ones(k, dtype=np.int64), core)


def crowd(seed: int, k: int, effect: float):
    """A relation that the first two of many drivers move."""
    rng = np.random.default_rng(seed)
    level = rng.normal(size=(k, T))
    y = rng.normal(size=T)
    y[1:] += effect * (level[:2, :-1] - level[:2].mean(axis=1, keepdims=True)).sum(axis=0)
    noise = fit_noise(y, np.full(T, 0.1), np.arange(T), independent_columns(np.zeros(T)))
    responses = respond(level, (1, 2, 3), np.arange(T))
    return see_candidates(y, noise, responses)


def test_outside_the_core_sets_are_of_one_and_of_two() -> None:
    sets = weigh_sets(crowd(1, 6, 0.5), np.ones(6, dtype=np.int64), (0, 2, 5))
    larger = sets.member[sets.member.sum(axis=1) > 2]
    assert larger.tolist() == [[True, False, True, False, False, True]]
    assert len(sets.member) == 1 + 6 + 15 + 1
    assert len({tuple(set_) for set_ in sets.member}) == len(sets.member)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_core_stands_for_every_combination(seed: int) -> None:
    """Half of eight in larger sets: nobody's probability moves by a fiftieth."""
    seen, signs = crowd(seed, 8, 0.5), np.ones(8, dtype=np.int64)
    whole = weigh_sets(seen, signs)
    paired = weigh_sets(seen, signs, ())
    order = np.argsort(
        -average(paired.member, paired.log_bayes_factor, np.full(8, 0.25)).inclusion
    )
    some = weigh_sets(seen, signs, sorted(order[:4].tolist()))
    exact, near = (
        average(each.member, each.log_bayes_factor, np.full(8, 0.05)).inclusion
        for each in (whole, some)
    )
    assert near == pytest.approx(exact, abs=0.02)


def test_of_many_the_core_holds_those_that_act() -> None:
    seen, signs = crowd(4, 14, 0.8), np.ones(14, dtype=np.int64)
    paired = weigh_sets(seen, signs, ())
    core = choose_core(paired.member, paired.log_bayes_factor)
    assert len(core) == MOST
    assert {0, 1} < set(core)
    sets = weigh_sets(seen, signs, core)
    inclusion = average(sets.member, sets.log_bayes_factor, np.full(14, 0.1)).inclusion
    assert inclusion[:2].min() > 0.8 > inclusion[2:].max()


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


def test_larger_sets_than_can_be_told_are_left_out() -> None:
    rng = np.random.default_rng(5)
    level = rng.normal(size=(LARGEST + 2, T)).cumsum(axis=1)
    noise = fit_noise(
        rng.normal(size=T), np.full(T, 0.1), np.arange(T), independent_columns(np.zeros(T))
    )
    responses = respond(level, (1, 2, 3), np.arange(T))
    seen = see_candidates(rng.normal(size=T), noise, responses)
    sets = weigh_sets(seen, np.ones(LARGEST + 2, dtype=np.int64))
    assert sets.member.sum(axis=1).max() == LARGEST
    assert np.isfinite(sets.log_evidence).all()


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
