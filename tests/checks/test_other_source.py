"""What another source says of a claim, place by place and sign by sign."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.checks.made_lens import Warmer, quiet_world, record_of, warmed

from cuibono.checks.other_source import OtherSource
from cuibono.model.estimate import Estimate
from cuibono.model.finding import CheckResult, Finding, Measured, Rank

RECORD = record_of(warmed(quiet_world()))
(FINDING,) = Warmer().look(RECORD)
(SEEN,) = FINDING.measured


def standing(value: float, place: int, of: int = 100, name: str = "warming") -> Measured:
    estimate = Estimate(value, value - 1, value + 1, "z")
    ranks = (Rank(place, of, "all relations"),)
    return replace(SEEN, id=name, estimate=estimate, ranks=ranks)


def found_by(source: str, *measured: Measured) -> Finding:
    return replace(FINDING, source=source, measured=measured)


def asked(*beside: Finding) -> CheckResult:
    own = found_by("own", standing(3.0, 2))
    (result,) = OtherSource().check(Warmer(), RECORD, own, beside)
    return result


@pytest.mark.parametrize(
    ("other", "verdict"),
    [
        (standing(3.0, 1), "passed"),
        (standing(0.1, 10), "passed"),
        (standing(3.0, 11), "informational"),
        (standing(-3.0, 1), "failed"),
        (standing(-3.0, 5), "failed"),
        (standing(-3.0, 6), "informational"),
        (standing(-3.0, 50), "informational"),
        (standing(-3.0, 95), "informational"),
        (standing(-3.0, 96), "failed"),
        (standing(-3.0, 100), "failed"),
        (standing(3.0, 100), "informational"),
    ],
)
def test_each_place_of_the_other_source_has_its_verdict(other: Measured, verdict: str) -> None:
    assert asked(found_by("second", other)).verdict == verdict


@given(place=st.integers(1, 12), of=st.integers(12, 200))
def test_the_foot_of_the_world_counts_as_its_head_does(place: int, of: int) -> None:
    """A signed score that is n-th from the end is its mirror image n-th from the top."""
    head = asked(found_by("second", standing(-3.0, place, of)))
    foot = asked(found_by("second", standing(-3.0, of + 1 - place, of)))
    assert head.verdict == foot.verdict


def test_the_last_of_three_does_not_stand_out() -> None:
    assert asked(found_by("second", standing(-3.0, 3, of=3))).verdict == "informational"


def test_one_that_contradicts_outweighs_all_that_agree_and_is_named() -> None:
    agree = [found_by(name, standing(2.0, 1)) for name in ("second", "third")]
    result = asked(*agree, found_by("fourth", standing(-2.0, 1)))
    assert (result.verdict, result.said) == ("failed", "the opposite stands out in fourth")


def test_all_that_agree_are_named_and_those_that_cannot_tell_are_not() -> None:
    result = asked(
        found_by("second", standing(2.0, 1)),
        found_by("third", standing(2.0, 50)),
        found_by("fourth", standing(2.0, 3)),
    )
    assert (result.verdict, result.said) == ("passed", "also in second, fourth")


@pytest.mark.parametrize("lost", [{"estimate": None}, {"ranks": ()}], ids=["number", "rank"])
def test_a_source_without_a_number_or_a_rank_cannot_tell(lost: dict[str, None]) -> None:
    result = asked(found_by("second", replace(standing(-3.0, 1), **lost)))
    assert (result.verdict, result.said) == ("informational", "second cannot tell")


def test_something_else_in_another_source_is_no_answer() -> None:
    result = asked(found_by("second", standing(3.0, 1, name="cooling")))
    assert (result.verdict, result.said) == ("informational", "no other source measures it")


def test_each_claim_is_asked_for_by_its_own_id_and_no_claim_is_not() -> None:
    own = found_by(
        "own",
        standing(3.0, 1, name="a"),
        standing(3.0, 50, name="b"),
        standing(3.0, 1, name="c"),
    )
    second = found_by("second", standing(-3.0, 1, name="c"), standing(3.0, 1, name="a"))
    results = OtherSource().check(Warmer(), RECORD, own, (second,))
    assert [(r.about, r.verdict) for r in results] == [("a", "passed"), ("c", "failed")]


@given(st.permutations(["second", "third", "fourth", "fifth"]))
def test_the_order_of_the_sources_changes_no_verdict(order: list[str]) -> None:
    told = {"second": (2.0, 1), "third": (-2.0, 40), "fourth": (-2.0, 2), "fifth": (2.0, 30)}
    result = asked(*(found_by(name, standing(*told[name])) for name in order))
    assert (result.verdict, result.said) == ("failed", "the opposite stands out in fourth")
