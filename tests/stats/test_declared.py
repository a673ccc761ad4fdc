"""Declared and struck targets: held to closed forms, and to worlds whose truth is known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import betaln
from scipy.stats import beta, binomtest

from cuibono.stats.declared import (
    DRAWS,
    KEPT_PROMISE,
    design_effect,
    distance,
    draw_shares,
    weigh_statement,
)

CERTAIN = np.eye(2) * 1e6 + 1e-3
ERRING = np.array([[18.0, 2.0], [2.0, 18.0]])


def apart(*counts: float) -> np.ndarray:
    """One event a cluster: nothing is clustered."""
    rows = [row for at, n in enumerate(counts) for row in [np.eye(len(counts))[at]] * int(n)]
    return np.array(rows)


def test_without_errors_and_clusters_shares_are_those_of_counts() -> None:
    shares = draw_shares(apart(30, 10), CERTAIN)
    mean, low, high = shares.interval(0)
    exact = beta(30.5, 10.5)
    assert shares.worth == 40
    assert mean == pytest.approx(exact.mean(), abs=0.01)
    assert (low, high) == pytest.approx(exact.ppf([0.05, 0.95]), abs=0.015)


def test_shares_add_up_to_one() -> None:
    draws = draw_shares(apart(5, 3, 2), np.eye(3) * 9 + 1).draws
    assert draws.shape == (DRAWS, 3)
    assert draws.sum(axis=1) == pytest.approx(np.ones(DRAWS))


def test_errors_of_the_record_are_undone() -> None:
    """Of 100 strikes on one target a record that errs once in ten shows ten elsewhere."""
    mean, low, high = draw_shares(
        apart(90, 10), np.array([[900.0, 100.0], [100.0, 900.0]])
    ).interval(0)
    assert low < 1.0
    assert mean > 0.94
    assert high > 0.98


def test_errors_that_are_poorly_known_widen_the_interval() -> None:
    widths = []
    for cases in (1, 50):
        _, low, high = draw_shares(apart(60, 40), ERRING * cases).interval(0)
        widths.append(high - low)
    assert widths[0] > widths[1]


def test_months_that_struck_one_target_each_are_worth_one_event_each() -> None:
    clusters = np.array([[10.0, 0.0], [0.0, 10.0], [10.0, 0.0], [0.0, 10.0]])
    assert design_effect(clusters) == pytest.approx(10.0)
    assert draw_shares(clusters, CERTAIN).worth == pytest.approx(4.0)


def test_months_that_are_alike_are_worth_all_their_events() -> None:
    assert design_effect(np.full((6, 2), 5.0)) == 1.0


def test_one_month_tells_nothing_of_clusters() -> None:
    assert design_effect(np.array([[8.0, 4.0]])) == 1.0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=8))
def test_a_design_effect_lies_between_one_and_the_largest_month(
    counts: list[tuple[int, int]],
) -> None:
    clusters = np.array(counts, dtype=float)
    effect = design_effect(clusters)
    assert 1 <= effect <= max(1.0, clusters.sum(axis=1).max()) + 1e-9


def test_the_distance_is_the_share_that_would_have_had_to_go_elsewhere() -> None:
    draws = np.array([[1.0, 0.0], [0.25, 0.75]])
    assert distance(draws, np.array([1.0, 0.0])).tolist() == [0.0, 0.75]


@pytest.mark.parametrize(("hits", "others"), [(18, 2), (10, 10), (2, 18)])
def test_a_statement_is_weighed_by_the_ratio_of_marginals(hits: int, others: int) -> None:
    kept = betaln(KEPT_PROMISE + hits, 1 + others) - betaln(KEPT_PROMISE, 1)
    free = betaln(1 + hits, 1 + others)
    exact = 10 / np.log(10) * (kept - free)
    assert weigh_statement(apart(hits, others), CERTAIN, 0) == pytest.approx(exact, abs=0.6)


def test_swapping_the_classes_swaps_the_answer() -> None:
    one = draw_shares(apart(30, 10), ERRING).interval(0)
    other = draw_shares(apart(10, 30)[::-1], ERRING).interval(1)
    assert one == pytest.approx(other, abs=0.02)


def simulate(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    truth = rng.dirichlet([2.0, 2.0])
    months = []
    for size in rng.poisson(6, 25) + 1:
        share = rng.dirichlet(truth * (1 / 0.15 - 1))
        months.append(rng.multinomial(size, share @ np.array([[0.9, 0.1], [0.1, 0.9]])))
    return truth, np.array(months, dtype=float)


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    rng = np.random.default_rng(5)
    held = naive = 0
    for seed in range(24):
        truth, months = simulate(rng)
        _, low, high = draw_shares(
            months, np.array([[90.0, 10.0], [10.0, 90.0]]), seed
        ).interval(0)
        held += low <= truth[0] <= high
        bounds = beta(months[:, 0].sum() + 0.5, months[:, 1].sum() + 0.5).ppf([0.05, 0.95])
        naive += bounds[0] <= truth[0] <= bounds[1]
    assert binomtest(held, 24, 0.9).pvalue > 0.01
    assert naive < held
