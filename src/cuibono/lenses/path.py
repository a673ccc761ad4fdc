"""Path: a threat answered through a go-between, step by step, each supported or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cuibono.lenses.look import declare
from cuibono.lenses.opened import open_events
from cuibono.lenses.prose import say
from cuibono.lenses.standings import Standing, place_driver, rank_drivers
from cuibono.lenses.verdict import COMMON, LEANS
from cuibono.model.actor import DirectedDyad
from cuibono.model.case import Chain
from cuibono.model.estimate import Z90, Estimate
from cuibono.model.finding import Finding, Measured, Rank
from cuibono.model.panel import Panel
from cuibono.record.record import Record

NAME = "path"
QUESTION = "Does a threat lead through its rival to the rival's sponsor, step by step?"


@dataclass(frozen=True, slots=True)
class PathLens:
    """Whether each relation of a chain moves after the one before it.

    Attributes
    ----------
    name, question : str
        As every lens has them.
    """

    name: str = NAME
    question: str = QUESTION

    def look(self, record: Record) -> tuple[Finding, ...]:
        """Scan the world as drivers of each step, and ask the step the other way round.

        Parameters
        ----------
        record : Record
            The case, and what is known in its days.

        Returns
        -------
        tuple of Finding
            One for each source of events; none where the case has no chain.

        Raises
        ------
        NotCoveredError
            If a panel lacks a quad.
        """
        if not record.case.chains:
            return ()
        return tuple(_look(record.case.chains, panel) for panel in open_events(record))


def _look(chains: tuple[Chain, ...], panel: Panel) -> Finding:
    measured: list[Measured] = []
    said: list[str] = []
    for number, chain in enumerate(chains, start=1):
        steps = [
            _step(panel, f"{number}.{n}", before, after, sign)
            for n, (before, after, sign) in enumerate(_pairs(chain), start=1)
        ]
        measured += steps
        said.append(f"{_whole(chain, steps)}.")
    return Finding(
        lens=NAME,
        question=QUESTION,
        about=str(chains[0].relations[-1]),
        source=panel.source,
        span=panel.span,
        specifications=tuple(str(spec) for spec in declare(panel)),
        said=tuple(said),
        could_see=f"{say(NAME, 'sight')}.",
        measured=tuple(measured),
    )


def _pairs(chain: Chain) -> Iterator[tuple[DirectedDyad, DirectedDyad, int]]:
    yield from zip(chain.relations, chain.relations[1:], chain.signs, strict=False)


def _step(
    panel: Panel, name: str, before: DirectedDyad, after: DirectedDyad, sign: int
) -> Measured:
    driver, target = before.ids, after.ids
    (told,) = rank_drivers(panel, target, [(driver, sign)]).listed
    seen, z = np.isfinite(told.score), told.signed
    said = told.said
    if told.of and told.place / told.of <= LEANS and told.verdict not in COMMON:
        said = _order(told, place_driver(panel, driver, (target, sign)))
    return Measured(
        id=f"step-{name}",
        label=f"{before}, then {after}",
        estimate=Estimate(z, z - Z90, z + Z90, "z in the direction told") if seen else None,
        how="largest z over the declared channels and lags of the first relation as a driver of"
        " the second, in the direction that was told; negative where the opposite is larger",
        verdict=told.verdict,
        said=said,
        traces=(panel.trace(driver), panel.trace(target)),
        ranks=(Rank(told.place, told.of, "all visible relations as drivers"),) if seen else (),
    )


def _order(told: Standing, back: tuple[int, int]) -> str:
    """Say which way round the step ranks higher; nothing where only one way can be seen."""
    place, of = back
    if not of:
        return told.said
    key = "first" if told.place / told.of < place / of else "second"
    return say(NAME, key, said=told.said, back=f"{place:,} of {of:,}")


def _whole(chain: Chain, steps: list[Measured]) -> str:
    """Say of the chain what holds of its weakest step."""
    blind = [step for step in steps if not step.ranks or step.verdict in BLIND]
    if blind:
        key = "common" if blind[0].verdict in COMMON else "unseen"
        return say(NAME, key, name=chain.name, weakest=blind[0].label)
    weakest = max(steps, key=lambda step: step.ranks[0].share)
    key = "holds" if weakest.ranks[0].share <= LEANS else "breaks"
    return say(NAME, key, name=chain.name, weakest=weakest.label)


BLIND = ("blind", "dim", "lead", *COMMON)
"""Verdicts of the scan under which a step is neither supported nor refuted."""
