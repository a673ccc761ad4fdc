"""What asking a store costs: the world's panel, one relation, its rows, a new 15-minute file.

    python bench/panels.py              one million rows
    python bench/panels.py --full       ten million (2.6 GB of text in the temporary folder)

Run from the repository root. An invented ICEWS file is loaded, and the store asked in a
process of its own; CPU seconds are those of that process over all its threads, times those of
a clock. Relations are those that a reader looks at: one in a hundred, from the largest.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

ROWS, LARGEST = 1_000_000, 10_000_000
TURNS, RELATIONS = 5, 12
# One file a day, so that the weeks before the last files are covered.
FILES, BEFORE, APART, ROWS_PER_EXPORT = 20, 10, timedelta(days=1), 2_000
TARGETS = {"rebuild": 20e6, "panel": 20.0, "rows": 50.0, "file": 100.0}


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Give CPU and clock milliseconds of one call, and what it returns."""
    cpu, clock = time.process_time(), time.perf_counter()
    found = work()
    spent = time.process_time() - cpu, time.perf_counter() - clock
    return 1000 * spent[0], 1000 * spent[1], found


def tell(what: str, cpu: list[float], clock: list[float], more: str = "") -> None:
    """Print the median and the worst of several calls."""
    print(
        f"  {what:46} {median(clock):8.1f} ms, at most {max(clock):8.1f};"
        f" CPU {median(cpu):8.1f} ms{more}"
    )


def ask(folder: Path) -> None:
    """Ask a loaded store: panel of the world, then relation by relation."""
    from cuibono.model.period import Grid, Period
    from cuibono.record.panel import event_panel
    from cuibono.record.sought import Sought
    from cuibono.record.tally import tally_events
    from cuibono.store.rows import fetch_rows
    from cuibono.store.store import Store, open_store

    def opened() -> Store:
        whole = open_store(folder)
        return Store(whole.engine, folder, (), whole.loaded)

    store = opened()
    (snapshot,) = store.snapshots
    within = Period(snapshot.covered[0].start, snapshot.covered[-1].end)
    spent = [timed(lambda: event_panel(opened(), "icews", Grid.MONTH, within))
             for _ in range(TURNS)]  # fmt: skip
    cpu, clock, panels = (list(part) for part in zip(*spent, strict=True))
    rate = snapshot.accepted / median(cpu) * 1000
    tell("panel of the world, dyad-months", cpu, clock, f" = {rate / 1e6:.1f} M rows/CPU-s")

    sizes = sorted(zip(panels[0].rows.tolist(), panels[0].relations, strict=True), reverse=True)
    chosen = sizes[:: max(1, len(sizes) // 100)][:RELATIONS]
    print(f"  relations of {chosen[-1][0]:,} to {chosen[0][0]:,} rows:")
    whole_cpu, whole_clock, tally = timed(lambda: tally_events(store, "icews"))
    tell("counts made ahead, once a start", [whole_cpu], [whole_clock])
    asked = [
        Sought(source="icews", within=within, actor=actor, recipient=recipient)
        for _, (actor, recipient) in chosen
    ]
    starts = panels[0].starts
    for what, call in (
        ("one relation's panel, from those counts",
         lambda sought: tally.by_period(sought, Grid.MONTH, starts)),
        ("its source rows, all of them", lambda sought: fetch_rows(store, sought.trace)),
        ("its source rows, a page of 50", lambda sought: fetch_rows(store, sought.trace, 50)),
    ):  # fmt: skip
        call(asked[-1])
        spent = [timed(partial(call, sought)) for sought in asked]
        cpu, clock, _ = (list(part) for part in zip(*spent, strict=True))
        tell(what, cpu, clock)


def arrive(folder: Path, path: Path) -> None:
    """Load a file as the command line does, but for the start of Python."""
    from cuibono.store.load import load
    from cuibono.store.store import open_store

    load(open_store(folder), "gdelt", path)


def add(folder: Path) -> None:
    """Load 15-minute files one by one, and build the panel of all weeks after each."""
    from cuibono.model.period import Grid, Period
    from cuibono.record.panel import event_panel
    from cuibono.store.store import open_store

    within = Period(date(2015, 1, 1), date(2030, 1, 1))
    loads, panels = [], []
    for number, path in enumerate(sorted((folder / "exports").iterdir())):
        loads.append(timed(partial(arrive, folder, path)))
        if number >= BEFORE:
            panels.append(
                timed(lambda: event_panel(open_store(folder), "gdelt", Grid.WEEK, within))
            )
    for what, spent in (
        ("loaded, synced to disk", loads[BEFORE:]),
        ("the panel of all weeks, with it", panels),
    ):
        cpu, clock, _ = (list(part) for part in zip(*spent, strict=True))
        tell(what, cpu, clock)


CHILDREN = {"ask": ask, "add": add}


def in_child(what: str, folder: Path) -> None:
    """Run a part in a process of its own, and print what it prints."""
    subprocess.run([sys.executable, __file__, "child", what, str(folder)], check=True)


def main(rows: int) -> None:
    """Make the stores and ask them."""
    from cuibono.store.engine import Engine
    from cuibono.store.load import load
    from cuibono.store.store import Store
    from cuibono.testing.gdelt import write_exports
    from cuibono.testing.native import write_native

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "events.tab"
        write_native(source, rows)
        load(Store(Engine(), folder, (), ()), "icews", source)
        source.unlink()
        print(f"{rows:,} rows of ICEWS:", flush=True)
        in_child("ask", folder)
        more = folder / "more"
        write_exports(more / "exports", FILES, ROWS_PER_EXPORT, apart=APART)
        print(f"a file of {ROWS_PER_EXPORT:,} rows of GDELT more, after {BEFORE}:", flush=True)
        in_child("add", more)
    print(
        f"wanted: {TARGETS['rebuild'] / 1e6:.0f} M rows/CPU-s; {TARGETS['panel']:.0f} ms for a"
        f" panel, {TARGETS['rows']:.0f} ms for its rows; {TARGETS['file']:.0f} ms for a file"
    )


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["child", part, path]:
            CHILDREN[part](Path(path))
        case words:
            main(LARGEST if "--full" in words else ROWS)
