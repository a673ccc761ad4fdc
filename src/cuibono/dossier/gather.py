"""Run a case: ask every layer once, and keep what each found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cuibono.checks.base import Check, examine
from cuibono.checks.known import known_checks
from cuibono.lenses.known import known_lenses
from cuibono.model.actor import DirectedDyad
from cuibono.model.case import Case
from cuibono.model.dossier import Series
from cuibono.model.finding import Finding
from cuibono.model.period import Grid
from cuibono.model.weight import Timeline, Weighing
from cuibono.record.case_bounds import set_bounds
from cuibono.record.coverage import Coverage, coverage_of
from cuibono.record.instruments import InstrumentShare, instrument_shares
from cuibono.record.origins import Told, count_told
from cuibono.record.record import open_record
from cuibono.record.relation import agreement, attention, distance
from cuibono.store.store import Store
from cuibono.vocab.events import QUADS
from cuibono.weighing.ledger import LedgerRow, build_ledger
from cuibono.weighing.measured import add_measured
from cuibono.weighing.timeline import weigh_over_time
from cuibono.weighing.weigh import weigh

EVENTS, VOTES, POINTS = "icews", "un_votes", "ideal_points"
SOURCES = (EVENTS, VOTES, POINTS, "ucdp_ged", "declared_vs_done")

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Everything a dossier is composed of, before it is put into words.

    Attributes
    ----------
    case : Case
        What was asked, with what was measured among its evidence.
    store : Store
        What was known.
    coverage : tuple of Coverage
        Each source for each actor of the case.
    record : tuple of Series
        The focal relation by quad, its reply, and the relations beside it.
    instruments : tuple of tuple of InstrumentShare
        By relation, by what means it was conducted.
    told : tuple of Told
        By relation, its events raw and collapsed to origins.
    votes, points : tuple of Series
        Agreement in the United Nations, and distance of ideal points.
    findings : tuple of Finding
        What every lens found, lens by lens.
    ledger : tuple of LedgerRow
        Origins by explanations.
    weighing : Weighing
        What the ledger comes to.
    timeline : Timeline
        What it comes to period by period.
    """

    case: Case
    store: Store
    coverage: tuple[Coverage, ...]
    record: tuple[Series, ...]
    instruments: tuple[tuple[InstrumentShare, ...], ...]
    told: tuple[Told, ...]
    votes: tuple[Series, ...]
    points: tuple[Series, ...]
    findings: tuple[Finding, ...]
    ledger: tuple[LedgerRow, ...]
    weighing: Weighing
    timeline: Timeline


def gather(
    case: Case,
    store: Store,
    progress: Progress = lambda stage: None,
    checks: tuple[Check, ...] | None = None,
) -> Gathered:
    """Run every layer for a case.

    Parameters
    ----------
    case : Case
        The question.
    store : Store
        What is known.
    progress : callable, optional
        Told the name of each stage as it begins.
    checks : tuple of Check, optional
        Ways to break what the lenses find; by default those that every run
        can afford.

    Returns
    -------
    Gathered
        What was found; a source without a row for the relation gives none.
    """
    progress("coverage")
    coverage = tuple(
        coverage_of(store, source, actor, case.period)
        for source in SOURCES
        for actor in case.actors
    )
    progress("record")
    events = [
        dyad for dyad in (case.relation, *_beside(case)) if _knows(coverage, EVENTS, dyad)
    ]
    record = _record(case, store, events)
    instruments = _conducted(case, store, events)
    told = tuple(count_told(store, EVENTS, dyad, case.period) for dyad in events)
    votes, points = _measured(case, store)
    tried = known_checks() if checks is None else checks
    findings = _findings(case, store, progress, tried)
    progress("weighing")
    weighed = add_measured(set_bounds(case, store), findings)
    return Gathered(
        case=weighed,
        store=store,
        coverage=coverage,
        record=record,
        instruments=instruments,
        told=tuple(one for one in told if one.events),
        votes=votes,
        points=points,
        findings=findings,
        ledger=build_ledger(weighed),
        weighing=weigh(weighed),
        timeline=weigh_over_time(weighed),
    )


def _knows(coverage: Sequence[Coverage], source: str, dyad: DirectedDyad) -> bool:
    """Tell whether a source sees both parties; where it does not, no row means nothing."""
    seen = {one.actor for one in coverage if one.source == source and one.covered}
    return {dyad.actor, dyad.recipient} <= seen


def _record(case: Case, store: Store, dyads: Sequence[DirectedDyad]) -> tuple[Series, ...]:
    asked = [
        (dyad, quad)
        for dyad in dyads
        for quad in (("", *QUADS) if dyad == case.relation else ("",))
    ]
    series = [
        attention(store, EVENTS, dyad, Grid.MONTH, case.period, quad) for dyad, quad in asked
    ]
    return tuple(one for one in series if one.points)


def _beside(case: Case) -> list[DirectedDyad]:
    """List the reply and the relations to compare, each once, the focal one left out."""
    beside = dict.fromkeys((case.relation.reverse, *case.compare))
    return [dyad for dyad in beside if dyad != case.relation]


def _conducted(
    case: Case, store: Store, dyads: Sequence[DirectedDyad]
) -> tuple[tuple[InstrumentShare, ...], ...]:
    found = [instrument_shares(store, EVENTS, dyad, case.period) for dyad in dyads]
    return tuple(shares for shares in found if shares)


def _measured(case: Case, store: Store) -> tuple[tuple[Series, ...], tuple[Series, ...]]:
    pairs: dict[frozenset[str], DirectedDyad] = {}
    for dyad in (case.relation, *case.compare):
        pairs.setdefault(frozenset(dyad.ids), dyad)
    votes = [agreement(store, VOTES, dyad, case.period) for dyad in pairs.values()]
    points = [distance(store, POINTS, dyad, case.period) for dyad in pairs.values()]
    return tuple(s for s in votes if s.points), tuple(s for s in points if s.points)


def _findings(
    case: Case, store: Store, progress: Progress, checks: tuple[Check, ...]
) -> tuple[Finding, ...]:
    record = open_record(case, store)
    found: list[Finding] = []
    for lens in known_lenses():
        progress(lens.name.replace("_", " "))
        found += examine(checks, lens, record, lens.look(record))
    return tuple(found)
