"""Who moves whom: the lens motives beside the peers on worlds whose truth is known.

Run from the repository root: `python bench/motives.py FOLDER [--quick] [--picture FILE]`. It
makes the worlds, installs the peers into FOLDER/peers, and prints what is found for us and for
them on the same series: B1 to B6 of the plan, bootstrap intervals, seeds and the kernel. With a
FILE it draws stated against realised probability. B12 is `python bench/motives_speed.py`.
Peers that cannot be installed are left out by name.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from motives_drawn import draw_calibration
from numpy.typing import NDArray

from cuibono.lenses.contest import LAGS, Contest, Part
from cuibono.lenses.focal import find_visible, mark_rivals, see_focal
from cuibono.lenses.motives import FALSE, WRONG
from cuibono.lenses.motives_shares import attribute
from cuibono.lenses.power import measure_movement
from cuibono.model.panel import Panel
from cuibono.stats.attribution import share_out
from cuibono.stats.averaging import DOUBT, average
from cuibono.stats.discoveries import declare
from cuibono.stats.driver_sets import weigh_sets
from cuibono.stats.evidence import see_candidates
from cuibono.stats.rates import share_interval
from cuibono.stats.response import respond_in_shapes
from cuibono.stats.track import track
from cuibono.stats.turned_noise import fit_turned_noise
from cuibono.stats.world_evidence import scan_evidence
from cuibono.testing.planted import TIERS, PlantedCase, PlantedWorld, plant_world

HERE = Path(__file__).parent
PACKAGES = ("statsmodels", "scikit-learn", "tigramite", "lingam")
REPORTING = (4101, 4102)
"""Seeds of the worlds reported on; development used 101 to 105 and 201 of another generator."""
QUIET = tuple(range(4601, 4613))
"""Those of the worlds where nobody is at work: forty cases would not tell .05 from .10."""
PRIOR, CLAIM = 0.25, 0.8
BOOTSTRAPS = 500


class Seen:
    """One case as every method gets it."""

    def __init__(self, world: PlantedWorld, case: PlantedCase) -> None:
        panel = world.panel
        self.truth = np.array([kind == "true" for _, kind, _ in case.listed])
        self.signs = np.array([sign for _, _, sign in case.listed])
        self.kinds = [kind for _, kind, _ in case.listed]
        self.target = panel.relations[case.target]
        self.places = np.array([case.target, *(at for at, _, _ in case.listed)])
        warm = panel.channels["verbal_cooperation"] + panel.channels["material_cooperation"]
        cold = panel.channels["verbal_conflict"] + panel.channels["material_conflict"]
        self.raw = np.log1p(warm[self.places]) - np.log1p(cold[self.places])
        self.clean = self.raw
        self.probability = np.zeros(self.signs.size)
        self.claimed = np.zeros(self.signs.size, dtype=bool)
        self.seconds = 0.0


def collect(
    seen: list[Seen],
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.str_]]:
    """Join what was stated, what is true and what each candidate is."""
    stated = np.concatenate([one.probability for one in seen])
    truth = np.concatenate([one.truth for one in seen])
    return stated, truth, np.concatenate([one.kinds for one in seen])


def weigh(panel: Panel, rows: NDArray[np.int64], seen: Seen) -> None:
    """Do what the lens does in its first channel."""
    focal = see_focal(panel, seen.target, "tone", rows)
    if focal is None:
        return
    began = time.process_time()
    at = [int(np.flatnonzero(rows == place)[0]) for place in seen.places]
    tracked = track(focal.series[at], focal.chance[at], panel.steps)
    seen.clean = tracked.mean
    lags = tuple(range(1, LAGS[panel.grid] + 1))
    responses = respond_in_shapes(tracked.mean[1:], lags, focal.used)
    steps = panel.steps[focal.used]
    noise = fit_turned_noise(focal.y, focal.counting, steps, focal.controls)
    sets = weigh_sets(see_candidates(focal.y, noise, responses), seen.signs)
    prior = np.full(seen.signs.size, PRIOR)
    seen.probability = average(sets.member, sets.log_bayes_factor, prior, DOUBT).inclusion
    seen.seconds = time.process_time() - began


def simulate(tier: str, seeds: tuple[int, ...], cases: int, **changes: float) -> list[Seen]:
    """Weigh the cases of several worlds, and ask the world about whoever is probable."""
    found = []
    for seed in seeds:
        world = plant_world(seed, replace(TIERS[tier], targets=cases, **changes))
        rows = find_visible(world.panel)
        for case in world.cases:
            seen = Seen(world, case)
            weigh(world.panel, rows, seen)
            seen.claimed = ask_world(world.panel, rows, seen)
            found.append(seen)
    return found


class World:
    """How well every visible relation of a planted world explains one of them."""

    def __init__(self, panel: Panel, rows: NDArray[np.int64], target: tuple[str, str]) -> None:
        self.rows, self.rival = rows, mark_rivals(panel, target, rows)
        self.focal = see_focal(panel, target, "tone", rows)
        if self.focal is None:
            return
        tracked = track(self.focal.series, self.focal.chance, panel.steps)
        steps = panel.steps[self.focal.used]
        noise = fit_turned_noise(self.focal.y, self.focal.counting, steps, self.focal.controls)
        self.bayes = scan_evidence(
            self.focal.y, noise, tracked.mean, (1, 2, 3, 4, 5, 6), self.focal.used
        )

    def place(self, row: int, sign: int) -> float:
        """Give the share of the world that does at least as well as one relation."""
        at, column = int(np.flatnonzero(self.rows == row)[0]), (1 - sign) // 2
        others = self.rival & (np.arange(self.rows.size) != at)
        above = (self.bayes[others, column] >= self.bayes[at, column]).sum()
        return float((1 + above) / (1 + others.sum()))

    def name(self, drivers: set[tuple[int, int]]) -> tuple[int, int]:
        """Count who is declared at one wrong in ten, and who of them is wrong."""
        asked = self.rival | np.isin(self.rows, [row for row, _ in drivers])
        told = np.argwhere(asked[:, None] & np.ones(2, dtype=bool))
        named = told[declare(self.bayes[told[:, 0], told[:, 1]], WRONG)]
        right = sum((int(self.rows[at]), 1 - 2 * int(way)) in drivers for at, way in named)
        return len(named), len(named) - right


def ask_world(panel: Panel, rows: NDArray[np.int64], seen: Seen) -> NDArray[np.bool_]:
    """Say which candidates the lens claims: probable, and rare in the world."""
    claimed = seen.probability > CLAIM
    if claimed.any():
        world = World(panel, rows, seen.target)
        for at in np.flatnonzero(claimed):
            share = world.place(int(seen.places[1 + at]), int(seen.signs[at]))
            claimed[at] = share <= FALSE / claimed.size
    return claimed


def rank_in_world(
    tier: str, seed: int, cases: int
) -> tuple[list[tuple[float, float]], list[tuple[int, int]]]:
    """Give share of the path and placebo percentile of true drivers, and who is named (B5)."""
    planted = plant_world(seed, replace(TIERS[tier], targets=cases))
    panel, found, named = planted.panel, [], []
    rows = find_visible(panel)
    for case in planted.cases:
        world = World(panel, rows, panel.relations[case.target])
        if world.focal is None:
            continue
        for effect in case.effects:
            own = effect.path.var() / max(1e-9, np.var(world.focal.y))
            found.append((float(own), world.place(effect.driver, effect.sign)))
        named.append(world.name({(effect.driver, effect.sign) for effect in case.effects}))
    return found, named


def average_precision(score: NDArray[np.float64], truth: NDArray[np.bool_]) -> float:
    """Average precision; ties are broken at random."""
    order = np.lexsort((np.random.default_rng(0).random(score.size), -score))
    hits = truth[order]
    return float((np.cumsum(hits) / np.arange(1, hits.size + 1))[hits].mean())


def top_one(score: NDArray[np.float64], truth: NDArray[np.bool_]) -> bool:
    """Say whether the best is true; ties are broken at random."""
    best = np.flatnonzero(score == score.max())
    return bool(truth[np.random.default_rng(0).choice(best)])


def calibration_error(stated: NDArray[np.float64], truth: NDArray[np.bool_]) -> float:
    """Mean gap between stated and realised frequency, in ten bins."""
    tenth = np.minimum((10 * stated).astype(int), 9)
    return sum(
        abs(stated[tenth == i].mean() - truth[tenth == i].mean()) * (tenth == i).mean()
        for i in range(10)
        if (tenth == i).any()
    )


def compare_with_chance(stated: NDArray[np.float64], truth: NDArray[np.bool_]) -> str:
    """Say how many tenths hold what came true, and what chance does to a perfect lens."""
    tenth = np.minimum((10 * stated).astype(int), 9)
    held = []
    for which in np.unique(tenth):
        low, high = share_interval(truth[tenth == which].sum(), (tenth == which).sum())
        held.append(low <= stated[tenth == which].mean() <= high)
    rng = np.random.default_rng(0)
    errors = [calibration_error(stated, rng.random(stated.size) < stated) for _ in range(2000)]
    low, high = np.quantile(errors, [0.05, 0.95])
    return (
        f"{sum(held)} of {len(held)} tenths hold; a perfect lens: ECE"
        f" {np.mean(errors):.3f} [{low:.3f}, {high:.3f}]"
    )


def interval(scores: list[NDArray[np.float64]], cases: list[Seen]) -> str:
    """Write average precision with a 90 % interval over resampled cases."""
    rng = np.random.default_rng(1)

    def once(places: NDArray[np.int64]) -> float:
        return average_precision(
            np.concatenate([scores[i] for i in places]),
            np.concatenate([cases[i].truth for i in places]),
        )

    draws = [once(rng.integers(0, len(cases), len(cases))) for _ in range(BOOTSTRAPS)]
    low, high = np.quantile(draws, [0.05, 0.95])
    return f"{once(np.arange(len(cases))):.3f} [{low:.2f}, {high:.2f}]"


def report(
    name: str, scores: list[NDArray[np.float64]], cases: list[Seen], cost: float
) -> None:
    """Print one method's line."""
    top = np.mean([top_one(s, c.truth) for s, c in zip(scores, cases, strict=True)])
    print(f"  {name:28} AP {interval(scores, cases)}  top-1 {top:.2f}  {cost:.2f} s CPU a case")


