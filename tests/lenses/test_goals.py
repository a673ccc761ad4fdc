"""Goals in worlds where it is known whether they came about."""

from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

import numpy as np
import pytest
from scipy.stats import binomtest
from tests.checks.made_lens import made_case
from tests.lenses.asking import mirrored
from tests.lenses.naming import dyad

from cuibono.errors import NotCoveredError
from cuibono.lenses.channels import QUADS
from cuibono.lenses.goals import GROWN, LEAST, Goals
from cuibono.model.audit import Goal, Yardstick
from cuibono.model.finding import Finding, Measured
from cuibono.model.panel import Panel
from cuibono.record.record import Record
from cuibono.testing.lenses import Trial
from cuibono.testing.records import make_record
from cuibono.testing.turns import plant_step
from cuibono.testing.worlds import World, simulate_events

TARGET = ("A00", "A01")
TURN, WEEKS = 40, 30
YARDSTICK = Yardstick(relation=dyad(TARGET), kind="cooperation", aim="more")


@cache
def world(seed: int, sign: int = 0) -> Panel:
    """Let conflict of the relation become cooperation from a week on, or the reverse."""
    panel = simulate_events(
        seed, World(actors=18, periods=80, gap=(75, 78), busy={TARGET: 60.0})
    )
    if not sign:
        return panel
    turned = plant_step(panel if sign > 0 else mirrored(panel), TARGET, TURN, 0.9, seed)
    return turned if sign > 0 else mirrored(turned)


def goal(panel: Panel, **changes: Any) -> Goal:
    declared = panel.starts[TURN].item()
    made = Goal(
        id="G1",
        text="They should draw closer.",
        holder="A00",
        declared=declared,
        due=declared + timedelta(weeks=WEEKS),
        outcome="unclear",
        measured_by=YARDSTICK,
    )
    return replace(made, **changes)


def record(seed: int, sign: int = 0, *goals: Goal) -> Record:
    panel = world(seed, sign)
    case = replace(made_case(TARGET), goals=goals or (goal(panel),))
    return make_record(case, {(panel.source, "week"): panel})


def look(seed: int, sign: int = 0, **changes: Any) -> Finding:
    (finding,) = Goals().look(record(seed, sign, goal(world(seed, sign), **changes)))
    return finding


def only(finding: Finding) -> Measured:
    (one,) = finding.measured
    return one


TRIAL = Trial(null=lambda seed: record(seed + 40), planted=record, needs=QUADS, nulls=12)


@pytest.mark.parametrize(
    ("sign", "aim", "verdict"),
    [(1, "more", "met"), (1, "less", "not_met"), (-1, "more", "not_met"), (-1, "less", "met")],
)
def test_what_came_about_is_told_from_what_did_not(sign: int, aim: Any, verdict: str) -> None:
    one = only(look(1, sign, measured_by=replace(YARDSTICK, aim=aim)))
    assert one.verdict == verdict
    assert one.estimate is not None
    assert (one.estimate.value > 0) == (verdict == "met")


def test_the_change_is_that_of_the_shares_added_by_hand() -> None:
    panel, row = world(2, 1), world(2, 1).index[TARGET]
    kind = (
        panel.channels["verbal_cooperation"][row] + panel.channels["material_cooperation"][row]
    )
    spans = slice(TURN, TURN + WEEKS), slice(TURN - WEEKS, TURN)
    (after, before), (now, then) = (
        [counts[span].sum() for span in spans] for counts in (kind, panel.exposure[row])
    )
    one = only(look(2, 1))
    assert one.estimate is not None
    expected = np.log((after + 0.5) / (before + 0.5)) - np.log(now / then)
    assert one.estimate.value == pytest.approx(expected)


def test_in_a_world_without_change_a_goal_is_met_as_rarely_as_claimed() -> None:
    met = sum(only(look(seed)).verdict == "met" for seed in range(60, 84))
    assert binomtest(met, 24, 0.05, alternative="greater").pvalue > 0.01


