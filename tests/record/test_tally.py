"""Counts that are held: the same answers as the engine gives, whatever is asked."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.record.made_events import DAY, EVENTS, FEBRUARY, MONDAY, TYPES, Event, event_store

from cuibono.model.actor import DirectedDyad
from cuibono.model.period import Grid, Period
from cuibono.record import tally as module
from cuibono.record.instruments import instrument_shares
from cuibono.record.relation import attention
from cuibono.record.sought import Sought
from cuibono.record.tally import Tally, tally_events
from cuibono.record.world import rank_relations
from cuibono.store.rows import count_rows
from cuibono.store.store import Store
from cuibono.vocab.actors import resolve_actor

MADE: list[Event] = [
    (0, "RUS", "PAK", "CONSULT", 3),
    (1, "RUS", "PAK", "ASSAULT", 1),
    (1, "RUS", "PAK", None, 2),
    (2, "RUS", "IND", "AID", 12),
    (2, "RUS", "RUS", "CONSULT", 50),
    (2, "RUS", None, "CONSULT", 50),
    (15, "PAK", "RUS", "AID", 5),
]
WEEK = Period(MONDAY, MONDAY + 7 * DAY)
TO_PAKISTAN = Sought(source="icews", within=FEBRUARY, actor="RUS", recipient="PAK")


def held(store: Store) -> Tally:
    found = tally_events(store, "icews")
    assert found is not None
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return event_store(tmp_path_factory.mktemp("store"), MADE)


def test_own_affairs_and_unknown_actors_are_no_relation(made: Store) -> None:
    assert held(made).relations == (("PAK", "RUS"), ("RUS", "IND"), ("RUS", "PAK"))


def test_a_relation_is_counted_out_of_all_that_its_actor_did_abroad(made: Store) -> None:
    ranked = held(made).by_relation(TO_PAKISTAN).to_pylist()
    assert ranked == [
        {"actor": "RUS", "recipient": "IND", "events": 12, "actor_events": 18, "rows": 1},
        {"actor": "RUS", "recipient": "PAK", "events": 6, "actor_events": 18, "rows": 3},
    ]


def test_events_without_a_type_are_counted_under_none(made: Store) -> None:
    counted = held(made).by_type(TO_PAKISTAN)
    assert counted == {"CONSULT": (3, 1), "ASSAULT": (1, 1), None: (2, 1)}


def test_days_are_counted_in_their_order(made: Store) -> None:
    days, rows = held(made).by_day(TO_PAKISTAN)
    assert dict(zip(days.tolist(), rows.tolist(), strict=True)) == {MONDAY: 1, MONDAY + DAY: 2}


@pytest.mark.parametrize("actor", ["IND", "USA", "RU", "RUSS"])
def test_an_actor_that_did_nothing_has_no_relation(made: Store, actor: str) -> None:
    sought = Sought(source="icews", within=FEBRUARY, actor=actor)
    assert held(made).by_relation(sought).num_rows == 0


def test_a_relation_without_a_row_has_no_day_and_no_type(made: Store) -> None:
    sought = Sought(source="icews", within=FEBRUARY, actor="IND", recipient="RUS")
    assert held(made).by_type(sought) == {}
    assert held(made).by_day(sought)[0].size == 0


def test_years_are_put_together(tmp_path: Path) -> None:
    whole = Period(date(2020, 1, 1), date(2022, 1, 1))
    events: list[Event] = [(0, "RUS", "PAK", "AID", 1), (-300, "RUS", "PAK", "CONSULT", 4)]
    store = event_store(tmp_path, events, whole)
    sought = Sought(source="icews", within=whole, actor="RUS", recipient="PAK")
    assert held(store).by_type(sought) == {"AID": (1, 1), "CONSULT": (4, 1)}
    assert held(store).by_day(sought)[0].tolist() == [MONDAY - 300 * DAY, MONDAY]


def test_a_source_with_too_many_rows_is_not_held(
    made: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_ROWS", 0)
    assert tally_events(made, "icews") is None


QUADS = st.sampled_from(["", "verbal_cooperation", "material_conflict"])
DAYS = st.sampled_from([FEBRUARY, WEEK, Period(MONDAY + 3 * DAY, MONDAY + 20 * DAY)])
GRIDS = st.sampled_from([Grid.WEEK, Grid.MONTH])


@settings(max_examples=12, deadline=None)
@given(EVENTS, QUADS, st.lists(TYPES.filter(bool), max_size=2), DAYS, GRIDS)
def test_every_question_has_the_answer_that_the_engine_gives(
    events: list[Event], quad: str, types: list[str], within: Period, grid: Grid
) -> None:
    kinds = {"quad": quad, "event_types": tuple(types)}
    with TemporaryDirectory() as folder:
        store = event_store(Path(folder), events)
        tally = held(store)
        world = Sought(source="icews", within=within, **kinds)
        assert rank_relations(store, world, tally).equals(rank_relations(store, world))
        for one, two in (("RUS", "PAK"), ("USA", "IND")):
            dyad = DirectedDyad(resolve_actor(one), resolve_actor(two))
            series = [
                attention(store, "icews", dyad, grid, within, quad, tuple(types), counted)
                for counted in (tally, None)
            ]
            assert series[0] == series[1]
            shares = [
                instrument_shares(store, "icews", dyad, within, counted)
                for counted in (tally, None)
            ]
            assert shares[0] == shares[1]
            sought = Sought(source="icews", within=within, actor=one, recipient=two, **kinds)
            assert tally.by_day(sought)[1].sum() == count_rows(store, sought.trace)


def test_the_embedded_weeks_are_held_as_the_engine_counts_them(pack_store: Store) -> None:
    sought = Sought(source="icews", within=Period(date(2021, 1, 1), date(2021, 9, 1)))
    ranked = rank_relations(pack_store, sought, held(pack_store))
    assert ranked.equals(rank_relations(pack_store, sought))


def test_everyone_s_days_are_all_that_they_did_abroad(made: Store) -> None:
    tally = held(made)
    did = {
        name: tally.totals.events[tally.totals.cells(slice(at, at + 1))].tolist()
        for at, name in enumerate(tally.names)
    }
    # Nobody answers for what is done to him, nor for his own affairs.
    assert did == {"IND": [], "PAK": [5], "RUS": [3, 3, 12]}


def test_names_of_parties_are_those_of_the_relations(made: Store) -> None:
    tally = held(made)
    named = [tuple(tally.names[int(place)] for place in pair) for pair in tally.parties]
    assert tuple(named) == tally.relations
