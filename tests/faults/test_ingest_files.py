"""Every row that comes in is accepted, a duplicate or refused, however it comes."""

import gzip
import os
import random
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.made_sources import SAMPLES, write_file
from tests.store.made_files import (
    event,
    load_lines,
    loaded_only,
    propose,
    rows_of,
    tab_file,
)

from cuibono.errors import CuibonoError, SourceError
from cuibono.model.period import Grid, Period
from cuibono.record.panel import event_panel
from cuibono.store import load as loading
from cuibono.store.load import load
from cuibono.store.manifest import data_file, read_manifest, rejected_file
from cuibono.store.store import Store, open_store

FULL = os.environ.get("CUIBONO_FAULTS") == "full"
MUTATIONS = 10_000 if FULL else 42
SEED = 1_370


def cut(data: bytearray, draw: random.Random) -> None:
    del data[draw.randrange(len(data)) :]


def drop(data: bytearray, draw: random.Random) -> None:
    at = draw.randrange(len(data))
    del data[at : at + draw.randrange(1, 40)]


def flip(data: bytearray, draw: random.Random) -> None:
    data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)


def repeat(data: bytearray, draw: random.Random) -> None:
    at = draw.randrange(len(data))
    data[at:at] = data[at : at + draw.randrange(1, 400)]


STRAY = (b'"', b"\t", b"\n", b"\r\n", b"\r", b"\x00", b"\xff", b"\xef\xbb\xbf", b"<html>\n",
         "\u2028".encode(), b"1e400", b"NaN", b"x" * 70_000)  # fmt: skip


def insert(data: bytearray, draw: random.Random) -> None:
    at = draw.randrange(len(data))
    data[at:at] = draw.choice(STRAY)


def quote_fifty_rows(data: bytearray, draw: random.Random) -> None:
    """Put a quote at two places, as cost four readers fifty rows."""
    for at in sorted(draw.sample(range(len(data)), 2), reverse=True):
        data[at:at] = b'"'


MUTATE: tuple[Callable[[bytearray, random.Random], None], ...] = (
    cut, drop, flip, repeat, insert, quote_fifty_rows,
)  # fmt: skip
LAYOUTS = [("icews", "native"), ("gdelt", "daily"), ("declared_vs_done", "native")]


def mutated(whole: bytes, draw: random.Random) -> bytes:
    data = bytearray(whole)
    for _ in range(draw.randrange(1, 4)):
        if data:
            draw.choice(MUTATE)(data, draw)
    return bytes(data)


def lines_in(data: bytes) -> int:
    return data.count(b"\n") + (data[-1:] not in (b"", b"\n"))


def accounted(folder: Path, source: str, data: bytes, header: int) -> str:
    """Load bytes into a store of their own, and say what is not accounted for."""
    path = folder / "in.txt"
    path.write_bytes(data)
    try:
        made = load(open_store(folder / "store"), source, path).snapshot
    except CuibonoError as error:
        left = sorted(p for p in folder.rglob("*") if p.is_file() and p != path)
        return "" if not left and "\n" not in str(error) else f"{error} {left}"
    kept = pq.read_metadata(data_file(folder / "store", made)).num_rows
    refused = rejected_file(folder / "store", made)
    back = pq.read_metadata(refused).num_rows if refused.exists() else 0
    sums = (made.rows_in, made.accepted, made.quarantined)
    right = (lines_in(data) - header, kept, back)
    return "" if sums == right else f"{sums} where {right} are in the files"