def test_one_quad_alone_may_be_the_yardstick() -> None:
    talk = replace(YARDSTICK, kind="verbal_conflict", aim="less")
    one = only(look(1, 1, measured_by=talk))
    assert one.verdict == "met"
    assert one.label == "G1: less verbal conflict from A00 to A01"
    kinds = [test.value for test in one.traces[0].where if test.column == "quad"]
    assert kinds == [("verbal_conflict",)]


def test_the_judgement_of_the_case_stands_beside_the_count() -> None:
    assert only(look(1, 1, outcome="not met")).said.endswith("; the case judges it not met")


def test_a_goal_is_ranked_among_all_relations_with_such_events() -> None:
    rank = only(look(1, 1)).ranks[0]
    assert rank.place <= 3
    assert 200 < rank.of <= len(world(1).relations)


def test_rows_of_both_spans_are_behind_the_number() -> None:
    panel = world(1)
    start = panel.starts[TURN].item()
    for trace in only(look(1, 1)).traces:
        days = [test.value for test in trace.where if test.column == "day"]
        ends = (start - timedelta(weeks=WEEKS), start + timedelta(weeks=WEEKS))
        assert days == [day.isoformat() for day in ends]


def test_a_span_that_is_not_covered_cannot_be_told() -> None:
    late = goal(world(1)).due + timedelta(weeks=40)
    one = only(look(1, 1, due=late))
    assert (one.verdict, one.estimate, one.ranks) == ("not_covered", None, ())
    assert "weeks from" in one.said


@pytest.mark.parametrize("recipient", ["A02", "ZZZ"])
def test_too_few_events_cannot_be_told(recipient: str) -> None:
    panel = world(1)
    channels = {name: counts.copy() for name, counts in panel.channels.items()}
    for counts in channels.values():
        counts[panel.index["A00", "A02"]] = 0
    made = goal(panel, measured_by=replace(YARDSTICK, relation=dyad(("A00", recipient))))
    case = replace(made_case(TARGET), goals=(made,))
    silent = make_record(case, {("simulated", "week"): replace(panel, channels=channels)})
    (finding,) = Goals().look(silent)
    assert only(finding).verdict == "few"
    assert f"fewer than the {LEAST}" in only(finding).said
    assert finding.could_see == "G1: no change could have been told from chance."
    assert finding.charts == ()


def test_a_small_world_gives_no_place() -> None:
    panel = simulate_events(1, World(actors=8, periods=80, gap=(75, 78), busy={TARGET: 60.0}))
    case = replace(made_case(TARGET), goals=(goal(panel),))
    (finding,) = Goals().look(make_record(case, {("simulated", "week"): panel}))
    assert only(finding).verdict == "lonely"


def test_goals_that_no_events_tell_are_not_looked_at() -> None:
    assert Goals().look(record(1, 0, goal(world(1), measured_by=None))) == ()


def test_several_goals_are_told_apart() -> None:
    panel = world(1, 1)
    less = replace(YARDSTICK, aim="less")
    (finding,) = Goals().look(record(1, 1, goal(panel), goal(panel, id="G2", measured_by=less)))
    assert [(one.id, one.verdict) for one in finding.measured] == [
        ("G1", "met"),
        ("G2", "not_met"),
    ]
    assert len(finding.charts) == len(finding.distributions) == len(finding.specifications) == 2


def test_the_sentence_on_power_names_the_least_change_that_would_show() -> None:
    seen = look(1, 1).could_see
    assert seen.startswith("G1: a share of ")
    assert 1 < float(seen.split(" times")[0].rpartition(" ")[2]) < 3


def test_a_missing_quad_is_refused_by_name() -> None:
    panel = world(1)
    less = {name: v for name, v in panel.channels.items() if name != "verbal_conflict"}
    case = replace(made_case(TARGET), goals=(goal(panel),))
    with pytest.raises(NotCoveredError, match="verbal_conflict"):
        Goals().look(make_record(case, {("simulated", "week"): replace(panel, channels=less)}))


def test_a_change_worth_the_name_is_about_a_quarter() -> None:
    assert np.exp(GROWN) == pytest.approx(1.25, abs=0.01)
