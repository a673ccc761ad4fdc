"""Simulated worlds in which what moves what is known, or known to be nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, permutations

import numpy as np
from numpy.typing import NDArray

from cuibono.model.actor import Relation
from cuibono.model.panel import Panel
from cuibono.model.period import Grid, Period

MONDAY = date(2021, 1, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """One relation made to move another.

    Attributes
    ----------
    driver, target : tuple of str
        (actor id, recipient id).
    share : float
        Share of the target's own movement that the driver carries, in [0, 1].
    lag : int
        Periods the driver leads by.
    sign : {-1, 1}
        Whether the target warms or cools as the driver warms.
    general : bool
        Whether it is the mood of the driver's actor towards everybody that moves
        the target, and not the driver itself.
    """

    driver: Relation
    target: Relation
    share: float
    lag: int = 2
    sign: int = 1
    general: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What a simulated world is made of.

    Attributes
    ----------
    actors : int
        Number of actors, named "A00" onwards.
    periods : int
        Steps simulated, those in the gap included.
    gap : tuple of int
        First step the source misses and first it has again.
    volume : float
        Mean events a period over all relations.
    busy : dict of (str, str) to float
        Relations whose mean events a period are fixed; the others follow
        Zipf's law in random order.
    moods : float
        How strongly an actor's mood colours all it does and receives.
    wave : float
        How strongly the news cycle colours the tone of every relation.
    delays : int
        Most periods by which a relation follows the news cycle, each by its own
        number of them, at least one; 0 where all follow it at once.
    barometer : tuple of str or None
        A relation whose tone is the news cycle and nothing else.
    planted : Planted or None
        What moves what; None is a null world.
    """

    actors: int = 20
    periods: int = 90
    gap: tuple[int, int] = (40, 55)
    volume: float = 3.0
    busy: dict[Relation, float] | None = None
    moods: float = 0.4
    wave: float = 0.0
    delays: int = 0
    barometer: Relation | None = None
    planted: Planted | None = None


def name_actors(n: int) -> list[str]:
    """Name the actors of a simulated world.

    Parameters
    ----------
    n : int
        How many.

    Returns
    -------
    list of str
        "A00", "A01", ...
    """
    return [f"A{place:02d}" for place in range(n)]


def simulate_events(seed: int, world: World | None = None) -> Panel:
    """Simulate weekly counts of who did what to whom.

    Attention is Zipf's and bursts; tone persists; actors have moods that
    colour all their relations; counts are over-dispersed and mostly zero; the
    source has a gap. All of it is there to mislead a careless lens.

    Parameters
    ----------
    seed : int
        Seed of the generator; the same seed gives the same world.
    world : World, optional
        What it is made of; by default a null world.

    Returns
    -------
    Panel
        Weekly counts by quad class, every directed pair of actors.
    """
    made_of = world or World()
    rng = np.random.default_rng(seed)
    relations = tuple(permutations(name_actors(made_of.actors), 2))
    news = _ar1(rng, np.array([0.7]), made_of.periods)[0]
    warmth = _warmth(rng, made_of, relations, news)
    rate = _rate(rng, made_of, relations, news)
    n = rng.poisson(rate * rng.gamma(4.0, 0.25, rate.shape))
    cooperation = rng.binomial(n, 1 / (1 + np.exp(-warmth)))
    material = rng.binomial(cooperation, 0.2), rng.binomial(n - cooperation, 0.3)
    covered = np.r_[0 : made_of.gap[0], made_of.gap[1] : made_of.periods]
    sender = np.array([int(actor[1:]) for actor, _ in relations])
    totals = np.zeros((made_of.actors, made_of.periods))
    np.add.at(totals, sender, n)
    channels = {
        "verbal_cooperation": cooperation - material[0],
        "material_cooperation": material[0],
        "verbal_conflict": n - cooperation - material[1],
        "material_conflict": material[1],
        "all": n,
    }
    return Panel(
        source="simulated",
        grid=Grid.WEEK,
        starts=np.datetime64(MONDAY) + 7 * covered,
        relations=relations,
        channels={name: counts[:, covered].astype(float) for name, counts in channels.items()},
        exposure=totals[sender][:, covered],
        rows=n[:, covered].sum(axis=1).astype(np.int64),
        span=Period(MONDAY, MONDAY + timedelta(weeks=made_of.periods)),
    )


