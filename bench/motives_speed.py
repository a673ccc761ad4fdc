"""B12: what a scan costs on one core, beside the measured speed of a matrix product.

Run from the repository root: `python bench/motives_speed.py [--full]`; the full size runs all
39,800 targets, else the first 1,024 are run and said to be so.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Callable
from typing import TypeAlias

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
from numpy.typing import NDArray

from cuibono.stats.all_pairs import scan_pairs
from cuibono.stats.controls import independent_columns
from cuibono.stats.driver_sets import weigh_sets
from cuibono.stats.evidence import see_candidates
from cuibono.stats.noise import Noise, fit_noise
from cuibono.stats.response import respond_in_shapes
from cuibono.stats.scan import positions_before, scan_drivers
from cuibono.stats.track import track
from cuibono.stats.turned_noise import fit_turned_noise
from cuibono.stats.world_evidence import scan_evidence

Floats: TypeAlias = NDArray[np.float64]

N, T, LAGS = 39_800, 312, (1, 2, 3, 4, 5, 6)
TURNS = 3


def peak() -> float:
    """Measure single-precision multiplications and additions a second, in thousand millions."""
    a = np.random.default_rng(0).normal(size=(2048, 2048)).astype(np.float32)
    best = 0.0
    for _ in range(TURNS):
        began = time.process_time()
        for _ in range(4):
            a @ a
        best = max(best, 4 * 2 * 2048**3 / (time.process_time() - began) / 1e9)
    return best


def tell(job: str, work: Callable[[], object], turns: int = TURNS) -> float:
    """Print the least CPU seconds of several turns, as others may share the core."""
    spent = []
    for _ in range(turns):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    print(f"{job}: {min(spent):.2f} s", flush=True)
    return min(spent)


def weigh_case(
    y: Floats, chance: Floats, controls: Floats, series: Floats, beside: Floats
) -> None:
    """Weigh eight candidates, from counts to sets."""
    steps = np.arange(T)
    fitted = fit_turned_noise(y, chance, steps, controls)
    tracked = track(series, beside, steps)
    responses = respond_in_shapes(tracked.mean, LAGS, steps)
    weigh_sets(see_candidates(y, fitted, responses), np.ones(len(series), dtype=np.int64))


def time_one_relation(series: Floats, rng: np.random.Generator) -> None:
    """Time what is asked of one relation: its noise, its candidates, the whole world."""
    steps, chance = np.arange(T), np.full((8, T), 0.3)
    controls = independent_columns(rng.normal(size=(T, 8)))
    y = rng.normal(size=T).cumsum() / 4 + rng.normal(size=T)
    noise = fit_noise(y, chance[0], steps, controls)
    tell("noise of one relation", lambda: fit_noise(y, chance[0], steps, controls))
    tell(
        "a case of 8 candidates, noise and levels included",
        lambda: weigh_case(y, chance[0], controls, series[:8], chance),
    )
    one = Noise(np.ones(1), noise.whitening.keep(np.array([0])), noise.chance[:1])
    before = [positions_before(steps, steps, lag) for lag in LAGS]
    scan_evidence(y, one, series[:64], LAGS, steps)
    scan_drivers(y, one, series[:64], before)
    tell(
        f"evidence of {N:,} drivers, one noise state",
        lambda: scan_evidence(y, one, series, LAGS, steps),
    )
    tell(
        f"exact scan of {N:,} drivers at 6 lags, one noise state",
        lambda: scan_drivers(y, one, series, before),
    )


def time_all_pairs(series: NDArray[np.float32], best: float) -> None:
    """Time every target, or some of them; what a part pays once is told apart."""
    scan_pairs(series[:600], LAGS)
    n, turns = (N, 1) if "--full" in sys.argv else (1024, TURNS)
    once = tell(
        "laying a world out for all pairs", lambda: scan_pairs(series, LAGS, targets=(0, 1))
    )
    used = tell(
        f"{n:,} targets x {N:,} drivers x 6 lags",
        lambda: scan_pairs(series, LAGS, targets=(0, n)),
        turns,
    )
    whole = once + (used - once) * N / n
    rate = 2 * 2 * N * N * (T - max(LAGS)) * len(LAGS) / whole / 1e9
    part = "" if n == N else ", from a part"
    print(f"    {rate / best:.0%} of the product's speed; all {N:,}: {whole:.0f} s{part}")


def main() -> None:
    """Time each job after it has been compiled."""
    rng = np.random.default_rng(1)
    series = rng.normal(size=(N, T)).cumsum(axis=1)
    series -= series.mean(axis=1, keepdims=True)
    best = peak()
    kernel = os.environ.get("OPENBLAS_CORETYPE", "as detected")
    print(f"float32 product: {best:.0f} GFLOP/s on one core, kernel {kernel}")
    print(f"least CPU seconds of {TURNS} turns, {T} periods, one core")
    time_one_relation(series, rng)
    time_all_pairs(series.astype(np.float32), best)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB")


if __name__ == "__main__":
    main()
