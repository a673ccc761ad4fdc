"""Provider files made by hand: ICEWS tab files of a few lines, in the native layout."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import HealthCheck, settings

from cuibono.model.period import Period
from cuibono.model.tables import TABLES
from cuibono.sources.base import read_card
from cuibono.store.engine import Engine
from cuibono.store.fingerprint import hash_file
from cuibono.store.load import LoadReport, load
from cuibono.store.manifest import (
    Snapshot,
    data_file,
    manifest_file,
    manifest_text,
    read_manifest,
    write_manifest,
)
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
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
# A load compiles a long expression: a few examples, each a whole file.
propose_few = settings(propose, max_examples=5)


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


def snapshot(**changes: object) -> Snapshot:
    """A snapshot whose counts add up."""
    facts: dict[str, object] = {
        "source": "icews",
        "table": "events",
        "name": "icews-made",
        "layout": "canonical",
        "input_name": "made.tab",
        "sha256": "0" * 64,
        "input_bytes": 1,
        "rows_in": 3,
        "accepted": 2,
        "duplicates": 1,
        "quarantined": 0,
        "covered": (Period(date(2015, 1, 1), date(2015, 2, 1)),),
        "licence": "made",
        "citation": "made",
        "command": "made",
    }
    return Snapshot(**{**facts, **changes})  # type: ignore[arg-type]


SINCE_VERSION_2 = ("content_sha256", "rows_sha256", "rejected_sha256", "input_layout",
                   "input_path", "replays", "origins", "seal")  # fmt: skip
SINCE_VERSION_3 = ("available", "story", "origins")


def as_version_1(manifest: Path) -> Path:
    """Write a manifest as the first version of the package did."""
    facts = json.loads(manifest.read_text("utf-8"))
    old = {name: fact for name, fact in facts.items() if name not in SINCE_VERSION_2}
    manifest.write_text(json.dumps({**old, "version": 1}, indent=1) + "\n", "utf-8")
    return manifest


def as_version_2(folder: Path, made: Snapshot) -> None:
    """Write a snapshot as the second version did: sealed, and its events without stories."""
    rows = pq.read_table(data_file(folder, made)).drop_columns(list(SINCE_VERSION_3))
    pq.write_table(rows, data_file(folder, made))
    old = replace(made, rows_sha256=hash_file(data_file(folder, made)))
    facts = json.loads(manifest_text(old))
    facts = {name: facts[name] for name in facts if name not in ("origins", "seal")}
    facts["version"] = 2
    digest = hashlib.sha256((json.dumps(facts, indent=1, ensure_ascii=False) + "\n").encode())
    text = json.dumps({**facts, "seal": digest.hexdigest()}, indent=1, ensure_ascii=False)
    manifest_file(folder, made).write_text(text + "\n", "utf-8")


def made_store(
    folder: Path, rows: Iterable[Mapping[str, object]], *covered: Period, **facts: object
) -> Store:
    """A store of one snapshot with these canonical rows, written without a reader."""
    table = str(facts.get("table", "events"))
    columns = ibis.schema(TABLES[table]).to_pyarrow()
    cells = [{"source": facts.get("source", "icews"), **row} for row in rows]
    made = snapshot(covered=covered, **facts)
    path = data_file(folder, made)
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(cells, schema=columns), path)
    write_manifest(folder, made)
    return Store(Engine(), folder, (), read_manifest(folder))
