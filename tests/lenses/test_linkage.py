"""The lens linkage in worlds whose answers are known."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from scipy.stats import binomtest
from tests.lenses.asking import ask, by_id
from tests.lenses.naming import dyad

from cuibono.lenses.channels import QUADS
from cuibono.lenses.linkage import MOST, Linkage, _listed
from cuibono.model.case import Case
from cuibono.model.finding import Finding
from cuibono.model.panel import Panel
from cuibono.record.record import Record
from cuibono.testing.lenses import Trial
from cuibono.testing.records import make_record
from cuibono.testing.worlds import Planted, World, simulate_events

TARGET, DRIVER, IDLE = ("A00", "A01"), ("A02", "A03"), ("A04", "A05")
BUSY = {TARGET: 60.0, DRIVER: 60.0, IDLE: 60.0}


@cache
def world(seed: int, sign: int = 0) -> Panel:
    planted = (
        Planted(driver=DRIVER, target=TARGET, share=0.8, lag=1, sign=sign) if sign else None
    )
    made_of = World(
        actors=8, periods=150, gap=(140, 145), busy=BUSY, moods=0.1, planted=planted
    )
    return simulate_events(seed, made_of)


def case_of(
    panel: Panel,
    *compare: tuple[str, str],
    relation: tuple[str, str] = TARGET,
) -> Case:
    return Case(
        name="asked",
        title="Asked",
        question="What answers what?",
        relation=dyad(relation),
        period=panel.span,
        explanations=(),
        documents=(),
        evidence=(),
        compare=tuple(dyad(pair) for pair in compare),
    )


def look(panel: Panel, *compare: tuple[str, str], means: Panel | None = None) -> Finding:
    panels = {(panel.source, "week"): panel}
    if means is not None:
        panels[panel.source, "week by instrument"] = means
    (finding,) = Linkage().look(make_record(case_of(panel, *compare), panels))
    return finding


def record_of(seed: int, sign: int = 0) -> Record:
    panel = world(seed, sign)
    return make_record(case_of(panel, DRIVER, IDLE), {(panel.source, "week"): panel})


TRIAL = Trial(
    null=lambda seed: record_of(seed + 20), planted=record_of, needs=QUADS, nulls=6, plants=3
)


def test_a_planted_answer_is_found_with_its_direction() -> None:
    told = by_id(look(world(1, 1), DRIVER, IDLE))
    answer = told["answers.A02-A03"]
    assert answer.verdict == "follows"
    assert answer.estimate is not None
    assert answer.estimate.low > 0
    assert answer.ranks[0].place <= 5
    assert told["answers.A04-A05"].verdict == "nothing"


def test_a_mirrored_answer_turns_its_sign() -> None:
    answer = by_id(look(world(1, -1), DRIVER, IDLE))["answers.A02-A03"]
    assert answer.verdict == "opposes"
    assert answer.estimate is not None
    assert answer.estimate.high < 0


def test_the_same_period_is_told_apart() -> None:
    told = by_id(look(world(1, 1), DRIVER))
    assert told["together.A02-A03"].verdict == "together"
    assert told["together.A02-A03"].ranks == ()


def test_null_worlds_answer_as_rarely_as_claimed() -> None:
    calls = total = 0
    for seed in range(20, 32):
        told = by_id(look(world(seed), DRIVER, IDLE))
        answers = [one for name, one in told.items() if name.startswith("answers.A0")]
        listed = [one for one in answers if one.id != "answers.A01-A00"]
        calls += sum(one.verdict != "nothing" for one in listed)
        total += len(listed)
    assert total == 24
    assert binomtest(calls, total, 0.1, alternative="greater").pvalue > 0.01


def test_names_change_nothing_but_names() -> None:
    panel = world(1, 1)
    renamed = replace(panel, relations=tuple((f"Z{a}", f"Z{b}") for a, b in panel.relations))
    plain = look(panel, DRIVER, IDLE)
    z = [(f"Z{a}", f"Z{b}") for a, b in (TARGET, DRIVER, IDLE)]
    case = case_of(renamed, *z[1:], relation=z[0])
    record = make_record(case, {(renamed.source, "week"): renamed})
    (other,) = Linkage().look(record)
    assert [m.estimate for m in other.measured] == [m.estimate for m in plain.measured]
    assert [m.ranks for m in other.measured] == [m.ranks for m in plain.measured]


def test_a_focal_relation_that_is_not_recorded_cannot_be_told() -> None:
    (finding,) = ask(Linkage(), ("A00", "XKX"), world(1))
    (silence,) = finding.measured
    assert (silence.verdict, silence.estimate) == ("few_relations", None)


def test_a_record_too_short_cannot_be_told() -> None:
    panel = world(1)
    short = replace(
        panel,
        starts=panel.starts[:11],
        channels={name: counts[:, :11] for name, counts in panel.channels.items()},
        exposure=panel.exposure[:, :11],
    )
    silence = look(short, DRIVER).measured[0]
    assert (silence.verdict, silence.estimate) == ("few_periods", None)


def test_the_focal_relation_and_its_reply_are_listed_first_and_no_more_than_fit() -> None:
    panel = world(1)
    listed = _listed(case_of(panel, *panel.relations), panel)
    assert listed[:2] == (TARGET, TARGET[::-1])
    assert len(listed) <= MOST
    assert len(set(listed)) == len(listed)


def by_instrument(panel: Panel, pressing: tuple[str, str], onsets: tuple[int, ...]) -> Panel:
    """Let one party threaten in some weeks and nobody else ever."""
    nothing = np.zeros_like(panel.channels["all"])
    threatened = nothing.copy()
    threatened[panel.index[pressing], list(onsets)] = 9.0
    channels = {"all": panel.channels["all"], "threatened": threatened, "forced": nothing}
    return replace(panel, channels=channels)


ONSETS = (12, 40, 66, 95, 121)


def conceding(panel: Panel, relation: tuple[str, str], events: float) -> Panel:
    channels = {name: counts.copy() for name, counts in panel.channels.items()}
    for start in ONSETS:
        channels["verbal_cooperation"][panel.index[relation], start + 1 : start + 4] += events
    return replace(panel, channels=channels)


def test_concessions_after_pressure_are_found() -> None:
    panel = conceding(world(3), TARGET, 60.0)
    finding = look(panel, means=by_instrument(panel, TARGET[::-1], ONSETS))
    told = by_id(finding)["episodes.A01"]
    assert told.verdict == "concedes"
    assert told.estimate is not None
    assert told.estimate.low > 0
    assert told.ranks[0].share <= 0.05
    assert any("set in 5 times" in said for said in finding.said)


def test_pressure_that_changes_nothing_is_called_so() -> None:
    calls = 0
    for seed in range(40, 52):
        panel = world(seed)
        told = by_id(look(panel, means=by_instrument(panel, TARGET[::-1], ONSETS)))
        calls += told["episodes.A01"].verdict != "usual"
    assert binomtest(calls, 12, 0.1, alternative="greater").pvalue > 0.01


def test_withdrawal_after_pressure_is_hardening() -> None:
    panel = world(3)
    channels = {name: counts.copy() for name, counts in panel.channels.items()}
    row = panel.index[TARGET]
    channels["verbal_cooperation"][row] += 40.0
    for start in ONSETS:
        channels["verbal_cooperation"][row, start : start + 6] = 0.0
    cold = replace(panel, channels=channels)
    told = by_id(look(cold, means=by_instrument(cold, TARGET[::-1], ONSETS)))
    assert told["episodes.A01"].verdict == "hardens"


def test_too_few_episodes_cannot_be_told() -> None:
    panel = world(3)
    told = by_id(look(panel, means=by_instrument(panel, TARGET[::-1], ONSETS[:2])))
    silence = told["episodes.A01"]
    assert (silence.verdict, silence.estimate) == ("few_episodes", None)


def test_without_a_panel_by_instrument_there_are_no_episodes() -> None:
    assert not [name for name in by_id(look(world(3), DRIVER)) if name.startswith("episodes")]


@pytest.mark.parametrize("other", ["A01", "A02"])
def test_only_pressure_on_the_focal_actor_counts(other: str) -> None:
    panel = world(3)
    means = by_instrument(panel, (other, "A07"), ONSETS)
    told = by_id(look(panel, DRIVER, means=means))
    assert not [name for name in told if name.startswith("episodes")]
