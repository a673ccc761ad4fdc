"""Worlds in which nobody moves anybody: what the lens claims there is false."""

from collections.abc import Iterator

import numpy as np
import pytest
from tests.lenses.naming import name_drivers

from cuibono.lenses.focal import find_visible
from cuibono.lenses.motives import Motives
from cuibono.model.finding import Finding
from cuibono.model.panel import Panel
from cuibono.testing.records import make_record
from cuibono.testing.worlds import World, simulate_events

TARGET = ("A00", "A01")
CASES = 16


def draw(seed: int) -> Panel:
    return simulate_events(seed, World(actors=15, periods=100, busy={TARGET: 40.0}))


def look_alikes(panel: Panel) -> list[tuple[tuple[str, str], int]]:
    """List as an author would who has seen the chart.

    Three of the relations that share an actor, the busiest; three of all, the most
    correlated; each with the sign of its correlation.
    """
    visible = [panel.relations[row] for row in find_visible(panel)]
    rest = [r for r in visible if r not in (TARGET, TARGET[::-1])]
    warm = panel.channels["verbal_cooperation"] + panel.channels["material_cooperation"]
    cold = panel.channels["verbal_conflict"] + panel.channels["material_conflict"]
    tone = np.log1p(warm) - np.log1p(cold)
    at = panel.index
    like = {r: float(np.corrcoef(tone[at[TARGET]], tone[at[r]])[0, 1]) for r in rest}
    kin = sorted((r for r in rest if {*r} & {*TARGET}), key=lambda r: -panel.rows[at[r]])[:3]
    picked = sorted((r for r in rest if r not in kin), key=lambda r: -abs(like[r]))[:3]
    return [(r, 1 if like[r] > 0 else -1) for r in (*kin, *picked)]


def looked() -> Iterator[Finding]:
    for seed in range(CASES):
        panel = draw(seed + 900)
        named = {f"e{i}": [driver] for i, driver in enumerate(look_alikes(panel))}
        (finding,) = Motives().look(
            make_record(name_drivers(TARGET, named), {("simulated", "week"): panel})
        )
        yield finding


@pytest.fixture(scope="module")
def findings() -> list[Finding]:
    return list(looked())


def test_next_to_no_false_motive_is_claimed(findings: list[Finding]) -> None:
    """One false motive in twenty cases is promised; two in these may be chance."""
    claims = sum(m.verdict == "supported" for f in findings for m in f.measured)
    assert claims <= 2


def test_the_sentence_on_top_claims_no_more(findings: list[Finding]) -> None:
    assert sum(f.said[0].startswith("The data support") for f in findings) <= 2


def test_the_stated_probabilities_are_not_far_above_the_truth(findings: list[Finding]) -> None:
    """None is at work; candidates were picked for looking alike, the prior says a third."""
    stated = [m.estimate.value for f in findings for m in f.measured if m.ranks and m.estimate]
    assert len(stated) == 6 * CASES
    assert np.mean(stated) < 0.3
