"""What is claimed of contests made by hand, where every number is known."""

from dataclasses import dataclass
from itertools import product
from types import SimpleNamespace

import numpy as np
import pytest
from tests.lenses.naming import name_drivers

from cuibono.lenses import motives
from cuibono.lenses.contest import Contest
from cuibono.lenses.motives import LEAST_RIVALS, WRONG, Motives
from cuibono.lenses.motives_claims import AGAINST, FALSE, PROBABLE, STRONG, limit
from cuibono.lenses.motives_shares import Shares
from cuibono.lenses.power import TRIALS
from cuibono.model.finding import Finding, Measured
from cuibono.stats.attribution import Calibration
from cuibono.stats.driver_sets import MOST, SetEvidence
from cuibono.testing.records import make_record
from cuibono.testing.worlds import World, simulate_events

TARGET, ONE, TWO = ("A00", "A01"), ("A02", "A03"), ("A04", "A05")
PANEL = simulate_events(1, World(actors=16, busy={TARGET: 60.0, ONE: 60.0, TWO: 60.0}))
RELATIONS = PANEL.relations
DB = np.log(10) / 10


@dataclass(frozen=True)
class Part:
    """All that the claims read of a channel: which sets there are, and the levels."""

    sets: SetEvidence
    tracked: SimpleNamespace
    focal: SimpleNamespace


def contest(
    alone: tuple[float, float],
    both: float | None = None,
    *,
    opposite: float = -20.0,
    crowd: int = 0,
    unlisted: tuple[float, ...] = (),
    alike: bool = False,
) -> Contest:
    """Two drivers with evidence in decibans, in a world of relations without any.

    `crowd` relations do as well as the first; some that nobody listed have `unlisted`, and
    move as one if they are `alike`.
    """
    member = np.array(list(product([0, 1], repeat=2)), dtype=bool)[[0, 2, 1, 3]]
    together = sum(alone) if both is None else both
    world = np.full((len(RELATIONS), 2), -6 * DB)
    for relation, weight in zip((ONE, TWO), alone, strict=True):
        world[RELATIONS.index(relation)] = weight * DB, opposite * DB
    free = [i for i, r in enumerate(RELATIONS) if not {*r} & {"A00", "A01", "A02", "A04"}]
    # One of a pair's two directions each, so that nothing but levels makes them alike.
    free = [i for i in free if RELATIONS[i][0] < RELATIONS[i][1]] + free
    world[free[len(unlisted) : len(unlisted) + crowd], 0] = alone[0] * DB
    levels = np.random.default_rng(0).normal(size=(len(RELATIONS), 30))
    for place, weight in zip(free, unlisted, strict=False):
        world[place, 0] = weight * DB
        levels[place] = levels[free[0]] if alike else levels[place]
    return Contest(
        drivers=((ONE, 1), (TWO, 1)),
        relations=RELATIONS,
        rival=np.array([r not in (TARGET, TARGET[::-1]) for r in RELATIONS]),
        parts=(
            Part(
                SetEvidence(member, np.arange(4), member - 1, np.zeros((4, 1, 1))),
                SimpleNamespace(mean=levels),
                SimpleNamespace(used=np.arange(30), controls=np.zeros((30, 1))),
            ),
        ),  # type: ignore[arg-type]
        log_bf=np.array([0, *alone, together]) * DB,
        world=world,
    )


LEARNT = Calibration(slope=0.5, stretch=2.0, covered=9, trials=12)


def shares(n: int, learnt: Calibration | None) -> Shares:
    """The same share for each that is asked for: 0.6 as estimated, give or take 0.05."""
    used = SimpleNamespace(used=np.arange(3))
    return Shares(
        part=SimpleNamespace(channel="tone", focal=used),  # type: ignore[arg-type]
        value=np.full(n, 0.6),
        deviation=np.full(n, 0.05),
        path=np.zeros((n, 3, 3)),
        calibration=learnt,
        found=12,
    )


