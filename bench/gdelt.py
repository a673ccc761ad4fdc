"""How fast GDELT 2.0 zips become a panel, beside C and beside the readers in use today.

Run from the repository root: `python bench/gdelt.py FOLDER`. It makes 540 exports of 2,000
rows in FOLDER (three months, six files a day), installs the peers into FOLDER/peers, and
reads the same files in turns, so that a busy machine slows all of them. Rates are per CPU
second over all threads; medians of five. Without a C compiler the floor is left out, without
a package index the peers are.
"""

from __future__ import annotations

import ctypes
import json
import platform
import resource
import shutil
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import numpy as np

from cuibono.model.period import Grid, Period
from cuibono.record.fast_panel import fast_panel
from cuibono.sources.gdelt.plain import read_plain
from cuibono.store import inflate
from cuibono.testing.gdelt import write_exports

FILES, ROWS, ROUNDS = 540, 2000, 5
QUARTER = Period(date(2018, 1, 1), date(2018, 4, 1))
# Slow readers get fewer files, else they take the day; their rate does not depend on it.
PEERS = {"as_gdeltpyr": 60, "py_gdelt": 4, "polars": 180, "pyarrow": 180, "duckdb": 180}
PACKAGES = ("pandas<3", "gdelt-py", "polars", "pyarrow", "duckdb")
HERE = Path(__file__).parent
ISAL = inflate.isal_zlib


def ours(paths: list[Path]) -> int:
    """Count as the package does."""
    return fast_panel(paths, Grid.MONTH, QUARTER)[1].rows_in


def ours_with_zlib(paths: list[Path]) -> int:
    """Count as the package would without isal."""
    inflate.isal_zlib = zlib
    try:
        return ours(paths)
    finally:
        inflate.isal_zlib = ISAL


def inflating_alone(paths: list[Path]) -> int:
    """Unpack and no more."""
    for path in paths:
        inflate.inflate(path)
    return ROWS * len(paths)


def reading_alone(paths: list[Path]) -> int:
    """Inflate and recognise, without counting."""
    return sum(read_plain([inflate.inflate(path)]).at.size for path in paths)


def build_floor(folder: Path) -> Callable[[list[Path]], int] | None:
    """Compile the floor: the same inflating, then C that finds columns and counts."""
    compiler, library = shutil.which("cc"), folder / "floor.so"
    if compiler is None:
        return None
    source = str(HERE / "gdelt_floor.c")
    subprocess.run(
        [compiler, "-O3", "-march=native", "-shared", "-fPIC", source, "-o", str(library)],
        check=True,
    )
    count_rows = ctypes.CDLL(str(library.resolve())).count_rows
    count_rows.restype = ctypes.c_size_t
    count_rows.argtypes = [ctypes.c_char_p, ctypes.c_size_t]

    def c_floor(paths: list[Path]) -> int:
        rows = 0
        for path in paths:
            text = inflate.inflate(path) + b"\0" * 64
            rows += count_rows(text, len(text) - 64)
        return rows

    return c_floor


def install_peers(folder: Path) -> Path | None:
    """Give the peers an environment of their own."""
    python = folder / "peers" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder / "peers"], check=True)
        done = subprocess.run([python, "-m", "pip", "install", "-q", *PACKAGES], check=False)
        if done.returncode:
            return None
    return python


def ask_peer(python: Path, name: str, folder: Path) -> float:
    """Give a peer's rows per CPU second, once; 0 where it cannot run."""
    command = [python, HERE / "gdelt_peers.py", name, folder, str(PEERS[name]), "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{name}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return 0.0
    said = json.loads(done.stdout)
    return float(said["rows"]) / float(said["cpu_seconds"])


def corpus(folder: Path) -> list[Path]:
    """Give the exports, made where they are not there."""
    paths = sorted(folder.glob("*.export.CSV.zip"))
    if len(paths) != FILES:
        paths = write_exports(folder, FILES, ROWS, apart=timedelta(hours=4))
    return paths


def cpu_name() -> str:
    """Name the processor."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def main() -> None:
    """Read in turns and print the rates."""
    folder = Path(sys.argv[1])
    paths = corpus(folder)
    size = sum(path.stat().st_size for path in paths) / FILES / ROWS
    print(f"{FILES} files of {ROWS} rows, {size:.0f} bytes a row packed; {cpu_name()},")
    print(f"{platform.system()} {platform.release()}, Python {platform.python_version()},")
    print(f"NumPy {np.__version__}")
    floor, python = build_floor(folder), install_peers(folder)
    here = [inflating_alone, reading_alone, ours, ours_with_zlib, *([floor] if floor else [])]
    rates: dict[str, list[float]] = {}
    for reader in here:
        reader(paths[:1]) if reader not in (ours, ours_with_zlib) else reader(paths)
    for _ in range(ROUNDS):
        for reader in here:
            start = time.process_time()
            rows = reader(paths)
            rates.setdefault(reader.__name__, []).append(rows / (time.process_time() - start))
        for name in PEERS if python else ():
            rates.setdefault(name, []).append(ask_peer(python, name, folder))
    best = median(rates["ours"])
    for name, found in rates.items():
        middle = median(found)
        ratio = f"ours is {best / middle:5.1f} times it" if middle else "did not run"
        print(
            f"{name:16} {middle / 1e6:7.3f} M rows/CPU-s"
            f" ({min(found) / 1e6:.3f} to {max(found) / 1e6:.3f}); {ratio}"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak of this process: {peak:.0f} MB")


if __name__ == "__main__":
    main()
