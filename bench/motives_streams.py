"""B10: reciprocity in real streams of events: which relation moves with one, which follows.

Run from the repository root with the folder of the raw data:
`python bench/motives_streams.py ../shared/data`, which looks for `keds`, `icews` and
`netify_icews` in it.
In each stream the reply (B towards A) of every busy relation (A towards B) is ranked among all
busy relations, in the same period and by periods before it. Nobody doubts that the reply comes
first; the same by raw correlation stands beside it, and the same in worlds whose periods were
put in random order, where it should come first as often as anybody else does.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cuibono.stats.controls import annual_cycle, independent_columns
from cuibono.stats.noise import fit_noise
from cuibono.stats.scan import positions_before, scan_drivers
from cuibono.stats.series import net

TARGETS, FEW, LONG = 24, 9, 400
"""The busiest relations, whose replies are looked for; few where there are so many periods,
as whitening costs the cube of them."""

PER_YEAR = {"day": 365.25, "week": 365.25 / 7, "month": 12.0}
LONGEST, SEED, SHUFFLES = 800, 908, 20
"""Periods, the last ones; seed and number of the worlds in random order."""

ICEWS = """SELECT source_iso3, target_iso3, date_trunc('{grid}', date)::DATE,
    count(*) FILTER (goldstein > 0), count(*) FILTER (goldstein < 0)
    FROM '{file}' WHERE length(source_iso3) = 3 AND length(target_iso3) = 3
    AND source_iso3 <> target_iso3 AND goldstein <> 0 GROUP BY ALL"""
KEDS = """SELECT source[:3], target[:3], date_trunc('{grid}', date)::DATE,
    count(*) FILTER (goldstein > 0), count(*) FILTER (goldstein < 0)
    FROM '{file}' WHERE stream = '{stream}' AND source[:3] <> target[:3] AND goldstein <> 0
    GROUP BY ALL"""
NETIFY = """SELECT i, j, make_date(year, 1, 1), verbCoop + matlCoop, verbConf + matlConf
    FROM '{file}' WHERE verbCoop + matlCoop + verbConf + matlConf > 0"""


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream of events at one resolution, and by how much the reply may come first.

    Attributes
    ----------
    name, grid, query : str
        What it is called, its period, and the query that counts it.
    busy : int
        Events that a relation has at least to be ranked.
    lags : tuple of tuple of int
        Periods before, those that are tried together in one tuple.
    """

    name: str
    grid: str
    query: str
    busy: int
    lags: tuple[tuple[int, ...], ...]


def list_streams(raw: Path) -> Iterator[Stream]:
    """List what the raw folder holds, at every resolution that it allows."""
    keds = raw / "keds" / "keds_events.parquet"
    for stream, busy in (("gulf.cameo", 300), ("turkey.cameo", 300), ("casia.weis", 100)):
        for grid, more, lags in (("month", 1, ((0,), (1,))), ("week", 2, ((0,), (1, 2)))):
            query = KEDS.format(grid=grid, file=keds, stream=stream)
            if keds.exists():
                yield Stream(stream, grid, query, busy * more, lags)
    for file in sorted(raw.glob("icews/icews_20??.parquet")):
        for grid, busy, lags in (
            ("day", 300, ((0,), (1,), (2,), (3,))),
            ("week", 300, ((0,), (1,), (2,))),
        ):
            yield Stream(file.stem, grid, ICEWS.format(grid=grid, file=file), busy, lags)
    for file in raw.glob("netify_icews/icews_dyad_year_*.parquet"):
        yield Stream("netify", "year", NETIFY.format(file=file), 10_000, ((0,), (1,)))


