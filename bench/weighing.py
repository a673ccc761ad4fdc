"""How the weighing does: invariances, coverage, exactness and speed, beside adding up plainly.

Run from the repository root: `python bench/weighing.py` for the table (two minutes), with
`fusion` for its first rows (seconds), or with `dyads` for dossiers of twenty directed dyads,
drawn from the hundred most active of the embedded data (ten minutes); `dyads 1 7` makes the
first seven of them alone.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cuibono.model.actor import Actor, DirectedDyad
from cuibono.model.case import Case, Explanation
from cuibono.model.evidence import Evidence, Likelihood
from cuibono.model.period import Period
from cuibono.weighing.discount import add_clusters, group_clusters
from cuibono.weighing.rules import Rules
from cuibono.weighing.timeline import weigh_over_time
from cuibono.weighing.weigh import weigh

SEED = 20_270_101
PLAIN = Rules(n_draws=64, dependence=0, overconfidence=1, cluster_cap_db=1e6, total_cap_db=1e6)
QUICK = Rules(n_draws=64)
PARTS = {"explanations", "flips", "record", "ledger", "coverage", "limits", "sources"}


def build(names: list[str], evidence: list[Evidence], years: int = 5) -> Case:
    """Put items into a case of that many years from 2012 on."""
    return Case(
        name="bench",
        title="",
        question="",
        relation=DirectedDyad(Actor("RUS", "Russia"), Actor("PAK", "Pakistan")),
        period=Period(date(2012, 1, 1), date(2012 + years, 1, 1)),
        explanations=tuple(
            Explanation(
                id=name, name=name, mechanism="", nearest_rival="", discriminator="",
                prior=(0.2, 0.5),
            )
            for name in names
        ),
        documents=(),
        evidence=tuple(evidence),
    )  # fmt: skip


def item(
    name: str, cells: dict[str, Likelihood], origin: str = "", cluster: str = "", day: int = 0
) -> Evidence:
    """Write one item, so many days after the first of 2012."""
    return Evidence(
        id=name, text="", day=date(2012, 1, 1) + timedelta(days=day), document="", locator="",
        holder="", origin=origin or name, judge="bench", likelihoods=cells, cluster=cluster,
    )  # fmt: skip


def draw(rng: np.random.Generator, items: int, explanations: int, clusters: int) -> Case:
    """Draw a ledger with bands, blanks and clusters."""
    names = [f"h{j}" for j in range(explanations)]
    evidence = []
    for k in range(items):
        cells = {}
        for name in names:
            if rng.random() < 0.7:
                low, base = rng.uniform(0.05, 0.6, 2)
                cells[name] = Likelihood(
                    (low, low + rng.uniform(0.1, 0.3)), (base, base + rng.uniform(0.1, 0.3)), ""
                )
        cluster = f"c{rng.integers(clusters)}" if clusters and rng.random() < 0.7 else ""
        evidence.append(item(f"E{k}", cells, "", cluster, int(rng.integers(5 * 365))))
    return build(names, evidence)


def copies() -> Iterator[tuple[str, str, str]]:
    """Copy one report up to a hundred times."""
    cells = {"b": Likelihood((0.5, 0.6), (0.2, 0.3), "")}
    rest = [
        item("E1", {"a": Likelihood((0.7, 0.8), (0.1, 0.2), "")}),
        item("E2", {"c": Likelihood((0.5, 0.6), (0.3, 0.4), "")}),
    ]
    once = weigh(build(["a", "b", "c"], [*rest, item("E3", cells, "wire")]), QUICK)
    changed = leads_lost = 0
    for k in range(1, 101):
        told = [item(f"W{n}", cells, "wire") for n in range(k)]
        changed += weigh(build(["a", "b", "c"], [*rest, *told]), QUICK) != once
        apart = [item(f"W{n}", cells) for n in range(k)]
        plain = weigh(build(["a", "b", "c"], [*rest, *apart]), PLAIN)
        leads_lost += plain.weights[0].explanation != "a"
    yield "results changed by 1 to 100 wire copies", "0 of 100", f"{changed} of 100"
    yield "leaders lost by them when added plainly", "", f"{leads_lost} of 100"


def invariances(rng: np.random.Generator, n: int = 200) -> Iterator[tuple[str, str, str]]:
    """Shuffle items, swap names, strengthen items."""
    shuffled = renamed = lowered = 0
    for _ in range(n):
        case = draw(rng, 12, 4, 3)
        once = weigh(case, QUICK)
        order = rng.permutation(len(case.evidence))
        turned = replace(case, evidence=tuple(case.evidence[k] for k in order))
        shuffled += weigh(turned, QUICK) != once
        swap = {e.id: f"x{rng.integers(10**9)}" for e in case.explanations}
        other = replace(
            case,
            explanations=tuple(replace(e, id=swap[e.id]) for e in case.explanations),
            evidence=tuple(
                replace(x, likelihoods={swap[m]: y for m, y in x.likelihoods.items()})
                for x in case.evidence
            ),
        )
        before = {w.explanation: w.evidence.value for w in once.weights}
        after = {w.explanation: w.evidence.value for w in weigh(other, QUICK).weights}
        renamed += any(after[swap[m]] != db for m, db in before.items())
        at = int(rng.integers(len(case.evidence)))
        stronger = _strengthen(case, at)
        later = {w.explanation: w.evidence.value for w in weigh(stronger, QUICK).weights}
        lowered += any(later[m] < before[m] - 1e-9 for m in before)
    yield "results changed by the order of items", f"0 of {n}", f"{shuffled} of {n}"
    yield "results changed by other names", f"0 of {n}", f"{renamed} of {n}"
    yield "explanations lowered by a stronger item", f"0 of {n}", f"{lowered} of {n}"


def _strengthen(case: Case, at: int) -> Case:
    seen = case.evidence[at]
    cells = {
        m: replace(x, if_false=(x.if_false[0] / 2, x.if_false[1] / 2))
        for m, x in seen.likelihoods.items()
    }
    evidence = list(case.evidence)
    evidence[at] = replace(seen, likelihoods=cells)
    return replace(case, evidence=tuple(evidence))


def coverage(
    rng: np.random.Generator, related: float, n: int = 1_000
) -> Iterator[tuple[str, str, str]]:
    """Misjudge items anywhere in their bands, related within clusters, and count."""
    from scipy.special import ndtr

    held = held_plain = 0
    apart = Rules(n_draws=1_000, shared_error=0)
    for _ in range(n):
        case = draw(rng, 12, 1, 4)
        moods = rng.standard_normal(5)
        true = []
        for x in case.evidence:
            cell = x.likelihoods.get("h0")
            if cell is None:
                true.append(x)
                continue
            mood = moods[int(x.cluster[1:])] if x.cluster else rng.standard_normal()
            z = np.sqrt(related) * mood + np.sqrt(1 - related) * rng.standard_normal()
            low, high = cell.decibans
            ratio = 10 ** ((low + ndtr(z) * (high - low)) / 10)
            base = 0.9 / (1 + ratio)
            known = Likelihood((base * ratio,) * 2, (base,) * 2, "")
            true.append(replace(x, likelihoods={"h0": known}))
        truth = weigh(replace(case, evidence=tuple(true)), QUICK).weights[0].evidence.value
        band = weigh(case, Rules(n_draws=1_000)).weights[0].evidence
        held += band.low <= truth <= band.high
        band = weigh(case, apart).weights[0].evidence
        held_plain += band.low <= truth <= band.high
    name = f"90 % bands that hold the truth, errors related by {related}"
    yield name, ">= 90 %", f"{held / n:.1%} (errors taken as unrelated: {held_plain / n:.1%})"


def exactness(rng: np.random.Generator, n: int = 300) -> Iterator[tuple[str, str, str]]:
    """Sum over every world of a small case."""
    worst = 0.0
    for _ in range(n):
        case = draw(rng, 5, 3, 0)
        points = tuple(
            replace(
                x,
                likelihoods={
                    m: Likelihood((y.if_true[0],) * 2, (y.if_false[0],) * 2, "")
                    for m, y in x.likelihoods.items()
                },
            )
            for x in case.evidence
        )
        case = replace(
            case,
            evidence=points,
            explanations=tuple(replace(e, prior=(0.3, 0.3)) for e in case.explanations),
        )
        for w in weigh(case, PLAIN).weights:
            worst = max(worst, abs(w.posterior.value - _enumerate(case, w.explanation)))
    yield f"largest error against all worlds of {n} small cases", "< 1e-6", f"{worst:.0e}"


def _enumerate(case: Case, name: str) -> float:
    names = [e.id for e in case.explanations]
    total = at_work = 0.0
    for world in product((True, False), repeat=len(names)):
        chance = 1.0
        for on, m in zip(world, names, strict=True):
            chance *= 0.3 if on else 0.7
            for x in case.evidence:
                if m in x.likelihoods:
                    cell = x.likelihoods[m]
                    chance *= cell.if_true[0] if on else cell.if_false[0]
        total += chance
        at_work += chance if world[names.index(name)] else 0.0
    return at_work / total


SITUATIONS = (
    ("related by 0.6, ratios 1.5 times too steep", 0.6, 1.5, 0.03),
    ("related by 0.3, ratios too steep", 0.3, 1.5, 0.045),
    ("related by 0.9, ratios too steep", 0.9, 1.5, 0.045),
    ("unrelated, ratios too steep", 0.0, 1.5, 0.045),
    ("related by 0.6, ratios as they should be", 0.6, 1.0, 0.045),
    ("related by 0.6, ratios twice too steep", 0.6, 2.0, 0.045),
)
"""How related the items of a cluster are, how steep the analyst's ratios, and the target."""


