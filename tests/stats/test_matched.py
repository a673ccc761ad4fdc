"""Answers matched to deeds: by hand, under the null, mirrored, and what could be seen."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import binom

from cuibono.stats.matched import compare_rates, detectable_ratio, score_pair

counts = arrays(np.float64, 6, elements=st.integers(0, 40).map(float))
rates = st.tuples(st.integers(0, 60), st.integers(0, 60)).filter(lambda pair: sum(pair) > 0)
done = st.tuples(st.integers(1, 900), st.integers(1, 900))


def test_a_score_is_the_binomial_one() -> None:
    z = score_pair(np.array([9.0, 3.0]), np.array([20.0, 40.0]))
    assert z[0, 1] == pytest.approx((9 - 4) / np.sqrt(12 * (1 / 3) * (2 / 3)))


@given(answers=counts, deeds=counts)
def test_scores_mirror_each_other(answers: np.ndarray, deeds: np.ndarray) -> None:
    z = score_pair(answers, deeds)
    assert np.allclose(z, -z.T, equal_nan=True)
    assert np.isnan(np.diag(z)).all()


def test_without_an_answer_or_a_deed_nothing_is_scored() -> None:
    z = score_pair(np.array([0.0, 0.0, 4.0]), np.array([5.0, 5.0, 0.0]))
    assert np.isnan(z[0, 1])
    assert np.isnan(z[0, 2])


def test_an_even_observer_scores_as_chance_does() -> None:
    rng = np.random.default_rng(4)
    deeds = rng.integers(20, 400, 60).astype(float)
    z = np.concatenate(
        [score_pair(rng.poisson(0.2 * deeds).astype(float), deeds).ravel() for _ in range(20)]
    )
    assert np.nanstd(z) == pytest.approx(1.0, abs=0.08)


def test_the_observers_habit_and_volume_cancel() -> None:
    deeds = np.array([30.0, 90.0])
    quiet = score_pair(np.array([3.0, 9.0]), deeds)
    loud = score_pair(np.array([30.0, 90.0]), deeds)
    assert quiet[0, 1] == loud[0, 1] == 0


@given(answers=rates, deeds=done)
def test_an_interval_holds_its_value_and_mirrors(
    answers: tuple[int, int], deeds: tuple[int, int]
) -> None:
    value, low, high = compare_rates(answers, deeds)
    back = compare_rates(answers[::-1], deeds[::-1])
    assert low <= value <= high
    assert back == pytest.approx((-value, -high, -low), abs=1e-6)


def test_the_interval_covers_the_truth_as_often_as_it_says() -> None:
    rng = np.random.default_rng(9)
    deeds, hits = (50.0, 120.0), 0
    for _ in range(500):
        answers = (float(rng.poisson(0.4 * 50)), float(rng.poisson(0.2 * 120)))
        _, low, high = compare_rates(answers, deeds)
        hits += low <= np.log(2) <= high
    assert 0.87 <= hits / 500 <= 0.94


@pytest.mark.parametrize(("z", "answers", "share"), [(1.645, 40, 0.5), (2.5, 100, 0.2)])
def test_what_could_be_seen_reaches_the_score(z: float, answers: int, share: float) -> None:
    ratio = detectable_ratio(z, answers, share)
    first = answers * ratio * share / (ratio * share + 1 - share)
    found = score_pair(np.array([first, answers - first]), np.array([share, 1 - share]))
    assert found[0, 1] == pytest.approx(z)
    assert binom.sf(first - 1, answers, share) < 0.1


def test_where_all_answers_to_one_are_not_enough_nothing_could_be_seen() -> None:
    assert detectable_ratio(5.0, 4, 0.5) == float("inf")
