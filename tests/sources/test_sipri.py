"""SIPRI: what was ordered and what was delivered, by supplier and recipient."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.sources.made_sources import DEAL, DEAL_ROW, TIV, write_file

from cuibono.store.load import load
from cuibono.store.store import Store, open_store

Cells = list[dict[str, object]]


def loaded(folder: Path, layout: str, *rows: Mapping[str, object]) -> Cells:
    path = write_file(folder / layout, "sipri", layout, rows)
    store = open_store(folder / "store")
    load(store, "sipri", path, accept_drift=True)
    return rows_of(open_store(folder / "store"))


def rows_of(store: Store) -> Cells:
    rows: Cells = store.engine.collect(
        store.table("measures", "sipri").order_by("row")
    ).to_pylist()
    return rows


def reasons(folder: Path, layout: str, *rows: Mapping[str, object]) -> list[object]:
    """Why rows were set aside, each once."""
    loaded(folder, layout, *rows)
    (file,) = (folder / "store" / "quarantine").glob("*.parquet")
    return sorted(set(pq.read_table(file)["reject"].to_pylist()))


@pytest.mark.parametrize(
    ("layout", "deal"), [("exported_register", DEAL), ("register", DEAL_ROW)]
)
def test_a_deal_is_booked_to_the_year_of_its_order(
    tmp_path: Path, layout: str, deal: Mapping[str, object]
) -> None:
    (row,) = loaded(tmp_path, layout, deal)
    kept = ("measure", "actor", "recipient", "start", "end", "value", "n")
    assert [row[k] for k in kept] == [
        "arms_ordered", "RUS", "PAK", date(2014, 1, 1), date(2015, 1, 1), 30.0, 4,
    ]  # fmt: skip


def test_a_deal_in_both_files_is_one_deal(tmp_path: Path) -> None:
    first = loaded(tmp_path, "exported_register", DEAL)
    assert loaded(tmp_path, "register", DEAL_ROW) == first


def test_equal_deals_are_as_many_as_there_are(tmp_path: Path) -> None:
    assert len(loaded(tmp_path, "exported_register", DEAL, DEAL, DEAL)) == 3


def test_a_deal_with_nothing_delivered_is_an_order_all_the_same(tmp_path: Path) -> None:
    none = {"Number delivered": "0", "Year(s) of delivery": ""}
    (row,) = loaded(tmp_path, "exported_register", {**DEAL, **none})
    assert (row["measure"], row["value"]) == ("arms_ordered", 30.0)


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("Soviet Union", "RUS"),
        ("East Germany (GDR)", "GW:265"),
        ("South Vietnam", "GW:817"),
        ("Turkiye", "TUR"),
        ("Hezbollah (Lebanon)*", "non_state:hezbollah"),
        ("United Nations**", "igo:un"),
        ("Congo", "COG"),
        ("unknown supplier(s)", None),
    ],
)
def test_a_supplier_is_whom_sipri_means(tmp_path: Path, name: str, actor: str | None) -> None:
    rows = loaded(tmp_path, "exported_register", {**DEAL, "Supplier": name})
    assert {row["actor"] for row in rows} == {actor}
    assert {row["actor_name"] for row in rows} == {name}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"Recipient": "", "Supplier": "0.25"}, "no supplier or no recipient"),
        ({"Year of order": "0.36"}, "year of order is no year"),
        ({"SIPRI TIV for total order": ""}, "no TIV"),
    ],
)
def test_a_deal_that_cannot_be_read_is_set_aside(
    tmp_path: Path, changes: Mapping[str, object], reason: str
) -> None:
    rows = ({**DEAL, **changes}, {**DEAL, "Weapon designation": "Y"})
    assert reasons(tmp_path, "exported_register", *rows) == [reason]


def test_a_quote_that_does_not_close_costs_its_line(tmp_path: Path) -> None:
    path = write_file(tmp_path, "sipri", "exported_register", [DEAL] * 3)
    lines = path.read_text("utf-8").split("\n")
    lines[2] = lines[2].replace('""X""', '"X')
    path.write_bytes(b"\xef\xbb\xbf" + "\n".join(lines).encode())
    done = load(open_store(tmp_path / "store"), "sipri", path, accept_drift=True).snapshot
    assert (done.accepted, done.quarantined) == (2, 1)


def test_the_value_of_a_dyad_is_booked_to_its_year(tmp_path: Path) -> None:
    (row,) = loaded(tmp_path, "dyad_years", TIV)
    kept = ("measure", "actor", "recipient", "start", "end", "value")
    assert tuple(row[k] for k in kept) == (
        "arms_delivered", "RUS", "PAK", date(2016, 1, 1), date(2017, 1, 1), 15.0,
    )  # fmt: skip


def test_a_year_without_a_value_is_set_aside(tmp_path: Path) -> None:
    assert reasons(tmp_path, "dyad_years", TIV, {**TIV, "year": 2017, "value": None}) == [
        "no TIV"
    ]


def test_the_exported_register_and_its_parquet_are_the_same_deals(
    raw: Path, tmp_path: Path
) -> None:
    first = load(open_store(tmp_path), "sipri", raw / "sipri" / "trade-register.csv").snapshot
    again = load(
        open_store(tmp_path), "sipri", raw / "sipri" / "trade_register.parquet"
    ).snapshot
    assert first.rows_in == first.accepted + first.quarantined
    assert (again.accepted, again.duplicates) == (0, first.accepted)


def test_the_yearly_table_loads_whole(raw: Path, tmp_path: Path) -> None:
    done = load(open_store(tmp_path), "sipri", raw / "sipri" / "tiv_dyad_year.parquet").snapshot
    assert done.rows_in == done.accepted > 0