def judge(
    rng: np.random.Generator, n: int, related: float, steep: float
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.float64]]:
    """Draw what the data said, the truth, and an analyst's twelve ratios in three clusters.

    What an item shows is 0.8 deviations higher where the explanation is at work; the four
    of a cluster share part of their chance, and the analyst reads each as if it stood alone.
    """
    before = rng.beta(0.6, 1.4, n).clip(1e-3, 1 - 1e-3)
    truth = rng.random(n) < before
    chance = np.sqrt(related) * rng.standard_normal((n, 3, 1))
    chance = chance + np.sqrt(1 - related) * rng.standard_normal((n, 3, 4))
    shown = 0.8 * truth[:, None, None] + chance
    ratio = steep * (0.8 * shown - 0.32)
    return before, truth, 10 / np.log(10) * ratio.reshape(n, 12)


def fusion(rng: np.random.Generator, n: int = 40_000) -> Iterator[tuple[str, str, str]]:
    """State probabilities from data and a dependent, over-confident analyst together (B9)."""
    clusters = group_clusters(f"c{k // 4}" for k in range(12))
    for name, related, steep, target in SITUATIONS:
        before, truth, cells = judge(rng, n, related, steep)
        prior = 10 * np.log10(before / (1 - before))
        said = []
        for rules in (Rules(), PLAIN):
            total = add_clusters(cells, clusters, rules)
            total = np.clip(total, -rules.total_cap_db, rules.total_cap_db)
            stated = 1 / (1 + 10 ** (-(prior + total) / 10))
            error, right = _calibration_error(stated, truth), truth[stated > 0.9].mean()
            brier = ((stated - truth) ** 2).mean()
            said.append(f"ECE {error:.3f}, Brier {brier:.3f}, above 0.9 right {right:.0%}")
        yield f"fusion, {name}", f"<= {target}", f"{said[0]} (plain sum: {said[1]})"


