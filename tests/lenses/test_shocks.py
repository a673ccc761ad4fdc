"""Shocks and the traffic around them, counted by hand."""

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest

from cuibono.lenses.shocks import SEEN, Group, Traffic, covered_days, group_shocks, read_traffic
from cuibono.model.actor import Actor, DirectedDyad
from cuibono.model.case import Case, Shock
from cuibono.model.period import Grid
from cuibono.stats.latency import HORIZON
from cuibono.testing.records import make_record
from cuibono.testing.worlds import World, simulate_events

PANEL = simulate_events(1, World(actors=3, periods=30, gap=(20, 22)))
START = PANEL.span.start
HIT = Shock(day=START + timedelta(days=50), where=Actor("A01", "A01"), what="w", source="s")
CASE = Case(
    name="made",
    title="Made",
    question="How soon?",
    relation=DirectedDyad(Actor("A00", "A00"), Actor("A01", "A01")),
    period=PANEL.span,
    explanations=(),
    documents=(),
    evidence=(),
    shocks=(HIT,),
)


def group() -> Group:
    (made,) = group_shocks(CASE, PANEL)
    return made


def read(*days: int, actor: str | None = "A00") -> Traffic:
    rows = [{"actor": actor, "day": START + timedelta(days=day)} for day in days]
    (trace,) = group().traces
    record = make_record(
        CASE, {("simulated", "week"): PANEL}, {trace: pa.Table.from_pylist(rows)}
    )
    return read_traffic(record, PANEL, group())


def test_covered_days_are_those_of_covered_weeks() -> None:
    days = covered_days(PANEL)
    assert days.size == 7 * PANEL.starts.size
    assert days[0] == START.toordinal()
    gap = START + timedelta(weeks=20, days=3)
    assert gap.toordinal() not in days
    assert PANEL.grid is Grid.WEEK


def test_events_are_read_by_actor_and_whom_it_dealt_with() -> None:
    traffic = read(1, 2, 3, 50, 52, 52)
    days = traffic.days["A00"]["A01"] - START.toordinal()
    assert days.tolist() == [1, 2, 3, 50, 52]


def test_an_actor_seldom_seen_is_no_rival() -> None:
    assert read(*range(SEEN - 1)).days == {}
    assert set(read(*range(SEEN)).days) == {"A00"}


def test_events_of_nobody_known_are_not_counted() -> None:
    assert read(*range(20), actor=None).days == {}


def test_quiet_days_are_covered_and_far_from_the_shock() -> None:
    quiet, busy = read(1, 2, 3, 50, 52).usual("A00")
    assert quiet == covered_days(PANEL).size - HORIZON
    assert busy == 3


def test_an_event_on_the_day_of_the_shock_is_an_answer_at_once() -> None:
    reaction = read(1, 2, 3, 4, 50).react("A00")
    assert reaction.raw[0] == 1.0


def test_the_watch_ends_where_the_source_does() -> None:
    traffic = read(*range(10))
    before_gap = np.array([START.toordinal() + 7 * 20 - 4])
    assert (traffic._until(before_gap) - before_gap).tolist() == [4]


def test_traces_lead_to_the_actors_own_rows() -> None:
    (trace,) = read(*range(10)).traces("A00")
    tests = {(test.column, test.operator, test.value) for test in trace.where}
    assert {("actor", "=", "A00"), ("recipient", "=", "A01")} <= tests


@pytest.mark.parametrize("day", [date(2020, 1, 1), START + timedelta(weeks=20, days=2)])
def test_a_shock_that_is_not_covered_belongs_to_no_group(day: date) -> None:
    shock = Shock(day=day, where=HIT.where, what="w", source="s")
    case = Case(
        name="made",
        title="Made",
        question="How soon?",
        relation=CASE.relation,
        period=PANEL.span,
        explanations=(),
        documents=(),
        evidence=(),
        shocks=(shock,),
    )
    (empty,) = group_shocks(case, PANEL)
    assert empty.n == 0
