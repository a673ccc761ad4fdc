"""Rates before and after: by hand, against chance, and no surer than their blocks allow."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, t

from cuibono.stats.before_after import RateChange, compare_spans

EVEN = np.full((1, 2, 4), 10.0)


def one(after: list[float], before: list[float]) -> RateChange:
    return compare_spans(np.array([[after, before]]), EVEN[:, :, : len(after)])


def test_a_change_is_the_logarithm_of_the_ratio_with_half_an_event_each() -> None:
    change = one([2.0, 4.0, 3.0, 3.0], [1.0, 2.0, 1.0, 2.0])
    assert change.value[0] == pytest.approx(np.log(12.5 / 6.5))


def test_even_blocks_have_the_chance_of_poisson_counts() -> None:
    change = one([3.0] * 4, [1.5] * 4)
    assert change.spread[0] == pytest.approx(np.sqrt(1 / 12.5 + 1 / 6.5))


def test_uneven_blocks_widen_by_what_they_show() -> None:
    change = one([12.0, 0.0, 0.0, 0.0], [1.5] * 4)
    unrest = (9**2 + 3 * 3**2) / 3 / 6
    assert change.spread[0] == pytest.approx(np.sqrt(unrest * (1 / 12.5 + 1 / 6.5)))


def test_an_interval_is_that_of_students_t() -> None:
    change = one([3.0] * 4, [1.5] * 4)
    assert change.freedom == 6
    assert change.reach(0.8)[0] == pytest.approx(change.spread[0] * t.ppf(0.9, 6))


def test_attention_that_doubles_changes_no_rate() -> None:
    hits = np.array([[[6.0, 6.0], [3.0, 3.0]]])
    change = compare_spans(hits, np.array([[[60.0, 60.0], [30.0, 30.0]]]))
    assert change.value[0] == pytest.approx(np.log(12.5 / 6.5) - np.log(2))


@pytest.mark.parametrize("span", [0, 1])
def test_without_exposure_nothing_is_said(span: int) -> None:
    exposure = EVEN.copy()
    exposure[0, span] = 0
    change = compare_spans(np.zeros((1, 2, 4)), exposure)
    assert np.isnan(change.value[0])
    assert np.isnan(change.score[0])


def test_series_do_not_see_each_other() -> None:
    rng = np.random.default_rng(3)
    hits, exposure = rng.poisson(4, (5, 2, 3)).astype(float), np.full((5, 2, 3), 30.0)
    whole = compare_spans(hits, exposure)
    for row in range(5):
        alone = compare_spans(hits[[row]], exposure[[row]])
        assert (alone.value[0], alone.spread[0]) == (whole.value[row], whole.spread[row])


@settings(max_examples=60)
@given(st.lists(st.integers(0, 40), min_size=6, max_size=6))
def test_spans_that_change_places_change_the_sign(counts: list[int]) -> None:
    hits = np.array(counts, dtype=float).reshape(1, 2, 3)
    there, back = (compare_spans(h, EVEN[:, :, :3]) for h in (hits, hits[:, ::-1]))
    assert back.value[0] == pytest.approx(-there.value[0])
    assert back.spread[0] == pytest.approx(there.spread[0])


def test_intervals_on_bursts_hold_no_change_as_often_as_they_claim() -> None:
    rng = np.random.default_rng(20)
    rates = 20 * rng.gamma(2, 0.5, (400, 2, 6))
    change = compare_spans(rng.poisson(rates).astype(float), np.full((400, 2, 6), 100.0))
    missed = int((abs(change.value) > change.reach()).sum())
    assert binomtest(missed, 400, 0.1).pvalue > 0.01


def test_poisson_intervals_on_bursts_would_miss_three_times_as_often() -> None:
    rng = np.random.default_rng(20)
    rates = 20 * rng.gamma(2, 0.5, (400, 2, 6))
    hits = rng.poisson(rates).astype(float)
    change = compare_spans(hits, np.full((400, 2, 6), 100.0))
    naive = 1.645 * np.sqrt((1 / (hits.sum(axis=2) + 0.5)).sum(axis=1))
    assert (abs(change.value) > naive).mean() > 0.3
