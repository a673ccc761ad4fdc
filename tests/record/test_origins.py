"""Panels of origins: raw and collapsed counts stand side by side."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.made_events import FEBRUARY, MONDAY
from tests.store.made_files import made_store, propose_few

from cuibono.errors import NotCoveredError
from cuibono.model.actor import DirectedDyad
from cuibono.model.period import Grid, Period
from cuibono.record.origins import count_told, origin_panel
from cuibono.record.panel import event_panel
from cuibono.store.store import Store
from cuibono.vocab.actors import resolve_actor

Row = Mapping[str, object]
STATES = ("CHN", "IND", "PAK", "RUS", "USA")
COOPERATION = "verbal_cooperation"


def row(number: int, story: str | None, actor: str = "RUS", recipient: str = "PAK",
        code: str = "040", **changes: object) -> Row:  # fmt: skip
    """One event of 1 February 2021, between parties named like their states."""
    parties = {"actor": actor, "recipient": recipient}
    parties |= {"actor_name": actor, "recipient_name": recipient}
    said = {"row": f"{number:04}", "day": MONDAY, "quad": COOPERATION, "events": 1}
    return {**said, **parties, "code": code, "story": story, **changes}


def store_of(folder: Path, rows: Sequence[Row]) -> Store:
    return made_store(folder, rows, FEBRUARY)


def cell(store: Store, actor: str = "RUS", recipient: str = "PAK") -> tuple[float, float]:
    """What the month holds of a relation: its origins and those about its actor."""
    panel = origin_panel(store, "icews", Grid.MONTH, FEBRUARY)
    at = panel.index[actor, recipient]
    return panel.channels["all"][at, 0], panel.exposure[at, 0]


def told(store: Store) -> str:
    dyad = DirectedDyad(resolve_actor("RUS"), resolve_actor("PAK"))
    return str(count_told(store, "icews", dyad, FEBRUARY))


def test_twenty_wire_copies_weigh_as_one_report(tmp_path: Path) -> None:
    store = store_of(tmp_path, [row(n, f"wire-{n}") for n in range(20)])
    assert cell(store) == (1, 1)
    assert told(store) == "events: 20; origins: 1"


def test_a_summit_is_one_report_in_each_relation_and_in_the_total_of_its_host(
    tmp_path: Path,
) -> None:
    pairs = [(a, b) for a in STATES for b in STATES if a != b]
    store = store_of(tmp_path, [row(n, "summit", *pair) for n, pair in enumerate(pairs)])
    assert {cell(store, *pair) for pair in pairs} == {(1, 1)}


def test_reports_about_an_actor_are_what_a_relation_is_measured_by(tmp_path: Path) -> None:
    rows = [row(1, "a"), row(2, "b", recipient="IND"), row(3, "c", recipient="USA")]
    assert cell(store_of(tmp_path, rows)) == (1, 3)


def test_a_source_without_stories_is_collapsed_by_what_its_rows_say(tmp_path: Path) -> None:
    rows = [row(1, None), row(2, None), row(3, None, code="190")]
    assert told(store_of(tmp_path, rows)) == "events: 3; origins: 2"


def test_kinds_of_events_are_counted_apart(tmp_path: Path) -> None:
    rows = [row(1, "a"), row(2, "b", code="190", quad="material_conflict")]
    panel = origin_panel(store_of(tmp_path, rows), "icews", Grid.WEEK, FEBRUARY)
    counted = {name: values.sum() for name, values in panel.channels.items() if values.any()}
    assert counted == {"all": 2, COOPERATION: 1, "material_conflict": 1}


def test_days_that_no_file_covers_are_refused(tmp_path: Path) -> None:
    store = store_of(tmp_path, [row(1, "a")])
    with pytest.raises(NotCoveredError):
        origin_panel(store, "icews", Grid.MONTH, Period(date(2001, 1, 1), date(2002, 1, 1)))


def test_what_ships_counts_an_act_between_two_parties_once_a_day(pack_store: Store) -> None:
    within = Period(date(2021, 8, 1), date(2021, 10, 1))
    raw = event_panel(pack_store, "icews", Grid.WEEK, within)
    collapsed = origin_panel(pack_store, "icews", Grid.WEEK, within)
    assert raw.relations == collapsed.relations
    np.testing.assert_array_equal(raw.channels["all"], collapsed.channels["all"])


@propose_few
@given(st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(STATES), st.sampled_from(STATES),
              st.sampled_from(["040", "042"])),
    min_size=1, max_size=30,
).filter(lambda rows: any(a != b for _, a, b, _ in rows)))  # fmt: skip
def test_no_relation_has_more_origins_than_events_or_than_reports_about_its_actor(
    tmp_path: Path, rows: list[tuple[str, str, str, str]]
) -> None:
    store = store_of(tmp_path, [row(n, *each) for n, each in enumerate(rows)])
    raw = event_panel(store, "icews", Grid.MONTH, FEBRUARY)
    collapsed = origin_panel(store, "icews", Grid.MONTH, FEBRUARY)
    assert raw.relations == collapsed.relations
    assert (collapsed.channels["all"] <= raw.channels["all"]).all()
    assert (collapsed.channels["all"] <= collapsed.exposure).all()
    assert (collapsed.channels["all"] > 0).all()


def test_an_event_added_later_is_no_part_of_what_could_be_had_before(tmp_path: Path) -> None:
    rows = [row(1, "a"), row(2, "b", available=date(2031, 2, 1))]
    store = store_of(tmp_path, rows)
    totals = [
        event_panel(store, "icews", Grid.MONTH, FEBRUARY, had_before=day).channels["all"].sum()
        for day in (date(2021, 3, 1), date(2031, 2, 1), date(2031, 2, 2), None)
    ]
    assert totals == [1, 1, 2, 2]
