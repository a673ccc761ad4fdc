"""Rows become arrays of relations by periods: nothing gained, lost or moved on the way."""

import random
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from tests.record.made_events import (
    DAY,
    EVENTS,
    FEBRUARY,
    MONDAY,
    Event,
    event_store,
    same,
)
from tests.store.made_files import made_store, propose_few

from cuibono.errors import EmptyRecordError, NotCoveredError
from cuibono.model.panel import Panel
from cuibono.model.period import Grid, Period
from cuibono.record.panel import event_panel, measure_panel, read_measure
from cuibono.store.store import Store
from cuibono.vocab.events import QUADS

MADE: list[Event] = [
    (0, "RUS", "PAK", "CONSULT", 3),
    (6, "RUS", "PAK", "ASSAULT", 1),
    (7, "RUS", "PAK", None, 2),
    (1, "RUS", "IND", "AID", 4),
    (8, "PAK", "RUS", "ACCUSE", 5),
    (2, "RUS", "RUS", "CONSULT", 9),
    (2, "RUS", None, "CONSULT", 9),
    (2, None, "PAK", "CONSULT", 9),
]


@pytest.fixture(scope="module")
def weekly(tmp_path_factory: pytest.TempPathFactory) -> Panel:
    store = event_store(tmp_path_factory.mktemp("store"), MADE)
    return event_panel(store, "icews", Grid.WEEK, FEBRUARY)


def test_relations_are_sorted_and_cross_a_border(weekly: Panel) -> None:
    assert weekly.relations == (("PAK", "RUS"), ("RUS", "IND"), ("RUS", "PAK"))


def test_events_are_counted_in_their_week(weekly: Panel) -> None:
    assert weekly.channels["all"].tolist() == [[0, 5, 0, 0], [4, 0, 0, 0], [4, 2, 0, 0]]


def test_a_quad_counts_its_own_events(weekly: Panel) -> None:
    relation = weekly.index["RUS", "PAK"]
    counts = {quad: weekly.channels[quad][relation].tolist() for quad in QUADS}
    assert counts["verbal_cooperation"] == [3, 0, 0, 0]
    assert counts["material_conflict"] == [1, 0, 0, 0]
    assert counts["verbal_conflict"] == counts["material_cooperation"] == [0, 0, 0, 0]


def test_exposure_is_all_that_the_actor_did(weekly: Panel) -> None:
    assert weekly.exposure.tolist() == [[0, 5, 0, 0], [8, 2, 0, 0], [8, 2, 0, 0]]


def test_rows_are_counted_by_relation(weekly: Panel) -> None:
    assert weekly.rows.tolist() == [1, 1, 3]


def test_a_panel_says_what_it_spans(weekly: Panel) -> None:
    assert (weekly.span, weekly.steps.tolist()) == (FEBRUARY, [0, 1, 2, 3])


@propose_few
@given(events=EVENTS)
def test_the_order_of_rows_changes_no_bit(
    tmp_path_factory: pytest.TempPathFactory, events: list[Event]
) -> None:
    mixed = random.Random(7).sample(events, len(events))
    panels = [
        event_panel(
            event_store(tmp_path_factory.mktemp("store"), order), "icews", Grid.WEEK, FEBRUARY
        )
        for order in (events, mixed)
    ]
    assert same(*panels)


@propose_few
@given(events=EVENTS)
def test_four_weeks_that_are_a_month_hold_what_the_month_holds(
    tmp_path_factory: pytest.TempPathFactory, events: list[Event]
) -> None:
    store = event_store(tmp_path_factory.mktemp("store"), events)
    weeks = event_panel(store, "icews", Grid.WEEK, FEBRUARY)
    month = event_panel(store, "icews", Grid.MONTH, FEBRUARY)
    assert weeks.relations == month.relations
    for name in ("all", *QUADS):
        assert weeks.channels[name].sum(axis=1).tolist() == month.channels[name][:, 0].tolist()


@propose_few
@given(events=EVENTS)
def test_every_cross_border_event_is_in_one_cell(
    tmp_path_factory: pytest.TempPathFactory, events: list[Event]
) -> None:
    store = event_store(tmp_path_factory.mktemp("store"), events)
    panel = event_panel(store, "icews", Grid.WEEK, FEBRUARY)
    crossing = [count for _, actor, recipient, _, count in events if actor != recipient]
    assert panel.channels["all"].sum() == sum(crossing)
    assert panel.rows.sum() == len(crossing)


@propose_few
@given(events=EVENTS)
def test_swapping_two_labels_swaps_nothing_but_labels(
    tmp_path_factory: pytest.TempPathFactory, events: list[Event]
) -> None:
    names = {"RUS": "USA", "USA": "RUS", "PAK": "PAK", "IND": "IND"}
    renamed = [(d, names[str(a)], names[str(r)], k, n) for d, a, r, k, n in events]
    plain, swapped = (
        event_panel(
            event_store(tmp_path_factory.mktemp("store"), made), "icews", Grid.WEEK, FEBRUARY
        )
        for made in (events, renamed)
    )
    order = [swapped.index[names[a], names[r]] for a, r in plain.relations]
    assert np.array_equal(plain.channels["all"], swapped.channels["all"][order])
    assert np.array_equal(plain.exposure, swapped.exposure[order])


