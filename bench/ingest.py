"""What strict loading costs beside reading without checks, on one generated ICEWS-shaped file.

    python bench/ingest.py              0.2 and 1 million rows
    python bench/ingest.py --full       and 10 million (2.6 GB of text in the temporary folder)
    python bench/ingest.py --peers      also pandas, installed into a temporary environment

Every run is a process of its own: CPU seconds of user and system from the first byte read to
the last byte written, after imports; memory is the most that the process ever held.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from pathlib import Path

SIZES = (200_000, 1_000_000)
LARGEST = 10_000_000
# What a load should cost at most, beside what comes out.
TARGETS = {"rate": 0.5e6, "bytes": 35.0, "peak": 400.0, "ratio": 10.5}
PANDAS = "pandas, reading as text"


def strict(source: Path, folder: Path) -> int:
    """Load with every check: hashes, line count, codes, keys, quarantine, manifest, fsync."""
    from cuibono.store.load import load
    from cuibono.store.store import Store

    began = time.process_time()
    from cuibono.store.engine import Engine

    done = load(Store(Engine(), folder / "store", (), ()), "icews", source).snapshot
    assert done.rows_in == done.accepted + done.duplicates + done.quarantined
    return took(began, folder, done.rows_in)


def plain_duckdb(source: Path, folder: Path) -> int:
    """Read as text and write, no check at all."""
    import duckdb

    began = time.process_time()
    connection = duckdb.connect()
    connection.execute(
        f"COPY (FROM read_csv('{source}', delim='\t', quote='', all_varchar=true))"
        f" TO '{folder / 'rows.parquet'}' (FORMAT parquet, COMPRESSION zstd)"
    )
    counted = connection.execute(f"SELECT count(*) FROM '{folder / 'rows.parquet'}'").fetchone()
    return took(began, folder, counted[0] if counted else 0)


def plain_pyarrow(source: Path, folder: Path) -> int:
    """Read as text in a stream and write, no check at all."""
    import pyarrow as pa
    import pyarrow.csv
    import pyarrow.parquet as pq

    began, rows = time.process_time(), 0
    parse = pa.csv.ParseOptions(delimiter="\t", quote_char=False)
    with source.open("rb") as file:
        names = file.readline().decode().rstrip("\n").split("\t")
    convert = pa.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()))
    target = folder / "rows.parquet"
    with (
        pa.csv.open_csv(source, parse_options=parse, convert_options=convert) as stream,
        pq.ParquetWriter(target, stream.schema, compression="zstd") as out,
    ):
        for batch in stream:
            out.write_batch(batch)
            rows += batch.num_rows
    return took(began, folder, rows)


def pandas(source: Path, folder: Path) -> int:
    """Read as most scripts do, into one frame in memory."""
    import pandas as pd

    began = time.process_time()
    frame = pd.read_csv(source, sep="\t", dtype=str, keep_default_na=False, quoting=3)
    frame.to_parquet(folder / "rows.parquet", compression="zstd")
    return took(began, folder, len(frame))


READERS: dict[str, Callable[[Path, Path], int]] = {
    "cuibono load, every check": strict,
    "duckdb, no check": plain_duckdb,
    "pyarrow, no check": plain_pyarrow,
    PANDAS: pandas,
}


# The others would hold ten million rows at once.
FLAT = ("cuibono load, every check", "pyarrow, no check")


def took(began: float, folder: Path, rows: int) -> int:
    """Print what a run cost; called in its own process."""
    written = sum(p.stat().st_size for p in folder.rglob("*.parquet"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cost = {"cpu": time.process_time() - began, "rows": rows, "bytes": written, "peak": peak}
    print(json.dumps(cost))
    return rows


def measure(reader: str, source: Path, python: str) -> dict[str, float] | None:
    """Run one reader in a process of its own; None if it cannot run here."""
    with tempfile.TemporaryDirectory() as folder:
        words = [python, __file__, "child", reader, str(source), folder]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["no reason given"]
        print(f"  {reader:28} not run: {said[-1]}")
        return None
    cost: dict[str, float] = json.loads(done.stdout)
    return cost


def install_pandas(folder: Path) -> str:
    """Make an environment with pandas in it, and name its Python."""
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    packages = ["pandas>=2.2,<3", "pyarrow>=20"]
    subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True)
    return python


def show(reader: str, cost: dict[str, float]) -> None:
    """Print one line of the table."""
    rate, size = cost["rows"] / cost["cpu"], cost["bytes"] / cost["rows"]
    print(
        f"  {reader:28} {rate / 1e6:6.2f} M rows/CPU-s  {size:5.1f} B/row"
        f"  {cost['peak']:7,.0f} MB  {cost['cpu']:7.2f} CPU-s"
    )


def compare(sizes: tuple[int, ...], peers: bool) -> None:
    """Print every reader at every size, then ours against the targets."""
    from cuibono.testing.native import write_native

    ours: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        other = install_pandas(Path(folder) / "env") if peers else sys.executable
        for rows in sizes:
            source = Path(folder) / "events.tab"
            write_native(source, rows)
            print(f"{rows:,} rows, {source.stat().st_size / rows:.0f} bytes a row:")
            for reader in READERS if rows < LARGEST else FLAT:
                cost = measure(reader, source, other if reader == PANDAS else sys.executable)
                if cost:
                    show(reader, cost)
                    if READERS[reader] is strict:
                        ours[rows] = cost
    judge(ours)


def judge(ours: dict[int, dict[str, float]]) -> None:
    """Print targets beside what came out."""
    largest = ours[max(ours)]
    peaks = [cost["peak"] for cost in ours.values()]
    rate, size = largest["rows"] / largest["cpu"], largest["bytes"] / largest["rows"]
    print(f"rate at least {TARGETS['rate'] / 1e6} M rows/CPU-s: {rate / 1e6:.2f}")
    print(f"at most {TARGETS['bytes']:.0f} B/row: {size:.1f}")
    print(f"at most {TARGETS['peak']:.0f} MB, flat: {' → '.join(f'{p:.0f}' for p in peaks)}")
    if LARGEST in ours:
        ratio = ours[LARGEST]["cpu"] / ours[1_000_000]["cpu"]
        print(f"ten times the rows at most {TARGETS['ratio']} times the time: {ratio:.1f}")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["child", name, path, place]:
            os.environ.setdefault("ARROW_NUM_THREADS", "2")
            READERS[name](Path(path), Path(place))
        case words:
            full = (LARGEST,) if "--full" in words else ()
            compare((*SIZES, *full), "--peers" in words)
