"""Sets of drivers by enumeration, and on relations whose drivers are known."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.stats import driver_sets
from cuibono.stats.averaging import average
from cuibono.stats.controls import independent_columns
from cuibono.stats.driver_sets import LARGEST, MANY, MOST, choose_core, weigh_sets
from cuibono.stats.evidence import (
    SCALES,
    Candidates,
    log_bayes_factor,
    log_sign_factor,
    see_candidates,
)
from cuibono.stats.noise import Noise, fit_noise
from cuibono.stats.response import respond_in_shapes, shape_shares

T = 120
SIGNS = np.array([1, -1, 0])


def relation(seed: int, effect: float, alike: float = 0.0):
    """Three drivers, of which the first acts one step later; the second may resemble it."""
    rng = np.random.default_rng(seed)
    level = rng.normal(size=(3, T)).cumsum(axis=1) / 3
    level[1] = alike * level[0] + (1 - alike) * level[1]
    y = rng.normal(size=T)
    y[1:] += effect * (level[0, :-1] - level[0].mean())
    noise = fit_noise(y, np.full(T, 0.1), np.arange(T), independent_columns(np.zeros(T)))
    return level, y, noise


def see(y: np.ndarray, noise: Noise, level: np.ndarray) -> Candidates:
    return see_candidates(y, noise, respond_in_shapes(level, (1, 2, 3), np.arange(T)))


def candidates(seed: int, effect: float, alike: float = 0.0) -> Candidates:
    level, y, noise = relation(seed, effect, alike)
    return see(y, noise, level)


def found(seed: int, effect: float, sign: int = 1, alike: float = 0.0):
    sets = weigh_sets(candidates(seed, effect, alike), np.array([sign, 1, 1]))
    return average(sets.member, sets.log_bayes_factor, np.full(3, 0.25))


def test_all_sets_are_weighed_once() -> None:
    sets = weigh_sets(candidates(1, 1.0), np.array([1, 1, 1]))
    assert sorted(map(tuple, sets.member)) == sorted(np.ndindex(2, 2, 2))
    assert sets.log_bayes_factor[0] == 0


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


def enumerate_ways(seen: Candidates, drivers: tuple[int, ...]) -> float:
    """Add up a set's evidence over every way and every noise state, one by one."""
    states, _, n_shapes, rank = seen.readout.shape
    shares, total = shape_shares(n_shapes), 0.0
    for shapes in product(range(n_shapes), repeat=len(drivers)):
        way = [driver * n_shapes + at for driver, at in zip(drivers, shapes, strict=True)]
        place = np.concatenate([np.arange(at * rank, (at + 1) * rank) for at in way])
        readout = np.zeros((states, len(way), place.size))
        for at, (driver, shape) in enumerate(zip(drivers, shapes, strict=True)):
            own = slice(at * rank, (at + 1) * rank)
            readout[:, at, own] = seen.readout[:, driver, shape]
        log_bf, lean = log_bayes_factor(
            seen.gram[:, place[:, None], place[None, :]],
            seen.toward[:, place],
            seen.squares,
            readout,
            seen.freedom,
        )
        signed = log_sign_factor(lean, SIGNS[list(drivers)][None, :, None]).sum(axis=1)
        each = np.exp(log_bf + signed + seen.log_weight[:, None]) / len(SCALES)
        total += each.sum() * np.prod(shares[list(shapes)])
    return float(np.log(total))


@pytest.mark.parametrize("seed", [2, 3])
def test_evidence_is_the_sum_over_all_ways_where_all_are_kept(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver_sets, "KEPT", 99)
    monkeypatch.setattr(driver_sets, "ENOUGH", 2.0)
    seen = candidates(seed, 0.5)
    sets = weigh_sets(seen, SIGNS)
    for member, log_bf in zip(sets.member, sets.log_bayes_factor, strict=True):
        drivers = tuple(int(at) for at in np.flatnonzero(member))
        expected = enumerate_ways(seen, drivers) if drivers else 0.0
        assert log_bf == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("effect", [0.0, 0.4, 0.8])
