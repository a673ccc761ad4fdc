"""What a case asks: drivers in the panel's own terms, sources that can answer."""

from dataclasses import replace

from tests.lenses.naming import name_drivers

from cuibono.lenses.asked import (
    listed_drivers,
    orient,
    panels_of,
    write_relation,
)
from cuibono.testing.records import make_record
from cuibono.testing.worlds import World, simulate_agreement, simulate_events

EVENTS, VOTES = simulate_events(1, World(actors=5)), simulate_agreement(1, actors=5)
CASE = name_drivers(
    ("A01", "A00"),
    {"pull": [(("A03", "A02"), 1)], "push": [(("A02", "A03"), 1), (("A02", "A03"), -1)]},
)


def test_directed_drivers_are_told_apart_by_direction_and_sign() -> None:
    listed = listed_drivers(CASE, EVENTS)
    assert list(listed) == [(("A03", "A02"), 1), (("A02", "A03"), 1), (("A02", "A03"), -1)]


def test_where_pairs_have_no_direction_one_driver_may_serve_two_explanations() -> None:
    listed = listed_drivers(CASE, VOTES)
    assert listed[("A02", "A03"), 1] == ("pull", "push")
    assert listed[("A02", "A03"), -1] == ("push",)


def test_a_relation_is_written_as_the_panel_has_it() -> None:
    assert write_relation(EVENTS, orient(EVENTS, CASE.relation.ids)) == "A01→A00"
    assert write_relation(VOTES, orient(VOTES, CASE.relation.ids)) == "A00–A01"


def test_a_source_that_codes_no_cooperation_is_left_out() -> None:
    wars = dict(EVENTS.channels)
    wars["verbal_cooperation"] = 0 * wars["verbal_cooperation"]
    given = {
        ("wars", "week"): replace(EVENTS, source="wars", channels=wars),
        ("simulated", "week"): EVENTS,
        ("votes", "agreement"): replace(VOTES, source="votes", measure="agreement"),
    }
    panels = panels_of(make_record(CASE, given))
    assert [panel.source for panel in panels] == ["simulated", "votes"]


def test_a_short_record_is_read_by_the_week() -> None:
    weekly = simulate_events(2, World(actors=4, periods=60))
    assert panels_of(make_record(CASE, {("simulated", "week"): weekly})) == (weekly,)


def test_a_source_without_rows_in_these_days_is_passed_over() -> None:
    given = {("votes", "other"): replace(VOTES, source="votes", measure="other")}
    assert panels_of(make_record(CASE, given)) == ()


def test_two_explanations_that_name_one_relation_are_both_named() -> None:
    case = name_drivers(("A01", "A00"), {n: [(("A02", "A03"), 1)] for n in ("one", "two")})
    assert listed_drivers(case, EVENTS) == {(("A02", "A03"), 1): ("one", "two")}


def test_an_explanation_that_names_one_relation_twice_is_named_once() -> None:
    case = name_drivers(
        ("A01", "A00"), {"pull": [(("A02", "A03"), 1), (("A03", "A02"), 1)], "push": []}
    )
    assert listed_drivers(case, VOTES) == {(("A02", "A03"), 1): ("pull",)}
