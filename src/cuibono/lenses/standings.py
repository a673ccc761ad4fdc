"""Standings: where the drivers of one relation stand in the world, each by the same rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cuibono.lenses.asked import Driver, orient, write_relation
from cuibono.lenses.base import Specification, strongest
from cuibono.lenses.channels import MEASURE, count
from cuibono.lenses.column import Column, ask_others
from cuibono.lenses.focal import find_visible
from cuibono.lenses.look import World, declare, measure_sight, measure_world
from cuibono.lenses.specific import take_moods_out
from cuibono.lenses.verdict import CLAIMS, LEANS, SURPRISE, Verdict, decide, pronounce, say
from cuibono.model.actor import Relation
from cuibono.model.panel import Panel
from cuibono.stats.scan import chance_of_best

LEAST_RIVALS = 200
"""Visible rivals below which no rank is given: the best hundredth would be
two relations, and a handful of related series decides who they are."""

STILL = 2 * LEANS
"""Share of like volume, at most, above a driver that is more than its actors' moods: a
second look has its own luck, so it is held to twice the share of the first."""

CREDITED = {"stands_out", "leans"}
"""Verdicts that credit a driver, and so say what is left of it without those moods."""

SHOWN = 5
"""Unlisted rivals that are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one driver does against every rival in the world.

    Attributes
    ----------
    driver : tuple of str
        (actor id, recipient id), as the panel has it.
    sign : {-1, 1}
        The sign that was predicted.
    score : float
        Largest signed z over the declared specifications; NaN where the
        driver's series never varies in the covered periods.
    signed : float
        The same, but minus the largest z of the opposite sign where that is
        larger: which way the two move together.
    best : str
        The specification that gave `score`, in words.
    place, of : int
        1 is the strongest among all visible relations scored by the same
        rule with the same sign; both 0 where `score` is NaN.
    matched_place, matched_of : int
        The same among relations of like volume.
    column_place, column_of : int
        The focal relation among the others that the driver was asked of, by
        the rule of `ask_others`; both 0 where they could not be.
    specific_place, specific_of : int
        The driver among relations of like volume once the moods of its own two
        actors are taken out, as theirs are of each of them; both 0 where
        nothing is left of it.
    together : float
        Signed z at lag 0: moves together, direction not identified.
    verdict : str
        Name of the sentence in the lens's prose file: "stands_out", "leans",
        "against", "middle", "common" or "common_against" where other relations
        are foretold as well, or one of the ways in which nothing can be told.
    said : str
        Verdict in words, "cannot be told" included.
    """

    driver: Relation
    sign: int
    score: float
    signed: float
    best: str
    place: int
    of: int
    matched_place: int
    matched_of: int
    column_place: int
    column_of: int
    specific_place: int
    specific_of: int
    together: float
    verdict: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Standings:
    """One focal relation against the world, in one source.

    Attributes
    ----------
    target : tuple of str
        (actor id, recipient id) of the focal relation, as the panel has it.
    listed : tuple of Standing
        The drivers asked for, in the order asked.
    rivals : tuple of Standing
        The strongest relations nobody asked for, best first.
    world : dict of int to float array
        By sign, the score of every visible relation, unsorted.
    threshold : dict of int to float
        By sign, the score that the best twentieth of the world reaches.
    detectable_share : float
        Share of the focal series' whitened variance, in [0, 1], that a driver
        must carry to reach the threshold: what this source could have shown.
    """

    target: Relation
    listed: tuple[Standing, ...]
    rivals: tuple[Standing, ...]
    world: dict[int, NDArray[np.float64]]
    threshold: dict[int, float]
    detectable_share: float


@dataclass(frozen=True, slots=True, eq=False)
class _Views:
    """The row, the columns of the listed drivers, and the row without their actors' moods."""

    world: World
    columns: Mapping[Relation, Column]
    specific: World

    def rank_specific(self, at: int, sign: int) -> tuple[int, int]:
        """Rank a driver among those of like volume; both 0 where nothing is left of it."""
        if np.isnan(self.specific.lagged[at]).all():
            return 0, 0
        return self.specific.rank(at, sign, alike=True)


