"""Actors compare by what they are, and relations have a direction."""

from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.model.actor import Actor, DirectedDyad, Kind

RUS, PAK = Actor("RUS", "Russia"), Actor("PAK", "Pakistan")

actors = st.builds(Actor, st.text(min_size=1), st.text(), st.sampled_from(Kind))
dyads = st.builds(DirectedDyad, actors, actors)


def test_actor_is_a_state_unless_said_otherwise() -> None:
    assert RUS.kind is Kind.STATE


def test_relation_reads_from_actor_to_recipient() -> None:
    assert str(DirectedDyad(RUS, PAK)) == "RUS→PAK"


def test_a_relation_is_named_by_its_ids_as_panels_name_it() -> None:
    assert DirectedDyad(RUS, PAK).ids == ("RUS", "PAK")


def test_direction_makes_another_relation() -> None:
    assert DirectedDyad(RUS, PAK) != DirectedDyad(PAK, RUS)


def test_actors_sort_by_id() -> None:
    assert sorted([RUS, PAK]) == [PAK, RUS]


def test_actor_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError, match="name"):
        RUS.name = "Soviet Union"  # type: ignore[misc]


@given(dyads)
def test_reversing_swaps_the_roles(dyad: DirectedDyad) -> None:
    assert (dyad.reverse.actor, dyad.reverse.recipient) == (dyad.recipient, dyad.actor)


@given(dyads)
def test_reversing_twice_changes_nothing(dyad: DirectedDyad) -> None:
    assert dyad.reverse.reverse == dyad
