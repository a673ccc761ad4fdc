"""Readers that people use today, on the same exports: started by `bench/gdelt.py`.

Each reads the zips with its own means and counts events by directed pair and month, with its
defaults where it has any. Prints rows read and CPU seconds, all threads, as JSON.
"""

from __future__ import annotations

import io
import json
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

DAY, ACTOR, RECIPIENT, CODE = 1, 7, 17, 26


def texts(paths: list[Path]) -> list[bytes]:
    """Unpack each archive as Python does."""
    found = []
    for path in paths:
        with zipfile.ZipFile(path) as archive:
            found.append(archive.read(archive.namelist()[0]))
    return found


def as_gdeltpyr(paths: list[Path]) -> int:
    """As gdeltPyR reads: pandas on each archive, codes as text, all joined at the end."""
    import pandas as pd

    frames = [
        pd.read_csv(
            io.BytesIO(path.read_bytes()), compression="zip", sep="\t", header=None,
            dtype={26: "str", 27: "str", 28: "str"}, on_bad_lines="skip", low_memory=False,
        )
        for path in paths
    ]  # fmt: skip
    table = pd.concat(frames)
    month = table[DAY] // 100
    table.groupby([table[ACTOR], table[RECIPIENT], month]).size()
    return len(table)


def py_gdelt(paths: list[Path]) -> int:
    """As py-gdelt's models read."""
    from py_gdelt.models.events import Event
    from py_gdelt.parsers.events import EventsParser

    parser, cells, rows = EventsParser(), Counter[object](), 0
    for text in texts(paths):
        for raw in parser.parse(text):
            event = Event.from_raw(raw)
            one = event.actor1 and event.actor1.country_code
            two = event.actor2 and event.actor2.country_code
            cells[one, two, event.date.year, event.date.month] += 1
            rows += 1
    return rows


def polars(paths: list[Path]) -> int:
    """Read by polars; quotes off and codes as text, or it reads another file."""
    import polars as pl

    frames = [
        pl.read_csv(
            text, separator="\t", has_header=False, quote_char=None, infer_schema=False,
            columns=[DAY, ACTOR, RECIPIENT, CODE],
        )
        for text in texts(paths)
    ]  # fmt: skip
    table = pl.concat(frames)
    day, actor, recipient, _ = table.columns
    table.group_by(actor, recipient, pl.col(day).str.slice(0, 6)).len()
    return table.height


def pyarrow(paths: list[Path]) -> int:
    """Read by pyarrow, four columns as text, quotes off."""
    import pyarrow as pa
    from pyarrow import compute, csv

    names = [f"f{n}" for n in range(61)]
    kept = [names[n] for n in (DAY, ACTOR, RECIPIENT, CODE)]
    tables = [
        csv.read_csv(
            io.BytesIO(text),
            csv.ReadOptions(column_names=names),
            csv.ParseOptions(delimiter="\t", quote_char=False),
            csv.ConvertOptions(
                include_columns=kept, column_types=dict.fromkeys(kept, "string")
            ),
        )
        for text in texts(paths)
    ]
    table = pa.concat_tables(tables)
    month = compute.utf8_slice_codeunits(table[kept[0]], 0, 6)
    table.append_column("month", month).group_by([kept[1], kept[2], "month"]).aggregate(
        [([], "count_all")]
    )
    return table.num_rows


def duckdb(paths: list[Path]) -> int:
    """Read by DuckDB from unpacked files; quotes off and columns as text."""
    import tempfile

    import duckdb as db

    with tempfile.TemporaryDirectory() as folder:
        for path, text in zip(paths, texts(paths), strict=True):
            (Path(folder) / path.stem).write_bytes(text)
        columns = {f"f{n}": "VARCHAR" for n in range(61)}
        cells = db.sql(
            f"SELECT f7, f17, f1[:6] AS month, count(*) AS n FROM read_csv('{folder}/*',"
            f" delim='\t', header=false, quote='', escape='', columns={columns}) GROUP BY ALL"
        )
        return sum(n for *_, n in cells.fetchall())


READERS: dict[str, Callable[[list[Path]], int]] = {
    reader.__name__: reader for reader in (as_gdeltpyr, py_gdelt, polars, pyarrow, duckdb)
}


def main() -> None:
    """Read with the reader that is named, once to warm up and then in rounds."""
    name, folder, count, rounds = sys.argv[1:]
    paths = sorted(Path(folder).glob("*.zip"))[: int(count)]
    reader = READERS[name]
    reader(paths[:1])
    for _ in range(int(rounds)):
        start = time.process_time()
        rows = reader(paths)
        print(json.dumps({"rows": rows, "cpu_seconds": time.process_time() - start}))


if __name__ == "__main__":
    main()
