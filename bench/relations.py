"""How the lenses on relations do: how long things last, null rates, what they find.

Run from the repository root: `python bench/relations.py durability`, `votes`, `null`, `means`,
`standards` or `strikes`; the last three print what the page on real data tells of.
Seeds of the tests are below 1,000; those reported here begin at 5,000.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from cuibono.checks.base import claims
from cuibono.lenses.analogues import Analogues
from cuibono.lenses.base import Lens
from cuibono.lenses.declared_done import LEAST, MEASURE, STRUCK
from cuibono.lenses.double_standard import DoubleStandard, measure_distances
from cuibono.lenses.instruments import Instruments
from cuibono.lenses.verdict import LEANS
from cuibono.model.actor import Actor, DirectedDyad
from cuibono.model.period import Grid
from cuibono.model.trace import Condition, Trace
from cuibono.record.case_file import read_case
from cuibono.record.record import Record, open_record
from cuibono.stats.prognosis import learn
from cuibono.store.store import open_store

FIRST_SEED = 5_000
HORIZONS = np.array([6.0, 12.0, 24.0, 48.0])
CASE = Path("cases/russia-pakistan.toml")


def draw(rng: np.random.Generator, cases: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw four features, of which two foretell, the scale of a lifetime and the lifetime."""
    features = rng.standard_normal((cases, 4))
    scale = 24 * np.exp(0.6 * features[:, 0] - 0.5 * features[:, 1])
    return features, scale, np.ceil(rng.weibull(1.3, cases) * scale)


def durability(worlds: int = 200) -> None:
    """Score forecasts of 20 lifetimes from 250 censored ones, world by world."""
    errors: dict[str, list[float]] = {"base rate": [], "like cases": [], "truth": []}
    said, came, held = [], [], []
    for seed in range(FIRST_SEED, FIRST_SEED + worlds):
        rng = np.random.default_rng(seed)
        features, _, lifetime = draw(rng, 250)
        watched = np.ceil(rng.uniform(6, 120, 250))
        known = learn(
            features, np.minimum(lifetime, watched), lifetime <= watched, (np.arange(250),)
        )
        asked, scale, lasted = draw(rng, 20)
        truth = np.exp(-((HORIZONS / scale[:, None]) ** 1.3))
        base = np.tile(known.base(HORIZONS).share, (20, 1))
        curves = [known.forecast(row, HORIZONS) for row in asked]
        alike = np.array([curve.share for curve in curves])
        for name, forecast in (("base rate", base), ("like cases", alike), ("truth", truth)):
            errors[name].append(((forecast - (lasted[:, None] > HORIZONS)) ** 2).mean())
        bounds = np.array([curve.interval(0.9) for curve in curves])
        held.append((bounds[:, 0] <= truth) & (truth <= bounds[:, 1]))
        said.append(alike)
        came.append(lasted[:, None] > HORIZONS)
    skill = {name: 1 - np.array(e) / np.mean(errors["base rate"]) for name, e in errors.items()}
    for name, values in skill.items():
        error = values.std(ddof=1) / np.sqrt(worlds)
        brier = np.mean(errors[name])
        print(f"{name:12} Brier {brier:.3f}  skill {values.mean():6.1%} ± {1.645 * error:.1%}")
    print(f"90 % intervals hold the true share in {np.concatenate(held).mean():.1%}")
    stated, true = np.concatenate(said).ravel(), np.concatenate(came).ravel()
    for low in (0.0, 0.2, 0.4, 0.6, 0.8):
        within = (stated >= low) & (stated < low + 0.2)
        says, comes = stated[within].mean(), true[within].mean()
        print(f"said {says:.2f}  came {comes:.2f}  n {within.sum():,}")


def votes() -> None:
    """Print what the lens says of its own skill on votes it had not seen, course by course."""
    record = real_record()
    seen: dict[str, str] = {}
    for pair in (("PAK", "RUS"), ("GBR", "USA"), ("BRA", "USA"), ("ISR", "USA"), ("FRA", "USA"),
                 ("AUS", "USA"), ("CAN", "ISR"), ("BOL", "USA"), ("HND", "ISR")):  # fmt: skip
        started = time.process_time()
        findings = Analogues().look(about(record, *pair))
        (finding,) = (f for f in findings if f.source == "un_votes")
        course = finding.measured[0].verdict
        seen.setdefault(course, finding.could_see)
        print(f"{finding.about}: {course}, {time.process_time() - started:.1f} s CPU")
    for course, sight in seen.items():
        print(f"{course}: {sight}")


