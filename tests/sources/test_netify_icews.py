"""Dyad-years of ICEWS: four counts, zero among them, of two states in a year."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.sources.made_sources import DYAD_YEAR, layout_of
from tests.sources.made_tables import Row, read

from cuibono.store.load import load
from cuibono.store.store import open_store


def rows(*changes: Mapping[str, object]) -> list[Row]:
    cells = [{**DYAD_YEAR, **each} for each in changes]
    columns = layout_of("netify_icews", "dyad_years").columns["measures"]
    table = pa.table({c: pa.array([cell.get(c) for cell in cells]) for c in columns})
    return read("netify_icews", "dyad_years", measures=table)


def test_a_dyad_year_is_four_counts() -> None:
    assert {row["measure"]: (row["value"], row["n"]) for row in rows({})} == {
        "icews_events:verbal_cooperation": (7.0, 7),
        "icews_events:material_cooperation": (0.0, 0),
        "icews_events:verbal_conflict": (1.0, 1),
        "icews_events:material_conflict": (2.0, 2),
    }


def test_a_count_is_of_its_dyad_and_year() -> None:
    kept = ("actor", "recipient", "start", "end", "unit")
    assert {tuple(row[k] for k in kept) for row in rows({})} == {
        ("RUS", "PAK", date(2012, 1, 1), date(2013, 1, 1), "events")
    }


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"i_iso3c": "QQQ"}, "no such ISO3 code: QQQ"),
        ({"j_iso3c": "SUN"}, "no such ISO3 code: SUN"),
        ({"year": None}, "no year"),
    ],
)
def test_a_dyad_year_that_cannot_be_read_is_refused(
    change: Mapping[str, object], reason: str
) -> None:
    assert [row["reject"] for row in rows({"year": 2013}, change)].count(reason) == 4


def test_a_missing_count_costs_only_itself() -> None:
    said = {row["measure"]: row["reject"] for row in rows({}, {"year": 2013, "verbConf": None})}
    assert [reason for reason in said.values() if reason] == ["verbConf is no count"]


def test_the_table_loads_whole(raw: Path, tmp_path: Path) -> None:
    path = raw / "netify_icews" / "icews_dyad_year_2002_2014.parquet"
    done = load(open_store(tmp_path), "netify_icews", path).snapshot
    assert done.rows_in == done.accepted == 4 * pq.read_metadata(path).num_rows
