"""The focal relation in one channel: seen as far as it was observed, else refused."""

from dataclasses import replace

import numpy as np
import pytest

from cuibono.lenses.focal import SEEN, find_visible, mark_rivals, see_focal
from cuibono.stats.noise import fit_noise
from cuibono.stats.turned_noise import fit_turned_noise
from cuibono.testing.worlds import World, simulate_agreement, simulate_events

TARGET = ("A00", "A01")
PANEL = simulate_events(5, World(actors=8, busy={TARGET: 30.0}))
ROWS = find_visible(PANEL)


def test_a_relation_recorded_too_seldom_is_not_visible() -> None:
    counts = {name: values.copy() for name, values in PANEL.channels.items()}
    row = PANEL.index[TARGET]
    for values in counts.values():
        values[row, SEEN - 1 :] = 0
    assert row in ROWS
    assert row not in find_visible(replace(PANEL, channels=counts))


def test_neither_the_focal_relation_nor_its_reply_is_a_rival() -> None:
    rival = mark_rivals(PANEL, TARGET, ROWS)
    own = {PANEL.relations[row] for row in ROWS[~rival]}
    assert own == {TARGET, TARGET[::-1]} & {PANEL.relations[row] for row in ROWS}


def test_every_covered_week_of_events_is_used() -> None:
    seen = see_focal(PANEL, TARGET, "tone", ROWS)
    assert seen is not None
    assert (seen.used == np.arange(PANEL.starts.size)).all()
    assert seen.series.shape == seen.chance.shape == (ROWS.size, PANEL.starts.size)


def test_years_without_a_vote_are_not_used() -> None:
    panel = simulate_agreement(2)
    value = panel.channels["value"].copy()
    value[panel.index[TARGET], [3, 20]] = np.nan
    gone = replace(panel, channels={"value": value})
    seen = see_focal(gone, TARGET, "agreement", find_visible(gone))
    assert seen is not None
    assert set(range(60)) - set(seen.used.tolist()) == {3, 20}


def test_the_noise_is_that_of_the_used_weeks() -> None:
    seen = see_focal(PANEL, TARGET, "net", ROWS)
    assert seen is not None
    assert seen.noise.whitening.operator.shape[1:] == (seen.used.size, seen.used.size)


@pytest.mark.parametrize("weeks", [20, 30])
def test_too_few_weeks_are_refused(weeks: int) -> None:
    short = simulate_events(5, World(actors=8, periods=weeks, gap=(0, 0), busy={TARGET: 30.0}))
    assert see_focal(short, TARGET, "tone", find_visible(short)) is None


def test_the_controls_are_orthonormal_and_hold_the_mean() -> None:
    seen = see_focal(PANEL, TARGET, "tone", ROWS)
    assert seen is not None
    inner = seen.controls.T @ seen.controls
    assert np.allclose(inner, np.eye(inner.shape[0]), atol=1e-8)
    constant = np.ones(seen.used.size)
    assert np.allclose(seen.controls @ (seen.controls.T @ constant), constant)


def test_what_counting_puts_on_it_is_that_of_the_used_weeks() -> None:
    seen = see_focal(PANEL, TARGET, "tone", ROWS)
    assert seen is not None
    at = int(np.flatnonzero(PANEL.index[TARGET] == ROWS)[0])
    assert np.array_equal(seen.counting, seen.chance[at, seen.used])
    assert np.array_equal(seen.y, seen.series[at, seen.used])


def test_a_relation_that_never_varies_is_refused() -> None:
    counts = {name: values.copy() for name, values in PANEL.channels.items()}
    for name, values in counts.items():
        values[PANEL.index[TARGET]] = 3 if name.endswith("cooperation") else 0
    flat = replace(PANEL, channels=counts)
    rows = np.flatnonzero([r == TARGET for r in flat.relations] | np.isin(range(56), ROWS))
    assert see_focal(flat, TARGET, "tone", rows) is None


def test_an_actor_with_itself_is_never_visible() -> None:
    inward = replace(PANEL, relations=(("A00", "A00"), *PANEL.relations[1:]))
    assert 0 not in find_visible(inward)


def test_another_noise_is_fitted_where_it_is_asked_for() -> None:
    plain, turned = (
        see_focal(PANEL, TARGET, "tone", ROWS, fit) for fit in (fit_noise, fit_turned_noise)
    )
    steps = PANEL.steps[plain.used]
    for seen, fit in ((plain, fit_noise), (turned, fit_turned_noise)):
        expected = fit(seen.y, seen.counting, steps, seen.controls)
        np.testing.assert_array_equal(seen.noise.weight, expected.weight)
    assert (plain.y == turned.y).all()
