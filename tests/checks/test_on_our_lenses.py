"""The checks on a shipped lens: what is planted survives, and time cannot touch a mix."""

import pytest
from tests.lenses.made_acts import acts_record, made_acts

from cuibono.checks.base import Check, claims, examine
from cuibono.checks.coverage_drift import CoverageDrift
from cuibono.checks.known import known_checks
from cuibono.checks.leave_one_out import LEAVE_ONE_OUT
from cuibono.checks.placebo_time import PLACEBO_TIME
from cuibono.checks.placebo_world import PLACEBO_WORLD
from cuibono.checks.spike_in import SpikeIn
from cuibono.checks.thinning import THINNING
from cuibono.lenses.instruments import Instruments
from cuibono.model.finding import CheckResult, Finding
from cuibono.record.record import Record

LENS = Instruments()
PLAIN = acts_record(made_acts(31))
PLANTED = LENS.plant(acts_record(made_acts(32)), 1)


def found(record: Record) -> Finding:
    (finding,) = LENS.look(record)
    return finding


def results(check: Check, record: Record) -> dict[str, CheckResult]:
    return {r.about: r for r in check.check(LENS, record, found(record), ())}


def test_what_was_planted_is_claimed() -> None:
    assert "delivered" in {claim.id for claim in claims(found(PLANTED))}


@pytest.mark.parametrize(
    "check", [PLACEBO_WORLD, CoverageDrift(), LEAVE_ONE_OUT, THINNING], ids=lambda c: c.name
)
def test_a_planted_mix_survives(check: Check) -> None:
    assert results(check, PLANTED)["delivered"].verdict == "passed"


def test_a_mix_has_nothing_to_do_with_time() -> None:
    assert results(PLACEBO_TIME, PLANTED)["delivered"].verdict == "informational"


def test_most_of_what_is_planted_elsewhere_is_found_too() -> None:
    (result,) = results(SpikeIn(), PLAIN).values()
    assert result.verdict == "passed"
    assert LENS.planted in result.said


def test_every_claim_is_tried_by_every_check() -> None:
    (tried,) = examine(known_checks("all"), LENS, PLANTED, (found(PLANTED),))
    per_claim = {check.name for check in known_checks("all")} - {"spike_in"}
    for claim in claims(tried):
        assert {r.check for r in tried.checks if r.about == claim.id} == per_claim
