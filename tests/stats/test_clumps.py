"""Clumps by hand, and by property."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cuibono.stats.clumps import ALIKE, clump


def made(seed: int, n: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, 6)), rng.integers(0, n, n)


def test_unlike_series_of_different_actors_are_each_a_lead() -> None:
    assert clump(np.eye(4), np.arange(4)).tolist() == [0, 1, 2, 3]


def test_copies_follow_the_strongest() -> None:
    series = np.random.default_rng(1).normal(size=40)
    assert clump(np.tile(series, (3, 1)), np.arange(3)).tolist() == [0, 0, 0]


def test_one_that_never_varies_is_like_nothing() -> None:
    assert clump(np.ones((2, 5)), np.arange(2)).tolist() == [0, 1]


def test_a_chain_is_not_one_clump() -> None:
    """The third is like the second, which follows the first; the first it is not like."""
    first, last = np.array([1.0, -1, 0, 0]), np.array([0, 0, 1.0, -1])
    series = np.array([first, first + last, last])
    assert clump(series, np.arange(3)).tolist() == [0, 0, 2]


def test_nothing_makes_no_clump() -> None:
    assert clump(np.zeros((0, 5)), np.zeros(0, dtype=np.int64)).size == 0


@given(st.integers(0, 999), st.integers(2, 12))
def test_everybody_has_a_lead_and_leads_are_apart(seed: int, n: int) -> None:
    series, pair = made(seed, n)
    lead = clump(series, pair)
    leads = np.unique(lead)
    assert (lead[leads] == leads).all()
    assert (lead <= np.arange(n)).all()
    among = np.abs(np.corrcoef(series)[np.ix_(leads, leads)] - np.eye(leads.size))
    assert among.max() <= ALIKE
    assert np.unique(pair[leads]).size == leads.size


@given(st.integers(0, 999), st.sampled_from([-3.0, 0.5, 100.0]))
def test_neither_unit_nor_sign_matters(seed: int, scale: float) -> None:
    series, pair = made(seed, 8)
    assert clump(scale * series + 7, pair).tolist() == clump(series, pair).tolist()
