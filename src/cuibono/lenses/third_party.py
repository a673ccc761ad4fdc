"""Third parties: what moves a relation, ranked against the whole world."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from cuibono.lenses.asked import (
    Driver,
    driver_id,
    listed_drivers,
    panels_of,
    write_relation,
)
from cuibono.lenses.drawn import draw_world, mark_world
from cuibono.lenses.look import declare
from cuibono.lenses.standings import Standing, Standings, rank_drivers
from cuibono.lenses.verdict import COMMON, say
from cuibono.model.case import Case
from cuibono.model.dossier import Chart, Distribution
from cuibono.model.estimate import Z90, Estimate
from cuibono.model.finding import Finding, Measured, Rank
from cuibono.model.panel import Panel
from cuibono.model.trace import Trace
from cuibono.record.record import Record

NAME = "third_party"
QUESTION = "Does the focal relation warm or cool with what a third party does?"
UNIT = "z in the expected direction"

TOLD = {"stands_out", "leans", "against", "middle"}
"""Verdicts that say something of a driver; all others say that nothing could be seen."""

HOW = (
    "largest z of the focal relation on the driver's past, in the expected direction, over all"
    " declared specifications; noise and common movements removed first; negative where the"
    " opposite direction is larger"
)
OTHERS_ASKED = "the same driver, asked of other relations"
"""Among whom the focal relation has its place in the column: no place of the driver's own."""

MOODS_OUT = "like volume, the moods of its two actors taken out"
"""Among whom a driver has its place once what its actors do to all is taken out."""

ASIDE = {OTHERS_ASKED, MOODS_OUT}
"""Places that qualify the place in the world and weigh nothing by themselves."""

HOW_TOGETHER = "the same score at lag 0, over all channels"

WAYS = {1: "warm", -1: "cool"}


@dataclass(frozen=True, slots=True)
class ThirdParty:
    """Rank third-party relations by how well they foretell the focal one.

    Attributes
    ----------
    name, question : str
        As every lens has them.
    """

    name: str = NAME
    question: str = QUESTION

    def look(self, record: Record) -> tuple[Finding, ...]:
        """Rank what the explanations name, and the strongest that nobody listed.

        Parameters
        ----------
        record : Record
            The case, and what is known in its days.

        Returns
        -------
        tuple of Finding
            One for each source; none where no explanation names a third party.

        Raises
        ------
        NotCoveredError
            If a source of events lacks a channel.
        """
        case = record.case
        if not any(explanation.predictions for explanation in case.explanations):
            return ()
        return tuple(_look(panel, case) for panel in panels_of(record))


def _look(panel: Panel, case: Case) -> Finding:
    listed = listed_drivers(case, panel)
    names = {explanation.id: explanation.name for explanation in case.explanations}
    standings = rank_drivers(panel, case.relation.ids, list(listed))
    worlds, charts = _draw(panel, standings)
    return Finding(
        lens=NAME,
        question=QUESTION,
        about=write_relation(panel, standings.target),
        source=panel.source,
        span=panel.span,
        specifications=tuple(str(spec) for spec in declare(panel)),
        said=tuple(_conclude(panel, standings)),
        could_see=_sight(panel, standings),
        measured=(
            *_listed(panel, standings, listed, names),
            *_together(panel, standings),
            *_unlisted(panel, standings),
        ),
        distributions=worlds,
        charts=charts,
    )


def _conclude(panel: Panel, standings: Standings) -> Iterator[str]:
    def names(verdict: str) -> str:
        return ", ".join(
            f"{_label(panel, one)} (place {one.place:,} of {one.of:,})"
            for one in standings.listed
            if one.verdict == verdict
        )

    told = {one.verdict for one in standings.listed} & TOLD
    if found := names("stands_out"):
        yield say("found", names=found)
    else:
        yield say("found_none" if told else "untold")
    if leads := names("lead"):
        yield say("leads", names=leads)
    if common := ", ".join(filter(None, map(names, sorted(COMMON)))):
        yield say("common_names", names=common)