def _calibration_error(stated: NDArray[np.float64], truth: NDArray[np.bool_]) -> float:
    tenth = np.minimum((10 * stated).astype(int), 9)
    gap = np.bincount(tenth, stated - truth, minlength=10)
    return float(np.abs(gap).sum() / stated.size)


def twins(rng: np.random.Generator, n: int = 100) -> Iterator[tuple[str, str, str]]:
    """Give two explanations the same cells."""
    told_apart = 0
    for _ in range(n):
        case = draw(rng, 10, 2, 2)
        evidence = tuple(
            replace(x, likelihoods={m: y for y in x.likelihoods.values() for m in ("h0", "h1")})
            for x in case.evidence
        )
        (pair,) = weigh(replace(case, evidence=evidence), QUICK).comparisons
        told_apart += pair.separable or not pair.same_predictions
    yield "pairs with the same predictions told apart", f"0 of {n}", f"{told_apart} of {n}"


def speed(rng: np.random.Generator) -> Iterator[tuple[str, str, str]]:
    """Weigh 500 items, 8 explanations and 60 months, with flip points."""
    case = draw(rng, 500, 8, 60)
    weigh(case), weigh_over_time(case)
    start = time.process_time()
    weigh(case)
    whole = time.process_time() - start
    timeline = weigh_over_time(case)
    both = time.process_time() - start
    name = f"500 items x 8 explanations x {len(timeline.periods)} periods, CPU"
    yield name, "< 2 s", f"{both:.2f} s ({whole:.2f} s of it the whole with flip points)"


