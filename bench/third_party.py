"""How the lens third_party does: on null worlds, planted worlds and ICEWS 2021-22.

Run from the repository root: `python bench/third_party.py null`, `planted`, `news`,
`speed`, or `icews ../shared/data/icews` (a folder with icews_2021.parquet and
icews_2022.parquet).
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cuibono.lenses.base import strongest
from cuibono.lenses.channels import QUADS
from cuibono.lenses.column import ask_others
from cuibono.lenses.focal import find_visible
from cuibono.lenses.look import World, measure_sight, measure_world
from cuibono.lenses.standings import Standing, rank_drivers
from cuibono.model.panel import Panel
from cuibono.model.period import Grid, Period
from cuibono.testing import worlds

ASKED = [(("IND", "USA"), 1), (("CHN", "RUS"), 1), (("USA", "PAK"), -1), (("PAK", "RUS"), 1)]


def read_icews(folder: Path) -> Panel:
    """Count events by directed pair of states, whole week and quad class."""
    import duckdb

    query = f"""
        SELECT source_iso3, target_iso3, date_trunc('week', date)::DATE AS week, quad, count(*)
        FROM read_parquet(['{folder}/icews_2021.parquet', '{folder}/icews_2022.parquet'])
        WHERE length(source_iso3) = 3 AND length(target_iso3) = 3
          AND source_iso3 <> target_iso3 AND quad BETWEEN 1 AND 4
        GROUP BY ALL"""
    found = duckdb.sql(query).fetchall()
    days = duckdb.sql(
        f"SELECT DISTINCT date FROM read_parquet('{folder}/icews_202[12].parquet')"
    ).fetchall()
    covered = {day for (day,) in days}
    mondays = sorted({week for _, _, week, _, _ in found if _whole(week, covered)})
    relations = sorted({(a, b) for a, b, *_ in found})
    row = {relation: i for i, relation in enumerate(relations)}
    column = {week: i for i, week in enumerate(mondays)}
    counts = np.zeros((4, len(relations), len(mondays)))
    for a, b, week, quad, n in found:
        if week in column:
            counts[quad - 1, row[a, b], column[week]] = n
    total = counts.sum(axis=0)
    return Panel(
        source="icews",
        grid=Grid.WEEK,
        starts=np.array(mondays, dtype="datetime64[D]"),
        relations=tuple(relations),
        channels=dict(zip(QUADS, counts, strict=True)) | {"all": total},
        exposure=total,
        rows=total.sum(axis=1).astype(np.int64),
        span=Period(mondays[0], Grid.WEEK.next(mondays[-1])),
    )


def _whole(week: date, covered: set[date]) -> bool:
    return all(date.fromordinal(week.toordinal() + i) in covered for i in range(7))


def busiest_kin(panel: Panel, world: World, target: tuple[str, str]) -> list[int]:
    """Choose drivers as an analyst would: the most reported that share an actor."""
    chosen = []
    for side in (0, 1):
        kin = [
            at
            for at, relation in enumerate(world.relations)
            if world.rival[at] and relation[side] == target[side]
        ]
        chosen += (
            [max(kin, key=lambda at: panel.rows[panel.index[world.relations[at]]])]
            if kin
            else []
        )
    return chosen


def shift(panel: Panel, target: tuple[str, str], by: int) -> Panel:
    """Turn the focal relation's record around in time, so that nothing moves it."""
    row = panel.index[target]
    channels = {name: counts.copy() for name, counts in panel.channels.items()}
    for counts in channels.values():
        counts[row] = np.roll(counts[row], by)
    return replace(panel, channels=channels)


def draw(
    panel: Panel, n: int, seed: int, *, shifted: bool
) -> Iterator[tuple[World, list[int]]]:
    """Measure random focal relations that are visible."""
    rng = np.random.default_rng(seed)
    for row in rng.choice(find_visible(panel), n, replace=False):
        target = panel.relations[row]
        by = int(rng.integers(10, panel.starts.size - 10))
        seen = shift(panel, target, by) if shifted else panel
        if world := measure_world(seen, target):
            yield world, busiest_kin(seen, world, target)