def rank_drivers(
    panel: Panel, target: Relation, listed: Sequence[tuple[Relation, int]]
) -> Standings:
    """Rank listed drivers, and name the strongest that nobody listed.

    Every visible relation is scored by the same rule: its largest z in
    the predicted direction over all declared specifications. The focal
    relation and its reply are no rivals. Each listed driver is then asked of
    other relations, lest it move with the news alone. What happens in the same period
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
    Standings
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
    specs = declare(panel)
    focal = orient(panel, target)
    drivers = list(dict.fromkeys((orient(panel, relation), sign) for relation, sign in listed))
    world = _measure(panel, focal)
    if world is None or world.scores(1).size < LEAST_RIVALS:
        refusal = _refuse(panel, focal, world)
        nothing = np.empty(0)
        return Standings(
            target=focal,
            listed=tuple(_silent(driver, sign, refusal) for driver, sign in drivers),
            rivals=(),
            world={1: nothing, -1: nothing},
            threshold={1: np.nan, -1: np.nan},
            detectable_share=np.nan,
        )
    known = [
        driver
        for driver in dict.fromkeys(d for d, _ in drivers if d != focal)
        if driver in world.relations
    ]
    views = _Views(
        world,
        ask_others(panel, focal, known),
        take_moods_out(panel, focal, world, [world.relations.index(d) for d in known]),
    )
    return Standings(
        target=focal,
        listed=tuple(_stand(panel, focal, views, *each) for each in drivers),
        rivals=_unlisted(world, specs, {driver for driver, _ in drivers}),
        world={sign: world.scores(sign) for sign in (1, -1)},
        threshold={sign: world.threshold(sign) for sign in (1, -1)},
        detectable_share=world.detectable,
    )


def place_driver(panel: Panel, target: Relation, driver: Driver) -> tuple[int, int]:
    """Give a driver's place in the world, and nothing else of it.

    Parameters
    ----------
    panel : Panel
        One source.
    target : tuple of str
        (actor id, recipient id) of the focal relation.
    driver : ((str, str), {-1, 1})
        Another relation and its predicted sign.

    Returns
    -------
    tuple of int
        Place and of how many, as `rank_drivers` has them; both 0 where nothing
        can be told.

    Raises
    ------
    NotCoveredError
        If the panel lacks a channel.
    """
    relation, sign = driver
    world, asked = _measure(panel, orient(panel, target)), orient(panel, relation)
    if world is None or world.scores(1).size < LEAST_RIVALS or asked not in world.relations:
        return 0, 0
    at = world.relations.index(asked)
    return (0, 0) if np.isnan(world.lagged[at]).all() else world.rank(at, sign)


def _measure(panel: Panel, focal: Relation) -> World | None:
    """Measure the world against a relation; None where it is seldom seen."""
    row = panel.index.get(focal)
    seen = row is not None and row in find_visible(panel)
    return measure_world(panel, focal) if seen else None


def _facts(panel: Panel, target: Relation) -> dict[str, object]:
    rows = np.array([panel.index[target]] if target in panel.index else [], dtype=np.int64)
    return {
        "source": panel.source,
        "target": write_relation(panel, target),
        "events": int(count(panel, rows).sum()),
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
        signed=float("nan"),
        best="",
        place=0,
        of=0,
        matched_place=0,
        matched_of=0,
        column_place=0,
        column_of=0,
        specific_place=0,
        specific_of=0,
        together=float("nan"),
        verdict=verdict.name,
        said=verdict.said,
    )


def _stand(
    panel: Panel,
    target: Relation,
    views: _Views,
    driver: Relation,
    sign: int,
) -> Standing:
    world = views.world
    if driver == target:
        return _silent(driver, sign, pronounce("itself", source=panel.source))
    at = world.relations.index(driver) if driver in world.relations else None
    if at is None or np.isnan(world.lagged[at]).all():
        return _silent(driver, sign, _absent(panel, driver))
    column, specific = views.columns[driver].rank(sign), views.rank_specific(at, sign)
    verdict = _judge(panel, target, views, at, sign)
    if verdict.name in CREDITED and specific[1]:
        key = "still" if specific[0] / specific[1] <= STILL else "general"
        told = say(key, said=verdict.said, place=specific[0], of=specific[1])
        verdict = replace(verdict, said=told)
    if driver == target[::-1]:
        verdict = replace(verdict, said=say("reply", said=verdict.said))
    return replace(
        _place(world, declare(panel), at, sign, verdict),
        column_place=column[0],
        column_of=column[1],
        specific_place=specific[0],
        specific_of=specific[1],
    )


def _place(
    world: World,
    specs: tuple[Specification, ...],
    at: int,
    sign: int,
    verdict: Verdict,
) -> Standing:
    place, of = world.rank(at, sign)
    matched_place, matched_of = world.rank(at, sign, alike=True)
    seen = sign * world.lagged[at]
    z = np.where(np.isnan(seen), -np.inf, seen)
    together = world.together[at][np.isfinite(world.together[at])]
    return Standing(
        driver=world.relations[at],
        sign=sign,
        score=float(z.max()),
        signed=float(max(z.max(), np.nanmin(seen), key=abs)),
        best=str(specs[int(z.argmax())]),
        place=place,
        of=of,
        matched_place=matched_place,
        matched_of=matched_of,
        column_place=0,
        column_of=0,
        specific_place=0,
        specific_of=0,
        together=float(max(together, key=abs, default=np.nan)),
        verdict=verdict.name,
        said=verdict.said,
    )


def _judge(panel: Panel, target: Relation, views: _Views, at: int, sign: int) -> Verdict:
    world, driver = views.world, views.world.relations[at]
    column = views.columns[driver]
    sight = measure_sight(panel, world, driver)
    place, of = world.rank(at, sign)
    alike, of_alike = world.rank(at, sign, alike=True)
    opposite, of_opposite = world.rank(at, -sign)
    asked, asked_opposite = column.rank(sign), column.rank(-sign)
    shares = asked[0] / max(1, asked[1]), asked_opposite[0] / max(1, asked_opposite[1])
    verdict = pronounce(
        decide(sight, place / of, alike / of_alike, opposite / of_opposite, shares),
        **_facts(panel, target),
        driver=write_relation(panel, driver),
        top=place / of,
        opposite=opposite / of_opposite,
        place=place,
        of=of,
        rivals=of - 1,
        needed=sight.needed,
        others=asked[1] - 1,
        also=asked[0] - 1,
        also_opposite=asked_opposite[0] - 1,
    )
    if verdict.name in CLAIMS and not asked[1]:
        return replace(verdict, said=say("unasked", said=verdict.said))
    return verdict


def _absent(panel: Panel, driver: Relation) -> Verdict:
    facts = _facts(panel, driver) | {"driver": write_relation(panel, driver)}
    if driver not in panel.index:
        return pronounce("not_covered", **facts)
    seen = int((count(panel, np.array([panel.index[driver]])) > 0).sum())
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
