"""Other names and nothing else: what a renamed record keeps, panel by panel."""

from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checks.made_lens import FOCAL, made_case, quiet_world

from cuibono.errors import EmptyRecordError
from cuibono.model.actor import Actor, DirectedDyad
from cuibono.model.case import Chain, Declared, Prediction, Shock
from cuibono.model.panel import Panel
from cuibono.model.period import Grid
from cuibono.model.trace import Condition, Trace
from cuibono.record.record import Record
from cuibono.testing.records import make_record
from cuibono.testing.relabel import relabel, rename
from cuibono.testing.worlds import simulate_agreement

EVENTS = quiet_world()
VOTES = simulate_agreement(2)
names = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=3, max_size=3)


def record_of(panel: Panel, kind: str = "week") -> Record:
    return make_record(made_case(), {(panel.source, kind): panel})


def renamed(panel: Panel) -> Panel:
    return relabel(record_of(panel)).events(panel.source, Grid.WEEK)


def rows_of(panel: Panel, rows: list[int]) -> Panel:
    return replace(
        panel,
        relations=tuple(panel.relations[row] for row in rows),
        channels={name: values[rows] for name, values in panel.channels.items()},
        exposure=panel.exposure[rows],
        rows=panel.rows[rows],
    )


@given(one=names, other=names)
def test_names_of_one_length_change_their_order_and_none_meets_another(
    one: str, other: str
) -> None:
    assert (rename(one) < rename(other)) == (other < one)
    assert (rename(one) == rename(other)) == (one == other)


@settings(max_examples=30, derandomize=True)
@given(st.sets(st.integers(0, len(EVENTS.relations) - 1)))
def test_renaming_twice_gives_any_panel_of_directed_relations_back(rows: set[int]) -> None:
    both_ways = {EVENTS.index[FOCAL], EVENTS.index[FOCAL[::-1]]}
    panel = rows_of(EVENTS, sorted(rows | both_ways))
    back = renamed(renamed(panel))
    assert back.relations == panel.relations
    assert all((back.channels[n] == panel.channels[n]).all() for n in panel.channels)
    assert (back.exposure == panel.exposure).all()
    assert (back.rows == panel.rows).all()


def test_a_panel_without_relations_has_none_under_other_names() -> None:
    panel = renamed(rows_of(EVENTS, []))
    assert panel.relations == ()
    assert panel.channels["all"].shape == (0, EVENTS.starts.size)


def test_a_directed_relation_keeps_its_direction() -> None:
    panel = renamed(EVENTS)
    for actor, recipient in EVENTS.relations[:40]:
        old, new = EVENTS.index[actor, recipient], panel.index[rename(actor), rename(recipient)]
        assert panel.rows[new] == EVENTS.rows[old]
        assert (panel.exposure[new] == EVENTS.exposure[old]).all()


@pytest.mark.parametrize("measure", ["agreement", ""])
def test_an_unordered_pair_keeps_its_votes(measure: str) -> None:
    """A panel that only has pairs in order is one of pairs, whether it says so or not."""
    votes = replace(VOTES, measure=measure)
    panel = renamed(votes)
    for a, b in votes.relations:
        new = panel.index[rename(b), rename(a)]
        assert np.array_equal(
            panel.channels["value"][new],
            votes.channels["value"][votes.index[a, b]],
            equal_nan=True,
        )


def test_days_source_and_span_are_no_names() -> None:
    panel = renamed(EVENTS)
    assert (panel.starts == EVENTS.starts).all()
    assert (panel.source, panel.span, panel.grid) == (EVENTS.source, EVENTS.span, EVENTS.grid)


def test_every_kind_of_panel_is_renamed_and_each_once() -> None:
    votes = replace(VOTES, measure="agreement")
    panels = {
        ("simulated", "week"): EVENTS,
        ("simulated", "week by instrument"): EVENTS,
        ("simulated_votes", "agreement"): votes,
    }
    record = relabel(make_record(made_case(), panels))
    for seen in (record.events, record.instruments):
        assert seen("simulated", Grid.WEEK) is seen("simulated", Grid.WEEK)
        assert tuple(map(rename, FOCAL)) in seen("simulated", Grid.WEEK).index
    for seen_votes in (record.measures, record.history):
        assert (
            tuple(map(rename, FOCAL[::-1])) in seen_votes("simulated_votes", "agreement").index
        )


def test_a_panel_that_is_not_there_is_not_there_under_other_names() -> None:
    with pytest.raises(EmptyRecordError, match="made without 'year'"):
        relabel(record_of(EVENTS)).events("simulated", Grid.YEAR)


def test_actors_are_renamed_however_deep_they_stand_in_the_case() -> None:
    a, b, c = (Actor(name, name) for name in ("A00", "A01", "A02"))
    case = made_case()
    foretold = Prediction(lens="third_party", driver=DirectedDyad(b, c), sign=-1, why="because")
    deep = replace(
        case,
        explanations=(replace(case.explanations[0], predictions=(foretold,)),),
        compare=(DirectedDyad(c, a),),
        declared=Declared(target=c, document="speech", locator="par. 1"),
        shocks=(Shock(day=date(2021, 5, 1), where=b, what="a coup", source="news"),),
        chains=(
            Chain(name="chain", why="because", relations=(DirectedDyad(a, c),), signs=(1,)),
        ),
    )
    other = relabel(make_record(deep, {})).case
    driver = other.explanations[0].predictions[0].driver
    assert (driver.actor.id, driver.recipient.id) == (rename("A01"), rename("A02"))
    assert (other.compare[0].actor.id, other.compare[0].actor.name) == (rename("A02"), "A02")
    assert other.declared is not None
    assert other.declared.target.id == rename("A02")
    assert other.shocks[0].where.id == rename("A01")
    assert other.chains[0].relations[0].recipient.id == rename("A02")
    assert (other.question, other.period) == (deep.question, deep.period)
    assert relabel(relabel(make_record(deep, {}))).case == deep


def test_rows_are_asked_for_and_given_under_the_new_names() -> None:
    where = (Condition("actor", "=", "A00"), Condition("day", ">=", "2021-01-01"))
    known = Trace("events", "simulated", where, 2)
    rows = pa.table({"actor": ["A00", None], "recipient": ["A01", "A02"], "n": [1, 2]})
    record = relabel(make_record(made_case(), {}, {known: rows}))
    asked = replace(known, where=(Condition("actor", "=", rename("A00")), where[1]))
    assert record.rows(asked).to_pylist() == [
        {"actor": rename("A00"), "recipient": rename("A01"), "n": 1},
        {"actor": None, "recipient": rename("A02"), "n": 2},
    ]
    assert record.count(asked) == 2


def test_rows_that_name_nobody_stay_as_they_are() -> None:
    trace = Trace("events", "simulated", (), 1)
    rows = pa.table({"day": [date(2021, 1, 1)]})
    assert relabel(make_record(made_case(), {}, {trace: rows})).rows(trace) == rows