def report(title: str, draws: Iterator[tuple[World, list[int]]]) -> None:
    """Print how often chosen drivers reach the best twentieth and hundredth."""
    began, shares, tails, needed = time.perf_counter(), [], [], []
    for world, chosen in draws:
        tails.append(np.nanmean(np.abs(world.lagged) > 1.96))
        needed.append(world.detectable / max(world.movement.max(), 1e-9))
        for at in chosen:
            if not np.isnan(strongest(world.lagged[[at]], 1))[0]:
                shares += [np.divide(*world.rank(at, sign)) for sign in (1, -1)]
    share: NDArray[np.float64] = np.array(shares)
    print(
        f"{title:28} {len(tails):4} targets {share.size:5} ranks"
        f"  <=.05 {(share <= 0.05).mean():.3f}  <=.01 {(share <= 0.01).mean():.3f}"
        f"  mean {share.mean():.3f}  |z|>1.96 {np.mean(tails):.3f}"
        f"  blind {np.mean(np.array(needed) > 1):.2f}  {time.perf_counter() - began:.0f} s"
    )
    print("   tenths:", np.histogram(share, 10, (0, 1))[0].tolist())


def null() -> None:
    """Null worlds: nothing moves anything, yet drivers share actors and are busy."""
    for name, world in {
        "moods": worlds.World(),
        "strong moods": worlds.World(moods=0.8),
        "news wave": worlds.World(wave=0.8),
        "sparse": worlds.World(volume=0.8),
    }.items():
        panels = [worlds.simulate_events(seed, world) for seed in range(4)]
        report(
            name, (pair for i, p in enumerate(panels) for pair in draw(p, 25, i, shifted=False))
        )


def planted() -> None:
    """Planted drivers: how often the best twentieth and hundredth are reached."""
    driver, target = ("A02", "A03"), ("A00", "A01")
    for events in (2.0, 8.0, 30.0):
        for share in (0.2, 0.4, 0.7):
            plant = worlds.Planted(driver=driver, target=target, share=share)
            busy = {driver: events, target: events}
            tops, needs = [], []
            for seed in range(20):
                panel = worlds.simulate_events(seed, worlds.World(planted=plant, busy=busy))
                if (world := measure_world(panel, target)) and driver in world.relations:
                    tops.append(np.divide(*world.rank(world.relations.index(driver), 1)))
                    needs.append(measure_sight(panel, world, driver).needed)
            top = np.array(tops)
            print(
                f"{events:4.0f} events a week, share {share:.1f}:"
                f"  <=.01 {(top <= 0.01).mean():.2f}  <=.05 {(top <= 0.05).mean():.2f}"
                f"  median {np.median(top):.3f}  needed {np.median(needs):.2f}"
            )


def news() -> None:
    """Row and column where the driver is the news that all follow late, and where it acts."""
    driver, target = ("A02", "A03"), ("A00", "A01")
    for wave in (0.0, 1.0, 2.0):
        for delays in (4, 8) if wave else (0,):
            made = {"volume": 20.0, "wave": wave, "delays": delays}
            barometer = driver if wave else None
            told = []
            for seed in range(6):
                world = worlds.World(barometer=barometer, busy={driver: 80.0}, **made)
                panel = worlds.simulate_events(seed, world)
                rows = [
                    i for i in find_visible(panel) if set(panel.relations[i]) != set(driver)
                ]
                for row in np.random.default_rng(seed).choice(rows, 20, replace=False):
                    told += rank_drivers(panel, panel.relations[row], [(driver, 1)]).listed
            say_both(f"news {wave:.0f}, up to {delays} weeks late", told)
    for share in (0.4, 0.7, 0.9):
        plant = worlds.Planted(driver=driver, target=target, share=share)
        made_of = worlds.World(volume=12.0, busy={driver: 80.0, target: 40.0}, planted=plant)
        panels = (worlds.simulate_events(seed, made_of) for seed in range(20))
        acts = [s for p in panels for s in rank_drivers(p, target, [(driver, 1)]).listed]
        say_both(f"acts, share {share:.1f}", acts)

    for moods in (0.4, 1.0, 1.5):
        for general in (False, True):
            plant = worlds.Planted(driver=driver, target=target, share=0.8, general=general)
            made_of = worlds.World(
                volume=40.0, moods=moods, busy={driver: 60.0, target: 60.0}, planted=plant
            )
            panels = (worlds.simulate_events(seed, made_of) for seed in range(20))
            acts = [s for p in panels for s in rank_drivers(p, target, [(driver, 1)]).listed]
            say_both(f"{'its actor' if general else 'itself'}, moods {moods:.1f}", acts)


