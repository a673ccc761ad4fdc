"""Turning points on series whose changes are known."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, nbinom

from cuibono.stats.series import tone
from cuibono.stats.step_evidence import StepModel, build_step_model, find_places
from cuibono.stats.step_sets import MOST
from cuibono.stats.turning import (
    SPREAD,
    Changes,
    Turn,
    _log_bayes_factor,
    date_changes,
    detectable_size,
    find_changes,
    likeliest_change,
    log_odds_of_change,
)
from cuibono.testing.turns import Turned, simulate_turns

APART = 12


def model(turned: Turned) -> StepModel:
    y, v = tone(turned.cooperation, turned.conflict)
    steps = np.arange(y.size)
    return build_step_model(y, v, steps, np.ones((y.size, 1)), find_places(steps, APART))


def turns(seed: int, n: int, volume: float = 200.0, periods: int = 132) -> tuple[Turn, ...]:
    turned = simulate_turns(np.random.default_rng(seed), periods, volume, n)
    return date_changes(find_changes(model(turned), periods / 60, APART), 12)


def test_a_planted_change_is_dated_with_its_sign() -> None:
    rng = np.random.default_rng(8)
    turned = simulate_turns(rng, 132, 200.0, 0)
    moved = turned.conflict.copy()
    moved[60:] = rng.binomial(moved[60:].astype(int), 0.1)
    for sign, counts in ((1, (turned.cooperation, moved)), (-1, (moved, turned.cooperation))):
        (turn,) = date_changes(find_changes(model(Turned(*counts, (60,))), 2.2, APART), 12)
        assert turn.first <= 60 <= turn.last
        assert abs(turn.best - 60) <= 3
        assert turn.chance > 0.9
        assert sign * turn.size > 2 * turn.spread


def test_quiet_series_are_called_changed_as_rarely_as_claimed() -> None:
    """At half or more, at most half of the calls may be wrong; in fact far fewer series are."""
    alarms = sum(len(turns(seed, 0)) for seed in range(24))
    assert binomtest(alarms, 24, 0.3, alternative="greater").pvalue > 0.01


def test_date_sets_hold_the_true_date_as_often_as_they_say() -> None:
    held = total = 0
    for seed in range(20):
        turned = simulate_turns(np.random.default_rng(seed + 300), 132, 200.0, 1)
        for turn in date_changes(find_changes(model(turned), 2.2, APART), 12):
            if abs(turn.best - turned.at[0]) <= 15:
                total += 1
                held += turn.first <= turned.at[0] <= turn.last
    assert total >= 8
    assert binomtest(held, total, 0.9).pvalue > 0.01


def test_the_same_series_gives_the_same_answer() -> None:
    assert turns(3, 2) == turns(3, 2)


def made(chance: list[float]) -> Changes:
    n = len(chance)
    return Changes(
        np.arange(10, 10 + n),
        np.array(chance),
        np.array([1.0] + [0.0] * MOST),
        np.linspace(1, 2, n),
        np.full(n, 0.1),
    )


def test_the_shortest_span_with_nine_tenths_is_the_date_set() -> None:
    (turn,) = date_changes(made([0.01, 0.02, 0.5, 0.3, 0.02, 0.0, 0.0, 0.0]), 4)
    assert (turn.first, turn.best, turn.last) == (12, 12, 13)
    assert turn.chance == pytest.approx(0.85)


def test_the_best_date_is_the_one_about_which_the_probability_gathers() -> None:
    chance = [0.0, 0.02, 0.21, 0.0, 0.0, 0.15, 0.18, 0.17, 0.15, 0.0]
    (turn,) = date_changes(made(chance), 8)
    assert turn.best in (16, 17)
    assert turn.first <= turn.best <= turn.last


def test_a_size_between_moves_and_turns_weighs_little_either_way() -> None:
    seen = np.array([0.0, 1.5, 3.0])
    weak, strong = _log_bayes_factor(seen, 4.0), _log_bayes_factor(seen, 40.0)
    assert weak[0] < -1
    assert strong[0] < weak[0]
    assert (np.diff(strong) > 0).all()


def test_two_changes_are_read_off_apart() -> None:
    found = date_changes(made([0.7, 0.1, 0.0, 0.0, 0.0, 0.0, 0.2, 0.6]), 2)
    assert [turn.best for turn in found] == [10, 17]


def test_nothing_is_read_off_where_nothing_is_likely() -> None:
    quiet = made([0.1, 0.1, 0.1, 0.0, 0.0])
    assert date_changes(quiet, 2) == ()
    assert likeliest_change(quiet, 2).chance == pytest.approx(0.3)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12), st.integers(0, 15))
def test_a_date_set_lies_in_the_series_and_around_its_best_date(
    chance: list[float], width: int
) -> None:
    changes = made([c + 1e-6 for c in chance])
    turn = likeliest_change(changes, width)
    assert 10 <= turn.first <= turn.last <= 9 + len(chance)
    assert turn.last - turn.first <= width
    assert 0 <= turn.chance <= 1


def test_more_events_show_smaller_changes() -> None:
    sizes = [
        detectable_size(model(simulate_turns(np.random.default_rng(1), 132, volume, 0)), 2.2)
        for volume in (10.0, 400.0)
    ]
    assert sizes[0] > sizes[1] > 0


@pytest.fixture(scope="module")
def stepped() -> StepModel:
    rng = np.random.default_rng(11)
    y = rng.normal(size=48) + 2.5 * (np.arange(48) >= 20)
    steps = np.arange(48)
    return build_step_model(y, np.full(48, 0.2), steps, np.ones((48, 1)), find_places(steps, 6))


def test_probabilities_are_probabilities(stepped: StepModel) -> None:
    found = find_changes(stepped, 1.0, 6)
    assert ((found.chance >= 0) & (found.chance <= 1 + 1e-9)).all()
    assert found.number.sum() == pytest.approx(1.0)
    assert (found.number >= 0).all()
    assert (found.spread >= 0).all()


def test_the_number_of_changes_agrees_with_their_probabilities(stepped: StepModel) -> None:
    found = find_changes(stepped, 1.0, 6)
    mean = float(found.number @ np.arange(MOST + 1))
    assert mean == pytest.approx(found.chance.sum(), abs=0.15)


def test_who_expects_more_changes_finds_them_likelier(stepped: StepModel) -> None:
    few, many = (find_changes(stepped, rate, 6) for rate in (0.2, 3.0))
    assert many.number[0] <= few.number[0]
    assert many.chance.sum() > few.chance.sum()


def test_another_seed_gives_nearly_the_same_answer(stepped: StepModel) -> None:
    one, two = (find_changes(stepped, 1.0, 6, seed) for seed in (0, 1))
    assert one.chance == pytest.approx(two.chance, abs=0.1)
    assert one.number == pytest.approx(two.number, abs=0.12)


def test_the_log_odds_are_those_of_a_number_with_a_gamma_for_its_rate() -> None:
    """Of sets of places that are all alike, so many have each number of changes."""
    places = 300
    for rate in (0.5, 2.0, 4.0):
        odds = np.exp(log_odds_of_change(rate, places)) * places
        vacant = MOST - np.arange(MOST)
        number = np.append(1.0, np.cumprod(odds * vacant / (1 + np.arange(MOST))))
        expected = nbinom.pmf(np.arange(MOST + 1), SPREAD, SPREAD / (rate + SPREAD))
        assert number / number.sum() == pytest.approx(expected / expected.sum())


def test_a_second_change_is_likelier_than_the_first() -> None:
    odds = log_odds_of_change(2.0, 100)
    assert (np.diff(odds) > 0).all()


@given(st.lists(st.floats(0.0, 0.5), min_size=6, max_size=20))
def test_turns_never_overlap_and_are_in_order(chance: list[float]) -> None:
    found = date_changes(made(chance), 3)
    assert [turn.best for turn in found] == sorted(turn.best for turn in found)
    for earlier, later in pairwise(found):
        assert earlier.last < later.first
    assert all(turn.chance >= 0.5 for turn in found)


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=12))
def test_the_likeliest_change_is_among_those_that_are_read_off(chance: list[float]) -> None:
    changes = made([c + 1e-9 for c in chance])
    likeliest = likeliest_change(changes, 4)
    found = date_changes(changes, 4)
    assert bool(found) == (likeliest.chance >= 0.5)
    if found:
        assert likeliest in found
