"""The focal relation changes places: with whom, in which order, and with nobody else."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checks.made_lens import FOCAL, made_case, quiet_world, record_of

from cuibono.checks.placebo_world import PLACEBO_WORLD, PLACEBOS, TOLERATED, Placebo
from cuibono.model.panel import Panel
from cuibono.testing.records import make_record
from cuibono.testing.worlds import simulate_agreement

QUIET = quiet_world()
RECORD = record_of(QUIET)
ROW = QUIET.index[FOCAL]


def with_volumes(volumes: dict[int, int]) -> Panel:
    """Give rows of chosen relations; all others are far busier than any."""
    rows = np.full(QUIET.rows.size, 10**9)
    for row, n in volumes.items():
        rows[row] = n
    return replace(QUIET, rows=rows)


def test_placebos_come_nearest_first_on_the_scale_of_ratios() -> None:
    """From 99 rows, 199 are twice as many and 24 a quarter: the former is nearer."""
    panel = with_volumes({ROW: 99, 50: 199, 60: 24, 70: 99, 80: 999})
    taken = [Placebo(RECORD, n)(panel).rows[ROW] for n in (1, 2, 3)]
    assert taken == [199, 24, 999]
    first = Placebo(RECORD, 0)(panel).channels["all"]
    assert (first[ROW] == panel.channels["all"][70]).all()


def test_of_two_equally_near_the_first_named_comes_first() -> None:
    panel = with_volumes({ROW: 10, 200: 10, 30: 10})
    changed = [Placebo(RECORD, n)(panel).channels["all"][ROW] for n in (0, 1)]
    assert (changed[0] == panel.channels["all"][30]).all()
    assert (changed[1] == panel.channels["all"][200]).all()


@settings(max_examples=40, derandomize=True)
@given(st.integers(0, QUIET.rows.size - 2))
def test_every_other_relation_keeps_its_own_record(n: int) -> None:
    changed = Placebo(RECORD, n)(QUIET)
    moved = np.flatnonzero((changed.channels["all"] != QUIET.channels["all"]).any(axis=1))
    assert ROW in moved
    assert moved.size == 2
    assert changed.relations == QUIET.relations
    assert changed.channels["all"].sum() == QUIET.channels["all"].sum()


def test_each_relation_takes_the_place_once() -> None:
    marked = with_volumes({row: row + 1 for row in range(QUIET.rows.size)})
    taken = [Placebo(RECORD, n)(marked).rows[ROW] for n in range(QUIET.rows.size - 1)]
    assert sorted(taken) == sorted(np.delete(marked.rows, ROW))


def test_beyond_the_last_relation_nothing_changes() -> None:
    assert Placebo(RECORD, QUIET.rows.size - 1)(QUIET) is QUIET


@pytest.mark.parametrize("relation", [FOCAL, FOCAL[::-1]])
def test_an_unordered_pair_changes_places_whichever_way_it_is_asked(
    relation: tuple[str, str],
) -> None:
    votes = replace(simulate_agreement(2), measure="agreement")
    record = make_record(made_case(relation), {("simulated_votes", "agreement"): votes})
    changed = Placebo(record, 0)(votes).channels["value"]
    own = votes.channels["value"][votes.index[FOCAL]]
    assert not np.array_equal(changed[votes.index[FOCAL]], own, equal_nan=True)


def test_at_most_as_many_as_tolerated_may_do_as_well() -> None:
    assert (PLACEBO_WORLD.looks, PLACEBO_WORLD.bound) == (PLACEBOS, TOLERATED)
    assert PLACEBO_WORLD.placebo
