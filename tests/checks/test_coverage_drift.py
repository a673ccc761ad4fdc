"""Even coverage: what is thinned and what is not, and which seams are told."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.checks.made_lens import Warmer, quiet_world, record_of, warmed

from cuibono.checks.alter import volumes
from cuibono.checks.coverage_drift import LOW, CoverageDrift, even
from cuibono.model.panel import Panel
from cuibono.model.period import Period
from cuibono.sources.base import seams

QUIET = quiet_world()
RECORD = record_of(warmed(QUIET))
(FINDING,) = Warmer().look(RECORD)


def grown(times: NDArray[np.float64]) -> Panel:
    channels = {name: values * times for name, values in QUIET.channels.items()}
    return replace(QUIET, channels=channels)


def test_a_period_keeps_the_share_that_a_quiet_one_has_of_it() -> None:
    times = np.where(np.arange(QUIET.starts.size) < 40, 1.0, 20.0)
    panel = grown(times)
    before, after = volumes(panel), volumes(even(panel))
    quiet = np.quantile(before, LOW)
    busy = before > quiet
    spread = np.sqrt(quiet * (1 - quiet / before[busy]))
    assert (np.abs(after[busy] - quiet) < 5 * spread).all()


def test_the_quietest_tenth_keeps_every_event() -> None:
    before = volumes(QUIET)
    quiet = before <= np.quantile(before, LOW)
    assert quiet.sum() >= QUIET.starts.size // 10
    kept = even(QUIET).channels
    assert all((kept[n][:, quiet] == QUIET.channels[n][:, quiet]).all() for n in kept)


@settings(max_examples=25, derandomize=True)
@given(st.lists(st.integers(0, 6), min_size=75, max_size=75))
def test_evening_only_drops_and_an_empty_period_stays_empty(times: list[int]) -> None:
    panel = grown(np.array(times, float))
    less = even(panel)
    assert all((less.channels[n] <= panel.channels[n]).all() for n in panel.channels)
    assert (volumes(less)[np.array(times) == 0] == 0).all()


def test_silent_periods_do_not_decide_what_a_quiet_one_is() -> None:
    """Half of the periods are empty: were they counted, all would be thinned to nothing."""
    times = np.where(np.arange(QUIET.starts.size) % 2, 1.0, 0.0)
    left = volumes(even(grown(times)))[1::2]
    assert left.min() > 0.7 * np.quantile(volumes(QUIET)[1::2], LOW)


def test_a_source_that_never_changed_is_left_as_it_is() -> None:
    level = {name: np.ones_like(values) for name, values in QUIET.channels.items()}
    level["all"] = 4 * level["all"]
    panel = replace(QUIET, channels=level)
    assert all((even(panel).channels[n] == level[n]).all() for n in level)


def test_what_grew_with_its_source_alone_does_not_change_its_share() -> None:
    """Coverage changes how much is told and not what: shares of cooperation stay."""
    panel = grown(np.linspace(1, 30, QUIET.starts.size).round())
    less = even(panel)
    kind = "verbal_cooperation"
    share = panel.channels[kind].sum(axis=0) / volumes(panel)
    left = less.channels[kind].sum(axis=0) / volumes(less)
    assert np.mean(left - share) == pytest.approx(0.0, abs=0.01)


@pytest.mark.parametrize("shift", [-1, 0, 1], ids=["ends before", "touches", "starts after"])
def test_only_a_seam_that_the_days_reach_is_told(shift: int) -> None:
    first, second = seams("gdelt")
    span = {
        -1: Period(date(2000, 1, 1), first.days.start),
        0: Period(first.days.start, second.days.start),
        1: Period(second.days.end, date(2030, 1, 1)),
    }[shift]
    silent = replace(FINDING, source="gdelt", span=span, measured=())
    results = CoverageDrift().check(Warmer(), RECORD, silent, ())
    assert [(r.verdict, r.about) for r in results] == [("informational", "")] * (shift == 0)
    assert all(first.name in r.said and r.said[-1] != "." for r in results)


def test_a_provider_that_nobody_described_has_no_seam_and_is_still_tried() -> None:
    results = CoverageDrift().check(Warmer(), RECORD, FINDING, ())
    assert [(r.verdict, r.about) for r in results] == [("passed", "warming")]