def report_ours(seen: list[Seen]) -> None:
    """Print our own line."""
    cost = float(np.mean([one.seconds for one in seen]))
    report("cuibono motives", [one.probability for one in seen], seen, cost)


def ask_peers(folder: Path, cases: list[Seen], few: int) -> dict[str, Any]:
    """Run the peers on the same series, in an environment of their own."""
    python = folder / "peers" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder / "peers"], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *PACKAGES], check=False)
    np.savez(
        folder / "cases.npz",
        raw=np.array([c.raw for c in cases]),
        clean=np.array([c.clean for c in cases]),
        signs=np.array([c.signs for c in cases]),
    )
    command = [python, HERE / "motives_peers.py", folder / "cases.npz", str(few)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr[-500:])
        return {}
    return json.loads(done.stdout)


def compare(
    tier: str, folder: Path, cases: int, seeds: tuple[int, ...], few: int
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """B1 to B3 on one tier; give what was stated and what is true."""
    seen = [one for one in simulate(tier, seeds, cases) if one.truth.any()]
    stated, truth, kinds = collect(seen)
    print(
        f"{tier}: {len(seen)} cases, {truth.size} candidates, {truth.mean():.0%} true, {seeds}"
    )
    report_ours(seen)
    best = np.array([one.probability.max() for one in seen])
    wrong = np.array([not one.truth[one.probability.argmax()] for one in seen])
    said = [f"ECE {calibration_error(stated, truth):.3f}", compare_with_chance(stated, truth)]
    for bar in (0.5, CLAIM):
        told = best >= bar
        said.append(f"best >= {bar} in {told.mean():.0%} of cases, {wrong[told].sum()} wrong")
    claims, false = (
        np.array([this.sum() for this in each])
        for each in ([c.claimed for c in seen], [c.claimed & ~c.truth for c in seen])
    )
    said.append(
        f"the lens claims {claims.sum()}, {false.sum()} of them wrongly,"
        f" in {np.mean(claims > 0):.0%} of cases"
    )
    accepted = {kind: (stated[kinds == kind] > 0.5).mean() for kind in sorted(set(kinds))}
    said.append("above 0.5: " + ", ".join(f"{k} {v:.2f}" for k, v in accepted.items()))
    print("   ", "; ".join(said))
    for name, found in ask_peers(folder, seen, few).items():
        scores = [np.array(one) for one in found["scores"]]
        n = len(scores)
        report(f"{name} ({n})", scores, seen[:n], found["seconds"] / n)
    return stated, truth


def count_false(tier: str, cases: int, seeds: tuple[int, ...]) -> None:
    """B4: false motives a case where nobody is at work, before and after the world is asked."""
    seen = simulate(tier, seeds, cases, drivers=0)
    stated = np.concatenate([one.probability for one in seen])
    claimed = np.concatenate([one.claimed for one in seen])
    likely, probable, told = (
        this.sum() / len(seen) for this in (stated > 0.5, stated > CLAIM, claimed)
    )
    low, high = share_interval(sum(one.claimed.any() for one in seen), len(seen))
    print(f"{tier}, nobody at work, {len(seen)} cases: {likely:.2f} above 0.5 a case,")
    print(f"    {probable:.3f} above {CLAIM}; {told:.3f} are claimed (target {FALSE}), that is")
    print(f"    a share of cases in [{low:.3f}, {high:.3f}]")


def place_drivers(tier: str, seeds: tuple[int, ...], cases: int) -> None:
    """B5: where true drivers stand in the world, and how many of those named are wrong."""
    found, named = zip(*(rank_in_world(tier, seed, cases) for seed in seeds), strict=True)
    ranks = np.array([one for each in found for one in each]).reshape(-1, 2)
    large = ranks[ranks[:, 0] >= 0.3, 1]
    if large.size:
        hits = int((large <= 0.01).sum())
        low, high = share_interval(hits, large.size)
        print(f"{tier}: of {large.size} drivers with 30 % of the variance and more, {hits}")
        print(
            f"    stand in the best hundredth: {hits / large.size:.2f} [{low:.2f}, {high:.2f}];"
        )
        print(f"    median place {np.median(large):.4f}")
    total, wrong = np.array([one for each in named for one in each]).T
    rate = np.mean(wrong / np.maximum(1, total))
    print(f"    named at one wrong in ten: {total.sum()} relations in {total.size} cases,")
    print(f"    {wrong.sum()} wrong; {rate:.3f} of those of a case on average (target 0.10)")


def share_out_truth(tier: str, seed: int, cases: int) -> None:
    """B6: how often the interval on a share of the movement holds what was planted."""
    world = plant_world(seed, replace(TIERS[tier], targets=cases))
    panel, rows = world.panel, find_visible(world.panel)
    relations = tuple(panel.relations[row] for row in rows)
    held, naive, widths, asked = 0, 0, [], 0
    for case in world.cases:
        seen = Seen(world, case)
        focal = see_focal(panel, seen.target, "tone", rows)
        at = [int(np.flatnonzero(rows == place)[0]) for place in seen.places[1:]]
        if focal is None or not seen.truth.any():
            continue
        steps = panel.steps[focal.used]
        noise = fit_turned_noise(focal.y, focal.counting, steps, focal.controls)
        focal, tracked = (
            replace(focal, noise=noise),
            track(focal.series, focal.chance, panel.steps),
        )
        lags = tuple(range(1, LAGS[panel.grid] + 1))
        responses = respond_in_shapes(tracked.mean[at], lags, focal.used)
        sets = weigh_sets(see_candidates(focal.y, noise, responses), seen.signs)
        view = average(
            sets.member, sets.log_bayes_factor, np.full(seen.signs.size, PRIOR), DOUBT
        )
        groups = [(int(i),) for i in np.flatnonzero(seen.truth & (view.inclusion >= 0.5))]
        if not groups:
            continue
        drivers = tuple((relations[i], int(s)) for i, s in zip(at, seen.signs, strict=True))
        rival = mark_rivals(panel, seen.target, rows)
        contest = Contest(
            drivers, relations, rival, (Part("tone", focal, tracked, sets, lags),),
            sets.log_bayes_factor, np.zeros((rows.size, 2)),
        )  # fmt: skip
        shares = attribute(panel, contest, view, groups)
        movement = measure_movement(focal)
        paths = np.array([effect.path[focal.used] for effect in case.effects])[None]
        true = share_out(paths - paths.mean(axis=2, keepdims=True), movement, focal.controls)[0]
        places = [int(np.flatnonzero(rows == effect.driver)[0]) for effect in case.effects]
        for i, (driver,) in enumerate(groups):
            share = true[places.index(at[driver])]
            asked += 1
            naive += abs(shares.value[i] - share) <= 1.645 * shares.deviation[i]
            if shares.calibration is None:
                continue
            learnt = shares.calibration
            half = 1.645 * learnt.stretch * shares.deviation[i]
            held += abs(learnt.slope * shares.value[i] - share) <= half
            widths.append(half)
    print(
        f"{tier}: {asked} true drivers above 0.5; their share of the movement lies in the raw"
    )
    print(
        f"    90 % interval of {naive}; calibrated, {held} of {len(widths)}, half-width", end=""
    )
    print(f" {np.mean(widths):.2f} (target 0.87 to 0.93)" if widths else ": none")


def harder(cases: int, seeds: tuple[int, ...]) -> None:
    """B1 and B2 where drivers act at once, are groups, answer back, or are not listed."""
    wild = {"together": 0.4, "threats": 0.2, "feedback": 0.1, "unlisted": 0.2}
    seen = [one for one in simulate("typical", seeds, cases, **wild) if one.truth.any()]
    stated, truth, kinds = collect(seen)
    print(f"typical, {wild}: {len(seen)} cases")
    report_ours(seen)
    at_once = (stated[kinds == "together"] > 0.5).mean()
    print(
        f"    ECE {calibration_error(stated, truth):.3f}; same-month above 0.5: {at_once:.2f}"
    )


def main() -> None:
    """Print the table."""
    folder, quick = Path(sys.argv[1]), "--quick" in sys.argv
    folder.mkdir(parents=True, exist_ok=True)
    seeds, cases, few = (REPORTING[:1], 12, 2) if quick else (REPORTING, 20, 4)
    blas = np.show_config("dicts")["Build Dependencies"]["blas"]["name"]
    kernel = os.environ.get("OPENBLAS_CORETYPE", "as detected")
    print(f"{platform.machine()}, numpy {np.__version__}, {blas}, kernel {kernel}")
    said = {}
    for tier in TIERS:
        said[tier] = compare(tier, folder, cases, seeds, few)
        count_false(tier, cases, QUIET[:1] if quick else QUIET)
    if "--picture" in sys.argv:
        draw_calibration(said, Path(sys.argv[sys.argv.index("--picture") + 1]))
    harder(cases, seeds)
    for tier in ("rich", "typical"):
        share_out_truth(tier, seeds[0] + 700, 3 if quick else 10)
        place_drivers(tier, tuple(seed + 900 for seed in seeds), 2 if quick else 16)


if __name__ == "__main__":
    main()