def read_stream(
    stream: Stream,
) -> tuple[list[tuple[str, str]], NDArray[np.float64], NDArray[np.float64]]:
    """Count cooperation and conflict by busy directed pair and period, the busiest first."""
    import duckdb

    rows = duckdb.sql(stream.query).fetchall()
    periods = np.unique(np.array([row[2] for row in rows], dtype="datetime64[D]"))
    seen: dict[tuple[str, str], int] = {}
    for a, b, _, favourable, other in rows:
        seen[a, b] = seen.get((a, b), 0) + favourable + other
    relations = sorted(
        (pair for pair, n in seen.items() if n >= stream.busy), key=lambda p: (-seen[p], p)
    )
    place = {pair: i for i, pair in enumerate(relations)}
    counts = np.zeros((2, len(relations), periods.size))
    for a, b, day, favourable, other in rows:
        if (a, b) in place:
            at = np.searchsorted(periods, np.datetime64(day))
            counts[:, place[a, b], at] = favourable, other
    if stream.grid in ("week", "month"):
        counts = counts[:, :, 1:-1]  # The first and the last may be cut by the file's ends.
    return relations, counts[0, :, -LONGEST:], counts[1, :, -LONGEST:]


def first_of(score: NDArray[np.float64], target: int, reply: int) -> bool:
    """Say whether the reply scores best of all but the target itself."""
    score = np.where(np.arange(score.size) == target, -np.inf, np.nan_to_num(score))
    return bool(score.argmax() == reply)


def rank_replies(stream: Stream) -> None:
    """Print how often the reply comes first, for every lag of the stream."""
    relations, favourable, other = read_stream(stream)
    y, v = net(favourable, other)
    steps = np.arange(y.shape[1])
    world = np.log(favourable.sum(axis=0) + other.sum(axis=0) + 1)
    columns = [steps.astype(float), world]
    if (year := PER_YEAR.get(stream.grid)) and steps.size > year:
        columns.append(annual_cycle(steps, year))
    controls = independent_columns(*columns)
    asked = [
        (at, relations.index((b, a)))
        for at, (a, b) in enumerate(relations[: FEW if steps.size > LONG else TARGETS])
        if (b, a) in relations
    ]
    noises = {at: fit_noise(y[at], v[at], steps, controls) for at, _ in asked}
    rng = np.random.default_rng(SEED)
    mixed = [rng.permutation(steps.size) for _ in range(SHUFFLES)]
    if not asked:
        print(f"| {stream.name} | {stream.grid} | no busy relation has a busy reply |")
        return
    ours, raw, chance = [], [], []
    for lags in stream.lags:
        before = [positions_before(steps, steps, lag) for lag in lags]

        def best(at: int, drivers: NDArray[np.float64], before: list = before) -> NDArray:
            return scan_drivers(y[at], noises[at], drivers, before).max(axis=1)

        named = " or ".join(map(str, lags))
        hits = sum(first_of(best(at, y), at, reply) for at, reply in asked)
        ours.append(f"{named}: {hits}")
        raw.append(
            f"{sum(first_of(_correlate(y, at, lags), at, reply) for at, reply in asked)}"
        )
        chance += [first_of(best(at, y[:, o]), at, reply) for at, reply in asked for o in mixed]
    print(
        f"| {stream.name} | {steps.size} {stream.grid}s | {len(asked)} of {len(relations)}"
        f" | {', '.join(ours)} | {', '.join(raw)} | {1 / (len(relations) - 1):.1%}"
        f" | {np.mean(chance):.1%} |",
        flush=True,
    )


def _correlate(y: NDArray[np.float64], at: int, lags: tuple[int, ...]) -> NDArray[np.float64]:
    size = y.shape[1]
    plain = [np.corrcoef(y[at, lag:], y[:, : size - lag])[0, 1:] for lag in lags]
    return np.max(plain, axis=0)


def main() -> None:
    """Print the table."""
    print(
        "| stream | length | asked of busy relations | the reply first, by periods before"
        " | by raw correlation | by luck | in random order |\n|---|---|---|---|---|---|---|"
    )
    for stream in list_streams(Path(sys.argv[1])):
        rank_replies(stream)


if __name__ == "__main__":
    main()
