"""Each check breaks what is hollow, spares what is sound, and says where it cannot tell."""

from dataclasses import replace
from importlib.metadata import EntryPoint

import numpy as np
import pytest
from tests.checks.made_lens import FOCAL, Warmer, quiet_world, record_of, warmed

from cuibono.checks import known
from cuibono.checks.base import Check, examine
from cuibono.checks.coverage_drift import CoverageDrift, even
from cuibono.checks.known import GROUP, known_checks
from cuibono.checks.leave_one_out import LEAVE_ONE_OUT
from cuibono.checks.other_source import OtherSource
from cuibono.checks.placebo_time import PLACEBO_TIME
from cuibono.checks.placebo_world import PLACEBO_WORLD
from cuibono.checks.spike_in import SpikeIn
from cuibono.checks.thinning import THINNING
from cuibono.lenses.base import Lens
from cuibono.model.estimate import Estimate
from cuibono.model.finding import CheckResult, Finding
from cuibono.model.panel import Panel
from cuibono.record.record import Record

REPEATED = [PLACEBO_WORLD, PLACEBO_TIME, CoverageDrift(), LEAVE_ONE_OUT, THINNING]
SOUND = warmed(quiet_world())
QUIET = quiet_world()


def tried(check: Check, *panels: Panel, lens: Lens | None = None) -> list[CheckResult]:
    record = record_of(*panels)
    eye = lens or Warmer()
    found = eye.look(record)
    chosen = next(f for f in found if f.source == panels[0].source)
    beside = tuple(f for f in found if f is not chosen)
    return list(check.check(eye, record, chosen, beside))


@pytest.mark.parametrize("check", REPEATED, ids=lambda check: check.name)
def test_a_sound_claim_passes(check: Check) -> None:
    results = tried(check, SOUND)
    assert [(r.verdict, r.about) for r in results] == [("passed", "warming")]


@pytest.mark.parametrize("check", [*REPEATED, OtherSource()], ids=lambda check: check.name)
def test_where_nothing_is_claimed_nothing_is_broken(check: Check) -> None:
    assert tried(check, QUIET) == []


def test_a_finding_without_a_claim_says_that_it_was_not_tried() -> None:
    record = record_of(QUIET)
    (finding,) = examine(known_checks("all"), Warmer(), record, Warmer().look(record))
    assert [r.verdict for r in finding.checks if r.check == "every check"] == ["informational"]


class Flatterer(Warmer):
    """Claims the same of everybody, a little more each time."""

    looked = 0

    def look(self, record: Record) -> tuple[Finding, ...]:
        Flatterer.looked += 1
        (claim,) = Warmer().look(record_of(SOUND))[0].measured
        more = Estimate(9.0 + Flatterer.looked, 0.0, 99.0, "z")
        flattered = replace(claim, estimate=more)
        return tuple(replace(f, measured=(flattered,)) for f in Warmer.look(self, record))


class Unmoved(Warmer):
    """Finds the same whatever is done to the record."""

    def look(self, record: Record) -> tuple[Finding, ...]:
        return Warmer.look(self, record_of(SOUND))


@pytest.mark.parametrize("check", [PLACEBO_WORLD, PLACEBO_TIME])
def test_a_claim_that_everything_would_make_fails(check: Check) -> None:
    (result,) = tried(check, SOUND, lens=Flatterer())
    assert result.verdict == "failed"
    assert "20 of 20" in result.said


@pytest.mark.parametrize("check", REPEATED, ids=lambda check: check.name)
def test_a_claim_that_no_change_touches_is_not_judged(check: Check) -> None:
    (result,) = tried(check, SOUND, lens=Unmoved())
    assert (result.verdict, result.about) == ("informational", "warming")


def test_at_even_coverage_a_source_that_grew_is_as_loud_at_the_end_as_before() -> None:
    grown = replace(
        SOUND,
        channels={
            name: values * np.linspace(1, 40, SOUND.starts.size).round()
            for name, values in QUIET.channels.items()
        },
    )
    evened = even(grown)
    whole = evened.channels["all"].sum(axis=0)
    assert whole.max() < 3 * np.median(whole)


def test_a_claim_of_one_fifth_of_the_days_fails() -> None:
    row, last = QUIET.index[FOCAL], QUIET.starts.size * 4 // 5
    channels = {name: values.copy() for name, values in QUIET.channels.items()}
    for name, values in channels.items():
        values[row] = {"all": 12, "verbal_cooperation": 6, "verbal_conflict": 6}.get(name, 0)
    channels["verbal_cooperation"][row, last:] += 60
    results = tried(LEAVE_ONE_OUT, replace(QUIET, channels=channels))
    assert [r.verdict for r in results] == ["failed"]
    assert results[0].said.startswith("still there in 4 of 5")


def test_a_claim_of_a_handful_of_events_is_thinned_away() -> None:
    small = replace(SOUND, channels={n: (v > 0) * 1.0 for n, v in SOUND.channels.items()})
    (result,) = tried(THINNING, SOUND)
    assert result.said == "still there in 3 of 3 draws of half of the reports"
    assert all(r.verdict == "failed" for r in tried(THINNING, small))


def test_another_source_agrees_contradicts_or_cannot_tell() -> None:
    def beside(panel: Panel) -> CheckResult:
        return tried(OtherSource(), SOUND, replace(panel, source="second"))[0]

    assert beside(SOUND).verdict == "passed"
    assert beside(QUIET).verdict == "informational"
    assert beside(warmed(QUIET, -1)).verdict == "failed"
    assert tried(OtherSource(), SOUND)[0].said == "no other source measures it"


def test_a_planted_effect_is_found_or_the_lens_is_blind() -> None:
    (result,) = tried(SpikeIn(), QUIET)
    assert (result.verdict, result.about) == ("passed", "")

    class Blind(Warmer):
        def plant(self, record: Record, sign: int) -> Record:
            return record

    (result,) = tried(SpikeIn(), QUIET, lens=Blind())
    assert result.verdict in ("failed", "informational")


def test_a_seam_within_the_days_is_told() -> None:
    record = record_of(SOUND)
    (finding,) = Warmer().look(record)
    quiet = replace(finding, source="gdelt", measured=())
    assert CoverageDrift().check(Warmer(), record, quiet, ()) == ()
    days = replace(finding.span, start=finding.span.start.replace(year=2013))
    long = replace(quiet, span=days)
    said = [r.said for r in CoverageDrift().check(Warmer(), record, long, ())]
    assert len(said) == 2
    assert all(one.startswith("the source itself changed:") for one in said)


def test_the_usual_checks_look_at_most_three_times_and_all_are_seven() -> None:
    assert [c.name for c in known_checks()] == ["other_source", "coverage_drift", "thinning"]
    assert len(known_checks("all")) == 7
    assert known_checks("none") == ()


def test_a_check_of_another_package_comes_after_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = EntryPoint("third", "cuibono.checks.spike_in:SpikeIn", GROUP)
    monkeypatch.setattr(known, "entry_points", lambda group: [theirs][: group == GROUP])
    names = [check.name for check in known_checks.__wrapped__("all")]
    assert names == [*(check.name for check in known_checks("all")), "spike_in"]


def test_a_lens_that_cannot_plant_says_so() -> None:
    class Bare:
        name, question = "bare", "Did it warm?"

        def look(self, record: Record) -> tuple[Finding, ...]:
            return Warmer().look(record)

    (result,) = tried(SpikeIn(), QUIET, lens=Bare())
    assert (result.verdict, result.said) == (
        "informational",
        "this lens has no way to plant what it looks for",
    )
