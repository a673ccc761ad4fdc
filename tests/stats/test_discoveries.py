"""Declared discoveries: by hand, by property, and on draws without anything to find."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from cuibono.stats.discoveries import declare

LOGS = hnp.arrays(float, st.integers(1, 40), elements=st.floats(-20, 20))


@pytest.mark.parametrize(("value", "found"), [(999.0, 0), (1001.0, 1)])
def test_a_single_one_needs_the_number_of_tries_over_the_share(
    value: float, found: int
) -> None:
    log_e = np.log(np.r_[value, np.full(99, 0.5)])
    assert declare(log_e, 0.1).sum() == found


def test_more_together_need_less_each() -> None:
    log_e = np.log(np.r_[np.full(10, 110.0), np.full(90, 0.5)])
    assert declare(log_e, 0.1).sum() == 10
    assert declare(log_e[9:], 0.1).sum() == 0


@given(LOGS, st.floats(0.01, 1))
def test_whoever_is_declared_is_above_all_who_are_not(log_e: np.ndarray, wrong: float) -> None:
    declared = declare(log_e, wrong)
    if declared.any() and not declared.all():
        assert log_e[declared].min() >= log_e[~declared].max()


@given(LOGS, st.floats(0.01, 0.5))
def test_a_laxer_promise_declares_no_fewer(log_e: np.ndarray, wrong: float) -> None:
    assert declare(log_e, wrong).sum() <= declare(log_e, 2 * wrong).sum()


@given(LOGS, st.floats(0.01, 1))
def test_the_order_does_not_matter(log_e: np.ndarray, wrong: float) -> None:
    order = np.random.default_rng(log_e.size).permutation(log_e.size)
    one, other = declare(log_e, wrong), declare(log_e[order], wrong)
    assert one.sum() == other.sum()
    assert np.array_equal(np.sort(log_e[one]), np.sort(log_e[order][other]))


def test_without_anything_to_find_a_declaration_is_rare() -> None:
    """Likelihood ratios of related draws, all of them from the null."""
    rng, false = np.random.default_rng(1), 0
    for _ in range(300):
        z = np.sqrt(0.5) * rng.normal() + np.sqrt(0.5) * rng.normal(size=200)
        false += declare(2.5 * z - 2.5**2 / 2, 0.1).any()
    assert false / 300 <= 0.1


def test_what_is_there_is_mostly_declared_and_little_else() -> None:
    rng, wrong, found = np.random.default_rng(2), [], []
    for _ in range(100):
        z = rng.normal(size=200)
        z[:20] += 5
        declared = declare(4 * z - 8, 0.1)
        wrong.append(declared[20:].sum() / max(1, declared.sum()))
        found.append(declared[:20].mean())
    assert np.mean(wrong) <= 0.1
    assert np.mean(found) > 0.5


def test_nothing_is_declared_of_nobody() -> None:
    assert declare(np.full(5, -np.inf), 0.1).sum() == 0
