"""What comes of announcements: kept, unkept, and too few to say."""

from dataclasses import replace

import numpy as np
import pytest
from tests.checks.made_lens import FOCAL
from tests.lenses.made_acts import made_acts

from cuibono.lenses.follow_through import ANNOUNCED, LONGEST, measure_follow_through
from cuibono.model.finding import Measured
from cuibono.model.panel import Panel

WEEKS = np.arange(80)


def kept_after(lag: int, every: int = 20) -> Panel:
    """Let the focal relation announce every so often, and deliver `lag` weeks later."""
    panel = made_acts(11)
    row = panel.index[FOCAL]
    channels = {name: values.copy() for name, values in panel.channels.items()}
    channels["promised"][row] = WEEKS % every == 0
    channels["delivered"][row] = WEEKS % every == lag
    channels["talked"][row] = 1.0
    return replace(panel, channels=channels)


def measured(panel: Panel) -> dict[str, Measured]:
    return {one.id: one for one in measure_follow_through(panel, FOCAL)}


@pytest.mark.parametrize("lag", [1, 3, 8])
def test_the_half_life_is_the_wait_that_was_made(lag: int) -> None:
    half_life = measured(kept_after(lag, every=10))["half-life"].estimate
    assert half_life is not None
    assert half_life.low <= half_life.value == lag
    assert half_life.unit == "weeks"


def test_a_promise_kept_next_week_stands_above_the_world() -> None:
    followed = measured(kept_after(1, every=10))["followed"]
    assert followed.estimate is not None
    assert followed.estimate.value > 0.5
    assert followed.verdict == "kept"
    assert followed.ranks[0].share <= 0.05


def test_a_promise_always_kept_after_the_month_is_no_better_than_waiting() -> None:
    followed = measured(kept_after(9, every=10))["followed"]
    assert followed.estimate is not None
    assert followed.estimate.value <= 0


def test_a_gap_ends_the_wait_and_nothing_follows_across_it() -> None:
    panel = kept_after(3, every=10)
    starts = panel.starts.copy()
    starts[41:] += np.timedelta64(70, "D")
    whole, broken = measured(panel)["half-life"], measured(replace(panel, starts=starts))
    assert whole.estimate is not None
    assert broken["half-life"].estimate is not None
    assert broken["half-life"].estimate.high >= whole.estimate.high


@pytest.mark.parametrize("every", [17, 40])
def test_few_announcements_are_told_with_their_number(every: int) -> None:
    panel = kept_after(1, every)
    n = int((WEEKS % every == 0).sum())
    found = measured(panel)
    few = n < ANNOUNCED
    assert (found["followed"].estimate is None) == few
    if few:
        assert found["half-life"].said.startswith(f"cannot be told: {n} weeks with an")


def test_a_half_life_beyond_the_longest_wait_is_not_made_up() -> None:
    panel = kept_after(1, every=10)
    row = panel.index[FOCAL]
    panel.channels["delivered"][row] = WEEKS < 4
    found = measured(panel)["half-life"]
    assert found.estimate is None
    assert f"within the {LONGEST} weeks" in found.said
