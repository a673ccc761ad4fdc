"""A lens that needs no explaining, and worlds that give it something to find or nothing."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from tests.lenses.naming import dyad

from cuibono.model.case import Case, Explanation
from cuibono.model.estimate import Estimate
from cuibono.model.finding import Finding, Measured, Rank
from cuibono.model.panel import Panel
from cuibono.model.period import Grid, Period
from cuibono.record.record import Record
from cuibono.testing.records import make_record
from cuibono.testing.worlds import World, simulate_events

FOCAL = ("A00", "A01")
SOURCE = "simulated"


def made_case(relation: tuple[str, str] = FOCAL) -> Case:
    why = Explanation(id="a", name="A", mechanism="m", nearest_rival="b", discriminator="d")
    return Case(
        name="made",
        title="Made",
        question="Why?",
        relation=dyad(relation),
        period=Period(date(2021, 1, 4), date(2023, 1, 1)),
        explanations=(why, replace(why, id="b", nearest_rival="a")),
        documents=(),
        evidence=(),
    )


@dataclass(frozen=True, slots=True)
class Warmer:
    """Has the relation more cooperation in the second half than in the first?"""

    name: str = "warmer"
    question: str = "Did it warm?"
    planted: str = "half of its conflict turned to cooperation"

    def look(self, record: Record) -> tuple[Finding, ...]:
        return tuple(self._look(record, source) for source in record.sources("events"))

    def _look(self, record: Record, source: str) -> Finding:
        panel = record.events(source, Grid.WEEK)
        focal = record.case.relation.ids
        scores = score(panel)
        row = panel.index[focal]
        place = 1 + int((np.abs(scores) >= abs(scores[row])).sum()) - 1
        one = Measured(
            id="warming",
            label="warming",
            estimate=Estimate(scores[row], scores[row] - 1, scores[row] + 1, "z"),
            how="a difference of shares",
            verdict="seen",
            said="it warmed",
            traces=(panel.trace(focal),),
            ranks=(Rank(place, scores.size, "all relations"),),
        )
        return Finding(
            lens=self.name,
            question=self.question,
            about="→".join(focal),
            source=source,
            span=panel.span,
            specifications=("halves",),
            said=("it warmed",),
            could_see="",
            measured=(one,),
        )

    def plant(self, record: Record, sign: int) -> Record:
        def change(source: str, grid: Grid) -> Panel:
            return warmed(record.events(source, grid), sign)

        return replace(record, events=change)


def score(panel: Panel) -> np.ndarray:
    """Give the z of the second half's share of cooperation over the first's."""
    half = panel.starts.size // 2
    good = panel.channels["verbal_cooperation"] + panel.channels["material_cooperation"]
    bad = panel.channels["verbal_conflict"] + panel.channels["material_conflict"]
    k = np.stack([good[:, :half].sum(axis=1), good[:, half:].sum(axis=1)])
    n = k + np.stack([bad[:, :half].sum(axis=1), bad[:, half:].sum(axis=1)])
    p = (k + 0.5) / (n + 1)
    return (p[1] - p[0]) / np.sqrt((p * (1 - p) / (n + 1)).sum(axis=0))


def warmed(panel: Panel, sign: int = 1, share: float = 0.9) -> Panel:
    """Turn most conflict of the focal relation's second (or first) half to cooperation."""
    row, half = panel.index[FOCAL], panel.starts.size // 2
    where = slice(half, None) if sign > 0 else slice(None, half)
    other = slice(None, half) if sign > 0 else slice(half, None)
    channels = {name: values.copy() for name, values in panel.channels.items()}
    for kind in ("verbal", "material"):
        good, bad = channels[f"{kind}_cooperation"], channels[f"{kind}_conflict"]
        moved = np.floor(share * bad[row, where])
        good[row, where] += moved
        bad[row, where] -= moved
        lost = np.floor(share * good[row, other])
        bad[row, other] += lost
        good[row, other] -= lost
    return replace(panel, channels=channels)


def quiet_world(seed: int = 3) -> Panel:
    return simulate_events(seed, World(busy={FOCAL: 12.0, ("A02", "A03"): 12.0}, moods=0.0))


def record_of(panel: Panel, *others: Panel) -> Record:
    panels = {(p.source, "week"): p for p in (panel, *others)}
    return make_record(made_case(), panels)