def test_the_few_ways_that_are_kept_stand_for_all(
    effect: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody's probability moves by a fiftieth."""
    near = [found(seed, effect).inclusion for seed in range(4)]
    monkeypatch.setattr(driver_sets, "KEPT", 99)
    monkeypatch.setattr(driver_sets, "ENOUGH", 2.0)
    exact = [found(seed, effect).inclusion for seed in range(4)]
    assert np.array(near) == pytest.approx(np.array(exact), abs=0.02)


def test_the_ways_of_a_set_follow_one_another_and_are_of_its_drivers() -> None:
    sets = weigh_sets(candidates(1, 1.0), SIGNS)
    last = [*sets.first[1:], len(sets.shape)]
    assert sets.first[0] == 0
    for member, begin, end in zip(sets.member, sets.first, last, strict=True):
        assert end > begin
        assert ((sets.shape[begin:end] >= 0) == member).all()
        assert len({tuple(way) for way in sets.shape[begin:end]}) == end - begin


@settings(deadline=None, derandomize=True, max_examples=12)
@given(st.permutations(range(3)), st.integers(0, 50))
def test_the_order_of_drivers_only_reorders(order: list[int], seed: int) -> None:
    """So does turning one round together with its predicted sign change nothing."""
    level, y, noise = relation(seed, 0.5)
    turned = SIGNS.copy()
    turned[0] *= -1
    plain = weigh_sets(see(y, noise, level), SIGNS)
    moved = weigh_sets(see(y, noise, (level * [[-1], [1], [1]])[order]), turned[order])
    known = {tuple(m): bf for m, bf in zip(plain.member, plain.log_bayes_factor, strict=True)}
    back = np.argsort(order)
    for member, log_bf in zip(moved.member, moved.log_bayes_factor, strict=True):
        assert log_bf == pytest.approx(known[tuple(member[back])], abs=1e-6)


@pytest.mark.parametrize("lag", [1, 2, 3])
def test_the_lag_at_which_a_driver_acts_is_its_likeliest_shape(lag: int) -> None:
    rng = np.random.default_rng(lag)
    level, y = rng.normal(size=(1, T)), rng.normal(size=T)
    y[lag:] += 1.2 * level[0, :-lag]
    noise = fit_noise(y, np.full(T, 0.1), np.arange(T), independent_columns(np.zeros(T)))
    seen = see_candidates(y, noise, respond_in_shapes(level, (1, 2, 3), np.arange(T)))
    sets = weigh_sets(seen, np.ones(1, dtype=np.int64))
    total = np.logaddexp.reduce(sets.log_evidence[1:], axis=(1, 2))
    assert sets.shape[1 + int(total.argmax()), 0] % 3 == lag - 1


def test_what_answers_once_is_found_better_than_if_it_had_to_be_spread() -> None:
    known, spread = [], []
    for seed in range(10):
        rng = np.random.default_rng(seed)
        level, y = rng.normal(size=(2, T)), rng.normal(size=T)
        y[5:] += 0.5 * level[0, :-5]
        noise = fit_noise(y, np.full(T, 0.1), np.arange(T), independent_columns(np.zeros(T)))
        shapes = respond_in_shapes(level, (1, 2, 3, 4, 5, 6), np.arange(T))
        for told, each in ((known, shapes), (spread, shapes[:, -1:])):
            sets = weigh_sets(see_candidates(y, noise, each), np.ones(2, dtype=np.int64))
            told.append(sets.log_bayes_factor[1])
    assert np.mean(known) > np.mean(spread) + 1


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
    responses = respond_in_shapes(level, (1, 2, 3), np.arange(T))
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


def test_larger_sets_than_can_be_told_are_left_out() -> None:
    rng = np.random.default_rng(5)
    level = rng.normal(size=(LARGEST + 2, T)).cumsum(axis=1)
    noise = fit_noise(
        rng.normal(size=T), np.full(T, 0.1), np.arange(T), independent_columns(np.zeros(T))
    )
    responses = respond_in_shapes(level, (1, 2, 3), np.arange(T))
    seen = see_candidates(rng.normal(size=T), noise, responses)
    sets = weigh_sets(seen, np.ones(LARGEST + 2, dtype=np.int64))
    assert sets.member.sum(axis=1).max() == LARGEST
    assert np.isfinite(sets.log_evidence).all()