def _sight(panel: Panel, standings: Standings) -> str:
    share = standings.detectable_share
    key = "could_see" if np.isfinite(share) else "saw_nothing"
    return say(key, n_periods=panel.starts.size, periods=f"{panel.grid}s", share=share)


def _listed(
    panel: Panel,
    standings: Standings,
    listed: Mapping[Driver, tuple[str, ...]],
    names: Mapping[str, str],
) -> Iterator[Measured]:
    for one in standings.listed:
        seen = np.isfinite(one.score)
        named = ", ".join(f"“{names[name]}”" for name in listed[one.driver, one.sign])
        yield Measured(
            id=driver_id((one.driver, one.sign)),
            label=f"{_label(panel, one)}, for {named}",
            estimate=_estimate(one.signed, UNIT) if seen else None,
            how=f"{HOW}; clearest in {one.best}" if seen else HOW,
            verdict=one.verdict,
            said=one.said,
            traces=_traces(panel, standings, one),
            ranks=(
                Rank(one.place, one.of, "all visible relations"),
                Rank(one.matched_place, one.matched_of, "like volume"),
                *_aside(one),
            )
            if seen
            else (),
        )


def _aside(one: Standing) -> Iterator[Rank]:
    if one.column_of:
        yield Rank(one.column_place, one.column_of, OTHERS_ASKED)
    if one.specific_of:
        yield Rank(one.specific_place, one.specific_of, MOODS_OUT)


def _together(panel: Panel, standings: Standings) -> Iterator[Measured]:
    """Report each listed relation's movement in the same period, which has no direction."""
    for one in {one.driver: one for one in standings.listed}.values():
        if np.isfinite(one.together):
            yield Measured(
                id=f"{'-'.join(one.driver)}.together".replace(":", "_"),
                label=f"{write_relation(panel, one.driver)}, in the same {panel.grid}",
                estimate=_estimate(one.together, "z"),
                how=HOW_TOGETHER,
                verdict=(key := _moves(one.together)),
                said=say(key, period=panel.grid),
                traces=_traces(panel, standings, one),
            )


def _moves(z: float) -> str:
    """Say whether two relations moved in the same period at all."""
    return "not_together" if abs(z) < Z90 else "together" if z > 0 else "apart"


def _unlisted(panel: Panel, standings: Standings) -> Iterator[Measured]:
    """Name the first of the world; a place that was chosen for its height is no rank."""
    for one in standings.rivals:
        yield Measured(
            id=driver_id((one.driver, one.sign)),
            label=_label(panel, one),
            estimate=_estimate(one.score, UNIT),
            how=f"{HOW}; clearest in {one.best}",
            verdict=one.verdict,
            said=say("unlisted", place=one.place, of=one.of, said=one.said),
            traces=_traces(panel, standings, one),
        )


def _estimate(z: float, unit: str) -> Estimate:
    return Estimate(z, z - Z90, z + Z90, unit)


def _traces(panel: Panel, standings: Standings, one: Standing) -> tuple[Trace, ...]:
    return panel.trace(standings.target), panel.trace(one.driver), panel.trace()


def _label(panel: Panel, one: Standing) -> str:
    return say(f"label_{WAYS[one.sign]}", driver=write_relation(panel, one.driver))


def _draw(
    panel: Panel, standings: Standings
) -> tuple[tuple[Distribution, ...], tuple[Chart, ...]]:
    """Draw the world once for each expected direction, the listed drivers marked."""
    worlds, charts = [], []
    for sign, way in WAYS.items():
        marked = [s for s in standings.listed if s.sign == sign and np.isfinite(s.score)]
        if not marked:
            continue
        world = draw_world(
            f"{NAME}.{panel.source}.{way}",
            say(f"world_{way}"),
            "z",
            standings.world[sign],
            standings.threshold[sign],
            panel.trace(),
        )
        names = [f"{NAME}.{panel.source}.{driver_id((s.driver, sign))}" for s in marked]
        charts.append(
            mark_world(world, say(f"chart_{way}", source=panel.source), say("caption"), *names)
        )
        worlds.append(world)
    return tuple(worlds), tuple(charts)
