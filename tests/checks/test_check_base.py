"""What a claim is, when it holds, and how what came of a check is written down."""

import tomllib
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.checks.made_lens import Warmer, quiet_world, record_of, warmed

import cuibono
from cuibono.checks.base import claims, does_as_well, examine, holds, report
from cuibono.lenses.base import Lens
from cuibono.model.estimate import Estimate
from cuibono.model.finding import CheckResult, Finding, Measured, Rank
from cuibono.record.record import Record

RECORD = record_of(warmed(quiet_world()))
(FINDING,) = Warmer().look(RECORD)
(CLAIM,) = FINDING.measured


def standing(value: float, place: int, of: int = 100) -> Measured:
    estimate = Estimate(value, value - 1, value + 1, "z")
    return replace(CLAIM, estimate=estimate, ranks=(Rank(place, of, "all relations"),))


@pytest.mark.parametrize(
    ("one", "claimed"),
    [
        (standing(3.0, 5), True),
        (standing(3.0, 6), False),
        (replace(standing(3.0, 1), ranks=()), False),
        (replace(standing(3.0, 1), estimate=None), False),
        (replace(standing(3.0, 1), verdict="common"), False),
    ],
    ids=["best twentieth", "below it", "no rank", "cannot be told", "foretells others too"],
)
def test_a_claim_has_a_number_in_the_best_twentieth(one: Measured, claimed: bool) -> None:
    assert claims(replace(FINDING, measured=(one,))) == ((one,) if claimed else ())


@pytest.mark.parametrize(
    ("again", "kept"),
    [
        (standing(1.0, 10), True),
        (standing(1.0, 11), False),
        (standing(-3.0, 1), False),
        (replace(CLAIM, estimate=None), False),
        (None, False),
    ],
    ids=["best tenth", "below it", "mirrored", "cannot be told", "gone"],
)
def test_a_claim_holds_with_its_sign_in_the_best_tenth(
    again: Measured | None, kept: bool
) -> None:
    assert holds(again, standing(3.0, 2)) is kept


@given(value=st.floats(0.1, 9), place=st.integers(1, 100))
def test_what_does_as_well_also_holds(value: float, place: int) -> None:
    claim = standing(3.0, 2)
    other = standing(value, place)
    assert does_as_well(other, claim) == (place <= 2 and value >= 3.0)
    assert holds(other, claim) or not does_as_well(other, claim)


def test_a_claim_does_as_well_as_itself() -> None:
    assert does_as_well(CLAIM, CLAIM)


def test_a_result_names_its_claim_or_the_whole_finding() -> None:
    assert report("thinning", "passed", "thinning", CLAIM, n=3, looks=3) == CheckResult(
        check="thinning",
        verdict="passed",
        said="still there in 3 of 3 draws of half of the reports",
        about="warming",
    )
    assert report("spike_in", "informational", "cannot_plant").about == ""


def test_every_sentence_is_said_by_some_check() -> None:
    root = Path(cuibono.__file__).parent / "checks"
    code = "".join(path.read_text("utf-8") for path in root.glob("*.py"))
    text = files("cuibono.checks").joinpath("checks.toml").read_text("utf-8")
    assert [key for key in tomllib.loads(text) if f'"{key}"' not in code] == []


class Beside:
    """Says how many findings stand beside the one it is shown."""

    name = "beside"
    looks = 0

    def check(
        self, lens: Lens, record: Record, finding: Finding, beside: tuple[Finding, ...]
    ) -> tuple[CheckResult, ...]:
        said = f"{len(beside)} beside {finding.source}"
        return (CheckResult(check=self.name, verdict="informational", said=said),)


def test_every_finding_is_shown_to_every_check_with_the_others_beside_it() -> None:
    found = (FINDING, replace(FINDING, source="second"))
    tried = examine((Beside(), Beside()), Warmer(), RECORD, found)
    assert [[r.said for r in f.checks] for f in tried] == [
        ["1 beside simulated"] * 2,
        ["1 beside second"] * 2,
    ]


def test_checks_that_a_lens_made_itself_are_kept() -> None:
    own = CheckResult(check="own", verdict="passed", said="it looked twice")
    (tried,) = examine((), Warmer(), RECORD, (replace(FINDING, checks=(own,)),))
    assert tried.checks == (own,)


def test_without_checks_nothing_is_said() -> None:
    nothing = replace(FINDING, measured=())
    assert examine((), Warmer(), RECORD, (nothing,)) == (nothing,)


@pytest.mark.parametrize(("probability", "claimed"), [(0.49, False), (0.5, True)])
def test_what_is_less_probable_than_not_claims_nothing(
    probability: float, claimed: bool
) -> None:
    estimate = Estimate(probability, 0.1, 0.9, "probability")
    one = replace(FINDING.measured[0], estimate=estimate, ranks=(Rank(1, 100, "all"),))
    assert claims(replace(FINDING, measured=(one,))) == ((one,) if claimed else ())