def means() -> None:
    """Print by what means some relations cooperate, beside the world."""
    record = real_record()
    for pair in (("RUS", "PAK"), ("IND", "USA"), ("USA", "UKR"), ("GBR", "UKR")):
        for finding in Instruments().look(about(record, *pair)):
            print(finding.could_see)
            for one in finding.measured:
                ranks = ", ".join(f"{r.place} of {r.of} ({r.among})" for r in one.ranks)
                print(f"{one.label}: {one.said}; {one.estimate or ''}; place {ranks or '-'}")


def standards() -> None:
    """Print how unevenly some observers object, and how unevenly observers do in general."""
    record = real_record()
    for observer, one, other in (("CHN", "USA", "RUS"), ("TUR", "ISR", "RUS"),
                                 ("USA", "CHN", "RUS"), ("RUS", "UKR", "ISR"),
                                 ("RUS", "PAK", "IND")):  # fmt: skip
        beside = DirectedDyad(Actor(observer, observer), Actor(other, other))
        asked = about(record, observer, one)
        asked = replace(asked, case=replace(asked.case, compare=(beside,)))
        for finding in DoubleStandard().look(asked):
            print(*finding.said)
    every = measure_distances(record.instruments("icews", Grid.WEEK))
    print(f"|z| passes 1.96 in {(every > 1.96).mean():.1%} of {every.size:,} comparisons,"
          f" {np.quantile(every, 1 - LEANS):.2f} in {LEANS:.0%}")  # fmt: skip


def strikes() -> None:
    """Print the share of each attacker's recorded strikes in Syria that the declared got."""
    named = Trace("measures", STRUCK, (Condition("measure", "=", MEASURE),), 0)
    table = real_record().rows(named)
    struck: dict[str, dict[str, int]] = {}
    for row in table.to_pylist():
        if row["actor"] and row["recipient"]:
            by_target = struck.setdefault(row["actor"], {})
            by_target[row["recipient"]] = by_target.get(row["recipient"], 0) + int(row["n"])
    for actor, by_target in struck.items():
        if (total := sum(by_target.values())) >= LEAST:
            hit = by_target.get("non_state:islamic-state", 0)
            print(f"{actor}: {hit} of {total} strikes on the Islamic State ({hit / total:.1%})")


def real_record() -> Record:
    """Open the embedded data for the shipped case."""
    return open_record(read_case(CASE), open_store())


def about(record: Record, actor: str, recipient: str) -> Record:
    """Ask the same of another relation."""
    dyad = DirectedDyad(Actor(actor, actor), Actor(recipient, recipient))
    return replace(record, case=replace(record.case, relation=dyad))


def null(relations: int = 300) -> None:
    """Count claims about relations of the world drawn at random: one in twenty is luck."""
    record = real_record()
    panel = record.events("icews", Grid.WEEK)
    rng = np.random.default_rng(FIRST_SEED)
    rows = rng.choice(np.flatnonzero(panel.channels["all"].sum(axis=1) >= 40), relations, False)
    for lens in (Instruments(),):
        report(lens, [about(record, *panel.relations[row]) for row in rows])


def report(lens: Lens, records: list[Record]) -> None:
    """Print how many ranked things are claimed, and how many looks claim anything."""
    ranked = claimed = looks = 0
    for record in records:
        for finding in lens.look(record):
            ranked += sum(bool(m.ranks and m.estimate) for m in finding.measured)
            claimed += len(claims(finding))
            looks += bool(claims(finding))
    print(f"{lens.name}: {claimed} of {ranked} ranked things ({claimed / max(ranked, 1):.1%},"
          f" luck {LEANS:.0%}); {looks} of {len(records)} relations with a claim")  # fmt: skip


if __name__ == "__main__":
    chosen = {"durability": durability, "votes": votes, "null": null,
              "means": means, "standards": standards, "strikes": strikes}  # fmt: skip
    for name in sys.argv[1:] or list(chosen):
        print(f"== {name} ")
        chosen[name]()
