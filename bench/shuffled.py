"""How often lenses raise an alarm in the real world with its weeks and years in random order.

Run from the repository root: `python bench/shuffled.py`, or with the names of lenses. All
relations of the embedded events, and of the votes, are put in one random order of periods: who
deals with whom, how much, and what moves in the same week stays as it was, but no level steps
and nothing follows anything. Seeds of the tests are below 1,000 and those of development began
at 5,000; those reported here begin at 6,000.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from cuibono.checks.base import claims
from cuibono.lenses.base import Lens
from cuibono.lenses.focal import find_visible
from cuibono.lenses.linkage import Linkage
from cuibono.lenses.motives import Motives
from cuibono.lenses.third_party import ThirdParty
from cuibono.lenses.turning_points import TurningPoints
from cuibono.model.actor import Actor, DirectedDyad
from cuibono.model.finding import Finding
from cuibono.model.panel import Panel
from cuibono.model.period import Grid
from cuibono.record.case_file import read_case
from cuibono.record.record import Record, open_record
from cuibono.store.store import open_store

FIRST_SEED = 6_000
CASE = Path("cases/russia-pakistan.toml")
ASKED: dict[str, tuple[Lens, int]] = {
    "turning_points": (TurningPoints(), 40),
    "linkage": (Linkage(), 100),
    "third_party": (ThirdParty(), 40),
    "motives": (Motives(), 12),
}
"""The lenses that look at the order of periods, and of how many relations each is asked."""


def shuffle(record: Record, seed: int) -> Record:
    """Put the periods of every panel in one random order for all relations."""

    def mix(panel: Panel) -> Panel:
        order = np.random.default_rng(seed).permutation(panel.starts.size)
        return replace(
            panel,
            channels={name: values[:, order] for name, values in panel.channels.items()},
            exposure=panel.exposure[:, order],
        )

    def mixed(ask: Callable[..., Panel]) -> Callable[..., Panel]:
        return cache(lambda *asked: mix(ask(*asked)))

    return replace(record, events=mixed(record.events), measures=mixed(record.measures))


def draw_relations(record: Record, n: int, seed: int) -> list[tuple[str, str]]:
    """Draw relations at random from those that are visible in the weeks of events."""
    panel = record.events("icews", Grid.WEEK)
    visible = find_visible(panel)
    chosen = np.random.default_rng(seed).choice(visible, n, replace=False)
    return [panel.relations[row] for row in chosen]


def about(record: Record, actor: str, recipient: str) -> Record:
    """Ask the same of another relation."""
    dyad = DirectedDyad(Actor(actor, actor), Actor(recipient, recipient))
    return replace(record, case=replace(record.case, relation=dyad))


def list_alarms(finding: Finding) -> list[tuple[str, int]]:
    """List what could raise an alarm, and how many alarms each raised."""
    told = [one for one in finding.measured if one.estimate]
    source = finding.source
    match finding.lens:
        case "turning_points":
            levels = [one.id.partition(".")[0] for one in told if one.id.endswith(".changes")]
            turns = Counter(one.id.partition(".")[0] for one in told)
            return [(f"{source}, {level}", turns[level] - 1) for level in levels]
        case "linkage":
            answers = [one for one in told if one.id.startswith("answers")]
            return [(source, one.verdict in ("follows", "opposes")) for one in answers]
        case _:
            alarms = claims(finding)
            return [(source, one in alarms) for one in told if one.ranks]


def report(name: str, record: Record) -> None:
    """Print a lens's alarms by source, as the world was and in random order."""
    lens, n = ASKED[name]
    began = time.process_time()
    relations = draw_relations(record, n, FIRST_SEED)
    for order in ("as it was", "in random order"):
        alarms: Counter[str] = Counter()
        asked: Counter[str] = Counter()
        looks: Counter[str] = Counter()
        for seed, relation in enumerate(relations, FIRST_SEED):
            seen = record if order == "as it was" else shuffle(record, seed)
            for finding in lens.look(about(seen, *relation)):
                listed = list_alarms(finding)
                looks.update({what for what, found in listed if found})
                for what, found in listed:
                    alarms[what] += found
                    asked[what] += 1
        for what in sorted(asked):
            print(
                f"{name}, {what}, {order}: {alarms[what]} alarms, {asked[what]} asked"
                f" ({alarms[what] / asked[what]:.3f}), {looks[what]} of {n} relations with any;"
                f" {time.process_time() - began:.0f} s CPU so far",
                flush=True,
            )


def main() -> None:
    """Print the table."""
    record = open_record(read_case(CASE), open_store())
    for name in sys.argv[1:] or list(ASKED):
        report(name, record)


if __name__ == "__main__":
    main()