def claim(
    monkeypatch: pytest.MonkeyPatch,
    held: Contest,
    found: int = TRIALS,
    learnt: Calibration | None = LEARNT,
) -> Finding:
    monkeypatch.setattr(motives, "hold_contest", lambda *_: held)
    monkeypatch.setattr(motives, "count_found", lambda *_: found)
    monkeypatch.setattr(motives, "attribute", lambda *asked: shares(len(asked[3]), learnt))
    case = name_drivers(TARGET, {"pull": [(ONE, 1)], "rival": [(TWO, 1)]}, (0.25, 0.25))
    (finding,) = Motives().look(make_record(case, {("simulated", "week"): PANEL}))
    return finding


def driver(finding: Finding, relation: tuple[str, str] = ONE) -> Measured:
    (one,) = [m for m in finding.measured if m.id == f"{'-'.join(relation)}.warm"]
    return one


def test_a_probable_and_rare_driver_is_supported(monkeypatch: pytest.MonkeyPatch) -> None:
    finding = claim(monkeypatch, contest((20.0, -3.0)))
    assert driver(finding).verdict == "supported"
    assert finding.said[0] == "The data support warms with A02→A03."


def test_the_probability_is_that_of_bayes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prior odds of 1:3 and evidence of 10 dB, a factor of ten, make 10:3."""
    estimate = driver(claim(monkeypatch, contest((10.0, 0.0)))).estimate
    assert estimate is not None
    assert estimate.value == pytest.approx(10 / 13)


def test_what_many_relations_do_is_not_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    crowd = int(FALSE / 2 * len(RELATIONS)) + 1
    finding = claim(monkeypatch, contest((20.0, -3.0), crowd=crowd))
    assert driver(finding).verdict == "probable_but_common"
    assert FALSE / 2 < driver(finding).ranks[0].share < FALSE
    assert finding.said[0] == "The data do not discriminate between the listed third parties."


def test_two_that_stand_for_each_other_are_not_separable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    finding = claim(monkeypatch, contest((20.0, 20.0), both=15.0))
    assert driver(finding).verdict == driver(finding, TWO).verdict == "shared"
    assert "A04→A05" in driver(finding).said
    assert finding.said[0].startswith("At least one of warms with A02→A03, warms with A04→A05")


def test_two_that_add_up_are_both_supported(monkeypatch: pytest.MonkeyPatch) -> None:
    finding = claim(monkeypatch, contest((20.0, 20.0)))
    assert [driver(finding, r).verdict for r in (ONE, TWO)] == ["supported", "supported"]


def test_a_strong_effect_of_the_other_sign_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    finding = claim(monkeypatch, contest((-4.0, 0.0), opposite=STRONG + 1))
    assert driver(finding).verdict == "opposite"
    assert f"{STRONG + 1:+.1f} dB" in driver(finding).said


def test_little_evidence_leaves_a_driver_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    finding = claim(monkeypatch, contest((1.0, -1.0)))
    assert driver(finding).verdict == driver(finding, TWO).verdict == "undecided"
    assert "−1.0 dB" in driver(finding, TWO).said


def test_evidence_against_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    finding = claim(monkeypatch, contest((AGAINST - 0.1, 0.0)))
    assert driver(finding).verdict == "spoken_against"
    (whole,) = [m for m in finding.measured if m.id == "pull"]
    assert whole.verdict == "explanation_against"


def test_where_nothing_would_be_found_nothing_speaks_against(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    finding = claim(monkeypatch, contest((AGAINST - 0.1, 0.0)), TRIALS // 2 - 1)
    assert driver(finding).verdict == "blind"
    (whole,) = [m for m in finding.measured if m.id == "pull"]
    assert whole.verdict == "explanation_undecided"
    assert f"{TRIALS // 2 - 1} would be found probable" in finding.could_see


@pytest.mark.parametrize(("weight", "verdict"), [(20.0, "supported"), (3.0, "undecided")])
def test_an_explanation_follows_its_third_parties(
    monkeypatch: pytest.MonkeyPatch, weight: float, verdict: str
) -> None:
    finding = claim(monkeypatch, contest((weight, 0.0)))
    (whole,) = [m for m in finding.measured if m.id == "pull"]
    assert whole.verdict == f"explanation_{verdict}"
    assert whole.estimate == driver(finding).estimate


def test_a_rival_that_nobody_listed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    tries = 10 * np.log10(2 * len(RELATIONS) / WRONG)
    finding = claim(monkeypatch, contest((5.0, 0.0), unlisted=(tries + 5,)))
    assert finding.said[1].startswith("A rival nobody listed does better")


@pytest.mark.parametrize(
    ("alike", "named", "said"), [(True, 1, " (and 2 alike)."), (False, 3, "")]
)
def test_rivals_that_tell_one_story_are_named_once(
    monkeypatch: pytest.MonkeyPatch, alike: bool, named: int, said: str
) -> None:
    tries = 10 * np.log10(2 * len(RELATIONS) / WRONG)
    weights = (tries + 5, tries + 4, tries + 3)
    (_, finding) = claim(monkeypatch, contest((5.0, 0.0), unlisted=weights, alike=alike)).said
    assert finding.count("→") == named
    assert finding.endswith(said)


@pytest.mark.parametrize("weight", [4.0, 15.0])
def test_the_best_of_so_many_is_not_named_for_being_the_best(
    monkeypatch: pytest.MonkeyPatch, weight: float
) -> None:
    finding = claim(monkeypatch, contest((3.0, 0.0), unlisted=(weight,)))
    assert finding.said[1].startswith("Nothing that nobody listed")


def test_a_listed_driver_above_all_is_no_unlisted_rival(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert claim(monkeypatch, contest((60.0, 0.0))).said[1].startswith("Nothing that nobody")


def test_every_measured_thing_leads_to_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    for one in claim(monkeypatch, contest((5.0, 0.0))).measured:
        assert all(trace.source == "simulated" for trace in one.traces)
        assert sum(trace.n_rows for trace in one.traces) > 0


def test_the_thresholds_leave_room_for_a_claim() -> None:
    assert 1 / LEAST_RIVALS <= FALSE / MOST
    assert PROBABLE > 0.5


@pytest.mark.parametrize("listed", range(1, MOST + 1))
def test_drivers_placed_by_chance_are_rare_enough_in_one_case_of_twenty(listed: int) -> None:
    """Nobody is at work, and each place in the world is as likely as any other."""
    held = SimpleNamespace(drivers=((ONE, 1),) * listed)
    shares = np.arange(1, 10_001) / 10_000
    expected = listed * np.mean(shares <= limit(held))  # type: ignore[arg-type]
    assert 0.9 * FALSE < expected <= FALSE


def test_who_is_at_work_is_given_a_corrected_share(monkeypatch: pytest.MonkeyPatch) -> None:
    finding = claim(monkeypatch, contest((20.0, -3.0)))
    (share,) = [m for m in finding.measured if m.id.endswith(".share")]
    assert share.estimate is not None
    assert share.estimate.value == pytest.approx(0.3)
    assert share.estimate.high - share.estimate.value == pytest.approx(1.645 * 2 * 0.05)
    assert "9 lay in such an interval" in share.said


def test_without_calibration_no_interval_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    finding = claim(monkeypatch, contest((20.0, -3.0)), learnt=None)
    (share,) = [m for m in finding.measured if m.id.endswith(".share")]
    assert (share.estimate, share.verdict) == (None, "share_unknown")


def test_those_not_separable_are_given_one_share(monkeypatch: pytest.MonkeyPatch) -> None:
    finding = claim(monkeypatch, contest((20.0, 20.0), both=-30.0))
    (share,) = [m for m in finding.measured if m.id.endswith(".share")]
    assert share.verdict == "share_together"
    assert share.said.startswith("not separable")
    assert len(share.traces) == 3


def test_a_share_is_drawn_over_time(monkeypatch: pytest.MonkeyPatch) -> None:
    finding = claim(monkeypatch, contest((20.0, -3.0)))
    (chart,), (path,) = finding.charts, finding.series
    assert (chart.kind, chart.series) == ("lines", (path.id,))
    assert len(path.points) == 3


def test_where_nobody_is_probable_no_share_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    finding = claim(monkeypatch, contest((1.0, -1.0)))
    assert not finding.charts
    assert not [m for m in finding.measured if m.id.endswith(".share")]