@pytest.mark.parametrize(("source", "layout"), LAYOUTS)
def test_every_line_of_a_mutated_file_is_accounted_for(
    tmp_path: Path, source: str, layout: str
) -> None:
    draw = random.Random(f"{SEED} {source}")
    rows = SAMPLES[source][layout]
    assert isinstance(rows, list)
    whole = write_file(tmp_path / "whole", source, layout, rows * 20).read_bytes()
    wrong = []
    for turn in range(-(-MUTATIONS // len(LAYOUTS))):
        folder = tmp_path / str(turn)
        folder.mkdir()
        if said := accounted(folder, source, mutated(whole, draw), int(source != "gdelt")):
            wrong.append((turn, said))
        else:
            shutil.rmtree(folder)
    assert wrong == []


def test_a_reader_that_loses_a_row_is_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = loading.read_with

    def losing(source: str, layout: str) -> object:
        reader = honest(source, layout)
        return lambda raw: reader(raw).limit(1)

    monkeypatch.setattr(loading, "read_with", losing)
    with pytest.raises(CuibonoError, match=r"2 rows came in.*do not add up"):
        load_lines(tmp_path, [event(1), event(2)])
    assert not (tmp_path / "store").exists()


def packed(folder: Path, plain: Path) -> dict[str, Path]:
    """The same table as it is, as .gz and as .zip."""
    data = plain.read_bytes()
    small, member = folder / "events.tab.gz", folder / "events.tab.zip"
    small.write_bytes(gzip.compress(data))
    with zipfile.ZipFile(member, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("events.tab", data)
    return {"plain": plain, "gz": small, "zip": member}


@pytest.fixture
def same(tmp_path: Path) -> dict[str, Path]:
    lines = [event(1), event(2, CAMEO_Code="13y"), b"Malm\xf6", event(1)]
    return packed(tmp_path, tab_file(tmp_path / "events.tab", lines))


def test_a_table_and_its_archives_give_the_same_rows(
    tmp_path: Path, same: dict[str, Path]
) -> None:
    tables, refused, content = [], [], []
    for name, path in same.items():
        folder = tmp_path / name
        made = load(open_store(folder / "store"), "icews", path).snapshot
        tables.append(rows_of(loaded_only(folder)))
        refused.append(
            pq.read_table(rejected_file(folder / "store", made)).drop(["file"]).to_pylist()
        )
        content.append(made.content_sha256)
    assert tables[0] == tables[1] == tables[2]
    assert refused[0] == refused[1] == refused[2]
    assert len(set(content)) == 1


def test_a_table_is_known_again_in_another_packing(
    tmp_path: Path, same: dict[str, Path]
) -> None:
    done = [load(open_store(tmp_path / "store"), "icews", path) for path in same.values()]
    assert [report.already for report in done] == [False, True, True]


def members(path: Path, *names: str, data: bytes = b"x") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, data)
    return path


HOSTILE: dict[str, Callable[[Path], Path]] = {
    "two files": lambda path: members(path, "a", "b"),
    "none": members,
    "a path out": lambda path: members(path, "../a"),
    "a bomb": lambda path: members(path, "a", data=b"0" * 20_000_000),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_archive_is_refused_whole(tmp_path: Path, kind: str) -> None:
    path = HOSTILE[kind](tmp_path / "events.zip")
    with pytest.raises(SourceError):
        load(open_store(tmp_path / "store"), "icews", path)
    assert list(tmp_path.iterdir()) == [path]


SPAN = Period(date(2015, 3, 2), date(2015, 3, 16))
EVENTS = [
    event(
        number,
        Event_Date=f"2015-03-{2 + number % 14:02}",
        Target_Country=("Pakistan", "India", "China")[number % 3],
        Intensity=str(number % 21 - 10),
    )
    for number in range(1, 43)
]


def panel(store: Store) -> bytes:
    """Every figure of the world's dyad-weeks, bit by bit."""
    made = event_panel(store, "icews", Grid.WEEK, SPAN)
    parts = (getattr(made, name) for name in made.__slots__ if not name.startswith("_"))
    return b"".join(
        p.tobytes() if isinstance(p, np.ndarray) else repr(p).encode() for p in parts
    )


@settings(propose, max_examples=4)
@given(order=st.permutations(EVENTS), cuts=st.lists(st.integers(0, len(EVENTS)), max_size=2))
def test_neither_order_nor_files_change_a_bit_of_a_panel(
    tmp_path_factory: pytest.TempPathFactory, order: list[str], cuts: list[int]
) -> None:
    whole, parts = tmp_path_factory.mktemp("whole"), tmp_path_factory.mktemp("parts")
    load_lines(whole, EVENTS)
    edges = [0, *sorted(cuts), len(order)]
    for at, (start, end) in enumerate(pairwise(edges)):
        load_lines(parts, order[start:end], f"part{at}")
    assert panel(loaded_only(parts)) == panel(loaded_only(whole))


def test_a_failing_disk_under_an_input_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> object:
        raise OSError(5, "Input/output error")

    path = tab_file(tmp_path / "events.tab", [event(1)])
    monkeypatch.setattr("cuibono.store.fingerprint.read_files", broken)
    with pytest.raises(
        SourceError, match=r"events\.tab: cannot be read \(Input/output error\)"
    ):
        load(open_store(tmp_path / "store"), "icews", path)
    assert read_manifest(tmp_path / "store") == ()
