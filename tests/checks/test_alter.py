"""What a change does to a panel, and what it leaves alone."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.checks.made_lens import FOCAL, made_case, quiet_world, record_of

from cuibono.checks.alter import alter, find_focal, swap, thin, turn, volumes, without
from cuibono.model.period import Grid
from cuibono.testing.records import make_record
from cuibono.testing.worlds import simulate_agreement

EVENTS = quiet_world()
VOTES = simulate_agreement(2)


def test_a_record_is_changed_panel_by_panel_and_each_once() -> None:
    record = alter(record_of(EVENTS), lambda panel: replace(panel, source="changed"))
    assert record.events("simulated", Grid.WEEK).source == "changed"
    assert record.events("simulated", Grid.WEEK) is record.events("simulated", Grid.WEEK)


def test_the_focal_row_is_found_and_none_where_there_is_none() -> None:
    record = record_of(EVENTS)
    assert EVENTS.relations[find_focal(EVENTS, record)] == FOCAL
    assert find_focal(replace(EVENTS, relations=(("X", "Y"),)), record) is None


def test_an_unordered_pair_is_found_either_way() -> None:
    record = make_record(made_case(("A01", "A00")), {})
    votes = replace(VOTES, measure="agreement")
    assert VOTES.relations[find_focal(votes, record)] == FOCAL


@given(keep=st.floats(0, 1), seed=st.integers(0, 99))
def test_thinning_only_drops_and_the_kinds_still_add_up(keep: float, seed: int) -> None:
    less = thin(EVENTS, np.full(EVENTS.starts.size, keep), seed)
    kinds = [values for name, values in less.channels.items() if name != "all"]
    assert all((less.channels[n] <= EVENTS.channels[n]).all() for n in EVENTS.channels)
    assert (less.channels["all"] >= sum(kinds)).all()


def test_thinning_keeps_the_share_that_it_names() -> None:
    less = thin(EVENTS, np.full(EVENTS.starts.size, 0.5), 1)
    kept = less.channels["all"].sum() / EVENTS.channels["all"].sum()
    assert kept == pytest.approx(0.5, abs=0.02)


def test_thinned_votes_stay_shares_and_uncast_ones_stay_unknown() -> None:
    less = thin(VOTES, np.full(VOTES.starts.size, 0.5), 1)
    value = less.channels["value"]
    assert np.isnan(value[VOTES.exposure == 0]).all()
    assert np.nanmin(value) >= 0
    assert np.nanmax(value) <= 1
    assert np.nanmean(value) == pytest.approx(np.nanmean(VOTES.channels["value"]), abs=0.01)


def test_a_measure_that_is_no_share_is_left_alone() -> None:
    tons = replace(VOTES, channels={"value": VOTES.channels["value"] * 100})
    assert thin(tons, np.full(tons.starts.size, 0.5), 1) is tons


def test_volume_is_events_or_mean_joint_votes() -> None:
    assert volumes(EVENTS).sum() == EVENTS.channels["all"].sum()
    assert volumes(VOTES).tolist() == [60.0] * VOTES.starts.size


def test_periods_are_left_out_of_every_array() -> None:
    short = without(EVENTS, 3, 10)
    assert short.starts.size == EVENTS.starts.size - 7
    assert {values.shape[1] for values in short.channels.values()} == {short.starts.size}


@given(by=st.integers(-200, 200))
def test_turning_keeps_what_was_done_and_touches_one_relation(by: int) -> None:
    turned = turn(EVENTS, 5, by)
    changed = (turned.channels["all"] != EVENTS.channels["all"]).any(axis=1)
    assert turned.channels["all"][5].sum() == EVENTS.channels["all"][5].sum()
    assert not np.delete(changed, 5).any()


def test_two_relations_change_places() -> None:
    swapped = swap(EVENTS, 2, 7)
    assert (swapped.channels["all"][2] == EVENTS.channels["all"][7]).all()
    assert swapped.rows[7] == EVENTS.rows[2]
    assert swapped.relations == EVENTS.relations


@given(row=st.integers(0, 379), other=st.integers(0, 379))
def test_changing_places_twice_changes_nothing(row: int, other: int) -> None:
    back = swap(swap(EVENTS, row, other), row, other)
    assert all((back.channels[n] == EVENTS.channels[n]).all() for n in EVENTS.channels)
    assert (back.exposure == EVENTS.exposure).all()


@given(row=st.integers(0, 379), by=st.integers(0, 75))
def test_turning_there_and_back_changes_nothing(row: int, by: int) -> None:
    back = turn(turn(EVENTS, row, by), row, -by)
    assert all((back.channels[n] == EVENTS.channels[n]).all() for n in EVENTS.channels)


def test_votes_are_turned_with_how_many_there_were() -> None:
    turned = turn(VOTES, 3, 7)
    assert (turned.exposure[3] == np.roll(VOTES.exposure[3], 7)).all()
    assert np.array_equal(
        turned.channels["value"][3], np.roll(VOTES.channels["value"][3], 7), equal_nan=True
    )


@pytest.mark.parametrize(("keep", "left"), [(0.0, 0.0), (1.0, EVENTS.channels["all"].sum())])
def test_none_or_all_is_kept_at_the_ends(keep: float, left: float) -> None:
    less = thin(EVENTS, np.full(EVENTS.starts.size, keep), 1)
    assert less.channels["all"].sum() == left


def test_a_period_can_be_thinned_alone() -> None:
    keep = np.ones(EVENTS.starts.size)
    keep[4] = 0.0
    less = thin(EVENTS, keep, 1)
    assert less.channels["all"][:, 4].sum() == 0
    assert np.array_equal(
        np.delete(less.channels["all"], 4, axis=1),
        np.delete(EVENTS.channels["all"], 4, axis=1),
    )


def test_an_actors_total_follows_what_is_left_of_its_events() -> None:
    less = thin(EVENTS, np.full(EVENTS.starts.size, 0.3), 5)
    mine = [row for row, (actor, _) in enumerate(EVENTS.relations) if actor == "A02"]
    total = less.channels["all"][mine].sum(axis=0)
    assert all((less.exposure[row] == total).all() for row in mine)


def test_every_kind_of_panel_is_changed() -> None:
    panels = {
        ("simulated", "week"): EVENTS,
        ("simulated", "week by instrument"): EVENTS,
        ("simulated_votes", "agreement"): replace(VOTES, measure="agreement"),
    }
    record = alter(make_record(made_case(), panels), lambda p: without(p, 0, 2))
    shorter = (
        record.events("simulated", Grid.WEEK),
        record.instruments("simulated", Grid.WEEK),
        record.measures("simulated_votes", "agreement"),
        record.history("simulated_votes", "agreement"),
    )
    whole = (EVENTS, EVENTS, VOTES, VOTES)
    for one, before in zip(shorter, whole, strict=True):
        assert one.starts.size == before.starts.size - 2
