"""Turning points: when the level of a relation changed, if it did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Literal

import numpy as np

from cuibono.lenses.asked import orient, write_relation
from cuibono.lenses.dating import EXPECTED, Beside, Dating, date_level
from cuibono.lenses.ground import APART, Ground, lay_ground
from cuibono.lenses.levels import levels_of
from cuibono.lenses.levels_drawn import Drawn, draw_level
from cuibono.lenses.opened import open_events, open_votes
from cuibono.lenses.prose import fill
from cuibono.model.actor import Relation
from cuibono.model.dossier import Chart
from cuibono.model.estimate import Estimate
from cuibono.model.finding import CheckResult, Finding, Measured
from cuibono.model.panel import Panel
from cuibono.model.period import Grid
from cuibono.record.record import Record
from cuibono.stats.turning import Turn
from cuibono.vocab.words import likelihood_words

NAME = "turning_points"
QUESTION = "When did the relation change, if it did?"

MOST_PERIODS = 320
"""Weeks above which months are looked at: over six years and more a turning
point is a matter of months, and matrices grow with the square."""

SHOWN = {Grid.WEEK: 10, Grid.MONTH: 7, Grid.YEAR: 4}
"""Characters of an ISO day that name a period."""

LIKELY = 0.5
"""Probability from which a change is called one."""

VERDICTS: dict[str, Literal["passed", "failed", "informational"]] = {
    "own": "passed",
    "shared": "failed",
    "unclear": "informational",
    "alone": "informational",
}

HOW = (
    "step in the level, all sets of dates and all noise states (persistence and counting)"
    " weighed; mean and 90 % interval"
)
HOW_MANY = "median and 5 to 95 % of the number of changes over all sets of dates"


@dataclass(frozen=True, slots=True)
class TurningPoints:
    """Date the changes of a relation's level, each with its probability.

    Attributes
    ----------
    name, question : str
        As every lens has them.
    """

    name: str = NAME
    question: str = QUESTION

    def look(self, record: Record) -> tuple[Finding, ...]:
        """Date the changes in every source that could know the relation.

        Parameters
        ----------
        record : Record
            The case, and what is known in its days.

        Returns
        -------
        tuple of Finding
            One for each source of events or of agreement; "no turning point"
            and "cannot be told" are findings.
        """
        target = record.case.relation.ids
        panels = chain(open_events(record, MOST_PERIODS), open_votes(record.measures, record))
        return tuple(_find(panel, target) for panel in panels)


def _find(panel: Panel, target: Relation) -> Finding:
    target = orient(panel, target)
    facts, levels = _Facts(panel, target), levels_of(panel)
    ground = lay_ground(panel, target) if target in panel.index else None
    if ground is None or not ground.can_date:
        key = "too_short" if ground else "not_covered"
        silence = facts.silent("all", "all levels", key, ground)
        return _finding(facts, silence.said + ".", (), (silence,), ())
    dated = [(level, date_level(ground, level)) for level in levels]
    measured: list[Measured] = []
    checks: list[CheckResult] = []
    for level, dating in dated:
        if dating is None:
            measured.append(facts.silent(level.name, level.label, "never_moves", ground))
            continue
        measured += [_count(facts, ground, dating), *_turns(facts, ground, dating)]
        checks += _check(facts, ground, dating)
    found = tuple(dating for _, dating in dated if dating)
    drawn = tuple(draw_level(ground, dating, facts.about) for dating in found)
    said = _summarise(facts, ground, found) if found else measured[0].said + "."
    return _finding(facts, said, found, tuple(measured), tuple(checks), drawn)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What every sentence about one relation in one source may name."""

    panel: Panel
    target: Relation

    @property
    def about(self) -> str:
        return write_relation(self.panel, self.target)

    def fill(self, key: str, **facts: object) -> str:
        grid = self.panel.grid
        return fill(
            NAME,
            key,
            source=self.panel.source,
            relation=self.about,
            actor=self.target[0],
            recipient=self.target[1],
            n_periods=self.panel.starts.size,
            period=grid,
            periods=f"{grid}s",
            apart=APART[grid],
            **facts,
        )

    def silent(self, name: str, label: str, key: str, ground: Ground | None) -> Measured:
        taken = ground.controls.shape[1] if ground else 0
        return Measured(
            id=name,
            label=label,
            estimate=None,
            how=HOW,
            verdict=key,
            said=self.fill(key, n_controls=taken),
            traces=(self.panel.trace(self.target if ground else None),),
        )


def _finding(
    facts: _Facts,
    said: str,
    found: tuple[Dating, ...],
    measured: tuple[Measured, ...],
    checks: tuple[CheckResult, ...],
    drawn: tuple[Drawn, ...] = (),
) -> Finding:
    levels = levels_of(facts.panel)
    return Finding(
        lens=NAME,
        question=QUESTION,
        about=facts.about,
        source=facts.panel.source,
        span=facts.panel.span,
        specifications=tuple(facts.fill("declared", label=level.label) for level in levels),
        said=(said,),
        could_see=_say_power(facts, found) if found else "",
        measured=measured,
        series=tuple(series for one in drawn for series in one.series),
        charts=(_chart(facts, drawn),) if drawn else (),
        checks=checks,
    )


