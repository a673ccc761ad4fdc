"""A state that lasts: by hand, against enumeration of every path, and by property."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.stats.lasting import carry_db, smooth_db

propose = settings(max_examples=60, deadline=None, derandomize=True)
weights = st.lists(st.floats(-40, 40), min_size=1, max_size=6)
shares = st.floats(0, 1)
priors = st.floats(0.02, 0.98)


def test_what_is_kept_for_certain_arrives_whole() -> None:
    assert carry_db(np.array([7.0]), 1.0, np.array(0.3))[0] == pytest.approx(7.0)


def test_what_is_drawn_anew_says_nothing() -> None:
    assert carry_db(np.array([7.0]), 0.0, np.array(0.3))[0] == pytest.approx(0.0)


def test_half_kept_at_even_odds_is_three_to_one_at_most() -> None:
    # P(on | on before) = 1/2 + 1/2 * 1/2 = 3/4 and P(on | off before) = 1/4.
    assert carry_db(np.array([300.0]), 0.5, np.array(0.5))[0] == pytest.approx(
        10 * np.log10(3), abs=1e-9
    )


def enumerate_paths(weight_db: list[float], kept: list[float], prior: float) -> list[float]:
    """Weigh every path of the chain: the slow and obvious way."""
    on, off = np.zeros(len(weight_db)), np.zeros(len(weight_db))
    for path in product((0, 1), repeat=len(weight_db)):
        chance = prior if path[0] else 1 - prior
        for before, now, keep in zip(path, path[1:], kept, strict=False):
            drawn = prior if now else 1 - prior
            chance *= keep * (before == now) + (1 - keep) * drawn
        for state, db in zip(path, weight_db, strict=True):
            chance *= 10 ** (db / 10) if state else 1.0
        on += chance * np.array(path)
        off += chance * (1 - np.array(path))
    found: list[float] = (10 * np.log10(on / off * (1 - prior) / prior)).tolist()
    return found


@propose
@given(weights, priors, st.data())
def test_smoothing_is_the_sum_over_every_path(
    weight_db: list[float], prior: float, data: st.DataObject
) -> None:
    kept = [data.draw(shares) for _ in weight_db[1:]]
    smoothed = smooth_db(np.array(weight_db), np.array(kept), np.array(prior))
    np.testing.assert_allclose(smoothed, enumerate_paths(weight_db, kept, prior), atol=1e-6)


@propose
@given(weights, shares, priors, st.integers(0, 5), st.floats(0, 20))
def test_a_stronger_item_lowers_no_time(
    weight_db: list[float], kept: float, prior: float, at: int, more: float
) -> None:
    raised = list(weight_db)
    raised[at % len(raised)] += more
    keep = np.full(len(raised) - 1, kept)
    before = smooth_db(np.array(weight_db), keep, np.array(prior))
    assert (smooth_db(np.array(raised), keep, np.array(prior)) >= before - 1e-9).all()


@propose
@given(weights, shares, priors)
def test_time_may_run_backwards(weight_db: list[float], kept: float, prior: float) -> None:
    keep = np.full(len(weight_db) - 1, kept)
    forwards = smooth_db(np.array(weight_db), keep, np.array(prior))
    backwards = smooth_db(np.array(weight_db[::-1]), keep, np.array(prior))
    np.testing.assert_allclose(forwards, backwards[::-1], atol=1e-9)


@propose
@given(weights, shares, priors)
def test_on_and_off_may_change_names(weight_db: list[float], kept: float, prior: float) -> None:
    keep = np.full(len(weight_db) - 1, kept)
    said = smooth_db(np.array(weight_db), keep, np.array(prior))
    mirrored = smooth_db(-np.array(weight_db), keep, np.array(1 - prior))
    np.testing.assert_allclose(said, -mirrored, atol=1e-6)
