"""Dependence within a cluster, checked by hand and by property."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.weighing.made_cases import decibans, propose

from cuibono.weighing.discount import (
    add_clusters,
    discount,
    effective_origins,
    group_clusters,
    share_out,
)
from cuibono.weighing.rules import DEFAULT_RULES, Rules

OPEN = Rules(overconfidence=1, cluster_cap_db=1e6)
cells = st.lists(decibans, min_size=1, max_size=8)


def weight(judged: list[float], rules: Rules = OPEN) -> float:
    return float(discount(np.array(judged, dtype=float), rules))


def test_second_origin_of_a_cluster_adds_a_ninth() -> None:
    assert weight([8, 4]) == pytest.approx(8 + 4 / 9)


def test_third_origin_of_a_cluster_adds_a_23rd() -> None:
    assert weight([8, 4, 2]) == pytest.approx(8 + 4 / 9 + (3 / 2.6 - 2 / 1.8) * 2)


def test_support_and_opposition_are_discounted_apart() -> None:
    assert weight([8, -6, 4]) == pytest.approx(weight([8, 4]) + weight([-6]))


@propose
@given(st.integers(1, 40), decibans)
def test_equal_origins_weigh_as_the_plain_sum_over_the_design_effect(n: int, db: float) -> None:
    assert weight([db] * n) == pytest.approx(n * db / (1 + (n - 1) * 0.8), abs=1e-9)


@propose
@given(cells, st.data())
def test_stronger_origin_never_lowers_the_sum(judged: list[float], data: st.DataObject) -> None:
    which = data.draw(st.integers(0, len(judged) - 1))
    stronger = list(judged)
    stronger[which] += data.draw(st.floats(0, 20))
    assert weight(stronger, Rules()) >= weight(judged, Rules()) - 1e-9


@propose
@given(cells, st.floats(0, 20))
def test_adding_support_never_lowers_the_sum(judged: list[float], more: float) -> None:
    assert weight([*judged, more], Rules()) >= weight(judged, Rules()) - 1e-9


@propose
@given(cells, st.floats(-20, 0))
def test_adding_opposition_never_raises_the_sum(judged: list[float], more: float) -> None:
    assert weight([*judged, more], Rules()) <= weight(judged, Rules()) + 1e-9


@propose
@given(cells)
def test_blank_cell_changes_nothing(judged: list[float]) -> None:
    assert weight([*judged, 0.0]) == pytest.approx(weight(judged), abs=1e-9)


@propose
@given(cells)
def test_opposite_evidence_gives_the_opposite_weight(judged: list[float]) -> None:
    assert weight([-db for db in judged]) == pytest.approx(-weight(judged), abs=1e-9)


def test_no_cluster_passes_its_cap() -> None:
    assert weight([90, 90], Rules()) == 20
    assert weight([-90, -90], Rules()) == -20


def test_overconfidence_divides_what_was_judged() -> None:
    assert weight([9], Rules(overconfidence=1.5)) == pytest.approx(6)


def test_fully_dependent_origins_weigh_as_the_strongest() -> None:
    assert weight([7, 5, 3], Rules(overconfidence=1, dependence=1)) == pytest.approx(7)


def test_independent_origins_add_up() -> None:
    judged = np.array([7.0, 5.0, -3.0])
    clusters = group_clusters(["", "", ""])
    assert float(add_clusters(judged, clusters, OPEN)) == pytest.approx(9)


@propose
@given(st.lists(st.sampled_from(["", "a", "b", "c"]), min_size=1, max_size=9), st.data())
def test_clusters_of_all_sizes_add_up(names: list[str], data: st.DataObject) -> None:
    judged = np.array([data.draw(decibans) for _ in names])
    alone = sum(db for db, name in zip(judged, names, strict=True) if not name)
    by_hand = alone + sum(
        weight([db for db, n in zip(judged, names, strict=True) if n == name])
        for name in {"a", "b", "c"} & set(names)
    )
    total = float(add_clusters(judged, group_clusters(names), OPEN))
    assert total == pytest.approx(by_hand, abs=1e-9)


@propose
@given(st.integers(1, 1000))
def test_effective_number_is_bounded(n: int) -> None:
    assert 1 <= effective_origins(n, 0.6) < 1 / 0.6 + 1e-12


@propose
@given(cells, st.integers(0, 7), st.floats(0, 10))
def test_shares_add_up_and_a_stronger_cell_never_lowers_its_own(
    judged: list[float], at: int, more: float
) -> None:
    clusters = (np.arange(len(judged))[np.newaxis],)
    before = share_out(np.array(judged), clusters, DEFAULT_RULES)
    assert before.sum() == pytest.approx(
        float(add_clusters(np.array(judged), clusters, DEFAULT_RULES)), abs=1e-9
    )
    at %= len(judged)
    judged[at] += more
    assert share_out(np.array(judged), clusters, DEFAULT_RULES)[at] >= before[at] - 1e-9


def test_four_equal_origins_share_their_cluster_equally() -> None:
    shared = share_out(np.full(4, 6.0), (np.arange(4)[np.newaxis],), OPEN)
    assert shared == pytest.approx(np.full(4, 6 * effective_origins(4, 0.8) / 4))


def test_what_a_cap_cuts_off_is_taken_from_the_side_that_passed_it() -> None:
    capped = Rules(overconfidence=1, cluster_cap_db=5)
    shared = share_out(np.array([9.0, -2.0]), (np.array([[0, 1]]),), capped)
    assert shared.tolist() == pytest.approx([7.0, -2.0])


def test_origins_of_no_cluster_keep_what_they_weigh() -> None:
    shared = share_out(np.array([6.0, -3.0]), group_clusters(["", ""]), OPEN)
    assert shared.tolist() == [6.0, -3.0]


def weigh_by_the_book(judged: np.ndarray, rules: Rules) -> np.ndarray:
    """Weigh one cluster as its formula is written, whatever its size."""
    size = judged.shape[-1]
    worth = [effective_origins(rank, rules.dependence) for rank in range(1, size + 1)]
    steps = np.diff(worth, prepend=0.0)
    ordered = np.sort(judged, axis=-1)
    total = np.maximum(ordered[..., ::-1], 0) @ steps + np.minimum(ordered, 0) @ steps
    cap = rules.cluster_cap_db
    return np.clip(total / rules.overconfidence, -cap, cap)


@propose
@given(st.lists(st.lists(decibans, min_size=3, max_size=3), min_size=1, max_size=5), st.data())
def test_what_is_spared_for_small_clusters_changes_no_bit(
    judged: list[list[float]], data: st.DataObject
) -> None:
    size = data.draw(st.integers(1, 3))
    members = np.array([[place] for place in range(3)] if size == 1 else [list(range(size))])
    part = np.array(judged)[..., members]
    rules = Rules(overconfidence=1.5, cluster_cap_db=6)
    expected = weigh_by_the_book(part, rules)
    found = discount(part, rules)
    assert np.array_equal(found, expected)
    assert found.sum(axis=-1).tolist() == expected.sum(axis=-1).tolist()


def test_one_cluster_of_one_origin_is_a_single_number() -> None:
    assert discount(np.array([30.0]), Rules(overconfidence=1, cluster_cap_db=20)) == 20
    assert discount(np.array([-3.0]), OPEN) == -3


@pytest.mark.parametrize(("related", "steep"), [(0.6, 1.5), (0.3, 1.5), (0.9, 1.5), (0.6, 1.0)])
def test_a_dependent_and_over_confident_analyst_leaves_probabilities_honest(
    related: float, steep: float
) -> None:
    """Four items in each of three clusters, read as if each stood alone."""
    rng, n = np.random.default_rng(21), 20_000
    before = rng.uniform(0.05, 0.6, n)
    truth = rng.random(n) < before
    shown = np.sqrt(related) * rng.standard_normal((n, 3, 1))
    shown = shown + np.sqrt(1 - related) * rng.standard_normal((n, 3, 4))
    shown += 0.8 * truth[:, None, None]
    judged = 10 / np.log(10) * steep * (0.8 * shown - 0.32).reshape(n, 12)
    clusters = group_clusters(f"c{k // 4}" for k in range(12))
    errors = []
    plain = Rules(dependence=0, overconfidence=1, cluster_cap_db=1e6)
    for rules in (DEFAULT_RULES, plain):
        log_odds = 10 * np.log10(before / (1 - before)) + add_clusters(judged, clusters, rules)
        stated = 1 / (1 + 10 ** (-log_odds / 10))
        tenth = np.minimum((10 * stated).astype(int), 9)
        errors.append(np.abs(np.bincount(tenth, stated - truth, minlength=10)).sum() / n)
    assert errors[0] <= 0.045
    assert errors[0] < errors[1] / 2
