"""B12: what a scan costs on one core, beside the measured speed of a matrix product.

Run from the repository root: `python bench/motives_speed.py [--full]`; the full size runs all
39,800 targets, else the first 2,048 are run and said to be so.
"""

from __future__ import annotations

import os
import resource
import sys
import time

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np

from cuibono.stats.all_pairs import scan_pairs
from cuibono.stats.averaging import weigh_sets
from cuibono.stats.controls import independent_columns
from cuibono.stats.evidence import see_candidates
from cuibono.stats.narrow_scan import scan_narrow
from cuibono.stats.noise import Noise, fit_noise
from cuibono.stats.response import response_operators
from cuibono.stats.track import track
from cuibono.stats.turned_noise import fit_turned_noise
from cuibono.stats.world_evidence import scan_evidence

N, T, LAGS = 39_800, 312, (1, 2, 3, 4, 5, 6)


def peak() -> float:
    """Measure single-precision multiplications and additions a second, in thousand millions."""
    a = np.random.default_rng(0).normal(size=(2048, 2048)).astype(np.float32)
    a @ a
    began = time.process_time()
    for _ in range(8):
        a @ a
    return 8 * 2 * 2048**3 / (time.process_time() - began) / 1e9


class Clock:
    """CPU seconds from its making on."""

    def __init__(self) -> None:
        self.began = time.process_time()

    def tell(self, job: str) -> float:
        """Print what a job took."""
        used = time.process_time() - self.began
        print(f"{job}: {used:.2f} s", flush=True)
        return used


def main() -> None:
    """Time each job once, after it has been compiled."""
    rng = np.random.default_rng(1)
    series = rng.normal(size=(N, T)).cumsum(axis=1)
    steps, chance = np.arange(T), np.full((N, T), 0.3)
    best = peak()
    kernel = os.environ.get("OPENBLAS_CORETYPE", "as detected")
    print(f"float32 product: {best:.0f} GFLOP/s on one core, kernel {kernel}")
    controls = independent_columns(rng.normal(size=(T, 8)))
    y = rng.normal(size=T).cumsum() / 4 + rng.normal(size=T)

    clock = Clock()
    noise = fit_noise(y, chance[0], steps, controls)
    clock.tell("noise of one relation")

    operators = response_operators(T, LAGS)
    for _ in range(2):
        clock = Clock()
        fitted = fit_turned_noise(y, chance[0], steps, controls)
        tracked = track(series[:8], chance[:8], steps)
        responses = np.einsum("cus,ks->kcu", operators, tracked.mean, optimize=True)
        weigh_sets(see_candidates(y, fitted, responses), np.ones(8, dtype=np.int64))
    clock.tell("a case of 8 candidates, noise and levels included")

    levels = series - series.mean(axis=1, keepdims=True)
    one = Noise(np.ones(1), noise.whitening.keep(np.array([0])), noise.movement_share)
    scan_evidence(y, one, levels[:64], operators, steps)
    clock = Clock()
    scan_evidence(y, one, levels, operators, steps)
    clock.tell(f"evidence of {N:,} drivers, one noise state")

    clock = Clock()
    scan_narrow(y, one, levels, steps, LAGS)
    clock.tell(f"exact scan of {N:,} drivers at 6 lags, one noise state")

    narrow = series.astype(np.float32)
    scan_pairs(narrow[:600], LAGS)
    n = N if "--full" in sys.argv else 2048
    clock = Clock()
    scan_pairs(narrow, LAGS, targets=(0, n))
    used = clock.tell(f"{n:,} targets x {N:,} drivers x 6 lags")
    rate = 2 * 2 * n * N * (T - 6) * 6 / used / 1e9
    part = "" if n == N else ", from a part"
    print(
        f"    {rate / best:.0%} of the product's speed; all {N:,}: {used * N / n:.0f} s{part}"
    )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB")


if __name__ == "__main__":
    main()
