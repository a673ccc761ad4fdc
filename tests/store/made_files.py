"""Provider files made by hand: ICEWS tab files of a few lines, in the native layout."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
from hypothesis import HealthCheck, settings

from cuibono.sources.base import read_card
from cuibono.store.load import LoadReport, load
from cuibono.store.store import Store, open_store

HEADER = read_card("icews").layouts[0].columns["events"]
ANYTHING = {
    "Event ID": "1",
    "Event Date": "2015-03-02",
    "Source Name": "Vladimir Putin",
    "Source Sectors": "Government",
    "Source Country": "Russian Federation",
    "Event Text": "Consult",
    "CAMEO Code": "040",
    "Intensity": "1",
    "Target Name": "Nawaz Sharif",
    "Target Country": "Pakistan",
}
# Each example writes files of its own into one folder, so nothing is shared between them.
propose = settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def event(number: int = 1, **changes: str) -> str:
    """One line of a tab file; a keyword is a column's name with `_` for a space."""
    cells = {**ANYTHING, "Event ID": str(number)}
    cells |= {name.replace("_", " "): value for name, value in changes.items()}
    return "\t".join(cells.get(name, "NA") for name in HEADER)


def events_on(days: Mapping[date, int]) -> list[str]:
    """So many events on each day, every one with a number of its own."""
    lines: list[str] = []
    for day, count in days.items():
        for _ in range(count):
            lines.append(event(len(lines) + 1, Event_Date=day.isoformat()))
    return lines


def tab_file(path: Path, lines: Iterable[str | bytes], end: bytes = b"\n") -> Path:
    """Write a header and lines, byte by byte."""
    whole = ["\t".join(HEADER), *lines]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join((x.encode() if isinstance(x, str) else x) + end for x in whole))
    return path


def load_lines(folder: Path, lines: Iterable[str | bytes], name: str = "events") -> LoadReport:
    """Load lines into the store at `folder`/store."""
    path = tab_file(folder / f"{name}.tab", lines)
    return load(open_store(folder / "store"), "icews", path)


def loaded_only(folder: Path) -> Store:
    """Open the store at `folder`/store without what ships with the package."""
    opened = open_store(folder / "store")
    return Store(opened.engine, opened.folder, (), opened.loaded)


def rows_of(store: Store, table: str = "events") -> list[dict[str, object]]:
    """Every row of a table, in the order of the keys."""
    rows: list[dict[str, object]] = store.engine.collect(
        store.table(table).order_by("row")
    ).to_pylist()
    return rows


def quarantined(folder: Path) -> list[tuple[int, str]]:
    """Line and reason of every row set aside, from the files themselves."""
    files = sorted((folder / "store" / "quarantine").glob("*.parquet"))
    cells = [cell for file in files for cell in pq.read_table(file).to_pylist()]
    return [(cell["line"], cell["reject"]) for cell in cells]
