"""Planted motives: worlds of many states in which who moves whom is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import permutations
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

from cuibono.model.panel import Panel
from cuibono.model.period import Grid, Period
from cuibono.testing.worlds import name_actors

Kind: TypeAlias = Literal["true", "together", "reverse", "look_alike", "proxy", "random"]
Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]

LONGEST = 6
"""Months, at most, by which a driver leads."""

RESPONSE = 0.75
"""Share of a planted effect that lasts from one month to the next, on average."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a world of planted motives is made of.

    Attributes
    ----------
    states, groups : int
        Number of states, and of armed groups that each threaten one of them.
    months : int
        Length of the record.
    events : float
        Events a month over all relations of states.
    least : float
        Events a month, at least, of a target; its drivers have 0.6 of it.
    share : tuple of float
        Band of the share of a target's movement that its drivers carry.
    targets : int
        Cases, at most.
    drivers : int
        True drivers of a case, at most; 0 is a null world.
    together : float
        Share of the drivers that act in the same month.
    threats : float
        Share of the drivers that are armed groups.
    feedback : float
        Share of a driver's movement that answers its target, a month later.
    unlisted : float
        Share of the drivers that no explanation names.
    """

    states: int = 80
    groups: int = 20
    months: int = 312
    events: float = 40_000.0
    least: float = 30.0
    share: tuple[float, float] = (0.3, 0.7)
    targets: int = 30
    drivers: int = 3
    together: float = 0.0
    threats: float = 0.0
    feedback: float = 0.0
    unlisted: float = 0.0


TIERS = {
    "rich": Setting(events=250_000.0, least=120.0, share=(0.4, 0.75)),
    "typical": Setting(),
    "poor": Setting(months=132, events=25_000.0, least=15.0),
}
"""How much is known: long and loud, long and quiet, short and quiet."""


@dataclass(frozen=True, slots=True, eq=False)
class Effect:
    """One motive at work.

    Attributes
    ----------
    driver : int
        Place of the driver among the panel's relations.
    lag, sign : int
        Months it leads by; whether the target warms or cools with it.
    path : float array, shape (months,)
        What it adds to the target's log-odds of cooperation.
    """

    driver: int
    lag: int
    sign: int
    path: Floats


@dataclass(frozen=True, slots=True, eq=False)
class PlantedCase:
    """A target, what truly moves it, and whom an author would list.

    Attributes
    ----------
    target : int
        Place among the panel's relations.
    effects : tuple of Effect
        What moves it, the unlisted included.
    listed : tuple of (int, Kind, int)
        Candidates: place, what they are, predicted sign. A decoy has the sign
        that is read off the chart.
    """

    target: int
    effects: tuple[Effect, ...]
    listed: tuple[tuple[int, Kind, int], ...]


@dataclass(frozen=True, slots=True, eq=False)
class PlantedWorld:
    """A world and its cases.

    Attributes
    ----------
    panel : Panel
        Monthly counts; the groups' relations come after those of the states.
    seam : int
        Month in which the source changed.
    cases : tuple of PlantedCase
        What there is to find.
    """

    panel: Panel
    seam: int
    cases: tuple[PlantedCase, ...]


def plant_world(seed: int, setting: Setting) -> PlantedWorld:
    """Simulate a world in which some relations move others.

    Interests align and part, leaders change, two moods of the world colour
    everything, both directions of a relation share half of their shocks,
    attention is Zipf's and bursts, busy months are more negative, counts are
    over-dispersed, and the source changes once.

    Parameters
    ----------
    seed : int
        The same seed and setting give the same world.
    setting : Setting
        What it is made of.

    Returns
    -------
    PlantedWorld
        The counts, and what moved them.
    """
    rng = np.random.default_rng(seed)
    names = name_actors(setting.states)
    pairs = list(permutations(range(setting.states), 2))
    a, b = np.array(pairs).T
    place = {pair: i for i, pair in enumerate(pairs)}
    reply = np.array([place[pair[::-1]] for pair in pairs])
    rho = rng.uniform(0.6, 0.92, a.size)
    rho = np.where(a < b, rho, rho[reply])
    warmth = _warm(rng, setting, a, b, reply, rho)
    bursts = _ar(rng, np.full(setting.states, 0.8), setting.months, df=4) * 0.35
    log_rate = _rate(rng, setting, a, b, bursts)
    threat = _ar(rng, rng.uniform(0.7, 0.95, setting.groups), setting.months)
    volume = np.exp(log_rate).mean(axis=1)
    levels = np.vstack([warmth, -threat])
    persistence = np.r_[rho, np.full(setting.groups, RESPONSE)]
    visible = np.flatnonzero(volume >= 0.6 * setting.least)
    pool = np.r_[visible, a.size + np.arange(setting.groups)]
    loud = np.flatnonzero(volume >= setting.least)
    chosen = rng.choice(loud, min(setting.targets, loud.size // 3), replace=False)
    free = np.setdiff1d(pool, np.r_[chosen, reply[chosen]])
    planted, reverse = [], []
    for target in chosen:
        planted.append(_plant(rng, setting, levels, persistence, int(target), free))
        free = np.setdiff1d(free, [effect.driver for effect in planted[-1]])
    for target in chosen:
        decoy = int(rng.choice(free[free < a.size]))
        free = free[free != decoy]
        reverse.append(decoy)
        answer = _respond(levels[target], int(rng.integers(1, 4)), persistence[decoy])
        levels[decoy] += answer * levels[decoy].std()
    seam = int(rng.integers(setting.months // 3, 2 * setting.months // 3))
    moved = rng.normal(0, 0.25, setting.states)
    after = np.arange(setting.months) >= seam
    seen = (
        levels[: a.size]
        - 0.25 * (bursts[a] + bursts[b])
        + (moved[a] + moved[b])[:, None] * after
    )
    cooperation, conflict = _count(
        rng, seen, log_rate + 0.15 * np.abs(np.diff(seen, prepend=0))
    )
    violence = rng.negative_binomial(6, 6 / (6 + 12 * np.exp(-levels[a.size :])))
    panel = _panel(names, pairs, cooperation, conflict, violence)
    cases = tuple(
        _list(rng, setting, panel, int(target), effects, decoy, np.r_[pool], int(reply[target]))
        for target, effects, decoy in zip(chosen, planted, reverse, strict=True)
    )
    return PlantedWorld(panel, seam, cases)


def _ar(rng: np.random.Generator, rho: Floats, months: int, df: float | None = None) -> Floats:
    shape = rho.size, months + 60
    shocks = rng.normal(size=shape) if df is None else rng.standard_t(df, shape)
    shocks /= 1.0 if df is None else np.sqrt(df / (df - 2))
    for t in range(1, shape[1]):
        shocks[:, t] = rho * shocks[:, t - 1] + np.sqrt(1 - rho**2) * shocks[:, t]
    return shocks[:, 60:]


def _warm(
    rng: np.random.Generator, setting: Setting, a: Ints, b: Ints, reply: Ints, rho: Floats
) -> Floats:
    n, months = setting.states, setting.months
    drift = rng.normal(0, 0.03, (n, 3, months)).cumsum(axis=2)
    leaders = rng.random((n, 3, months)) < 1 / 72
    interests = drift + (leaders * rng.normal(0, 0.5, leaders.shape)).cumsum(axis=2)
    interests += rng.normal(0, 0.6, (n, 3, 1))
    aligned = 0.2 * np.einsum("dpt,dpt->dt", interests[a], interests[b])
    region = rng.integers(0, max(4, n // 12), n)
    base = 0.6 + 0.5 * rng.normal(size=a.size) + 0.6 * (region[a] == region[b])
    moods = 0.15 * rng.normal(size=(a.size, 2)) @ _ar(rng, np.full(2, 0.97), months)
    shared = _ar(rng, rho, months, df=5)
    shared = np.where((a < b)[:, None], shared, shared[reply])
    own = np.sqrt(0.5) * (shared + _ar(rng, rho, months, df=5))
    spread = rng.uniform(0.35, 0.7, a.size)
    spread = np.where(a < b, spread, spread[reply])
    warmth: Floats = base[:, None] + aligned + moods + spread[:, None] * own
    return warmth


def _rate(
    rng: np.random.Generator, setting: Setting, a: Ints, b: Ints, bursts: Floats
) -> Floats:
    months = np.arange(setting.months)
    growth = np.log(3) * months / months.size + 0.1 * np.sin(2 * np.pi * months / 12)
    growth += 0.15 * _ar(rng, np.array([0.9]), setting.months)[0]
    fame = -np.log(1.0 + rng.permutation(setting.states))
    apart = 0.9 * rng.normal(size=a.size)
    rate = (fame[a] + fame[b] + apart)[:, None] + growth + bursts[a] + bursts[b]
    rate += 0.2 * rng.normal(size=rate.shape)
    scaled: Floats = rate + np.log(setting.events / np.exp(rate).sum(axis=0).mean())
    return scaled


def _respond(level: Floats, lag: int, kept: float) -> Floats:
    moved = np.zeros(level.size)
    moved[lag:] = ((level - level.mean()) / level.std())[: level.size - lag]
    response = lfilter([1.0], [1.0, -kept], moved)
    scaled: Floats = response / response.std()
    return scaled


def _plant(
    rng: np.random.Generator,
    setting: Setting,
    levels: Floats,
    persistence: Floats,
    target: int,
    free: Ints,
) -> tuple[Effect, ...]:
    n = int(rng.integers(1, setting.drivers + 1)) if setting.drivers else 0
    states = free[free < levels.shape[0] - setting.groups]
    groups = free[free >= levels.shape[0] - setting.groups]
    months, own = setting.months, levels[target].var()
    whole = rng.uniform(*setting.share)
    parts = whole / (1 - whole) * own * rng.dirichlet(np.full(n, 2.0)) if n else []
    effects: list[Effect] = []
    for part in parts:
        from_group = groups.size and rng.random() < setting.threats
        driver = int(rng.choice(groups if from_group else states))
        lag = 0 if rng.random() < setting.together else int(rng.integers(1, LONGEST + 1))
        response = _respond(levels[driver], lag, persistence[target])
        if rng.random() < 0.5:
            after = np.arange(months) >= rng.integers(months // 4, 3 * months // 4)
            response = response * (after if rng.random() < 0.7 else ~after)
        sign = int(rng.choice([-1, 1]))
        path = sign * response * np.sqrt(part) / response.std()
        effects.append(Effect(driver, lag, sign, path))
        if setting.feedback:
            answer = _respond(levels[target], 1, persistence[driver])
            levels[driver] += np.sqrt(setting.feedback) * levels[driver].std() * answer
    levels[target] += sum((effect.path for effect in effects), np.zeros(months))
    for _ in range(int(rng.integers(0, 3))):
        size = rng.choice([-1, 1]) * rng.uniform(0.8, 1.6)
        levels[target, int(rng.integers(months // 8, 7 * months // 8)) :] += size
    return tuple(effects)


def _count(rng: np.random.Generator, odds: Floats, log_rate: Floats) -> tuple[Floats, Floats]:
    n = odds.shape[0]
    common, single = rng.uniform(2, 6, (n, 1)), rng.uniform(4, 20, (n, 1))
    rate = np.exp(log_rate) * rng.gamma(common, 1 / common, odds.shape)
    share = 1 / (1 + np.exp(-odds))
    halves = [
        rng.poisson(rate * part * rng.gamma(single, 1 / single, odds.shape)).astype(float)
        for part in (share, 1 - share)
    ]
    return halves[0], halves[1]


def _panel(
    names: list[str],
    pairs: list[tuple[int, int]],
    cooperation: Floats,
    conflict: Floats,
    violence: NDArray[np.int64],
) -> Panel:
    groups = [(f"G{i:02d}", names[i % len(names)]) for i in range(violence.shape[0])]
    none = np.zeros(violence.shape)
    channels = {
        "verbal_cooperation": np.vstack([cooperation, none]),
        "material_cooperation": np.zeros((len(pairs) + len(groups), cooperation.shape[1])),
        "verbal_conflict": np.vstack([conflict, none]),
        "material_conflict": np.vstack([np.zeros(conflict.shape), violence]),
    }
    total = np.sum(list(channels.values()), axis=0)
    starts = np.arange(
        "1995-01", cooperation.shape[1] + np.datetime64("1995-01"), dtype="M8[M]"
    )
    end = (starts[-1] + 1).astype("datetime64[D]").astype(date)
    return Panel(
        source="simulated",
        grid=Grid.MONTH,
        starts=starts.astype("datetime64[D]"),
        relations=tuple([(names[i], names[j]) for i, j in pairs] + groups),
        channels=channels | {"all": total},
        exposure=total,
        rows=total.sum(axis=1).astype(np.int64),
        span=Period(date(1995, 1, 1), end),
    )


def _list(
    rng: np.random.Generator,
    setting: Setting,
    panel: Panel,
    target: int,
    effects: tuple[Effect, ...],
    reverse: int,
    pool: Ints,
    reply: int,
) -> PlantedCase:
    """List what truly moves it and what an author might take for it, eight in all."""
    odds = np.log1p(panel.channels["verbal_cooperation"]) - np.log1p(
        panel.channels["verbal_conflict"] + panel.channels["material_conflict"]
    )
    named = [effect for effect in effects if rng.random() >= setting.unlisted]
    listed: list[tuple[int, Kind, int]] = [
        (effect.driver, "true" if effect.lag else "together", effect.sign) for effect in named
    ]
    taken = {target, reply, reverse} | {effect.driver for effect in effects}

    def alike(other: int, places: Ints) -> Floats:
        own = odds[other] - odds[other].mean()
        rest = odds[places] - odds[places].mean(axis=1, keepdims=True)
        likeness: Floats = rest @ own / np.sqrt((rest**2).sum(axis=1) * (own @ own))
        return likeness

    def add(kind: Kind, driver: int, sign: float) -> None:
        listed.append((driver, kind, 1 if sign > 0 else -1))
        taken.add(driver)

    add("reverse", reverse, alike(target, np.array([reverse]))[0])
    rest = pool[~np.isin(pool, list(taken))]
    likeness = alike(target, rest)
    for at in np.argsort(-np.abs(likeness))[:2]:
        add("look_alike", int(rest[at]), likeness[at])
    if named:
        original = set(panel.relations[named[0].driver])
        kin = [d for d in pool if d not in taken and original & set(panel.relations[d])]
        if kin:
            near = np.array(kin)
            proxy = int(near[np.argmax(np.abs(alike(named[0].driver, near)))])
            add("proxy", proxy, alike(target, np.array([proxy]))[0])
    for driver in rng.permutation(pool[~np.isin(pool, list(taken))])[: 8 - len(listed)]:
        add("random", int(driver), rng.choice([-1, 1]))
    return PlantedCase(target, effects, tuple(listed))