def _count(facts: _Facts, ground: Ground, dating: Dating) -> Measured:
    """Say how often a level changed, and which change is the likeliest."""
    below = np.cumsum(dating.changes.number)
    median, low, high = (int(np.searchsorted(below, q)) for q in (0.5, 0.05, 0.95))
    key, level, likeliest = (
        "turned" if dating.turns else "no_turn",
        dating.level,
        dating.likeliest,
    )
    return Measured(
        id=f"{level.name}.changes",
        label=f"{level.label}: changes",
        estimate=Estimate(median, low, high, "changes"),
        how=HOW_MANY,
        verdict=key,
        said=facts.fill(
            key, words=_words(likeliest.chance), best=_when(ground, likeliest.best)
        ),
        traces=(facts.panel.trace(facts.target),),
        ranks=(dating.rank(None),),
    )


def _turns(facts: _Facts, ground: Ground, dating: Dating) -> list[Measured]:
    measured = []
    for turn in dating.turns:
        before, after = dating.y[: turn.best].mean(), dating.y[turn.best :].mean()
        around = float(before + after) / 2
        key = "rose" if turn.size > 0 else "fell"
        days = {k: _when(ground, getattr(turn, k)) for k in ("first", "best", "last")}
        days["last"] = _last_day(ground, turn.last)
        period = "the week of " if ground.panel.grid is Grid.WEEK else ""
        measured.append(
            Measured(
                id=f"{dating.level.name}.{_day(ground, turn.best)}",
                label=f"{dating.level.label}: change of {days['best']}",
                estimate=dating.level.change(turn.size, turn.spread, around),
                how=HOW,
                verdict=key,
                said=facts.fill(key, words=_words(turn.chance), within=period, **days),
                traces=(facts.panel.trace(facts.target),),
                ranks=(dating.rank(turn),),
            )
        )
    return measured


def _check(facts: _Facts, ground: Ground, dating: Dating) -> list[CheckResult]:
    """Ask of each change whether it is there beside what each party did with all others."""
    results = []
    for turn, parties in zip(dating.turns, dating.beside, strict=True):
        about = f"{dating.level.name}.{_day(ground, turn.best)}"
        for party, beside in zip(facts.target, parties, strict=True):
            key = _compare(beside)
            results.append(
                CheckResult(
                    check=f"beside_others_of_{party}",
                    verdict=VERDICTS[key],
                    said=facts.fill(
                        key,
                        party=party,
                        left=_words(beside.left),
                        theirs=_words(beside.theirs),
                    ),
                    about=about,
                )
            )
    return results


def _compare(beside: Beside) -> str:
    if np.isnan(beside.left):
        return "alone"
    if beside.left >= LIKELY:
        return "own"
    return "shared" if beside.theirs >= LIKELY else "unclear"


def _words(chance: float) -> str:
    return likelihood_words(chance, chance, chance) if np.isfinite(chance) else ""


def _day(ground: Ground, period: int) -> str:
    return str(ground.panel.starts[ground.used[period]])


def _when(ground: Ground, period: int) -> str:
    """Name a period as a reader does: a week by its first day, a month or a year by itself."""
    return _day(ground, period)[: SHOWN[ground.panel.grid]]


def _last_day(ground: Ground, period: int) -> str:
    start: date = ground.panel.starts[ground.used[period]].astype(date)
    last = ground.panel.grid.next(start) - timedelta(days=1)
    return last.isoformat()[: SHOWN[ground.panel.grid]]


def _summarise(facts: _Facts, ground: Ground, found: tuple[Dating, ...]) -> str:
    turned = [
        f"{one.level.label} ({'; '.join(_date(ground, turn) for turn in one.turns)})"
        for one in found
        if one.turns
    ]
    quiet = [one.level.label for one in found if not one.turns]
    if not turned:
        return facts.fill("summary_none", quiet=", ".join(quiet))
    key = "summary_some" if quiet else "summary_all"
    return facts.fill(key, turned=", ".join(turned), quiet=", ".join(quiet))


def _date(ground: Ground, turn: Turn) -> str:
    likely, _, _ = _words(turn.chance).partition(" (")
    return f"{_when(ground, turn.best)}, {likely}"


def _say_power(facts: _Facts, found: tuple[Dating, ...]) -> str:
    sizes = []
    for one in found:
        change = one.level.change(one.detectable, 0.0, float(one.y.mean()))
        sizes.append(f"{one.level.label} {_size(change)}")
    return facts.fill("could_see", sizes="; ".join(sizes), expected=EXPECTED[facts.panel.grid])


def _size(change: Estimate) -> str:
    unit = change.unit.removeprefix("share ")
    if unit == change.unit:
        return f"{change.value:.2g} {unit}"
    return f"{100 * change.value:.2g} % {unit}"


def _chart(facts: _Facts, drawn: tuple[Drawn, ...]) -> Chart:
    return Chart(
        id=f"{NAME}-{facts.panel.source}",
        kind="dates",
        title=facts.fill("chart_title"),
        caption=facts.fill("chart_caption"),
        series=tuple(series.id for one in drawn for series in one.series),
        bars=tuple(bar for one in drawn for bar in one.bars),
    )
