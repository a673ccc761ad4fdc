"""Reading a panel and adjusting for the world, by hand."""

from dataclasses import replace

import numpy as np
import pytest

from cuibono.errors import NotCoveredError
from cuibono.lenses.channels import (
    build_controls,
    channels_of,
    count,
    measure_channel,
    tally,
)
from cuibono.model.panel import Panel
from cuibono.testing.worlds import World, simulate_agreement, simulate_events

EVENTS = simulate_events(1, World(actors=6))
VOTES = simulate_agreement(1, actors=6)
ALL = np.arange(len(EVENTS.relations))


def controls_of(channel: str, **changes: np.ndarray) -> np.ndarray:
    panel = replace(EVENTS, channels=EVENTS.channels | changes)
    series = np.zeros((2, panel.starts.size))
    return build_controls(panel, ("A00", "A01"), channel, series, np.arange(panel.starts.size))


def test_events_allow_three_channels_and_votes_one() -> None:
    assert channels_of(EVENTS) == ("tone", "net", "cooperation")
    assert channels_of(VOTES) == ("agreement",)


def test_a_missing_channel_is_refused_by_name() -> None:
    channels = {k: v for k, v in EVENTS.channels.items() if k != "material_conflict"}
    with pytest.raises(
        NotCoveredError, match=r"simulated: the panel has no.*material_conflict"
    ):
        channels_of(replace(EVENTS, channels=channels))


def test_the_two_counts_are_all_events() -> None:
    cooperation, conflict = tally(EVENTS, ALL)
    np.testing.assert_array_equal(cooperation + conflict, EVENTS.channels["all"])


def test_the_two_counts_of_votes_are_alike_and_apart() -> None:
    alike, apart = tally(VOTES, np.arange(3))
    np.testing.assert_allclose(alike / (alike + apart), VOTES.channels["value"][:3])


def test_votes_never_cast_give_no_series() -> None:
    y, v = measure_channel("agreement", np.zeros(2), np.zeros(2), np.ones(2))
    assert np.isnan([y, v]).all()


def test_the_focal_relation_is_no_part_of_its_own_controls() -> None:
    louder = EVENTS.channels["verbal_conflict"].copy()
    louder[EVENTS.relations.index(("A00", "A01"))] *= 5
    louder[EVENTS.relations.index(("A01", "A00"))] *= 5
    before, after = controls_of("tone"), controls_of("tone", verbal_conflict=louder)
    np.testing.assert_allclose(before @ before.T, after @ after.T, atol=1e-9)


def test_the_actors_other_dealings_are_controlled_for() -> None:
    controls = controls_of("tone")
    rows = [i for i, r in enumerate(EVENTS.relations) if r[0] == "A00" and r[1] != "A01"]
    cooperation, conflict = (part.sum(axis=0) for part in tally(EVENTS, np.array(rows)))
    mood = np.log((cooperation + 0.5) / (conflict + 0.5))
    np.testing.assert_allclose(controls @ (controls.T @ mood), mood, atol=1e-9)


def test_a_gap_and_a_trend_are_controlled_for() -> None:
    controls = controls_of("net")
    late = (EVENTS.steps > 45).astype(float)
    for column in (late, EVENTS.steps.astype(float)):
        np.testing.assert_allclose(controls @ (controls.T @ column), column, atol=1e-9)


def test_only_periods_in_use_get_a_row() -> None:
    used = np.arange(8, 50)
    controls = build_controls(VOTES, ("A00", "A01"), "agreement", VOTES.channels["value"], used)
    assert controls.shape[0] == used.size


def test_statements_that_are_neither_kind_are_not_counted() -> None:
    chatty = replace(EVENTS, channels=EVENTS.channels | {"all": EVENTS.channels["all"] + 9})
    np.testing.assert_array_equal(count(chatty), count(EVENTS))


def test_what_the_actor_does_elsewhere_is_not_counted() -> None:
    np.testing.assert_array_equal(count(EVENTS), EVENTS.channels["all"])


@pytest.mark.parametrize("panel", [EVENTS, VOTES])
def test_some_relations_are_counted_as_they_are_among_all(panel: Panel) -> None:
    rows = np.array([2, 0])
    np.testing.assert_array_equal(count(panel, rows), count(panel)[rows])


def test_of_votes_the_joint_ones_are_counted() -> None:
    np.testing.assert_array_equal(count(VOTES), VOTES.exposure)


def test_events_cannot_be_counted_without_a_quad() -> None:
    less = {name: v for name, v in EVENTS.channels.items() if name != "material_conflict"}
    with pytest.raises(NotCoveredError, match="no channel 'material_conflict'"):
        count(replace(EVENTS, channels=less))
