"""Pressure on an actor: what counts as an episode, and what is said of it."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from tests.lenses.test_linkage import by_instrument, case_of

from cuibono.lenses.pressed import FEWEST, LEAST, _threshold, measure_pressure
from cuibono.lenses.prose import fill
from cuibono.stats.episodes import WINDOW
from cuibono.testing.records import make_record
from cuibono.testing.worlds import World, simulate_events

PANEL = simulate_events(1, World(actors=4, busy={("A00", "A01"): 20.0}, gap=(80, 85)))
SAY = partial(
    fill, "linkage", relation="A00→A01", actor="A00", period="week", periods="weeks",
    window=WINDOW,
)  # fmt: skip


def test_a_few_events_are_no_pressure() -> None:
    assert _threshold(np.zeros(20)) == FEWEST


def test_pressure_is_what_rises_above_the_usual() -> None:
    usual = np.tile([4.0, 6.0], 30)
    assert _threshold(usual) == pytest.approx(5 + 2 * usual.std())


def test_a_party_that_never_pressed_is_not_told_of() -> None:
    means = by_instrument(PANEL, ("A02", "A00"), (10, 30, 50))
    panels = {("simulated", "week"): PANEL, ("simulated", "week by instrument"): means}
    record = make_record(case_of(PANEL), panels)
    measured, said = measure_pressure(record, PANEL, ("A01", "A02", "A03"), SAY)
    assert [one.id for one in measured] == ["episodes.A02"]
    assert len(said) == 1


def test_episodes_lead_to_rows_of_both_directions() -> None:
    means = by_instrument(PANEL, ("A01", "A00"), (10, 30, 50))
    panels = {("simulated", "week"): PANEL, ("simulated", "week by instrument"): means}
    ((told,), _) = measure_pressure(make_record(case_of(PANEL), panels), PANEL, ("A01",), SAY)
    pairs = [tuple(test.value for test in trace.where[:2]) for trace in told.traces]
    assert pairs == [("A00", "A01"), ("A01", "A00")]


def test_weeks_of_one_campaign_are_one_episode() -> None:
    means = by_instrument(PANEL, ("A01", "A00"), (10, 11, 12, 13))
    panels = {("simulated", "week"): PANEL, ("simulated", "week by instrument"): means}
    ((told,), said) = measure_pressure(
        make_record(case_of(PANEL), panels), PANEL, ("A01",), SAY
    )
    assert told.verdict == "few_episodes"
    assert str(LEAST) in told.said
    assert said == ()


def test_a_relation_that_is_not_recorded_cannot_concede() -> None:
    kept = [pair for pair in PANEL.relations if pair != ("A00", "A01")]
    rows = [PANEL.index[pair] for pair in kept]
    without = replace(
        PANEL,
        relations=tuple(kept),
        channels={name: counts[rows] for name, counts in PANEL.channels.items()},
        exposure=PANEL.exposure[rows],
        rows=PANEL.rows[rows],
    )
    means = by_instrument(PANEL, ("A01", "A00"), (10, 30, 50))
    panels = {("simulated", "week"): without, ("simulated", "week by instrument"): means}
    ((told,), _) = measure_pressure(make_record(case_of(PANEL), panels), without, ("A01",), SAY)
    assert told.estimate is None
