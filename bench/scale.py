"""What a panel costs against the number of events: DuckDB, and Spark with one and two workers.

Run from the repository root: `make test-spark` once for the environment, then
`.venv/spark/bin/python bench/scale.py`. Each line is a process of its own that
builds the dyad-month panel of an invented store twice; "again" is the second
time, with code compiled and files in the page cache. CPU and memory are those
of the process and all it started: Spark's driver and executors included.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from cuibono.model.period import Grid
from cuibono.record.panel import event_panel
from cuibono.testing.canonical import EVENTS, WITHIN, open_written, write_store

ENGINES = ("duckdb://", "spark://local-cluster[1,1,1024]", "spark://local-cluster[2,1,1024]")
MILLIONS = (1, 2, 5)
ROWS_PER_FILE = 250_000
TICKS_PER_S = os.sysconf("SC_CLK_TCK")


def family(ancestor: int) -> Iterator[Path]:
    """Folders in /proc of a process and all that descend from it."""
    yield (folder := Path(f"/proc/{ancestor}"))
    for children in folder.glob("task/*/children"):
        for child in children.read_text().split():
            yield from family(int(child))


def cpu_seconds() -> float:
    """User and system time of this process and its descendants."""
    fields = [(f / "stat").read_text().rpartition(")")[2].split() for f in family(os.getpid())]
    return sum(int(x[11]) + int(x[12]) for x in fields) / TICKS_PER_S


def peak_megabytes() -> float:
    """Resident memory at each process's own peak, added up: an upper bound."""
    lines = [
        line for f in family(os.getpid()) for line in (f / "status").read_text().splitlines()
    ]
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def measure(url: str, folder: Path) -> dict[str, float]:
    """Build the panel twice on one engine."""
    store = open_written(folder, url)
    took = {}
    for turn in ("first", "again"):
        wall, cpu = time.perf_counter(), cpu_seconds()
        panel = event_panel(store, EVENTS, Grid.MONTH, WITHIN)
        took |= {f"{turn}_wall": time.perf_counter() - wall, f"{turn}_cpu": cpu_seconds() - cpu}
    took |= {"events": float(panel.rows.sum()), "megabytes": peak_megabytes()}
    store.engine.close()
    return took


def in_own_process(url: str, folder: Path) -> dict[str, float]:
    """Measure where nothing else has been compiled or cached yet."""
    command = [sys.executable, __file__, url, str(folder)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: dict[str, float] = json.loads(said.splitlines()[-1])
    return found


def print_table(base: Path) -> None:
    """Print a line for each engine and size; the engines must count the same events."""
    engines = [url for url in ENGINES if find_spec("pyspark") or not url.startswith("spark")]
    if len(engines) < len(ENGINES):
        print("Spark is not installed here: DuckDB alone. `make test-spark` installs it.")
    print("engine\trows\tfirst wall s\tagain wall s\tagain CPU s\trows/CPU-s\tpeak MB\tB/row")
    counted: dict[int, set[float]] = {}
    for millions in MILLIONS:
        rows = millions * 1_000_000
        folder = base / str(millions)
        write_store(folder, rows, n_files=rows // ROWS_PER_FILE)
        size = sum(file.stat().st_size for file in (folder / "events").iterdir())
        for url in engines:
            took = in_own_process(url, folder)
            counted.setdefault(rows, set()).add(took["events"])
            print(
                url, f"{rows:,}", f"{took['first_wall']:.1f}", f"{took['again_wall']:.2f}",
                f"{took['again_cpu']:.2f}", f"{rows / took['again_cpu']:,.0f}",
                f"{took['megabytes']:,.0f}", f"{size / rows:.1f}", sep="\t", flush=True,
            )  # fmt: skip
    assert all(len(same) == 1 for same in counted.values()), "the engines counted differently"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(sys.argv[1], Path(sys.argv[2]))))
    else:
        with tempfile.TemporaryDirectory() as made:
            print_table(Path(made))