def dyads(first: int = 1, last: int = 20) -> None:
    """Explain twenty directed dyads drawn from the hundred most active, or some of them."""
    from cuibono.store.store import open_store

    store = open_store()
    events = store.table("events", "icews")
    states = (events.actor.length() == 3) & (events.recipient.length() == 3)
    counted = events.filter(states & (events.actor != events.recipient))
    sums = counted.group_by("actor", "recipient").agg(n=counted.events.sum())
    rows = store.engine.collect(sums).to_pylist()
    rows.sort(key=lambda row: (-row["n"], row["actor"], row["recipient"]))
    chosen = np.random.default_rng(SEED).choice(100, 20, replace=False)[first - 1 : last]
    good = 0
    with tempfile.TemporaryDirectory() as out:
        for at in chosen:
            pair = rows[at]["actor"], rows[at]["recipient"]
            words = ["--from", "2015", "--to", "2022", "--checks", "none", "--out", out]
            start = time.perf_counter()
            run = subprocess.run(
                [Path(sys.executable).with_name("cuibono"), "explain", *pair, *words],
                capture_output=True, text=True, check=False,
            )  # fmt: skip
            home = Path(out) / "-".join(pair).lower()
            whole = run.returncode == 0 and _is_readable(run.stdout, home)
            items = (
                len(json.loads((home / "dossier.json").read_text())["evidence"]) if whole else 0
            )
            good += whole
            said = run.stdout.splitlines()[0][:90] if whole else run.stderr.strip()[:90]
            seconds = time.perf_counter() - start
            print(f"{pair[0]}→{pair[1]}  {items:2} items  {seconds:3.0f} s  {said}", flush=True)
    print(f"readable dossiers: {good} of {len(chosen)}")


def _is_readable(said: str, home: Path) -> bool:
    """Ask for three lines and a page, every part of a dossier, and no number that is none."""
    lines = said.splitlines()
    pages = [home / f"dossier.{kind}" for kind in ("html", "md", "json")]
    if len(lines) != 4 or not all(page.is_file() for page in pages):
        return False
    dossier = json.loads(pages[2].read_text("utf-8"))
    parts = {section["id"] for section in dossier["sections"]}
    text = pages[1].read_text("utf-8")
    return parts >= PARTS and not re.search(r"\b(nan|inf|None)\b", text)


def all_else(rng: np.random.Generator) -> tuple[Iterator[tuple[str, str, str]], ...]:
    """List the rest of the table."""
    return (
        copies(), invariances(rng), twins(rng), exactness(rng),
        coverage(rng, 0.0), coverage(rng, 0.6), coverage(rng, 0.9), speed(rng),
    )  # fmt: skip


def main() -> None:
    """Print the table, or the dossiers."""
    if sys.argv[1:2] == ["dyads"]:
        dyads(*map(int, sys.argv[2:4]))
        return
    rng = np.random.default_rng(SEED)
    parts: tuple[Iterator[tuple[str, str, str]], ...] = (
        fusion(np.random.default_rng((SEED, 9))),
    )
    if sys.argv[1:2] != ["fusion"]:
        parts += all_else(rng)
    print(f"{'':<62}{'target':<12}got")
    for part in parts:
        for name, target, got in part:
            print(f"{name:<62}{target:<12}{got}", flush=True)


if __name__ == "__main__":
    main()
