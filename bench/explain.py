"""Seconds and memory of each stage of `cuibono explain`, and of the whole command.

Run from the repository root: `python bench/explain.py`, or with another case file.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

Made = TypeVar("Made")

SHIPPED = Path("cases/russia-pakistan.toml")
COMMAND = [sys.executable, "-c", "from cuibono.cli.main import run; run()"]
ROW = "{:<34} {:>8} {:>8} {:>9}"


def cpu_seconds() -> float:
    """User and system seconds of this process so far, all threads."""
    spent = os.times()
    return spent.user + spent.system


def peak_mib() -> float:
    """Most memory that this process has held so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@dataclass
class Laps:
    """Prints a row when a stage ends; the peak is that of the process up to there."""

    stage: str = ""
    wall: float = field(default_factory=time.perf_counter)
    cpu: float = field(default_factory=cpu_seconds)

    def begin(self, stage: str) -> None:
        """End the stage that runs, and begin another; an empty name begins none."""
        wall, cpu = time.perf_counter(), cpu_seconds()
        if self.stage:
            print_row(self.stage, wall - self.wall, cpu - self.cpu, peak_mib())
        self.stage, self.wall, self.cpu = stage, wall, cpu

    def time(self, stage: str, work: Callable[[], Made]) -> Made:
        """Run one stage."""
        self.begin(stage)
        made = work()
        self.begin("")
        return made


def print_row(stage: str, wall: float, cpu: float, peak: float) -> None:
    """Print one row of the table."""
    print(ROW.format(stage, f"{wall:.2f}", f"{cpu:.2f}", f"{peak:,.0f}"), flush=True)


def time_stages(path: Path) -> None:
    """Run the stages of `explain` one after the other in this process."""
    laps = Laps("import")
    from cuibono.dossier.compose import compose
    from cuibono.dossier.gather import gather
    from cuibono.dossier.render.html import render_html
    from cuibono.dossier.render.json import to_json
    from cuibono.dossier.render.markdown import render_markdown
    from cuibono.record.case_file import read_case
    from cuibono.store.store import open_store

    case = laps.time("case", lambda: read_case(path))
    store = laps.time("store", open_store)
    gathered = gather(case, store, laps.begin)
    laps.begin("")
    dossier = laps.time("compose", lambda: compose(gathered))
    laps.time("html", lambda: render_html(dossier))
    laps.time("markdown", lambda: render_markdown(dossier))
    laps.time("json", lambda: to_json(dossier))


def time_command(stage: str, *words: str) -> None:
    """Run a command in a process of its own; the peak is the largest child's so far."""
    before = os.times()
    start = time.perf_counter()
    subprocess.run([*COMMAND, *words], check=True, stdout=subprocess.DEVNULL)
    wall, after = time.perf_counter() - start, os.times()
    spent = after.children_user + after.children_system
    cpu = spent - before.children_user - before.children_system
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print_row(stage, wall, cpu, peak)


def main() -> None:
    """Print the table for the case named on the command line, or the shipped one."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED
    print(ROW.format(str(path), "wall s", "CPU s", "peak MiB"))
    time_command("cuibono --help, fresh process", "--help")
    with tempfile.TemporaryDirectory() as folder:
        time_command("cuibono explain, fresh process", "explain", str(path), "--out", folder)
    print("stages of explain, one process")
    time_stages(path)


if __name__ == "__main__":
    main()
