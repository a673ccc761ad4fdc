"""B10: reciprocity in real streams of events: which relation moves with one, which follows.

Run from the repository root: `python bench/motives_streams.py ../shared/data/keds`. In each
stream of KEDS the reply (B towards A) of every busy relation (A towards B) is ranked among all
busy relations, once in the same month and once by the better of the two weeks before. Nobody
doubts that the reply comes first; the same by raw correlation stands beside it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cuibono.stats.controls import annual_cycle, independent_columns
from cuibono.stats.noise import fit_noise
from cuibono.stats.scan import positions_before, scan_drivers
from cuibono.stats.series import net

BUSY, TARGETS, LONGEST = {"month": 300, "week": 600}, {"month": 24, "week": 9}, 800
"""Events of a relation at least; targets, the busiest; periods, the last, as a week's whitening
costs the cube of them."""


def read_stream(
    folder: Path, stream: str, grid: str
) -> tuple[list[tuple[str, str]], NDArray[np.float64], NDArray[np.float64]]:
    """Count a stream's cooperation and conflict by directed pair of actors and period."""
    import duckdb

    rows = duckdb.sql(
        f"""SELECT source[:3], target[:3], date_trunc('{grid}', date)::DATE,
            count(*) FILTER (goldstein > 0), count(*) FILTER (goldstein < 0)
            FROM '{folder}/keds_events.parquet'
            WHERE stream = '{stream}' AND source[:3] <> target[:3] AND goldstein <> 0
            GROUP BY ALL"""
    ).fetchall()
    periods = np.unique(np.array([row[2] for row in rows], dtype="datetime64[D]"))
    seen: dict[tuple[str, str], int] = {}
    for a, b, _, favourable, other in rows:
        seen[a, b] = seen.get((a, b), 0) + favourable + other
    relations = sorted(pair for pair, n in seen.items() if n >= BUSY[grid])
    place = {pair: i for i, pair in enumerate(relations)}
    counts = np.zeros((2, len(relations), periods.size))
    for a, b, day, favourable, other in rows:
        if (a, b) in place:
            at = np.searchsorted(periods, np.datetime64(day))
            counts[:, place[a, b], at] = favourable, other
    counts = counts[:, :, -LONGEST:]
    by_volume = sorted(relations, key=lambda pair: -seen[pair])
    order = [place[pair] for pair in by_volume]
    return by_volume, counts[0, order], counts[1, order]


def first_of(score: NDArray[np.float64], target: int, reply: int) -> bool:
    """Say whether the reply scores best of all but the target itself."""
    score = np.where(np.arange(score.size) == target, -np.inf, np.nan_to_num(score))
    return bool(score.argmax() == reply)


def rank_replies(folder: Path, stream: str, grid: str, lags: tuple[int, ...]) -> None:
    """Print how often the reply comes first."""
    relations, favourable, other = read_stream(folder, stream, grid)
    y, v = net(favourable, other)
    steps = np.arange(y.shape[1])
    world = np.log(favourable.sum(axis=0) + other.sum(axis=0) + 1)
    year = 12.0 if grid == "month" else 365.25 / 7
    controls = independent_columns(steps.astype(float), world, annual_cycle(steps, year))
    ours, raw = [], []
    for target, (a, b) in enumerate(relations[: TARGETS[grid]]):
        if (b, a) not in relations:
            continue
        reply = relations.index((b, a))
        noise = fit_noise(y[target], v[target], steps, controls)
        before = [positions_before(steps, steps, lag) for lag in lags]
        z = scan_drivers(y[target], noise, y, before)
        ours.append(first_of(z.max(axis=1), target, reply))
        plain = [np.corrcoef(y[target, lag:], y[:, : steps.size - lag])[0, 1:] for lag in lags]
        raw.append(first_of(np.max(plain, axis=0), target, reply))
    if ours:
        print(
            f"{stream}, {grid}, lag {' or '.join(map(str, lags))}: of {len(ours)} relations"
            f" among {len(relations)}, the reply first for {np.mean(ours):.2f};"
            f" by raw correlation {np.mean(raw):.2f}",
            flush=True,
        )


def main() -> None:
    """Print the table."""
    import duckdb

    folder = Path(sys.argv[1])
    streams = duckdb.sql(
        f"SELECT stream FROM '{folder}/keds_events.parquet' GROUP BY 1 ORDER BY count(*) DESC"
    ).fetchall()
    for (stream,) in streams:
        rank_replies(folder, stream, "month", (0,))
        rank_replies(folder, stream, "week", (1, 2))


if __name__ == "__main__":
    main()
