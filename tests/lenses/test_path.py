"""Chains of relations: the contract, order, the weakest step, and what cannot be seen."""

from dataclasses import replace

import pytest
from tests.checks.made_lens import made_case
from tests.lenses.naming import dyad

from cuibono.errors import NotCoveredError
from cuibono.lenses.path import PathLens
from cuibono.model.case import Case, Chain
from cuibono.model.finding import Finding
from cuibono.model.panel import Panel
from cuibono.record.record import Record
from cuibono.testing.lenses import Trial
from cuibono.testing.records import make_record
from cuibono.testing.worlds import Planted, World, simulate_events

THREAT, GROUP, SPONSOR = ("A03", "A04"), ("A00", "A04"), ("A00", "A01")
BUSY = {THREAT: 30.0, GROUP: 30.0, SPONSOR: 30.0}


def asked(*relations: tuple[str, str], sign: int = 1) -> Case:
    chain = Chain(
        name="threat, group, sponsor",
        why="It is told so.",
        relations=tuple(dyad(relation) for relation in relations),
        signs=(sign,) * (len(relations) - 1),
    )
    return replace(made_case(), chains=(chain,))


def world(seed: int, sign: int = 0) -> Panel:
    """Let the threat move the group, or nothing move anything."""
    planted = Planted(driver=THREAT, target=GROUP, share=0.8, sign=sign) if sign else None
    return simulate_events(seed, World(busy=BUSY, planted=planted))


def record_of(panel: Panel, *relations: tuple[str, str], sign: int = 1) -> Record:
    chain = relations or (THREAT, GROUP)
    return make_record(asked(*chain, sign=sign), {("simulated", "week"): panel})


def look(panel: Panel, *relations: tuple[str, str], sign: int = 1) -> Finding:
    (finding,) = PathLens().look(record_of(panel, *relations, sign=sign))
    return finding


TRIAL = Trial(
    null=lambda seed: record_of(world(seed)),
    planted=lambda seed, sign: record_of(world(seed, sign)),
    needs=("material_conflict",),
    nulls=8,
    plants=3,
)


@pytest.mark.parametrize("sign", [1, -1])
def test_a_planted_step_is_seen_in_the_direction_that_was_told(sign: int) -> None:
    told, against = (look(world(3, sign), sign=s).measured[0] for s in (sign, -sign))
    assert told.estimate is not None
    assert against.estimate is not None
    assert told.estimate.value > 0 > against.estimate.value
    assert told.ranks[0].share <= 0.05


def test_a_step_that_stands_out_says_how_the_other_way_round_does() -> None:
    (step,) = look(world(3, 1)).measured
    assert "the other way round the place is" in step.said
    assert "so the order is as told" in step.said


def test_a_chain_is_as_strong_as_its_weakest_step() -> None:
    finding = look(world(3, 1), THREAT, GROUP, SPONSOR)
    first, second = finding.measured
    assert first.ranks[0].share < second.ranks[0].share
    assert second.label in finding.said[0]
    assert "supported at" in finding.said[0] or "cannot be told" in finding.said[0]


def test_a_supported_chain_names_its_weakest_step() -> None:
    said = look(world(3, 1)).said[0]
    assert said == "Every step of “threat, group, sponsor” is supported; the weakest is" + (
        " A03→A04, then A00→A04."
    )


def test_a_step_of_which_nothing_is_recorded_cannot_be_told() -> None:
    finding = look(world(3, 1), THREAT, ("A00", "Z99"))
    (step,) = finding.measured
    assert step.estimate is None
    assert step.ranks == ()
    assert "cannot be seen" in finding.said[0]


def test_a_step_that_moves_with_the_news_supports_no_chain() -> None:
    news = World(
        volume=20.0, wave=2.0, delays=8, barometer=THREAT, busy={THREAT: 80.0, SPONSOR: 40.0}
    )
    for seed in range(10):
        finding = look(simulate_events(seed, news), THREAT, SPONSOR)
        (step,) = finding.measured
        if step.verdict == "common":
            assert "cannot be told" in finding.said[0]
            assert f"{step.label}, the first foretells other relations" in finding.said[0]
            assert "cannot be seen" not in finding.said[0]
            assert "the other way round" not in step.said
            return
    pytest.fail("in none of ten worlds the news was told from a motive")


def test_a_case_without_a_chain_asks_nothing() -> None:
    record = make_record(made_case(), {("simulated", "week"): world(3)})
    assert PathLens().look(record) == ()


def test_a_missing_quad_is_refused_by_name() -> None:
    panel = world(3)
    less = {name: v for name, v in panel.channels.items() if name != "verbal_conflict"}
    with pytest.raises(NotCoveredError, match="verbal_conflict"):
        look(replace(panel, channels=less))


def test_several_chains_keep_their_steps_apart() -> None:
    case = asked(THREAT, GROUP)
    both = replace(case, chains=case.chains * 2)
    (finding,) = PathLens().look(make_record(both, {("simulated", "week"): world(3, 1)}))
    assert [step.id for step in finding.measured] == ["step-1.1", "step-2.1"]
    assert len(finding.said) == 2


def test_numbers_trace_to_both_relations() -> None:
    (step,) = look(world(3, 1)).measured
    parties = [
        tuple(test.value for test in trace.where if test.column in ("actor", "recipient"))
        for trace in step.traces
    ]
    assert parties == [THREAT, GROUP]
