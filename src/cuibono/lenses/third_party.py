"""Third parties: what moves a relation, ranked against the whole world."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from cuibono.lenses.base import Specification, strongest
from cuibono.lenses.channels import MEASURE, QUADS, count
from cuibono.lenses.focal import find_visible
from cuibono.lenses.look import World, declare, measure_sight, measure_world
from cuibono.lenses.verdict import SURPRISE, Verdict, decide, pronounce, say
from cuibono.model.panel import Panel
from cuibono.model.ranking import Ranking, Standing
from cuibono.stats.scan import chance_of_best

Relation: TypeAlias = tuple[str, str]

LEAST_RIVALS = 200
"""Visible rivals below which no rank is given: the best hundredth would be
two relations, and a handful of related series decides who they are."""

SHOWN = 5
"""Unlisted rivals that are named."""


@dataclass(frozen=True, slots=True)
class ThirdParty:
    """Rank third-party relations by how well they foretell the focal one.

    Attributes
    ----------
    name, question, unit : str
        As every lens has them.
    needs : tuple of frozenset of str
        Channels it can work from; any one set is enough.
    """

    name: str = "third_party"
    question: str = "Does the focal relation warm or cool with what a third party does?"
    unit: str = "z, the largest over the declared specifications"
    needs: tuple[frozenset[str], ...] = (frozenset(QUADS), frozenset({MEASURE}))

    def specs(self, panel: Panel) -> tuple[Specification, ...]:
        """Declare every specification before looking.

        Parameters
        ----------
        panel : Panel
            One source.

        Returns
        -------
        tuple of Specification
            Channel by channel, the shortest lag first.
        """
        return declare(panel)

    def look(
        self, panel: Panel, target: Relation, listed: Sequence[tuple[Relation, int]]
    ) -> Ranking:
        """Rank listed drivers, and name the strongest that nobody listed.

        Every visible relation is scored by the same rule: its largest z in
        the predicted direction over all declared specifications. The focal
        relation and its reply are no rivals. What happens in the same period
        is reported apart, because nothing tells who moved first.

        Parameters
        ----------
        panel : Panel
            One source.
        target : tuple of str
            (actor id, recipient id) of the focal relation; in a panel of
            unordered pairs, in either order.
        listed : sequence of ((str, str), {-1, 1})
            Third-party relations and the sign each explanation predicts.

        Returns
        -------
        Ranking
            One standing per listed driver, in order; where nothing can be
            told, each says why, and the world is empty.

        Raises
        ------
        NotCoveredError
            If the panel lacks a channel.

        References
        ----------
        .. [1] Goldstein, J. S. and Pevehouse, J. C. (1997). "Reciprocity,
           Bullying, and International Cooperation". *American Political
           Science Review* 91(3), 515-529. https://doi.org/10.2307/2952074
        .. [2] Westfall, P. H. and Young, S. S. (1993). *Resampling-Based
           Multiple Testing*, ch. 2 (the maximum statistic). Wiley.
        """
        specs = self.specs(panel)
        focal = _orient(panel, target)
        drivers = list(
            dict.fromkeys((_orient(panel, relation), sign) for relation, sign in listed)
        )
        world = measure_world(panel, focal) if _is_visible(panel, focal) else None
        if world is None or world.scores(1).size < LEAST_RIVALS:
            refusal = _refuse(panel, focal, world)
            mute = tuple(_silent(driver, sign, refusal) for driver, sign in drivers)
            return _rank(panel, focal, specs, mute, (), None)
        standings = tuple(_stand(panel, focal, world, specs, *each) for each in drivers)
        rivals = _unlisted(world, specs, {driver for driver, _ in drivers})
        return _rank(panel, focal, specs, standings, rivals, world)


def _orient(panel: Panel, relation: Relation) -> Relation:
    unordered = all(a <= b for a, b in panel.relations)
    return (min(relation), max(relation)) if unordered else relation


def _written(panel: Panel, relation: Relation) -> str:
    return ("–" if MEASURE in panel.channels else "→").join(relation)


def _is_visible(panel: Panel, relation: Relation) -> bool:
    row = panel.index.get(relation)
    return row is not None and row in find_visible(panel)


def _facts(panel: Panel, target: Relation) -> dict[str, object]:
    row = panel.index.get(target)
    return {
        "source": panel.source,
        "target": _written(panel, target),
        "events": 0 if row is None else int(count(panel)[row].sum()),
        "things": "joint votes"
        if MEASURE in panel.channels
        else "events of cooperation or conflict",
        "n_periods": panel.starts.size,
        "periods": f"{panel.grid}s",
    }


def _refuse(panel: Panel, target: Relation, world: World | None) -> Verdict:
    if world is None:
        return pronounce("focal_rarely_seen", **_facts(panel, target))
    few = {"rivals": world.scores(1).size, "least": LEAST_RIVALS}
    return pronounce("few_rivals", **_facts(panel, target), **few)


def _silent(driver: Relation, sign: int, verdict: Verdict) -> Standing:
    return Standing(
        driver=driver,
        sign=sign,
        score=float("nan"),
        best="",
        place=0,
        of=0,
        matched_place=0,
        matched_of=0,
        together=float("nan"),
        verdict=verdict.name,
        said=verdict.said,
    )


def _stand(
    panel: Panel,
    target: Relation,
    world: World,
    specs: tuple[Specification, ...],
    driver: Relation,
    sign: int,
) -> Standing:
    if driver == target:
        return _silent(driver, sign, pronounce("itself", source=panel.source))
    at = world.relations.index(driver) if driver in world.relations else None
    if at is None or np.isnan(world.lagged[at]).all():
        return _silent(driver, sign, _absent(panel, driver))
    verdict = _judge(panel, target, world, at, sign)
    if driver == target[::-1]:
        verdict = replace(verdict, said=say("reply", said=verdict.said))
    return _place(world, specs, at, sign, verdict)


def _place(
    world: World,
    specs: tuple[Specification, ...],
    at: int,
    sign: int,
    verdict: Verdict,
) -> Standing:
    place, of = world.rank(at, sign)
    matched_place, matched_of = world.rank(at, sign, alike=True)
    z = np.where(np.isnan(world.lagged[at]), -np.inf, sign * world.lagged[at])
    together = world.together[at][np.isfinite(world.together[at])]
    return Standing(
        driver=world.relations[at],
        sign=sign,
        score=float(z.max()),
        best=str(specs[int(z.argmax())]),
        place=place,
        of=of,
        matched_place=matched_place,
        matched_of=matched_of,
        together=float(max(together, key=abs, default=np.nan)),
        verdict=verdict.name,
        said=verdict.said,
    )


def _judge(panel: Panel, target: Relation, world: World, at: int, sign: int) -> Verdict:
    driver = world.relations[at]
    sight = measure_sight(panel, world, driver)
    place, of = world.rank(at, sign)
    alike, of_alike = world.rank(at, sign, alike=True)
    opposite, of_opposite = world.rank(at, -sign)
    return pronounce(
        decide(sight, place / of, alike / of_alike, opposite / of_opposite),
        **_facts(panel, target),
        driver=_written(panel, driver),
        top=place / of,
        opposite=opposite / of_opposite,
        place=place,
        of=of,
        rivals=of - 1,
        needed=sight.needed,
    )


def _absent(panel: Panel, driver: Relation) -> Verdict:
    facts = _facts(panel, driver) | {"driver": _written(panel, driver)}
    if driver not in panel.index:
        return pronounce("not_covered", **facts)
    seen = int((count(panel)[panel.index[driver]] > 0).sum())
    key = "never_varies" if seen in (0, panel.starts.size) else "rarely_seen"
    return pronounce(key, seen=seen, **facts)


def _unlisted(
    world: World, specs: tuple[Specification, ...], listed: set[Relation]
) -> tuple[Standing, ...]:
    both = np.column_stack([strongest(world.lagged, sign) for sign in (1, -1)])
    both = np.where(world.rival[:, None] & np.isfinite(both), both, -np.inf)
    order = [
        int(at)
        for at in np.argsort(-both.max(axis=1), kind="stable")
        if world.relations[at] not in listed
    ]
    trials = int(np.isfinite(world.lagged[world.rival]).sum())
    named = []
    for at in order[:SHOWN]:
        rare = chance_of_best(both[at].max(), world.freedom, trials) <= SURPRISE
        verdict = pronounce("unlisted_surprise" if rare else "unlisted_chance")
        named.append(_place(world, specs, at, 1 - 2 * int(both[at].argmax()), verdict))
    return tuple(named)


def _rank(
    panel: Panel,
    target: Relation,
    specs: tuple[Specification, ...],
    standings: tuple[Standing, ...],
    rivals: tuple[Standing, ...],
    world: World | None,
) -> Ranking:
    nothing = np.empty(0)
    return Ranking(
        target=target,
        source=panel.source,
        grid=panel.grid,
        span=panel.span,
        n_periods=panel.starts.size,
        specifications=tuple(str(spec) for spec in specs),
        standings=standings,
        rivals=rivals,
        world={sign: world.scores(sign) if world else nothing for sign in (1, -1)},
        threshold={sign: world.threshold(sign) if world else np.nan for sign in (1, -1)},
        detectable_share=world.detectable if world else np.nan,
    )
