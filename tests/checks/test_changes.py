"""Which changes the checks make: other relations, other times, parts left out, halves."""

from dataclasses import replace

import numpy as np
import pytest
from tests.checks.made_lens import FOCAL, quiet_world, record_of

from cuibono.checks.coverage_drift import EVENED, even
from cuibono.checks.leave_one_out import LEAVE_ONE_OUT
from cuibono.checks.placebo_time import PLACEBO_TIME
from cuibono.checks.placebo_world import PLACEBO_WORLD, Placebo
from cuibono.checks.repeat import Repeated
from cuibono.checks.thinning import THINNING
from cuibono.model.panel import Panel
from cuibono.testing.worlds import simulate_agreement

QUIET = quiet_world()
RECORD = record_of(QUIET)
ROW = QUIET.index[FOCAL]
EVERY = [PLACEBO_WORLD, PLACEBO_TIME, LEAVE_ONE_OUT, THINNING, EVENED]


def changed(check: Repeated, panel: Panel = QUIET) -> list[Panel]:
    return [change(panel) for change in check.changes(RECORD)]


@pytest.mark.parametrize("check", EVERY, ids=lambda check: check.name)
def test_a_check_makes_as_many_changes_as_it_says(check: Repeated) -> None:
    panels = changed(check)
    assert len(panels) == check.looks
    assert len({panel.channels["all"].tobytes() for panel in panels}) == check.looks


@pytest.mark.parametrize("check", EVERY, ids=lambda check: check.name)
def test_every_change_is_the_same_in_every_run(check: Repeated) -> None:
    for one, other in zip(changed(check), changed(check), strict=True):
        assert (one.channels["all"] == other.channels["all"]).all()


@pytest.mark.parametrize("check", EVERY, ids=lambda check: check.name)
def test_a_relation_without_a_record_is_left_without_one(check: Repeated) -> None:
    unknown = replace(QUIET, relations=tuple(("X", str(n)) for n in range(QUIET.rows.size)))
    for panel in changed(check, unknown):
        assert panel.relations == unknown.relations


def test_placebos_are_the_relations_nearest_in_volume() -> None:
    taken = [panel.rows[ROW] for panel in changed(PLACEBO_WORLD)]
    apart = np.abs(np.log1p(QUIET.rows) - np.log1p(QUIET.rows[ROW]))
    reach = np.sort(np.delete(apart, ROW))[PLACEBO_WORLD.looks - 1]
    assert max(abs(np.log1p(n) - np.log1p(QUIET.rows[ROW])) for n in taken) <= reach + 1e-12


def test_a_world_of_two_relations_has_no_placebo() -> None:
    few = replace(
        QUIET,
        relations=QUIET.relations[:2],
        rows=QUIET.rows[:2],
        exposure=QUIET.exposure[:2],
        channels={name: values[:2] for name, values in QUIET.channels.items()},
    )
    assert Placebo(RECORD, 1)(few) is few


def test_turns_are_spread_over_the_span_and_none_is_the_record_itself() -> None:
    own = QUIET.channels["all"][ROW]
    for panel in changed(PLACEBO_TIME):
        turned = panel.channels["all"][ROW]
        assert sorted(turned) == sorted(own)
        assert (turned != own).any()


def test_every_period_is_left_out_once() -> None:
    kept = np.concatenate([panel.starts for panel in changed(LEAVE_ONE_OUT)])
    days, times = np.unique(kept, return_counts=True)
    assert (days == QUIET.starts).all()
    assert set(times) == {LEAVE_ONE_OUT.looks - 1}


def test_half_of_the_reports_is_half() -> None:
    for panel in changed(THINNING):
        assert panel.channels["all"].sum() == pytest.approx(
            QUIET.channels["all"].sum() / 2, rel=0.05
        )


def test_even_votes_are_as_many_each_year() -> None:
    votes = simulate_agreement(4)
    rising = np.linspace(1, 3, votes.starts.size).round(1)
    grown = replace(votes, exposure=np.floor(votes.exposure * rising))
    level = even(grown)
    seen = np.where(level.exposure > 0, level.exposure, np.nan)
    mean = np.nanmean(seen, axis=0)
    assert mean.max() / mean.min() < 1.3
    assert (level.exposure <= grown.exposure).all()


def test_a_source_without_a_single_event_is_even() -> None:
    silent = replace(QUIET, channels={n: 0 * v for n, v in QUIET.channels.items()})
    assert even(silent).channels["all"].sum() == 0