def say_both(title: str, told: list[Standing]) -> None:
    """Print how often a driver is in the best twentieth of its row, of its column, of both."""
    row = np.array([one.place / one.of <= 0.05 for one in told])
    column = np.array([one.column_place / one.column_of <= 0.05 for one in told])
    alike = np.array([one.matched_place / one.matched_of <= 0.1 for one in told])
    without = np.array([one.specific_place / one.specific_of <= 0.1 for one in told])
    verdicts = [one.verdict for one in told]
    print(
        f"{title:28} {row.size:4} ranks  row {row.mean():.3f}  column {column.mean():.3f}"
        f"  both {(row & column).mean():.3f}  best tenth alike {alike.mean():.3f}"
        f"  without moods {without.mean():.3f}  stands out {verdicts.count('stands_out')}"
        f"  leans {verdicts.count('leans')}  common {verdicts.count('common')}"
    )


def speed() -> None:
    """One focal relation against worlds of the size of ICEWS and of the UN."""
    events = worlds.World(actors=106, periods=85, volume=20.0)
    for panel in (worlds.simulate_events(1, events), worlds.simulate_agreement(1, actors=191)):
        began, used = time.perf_counter(), time.process_time()
        world = measure_world(panel, ("A00", "A01"))
        print(
            f"{len(world.relations) if world else 0:,} relations x {panel.starts.size} periods:"
            f" {time.perf_counter() - began:.2f} s, {time.process_time() - used:.2f} s CPU,"
            f" peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB"
        )


def icews(folder: Path) -> None:
    """Russia to Pakistan, and random focal relations turned around in time."""
    panel = read_icews(folder)
    print(f"{len(panel.relations):,} relations, {panel.starts.size} weeks, {panel.span},")
    print(f"{int(panel.rows.sum()):,} events, {find_visible(panel).size:,} visible relations")
    began = time.perf_counter()
    found = rank_drivers(panel, ("RUS", "PAK"), ASKED)
    print(
        f"RUS→PAK in {time.perf_counter() - began:.2f} s; threshold {found.threshold[1]:.2f},"
    )
    used = time.process_time()
    rank_drivers(panel, ("RUS", "PAK"), ASKED)
    print(f"a second look: {time.process_time() - used:.2f} s CPU")
    used = time.process_time()
    ask_others(panel, ("RUS", "PAK"), [driver for driver, _ in ASKED])
    print(f"columns of {len(ASKED)} drivers: {time.process_time() - used:.2f} s CPU")
    print(f"detectable share of whitened variance {found.detectable_share:.2f}")
    for standing in found.listed + found.rivals:
        print(
            f"  {'→'.join(standing.driver)} {standing.sign:+d} z {standing.score:5.2f}"
            f" ({standing.best}) {standing.place}/{standing.of}"
            f" alike {standing.matched_place}/{standing.matched_of}"
            f" column {standing.column_place}/{standing.column_of}"
            f" same week {standing.together:5.2f}: {standing.said}"
        )
    report("as recorded", draw(panel, 100, 1, shifted=False))
    report("turned around in time", draw(panel, 200, 2, shifted=True))
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["null"]:
            null()
        case ["planted"]:
            planted()
        case ["news"]:
            news()
        case ["speed"]:
            speed()
        case ["icews", folder]:
            icews(Path(folder))
        case _:
            sys.exit(__doc__)