def simulate_agreement(seed: int, actors: int = 24, planted: Planted | None = None) -> Panel:
    """Simulate yearly agreement in an assembly whose members join over time.

    Parameters
    ----------
    seed : int
        Seed of the generator.
    actors : int, default 24
        Members, the last third of them joining late.
    planted : Planted, optional
        What moves what; by default nothing does.

    Returns
    -------
    Panel
        Share of 60 joint votes on which each pair agreed, 60 sessions; NaN
        before both were members.
    """
    rng = np.random.default_rng(seed)
    names = name_actors(actors)
    relations = tuple(combinations(names, 2))
    made_of = World(actors=actors, periods=60, planted=planted)
    warmth = 0.5 * _warmth(rng, made_of, relations, np.zeros(60)) + 0.5
    joined = np.r_[np.zeros(actors - actors // 3, int), rng.integers(1, 40, actors // 3)]
    since = dict(zip(names, joined, strict=True))
    first = np.array([max(since[a], since[b]) for a, b in relations])
    member = np.arange(60) >= first[:, None]
    alike = rng.binomial(60, 1 / (1 + np.exp(-warmth)))
    return Panel(
        source="simulated_votes",
        grid=Grid.YEAR,
        starts=np.arange("1950", "2010", dtype="datetime64[Y]").astype("datetime64[D]"),
        relations=relations,
        channels={"value": np.where(member, alike / 60, np.nan)},
        exposure=np.where(member, 60.0, 0.0),
        rows=member.sum(axis=1).astype(np.int64),
        span=Period(date(1950, 1, 1), date(2010, 1, 1)),
        measure="agreement",
    )


def _warmth(
    rng: np.random.Generator,
    world: World,
    relations: tuple[Relation, ...],
    news: NDArray[np.float64],
) -> NDArray[np.float64]:
    place = {name: i for i, name in enumerate(name_actors(world.actors))}
    sender = np.array([place[a] for a, _ in relations])
    receiver = np.array([place[b] for _, b in relations])
    own = _ar1(rng, rng.uniform(0.5, 0.95, len(relations)), world.periods)
    moods = _ar1(rng, rng.uniform(0.6, 0.95, 2 * world.actors), world.periods)
    shared = world.moods * (moods[sender] + moods[world.actors + receiver])
    warmth: NDArray[np.float64] = own + shared + world.wave * _delay(rng, world, news, own)
    at = {relation: i for i, relation in enumerate(relations)}
    if world.barometer:
        warmth[at[world.barometer]] = 1.5 * news
    if plant := world.planted:
        row = at[plant.driver]
        followed = moods[sender[row]] if plant.general else warmth[row]
        leader = np.pad(followed, (plant.lag, 0), mode="edge")[: world.periods]
        leader = plant.sign * (leader - leader.mean()) / leader.std()
        target = at[plant.target]
        mixed = np.sqrt(1 - plant.share) * own[target] + np.sqrt(plant.share) * leader
        warmth[target] += mixed - own[target]
    return warmth + rng.normal(0.5, 0.7, (len(relations), 1))


def _delay(
    rng: np.random.Generator, world: World, news: NDArray[np.float64], own: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Let each relation follow the news in its own time."""
    if not world.delays:
        return news
    late = rng.integers(1, world.delays + 1, (len(own), 1))
    followed: NDArray[np.float64] = news[np.maximum(np.arange(news.size) - late, 0)]
    return followed


def _rate(
    rng: np.random.Generator,
    world: World,
    relations: tuple[Relation, ...],
    news: NDArray[np.float64],
) -> NDArray[np.float64]:
    rank = 1.0 + rng.permutation(len(relations))
    mean = world.volume * len(relations) / rank / (1 / rank).sum()
    for relation, events in (world.busy or {}).items():
        mean[relations.index(relation)] = events
    bursts = 0.4 * rng.standard_t(4, (len(relations), news.size)).clip(-4, 4)
    rate: NDArray[np.float64] = mean[:, None] * np.exp(0.3 * news + bursts - 0.1)
    return rate


def _ar1(
    rng: np.random.Generator, rho: NDArray[np.float64], periods: int
) -> NDArray[np.float64]:
    shocks = rng.normal(size=(rho.size, periods))
    series = np.empty_like(shocks)
    series[:, 0] = shocks[:, 0]
    for t in range(1, periods):
        series[:, t] = rho * series[:, t - 1] + np.sqrt(1 - rho**2) * shocks[:, t]
    return series
