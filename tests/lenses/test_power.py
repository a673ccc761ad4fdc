"""Power grows with what a driver carries and with how well the relations are known."""

from functools import cache

import numpy as np

from cuibono.lenses.contest import Contest, hold_contest
from cuibono.lenses.power import TRIALS, count_found
from cuibono.model.panel import Panel
from cuibono.testing.worlds import World, simulate_events

TARGET = ("A00", "A01")
DRIVERS = ((("A02", "A03"), 1), (("A04", "A05"), 1))


@cache
def panel(events: float) -> Panel:
    busy = {TARGET: events} | {relation: events for relation, _ in DRIVERS}
    world = World(actors=9, periods=130, gap=(0, 0), volume=events / 3, busy=busy)
    return simulate_events(11, world)


@cache
def contest(events: float) -> Contest:
    held = hold_contest(panel(events), TARGET, DRIVERS)
    assert held is not None
    return held


@cache
def power(events: float, share: float, bar: float = 0.8) -> int:
    return count_found(panel(events), contest(events), share, bar)


def test_a_driver_that_carries_more_is_found_more_often() -> None:
    assert power(60.0, 0.1) <= power(60.0, 0.5) <= power(60.0, 0.9)
    assert power(60.0, 0.1) < power(60.0, 0.9)


def test_what_is_known_better_is_found_more_often() -> None:
    assert power(6.0, 0.7) < power(60.0, 0.7)


def test_a_lower_bar_is_reached_more_often() -> None:
    assert power(60.0, 0.5, 0.8) <= power(60.0, 0.5, 0.3)


def test_it_is_out_of_the_trials() -> None:
    assert 0 <= power(60.0, 0.1) <= power(60.0, 0.9) <= TRIALS


def test_asked_twice_it_answers_the_same() -> None:
    again = count_found(panel(60.0), contest(60.0), 0.5, 0.8)
    assert again == power(60.0, 0.5)


def test_next_to_nothing_is_hardly_ever_found() -> None:
    assert power(60.0, 1e-4) <= 2


def test_the_record_itself_is_left_as_it_was() -> None:
    before = contest(60.0).parts[0].focal.y.copy()
    power(60.0, 0.3)
    assert np.array_equal(before, contest(60.0).parts[0].focal.y)
