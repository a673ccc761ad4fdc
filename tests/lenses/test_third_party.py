"""The lens: the contract, what it prints of the listed, and of those that nobody listed."""

from dataclasses import replace
from functools import cache

import pytest
from tests.lenses.asking import ask
from tests.lenses.naming import name_drivers

from cuibono.checks.base import claims
from cuibono.lenses.channels import QUADS
from cuibono.lenses.look import declare
from cuibono.lenses.standings import SHOWN, rank_drivers
from cuibono.lenses.third_party import MOODS_OUT, OTHERS_ASKED, ThirdParty
from cuibono.model.finding import Finding, Measured
from cuibono.model.panel import Panel
from cuibono.record.record import Record
from cuibono.testing.lenses import Trial
from cuibono.testing.records import make_record
from cuibono.testing.worlds import Planted, World, simulate_agreement, simulate_events

TARGET, DRIVER, OTHER = ("A00", "A01"), ("A02", "A03"), ("A04", "A05")
BUSY = {TARGET: 80.0, DRIVER: 80.0, OTHER: 80.0}


@cache
def panel(seed: int, sign: int) -> Panel:
    plant = Planted(driver=DRIVER, target=TARGET, share=0.9, sign=sign) if sign else None
    return simulate_events(seed, World(actors=16, busy=BUSY, planted=plant))


def record(seed: int, sign: int, expected: int = 1) -> Record:
    named = {"pull": [(DRIVER, expected)], "rival": [(OTHER, 1), (DRIVER, expected)]}
    case = name_drivers(TARGET, named)
    return make_record(case, {("simulated", "week"): panel(seed, sign)})


@cache
def look(seed: int = 0, sign: int = 1, expected: int = 1) -> Finding:
    (finding,) = ThirdParty().look(record(seed, sign, expected))
    return finding


def of(finding: Finding, name: str) -> Measured:
    (one,) = [one for one in finding.measured if one.id == name]
    return one


TRIAL = Trial(
    null=lambda seed: record(seed + 50, 0), planted=record, needs=QUADS, nulls=6, plants=3
)


def test_a_case_that_names_no_third_party_asks_nothing() -> None:
    assert ask(ThirdParty(), TARGET, panel(0, 1)) == ()


def test_each_driver_is_measured_once_and_names_who_predicts_it() -> None:
    listed = [one for one in look().measured if one.ranks]
    assert [one.id for one in listed] == ["A02-A03.warm", "A04-A05.warm"]
    assert listed[0].label == "A02→A03, warming together, for “Pull”, “Rival”"


def test_places_are_those_of_the_ranking() -> None:
    (standing,) = rank_drivers(panel(0, 1), TARGET, [(DRIVER, 1)]).listed
    one = of(look(), "A02-A03.warm")
    assert one.estimate is not None
    assert one.estimate.value == standing.score
    assert [(rank.place, rank.of) for rank in one.ranks] == [
        (standing.place, standing.of),
        (standing.matched_place, standing.matched_of),
        (standing.column_place, standing.column_of),
        (standing.specific_place, standing.specific_of),
    ]
    assert [rank.among for rank in one.ranks[2:]] == [OTHERS_ASKED, MOODS_OUT]
    assert one.ranks[2].share <= 0.05


def test_who_stands_out_is_said_first_with_its_place() -> None:
    said = look().said[0]
    assert said.startswith("Of the third parties that explanations name, the data single out")
    assert "A02→A03, warming together (place " in said


def test_what_moves_the_other_way_is_negative_and_speaks_against() -> None:
    one = of(look(0, 1, -1), "A02-A03.cool")
    assert one.estimate is not None
    assert one.estimate.value < 0
    assert one.verdict == "against"


def test_a_driver_that_foretells_others_as_well_is_named_as_no_finding() -> None:
    world = World(actors=16, volume=20.0, wave=2.0, delays=8, barometer=DRIVER, busy=BUSY)
    for seed in range(10):
        case = name_drivers(TARGET, {"pull": [(DRIVER, 1)]})
        source = simulate_events(seed, world)
        (finding,) = ThirdParty().look(make_record(case, {("simulated", "week"): source}))
        if of(finding, "A02-A03.warm").verdict == "common":
            assert finding.said[-1].startswith("No finding, since they foretell other")
            assert "A02→A03, warming together (place " in finding.said[-1]
            assert claims(finding) == ()
            return
    pytest.fail("in none of ten worlds the news was told from a motive")


def test_the_same_week_stands_apart_and_claims_nothing() -> None:
    together = of(look(), "A02-A03.together")
    assert together.label == "A02→A03, in the same week"
    assert together.ranks == ()


def test_those_that_nobody_listed_are_named_and_claim_nothing() -> None:
    unlisted = [one for one in look().measured if one.verdict.startswith("unlisted")]
    assert len(unlisted) == SHOWN
    assert all(one.ranks == () and one.said.startswith("place ") for one in unlisted)
    assert {one.id for one in claims(look())} <= {"A02-A03.warm", "A04-A05.warm"}


def test_every_specification_is_declared() -> None:
    assert look().specifications == tuple(str(spec) for spec in declare(panel(0, 1)))


def test_the_picture_counts_every_rival_and_marks_the_listed() -> None:
    (world,), (chart,) = look().distributions, look().charts
    assert sum(world.counts) == rank_drivers(panel(0, 1), TARGET, []).world[1].size
    assert chart.series == (
        "third_party.simulated.A02-A03.warm",
        "third_party.simulated.A04-A05.warm",
    )


def test_numbers_trace_to_both_relations_and_the_whole_world() -> None:
    parties = [
        tuple(test.value for test in trace.where if test.column in ("actor", "recipient"))
        for trace in of(look(), "A02-A03.warm").traces
    ]
    assert parties == [TARGET, DRIVER, ()]


def test_a_focal_relation_too_thin_leaves_every_driver_untold() -> None:
    case = name_drivers(("A00", "ZZZ"), {"pull": [(DRIVER, 1)]})
    (finding,) = ThirdParty().look(make_record(case, {("simulated", "week"): panel(0, 1)}))
    assert finding.said == (
        "Whether the third parties that explanations name matter, the data cannot tell.",
    )
    assert finding.could_see == "75 weeks: too little to rank anything by."
    assert [(one.estimate, one.ranks) for one in finding.measured] == [(None, ())]
    assert (finding.charts, finding.distributions) == ((), ())


def test_votes_have_no_direction() -> None:
    votes = replace(simulate_agreement(4), measure="agreement")
    case = name_drivers(TARGET[::-1], {"pull": [(DRIVER, 1), (DRIVER[::-1], 1)]})
    (finding,) = ThirdParty().look(make_record(case, {(votes.source, "agreement"): votes}))
    assert finding.about == "A00–A01"
    assert [one.id for one in finding.measured if one.ranks] == ["A02-A03.warm"]


@pytest.mark.parametrize("sign", [1, -1])
def test_could_see_tells_what_a_driver_must_carry(sign: int) -> None:
    assert "a driver must carry" in look(0, sign).could_see
