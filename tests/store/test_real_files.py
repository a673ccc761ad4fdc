"""The providers' own files, where they are at hand, load end to end."""

from datetime import date
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from cuibono.sources.base import source_names
from cuibono.store.load import LoadReport, load
from cuibono.store.store import Store, open_store
from cuibono.testing.raw import RAW_FILES, RawFile, absent_sources


@pytest.fixture(scope="module")
def sample(raw: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[LoadReport, Store]:
    folder = tmp_path_factory.mktemp("real")
    report = load(open_store(folder), "icews", raw / "icews_native" / "events.2018.sample.tab")
    return report, open_store(folder)


def test_every_line_of_the_native_sample_is_accounted_for(
    raw: Path, sample: tuple[LoadReport, Store]
) -> None:
    text = (raw / "icews_native" / "events.2018.sample.tab").read_bytes()
    done = sample[0].snapshot
    assert done.rows_in == len(text.splitlines()) - 1 == 3705
    assert done.rows_in == done.accepted + done.duplicates + done.quarantined


def test_the_native_sample_covers_the_days_it_holds(
    sample: tuple[LoadReport, Store],
) -> None:
    (span,) = sample[0].snapshot.covered
    assert span.start == date(2018, 6, 1)


def test_rows_that_name_the_taliban_are_booked_to_them(raw: Path, pack_store: Store) -> None:
    table = pq.read_table(
        raw / "icews" / "icews_2021.parquet", columns=["date", "source", "target"]
    )
    august = table.filter(
        (pc.field("date") >= date(2021, 8, 1)) & (pc.field("date") < date(2021, 9, 1))
    )
    named = pc.or_(
        pc.match_substring(august["source"], "Taliban"),
        pc.match_substring(august["target"], "Taliban"),
    )
    assert pc.sum(named).as_py() == 1987
    rows = pack_store.table("events", "icews")
    taliban = "non_state:taliban"
    booked = rows.filter(
        ((rows.actor == taliban) | (rows.recipient == taliban))
        & (rows.day >= date(2021, 8, 1))
        & (rows.day < date(2021, 9, 1))
    )
    count = pack_store.engine.collect(booked.aggregate(n=booked.events.sum()))["n"][0].as_py()
    assert 0.9 * 1987 < count < 1987


def test_ideal_points_load_over_what_ships(
    raw: Path, tmp_path: Path, pack_store: Store
) -> None:
    path = raw / "ideal_points" / "ideal_points.parquet"
    done = load(open_store(tmp_path), "ideal_points", path).snapshot
    assert done.rows_in == pq.read_metadata(path).num_rows
    both, packed = (
        store.engine.collect(store.table("measures", "ideal_points").count().as_table())
        for store in (open_store(tmp_path), pack_store)
    )
    assert both == packed


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("everything")


@pytest.mark.parametrize("each", [f for f in RAW_FILES if not f.long], ids=lambda f: f.path)
def test_every_source_loads_with_every_row_accounted_for(
    raw: Path, everything: Path, each: RawFile
) -> None:
    if not (raw / each.path).exists():
        pytest.skip(f"no {each.path} in the raw folder")
    done = load(open_store(everything), each.source, raw / each.path).snapshot
    assert done.rows_in > 0
    assert done.rows_in == done.accepted + done.duplicates + done.quarantined
    assert done.command == f"cuibono load {each.source} {Path(each.path).name}"


def test_only_own_tables_and_polecat_have_no_file_at_hand(raw: Path) -> None:
    missing = absent_sources(raw, source_names())
    assert missing == ("own_events", "own_measures", "polecat")