def test_a_week_that_is_not_covered_is_a_step_and_no_zero(tmp_path: Path) -> None:
    spans = Period(MONDAY, MONDAY + 7 * DAY), Period(MONDAY + 14 * DAY, FEBRUARY.end)
    store = event_store(tmp_path, MADE, *spans)
    panel = event_panel(store, "icews", Grid.WEEK, FEBRUARY)
    assert panel.steps.tolist() == [0, 2, 3]
    assert panel.channels["all"].sum() == 8


@pytest.mark.parametrize("events", [[], [(2, "RUS", "RUS", "CONSULT", 1)]])
def test_no_event_between_two_actors_is_an_empty_record(
    tmp_path: Path, events: list[Event]
) -> None:
    store = event_store(tmp_path, events)
    with pytest.raises(EmptyRecordError, match=r"icews has no row .*`cuibono coverage`"):
        event_panel(store, "icews", Grid.WEEK, FEBRUARY)


def test_days_that_nothing_covers_are_not_covered_rather_than_empty(tmp_path: Path) -> None:
    store = event_store(tmp_path, MADE)
    said = r"icews covers days from .* nothing of 2012-01-01 to 2012-12-31.*cuibono load icews"
    with pytest.raises(NotCoveredError, match=said):
        event_panel(store, "icews", Grid.WEEK, Period(date(2012, 1, 1), date(2013, 1, 1)))


def measure(pair: tuple[str, str], year: int, value: float, n: int) -> dict[str, object]:
    start, end = date(year, 1, 1), date(year + 1, 1, 1)
    row = {"row": f"{pair}{year}", "start": start, "end": end, "value": value, "n": n}
    return {**row, "measure": "agreement", "actor": pair[0], "recipient": pair[1]}


@pytest.fixture(scope="module")
def yearly(tmp_path_factory: pytest.TempPathFactory) -> Store:
    rows = [
        measure(("PAK", "RUS"), 2010, 0.75, 60),
        measure(("PAK", "RUS"), 2012, 0.50, 80),
        measure(("IND", "RUS"), 2012, 0.25, 40),
    ]
    facts = {"table": "measures", "source": "un_votes", "name": "un_votes-made"}
    covered = [Period(date(year, 1, 1), date(year + 1, 1, 1)) for year in (2010, 2012)]
    return made_store(tmp_path_factory.mktemp("store"), rows, *covered, **facts)


TEN_YEARS = Period(date(2010, 1, 1), date(2020, 1, 1))


def test_a_measure_that_was_not_taken_is_missing_and_not_zero(yearly: Store) -> None:
    panel = measure_panel(yearly, "un_votes", "agreement", TEN_YEARS)
    np.testing.assert_array_equal(panel.channels["value"], [[np.nan, 0.25], [0.75, 0.50]])
    assert panel.exposure.tolist() == [[0, 40], [60, 80]]


def test_years_without_any_measure_are_a_step(yearly: Store) -> None:
    panel = measure_panel(yearly, "un_votes", "agreement", TEN_YEARS)
    assert panel.steps.tolist() == [0, 2]


@pytest.mark.parametrize("first", [2010, 2011, 2012])
def test_a_panel_of_cells_read_for_more_years_is_that_of_its_own(
    yearly: Store, first: int
) -> None:
    within = Period(date(first, 1, 1), TEN_YEARS.end)
    cells = read_measure(yearly, "un_votes", "agreement", TEN_YEARS)
    given_cells = measure_panel(yearly, "un_votes", "agreement", within, cells)
    asked = measure_panel(yearly, "un_votes", "agreement", within)
    assert (given_cells.relations, given_cells.span) == (asked.relations, asked.span)
    for one, other in [
        (given_cells.channels["value"], asked.channels["value"]),
        (given_cells.exposure, asked.exposure),
        (given_cells.rows, asked.rows),
        (given_cells.starts, asked.starts),
    ]:
        np.testing.assert_array_equal(one, other)


def test_years_that_no_session_covers_are_not_covered(yearly: Store) -> None:
    years = Period(date(2030, 1, 1), date(2031, 1, 1))
    with pytest.raises(NotCoveredError, match=r"un_votes covers .* nothing of 2030-01-01"):
        measure_panel(yearly, "un_votes", "agreement", years)


def test_a_measure_that_nobody_took_is_an_empty_record(yearly: Store) -> None:
    with pytest.raises(EmptyRecordError, match="un_votes has no row"):
        measure_panel(yearly, "un_votes", "affinity", TEN_YEARS)
