"""Listings: whom the European Union listed, on the day it did."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from tests.sources.made_sources import LISTING, layout_of, write_file
from tests.sources.made_tables import Row, lines, read

from cuibono.sources.codes import read_list
from cuibono.store.load import load
from cuibono.store.store import open_store
from cuibono.vocab.actors import load_actors


def line(**changes: str) -> str:
    cells: Mapping[str, object] = {**LISTING, "address": "", **changes}
    return ",".join(
        str(cells.get(c, "")) for c in layout_of("designations", "annex").columns["measures"]
    )


def one(**changes: str) -> Row:
    (row,) = read("designations", "annex", measures=lines(line(**changes)))
    return row


def test_a_group_is_listed_by_the_european_union_on_its_day() -> None:
    row = one()
    kept = ("measure", "actor", "recipient", "start", "end", "reject")
    assert [row[k] for k in kept] == [
        "designation:group", "igo:eu", "non_state:hamas", date(2001, 10, 6), date(2001, 10, 7),
        None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("Gama’a al-Islamiyya", "non_state:gamaa-islamiyya"),
        ("Lashkar i Jhangvi (LJ)", "non_state:lashkar-e-jhangvi"),
        ("The Base", None),
        ("Hizballah Military Wing", None),
    ],
)
def test_a_name_is_the_group_it_means_or_nobody(name: str, actor: str | None) -> None:
    row = one(name=name)
    assert (row["recipient"], row["recipient_name"]) == (actor, name)


def test_a_person_with_the_name_of_a_group_is_no_group() -> None:
    row = one(schema="Person")
    assert (row["measure"], row["recipient"]) == ("designation:person", None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("6.10.2001", date(2001, 10, 6)),
        ("06.1.2001", date(2001, 1, 6)),
        ("21 Oct. 2013", date(2013, 10, 21)),
        ("1 June 2013", date(2013, 6, 1)),
    ],
)
def test_a_day_is_read_however_it_is_written(text: str, day: date) -> None:
    assert one(startDate=text)["start"] == day


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"startDate": ""}, "no start date"),
        ({"startDate": "31.2.2001"}, "start date is not a day"),
        ({"startDate": "21 Okt. 2013"}, "start date is not a day"),
        ({"startDate": "2001-10-06"}, "start date is not a day"),
        ({"schema": "Vessel"}, "unknown schema Vessel"),
        ({"name": ""}, "no name"),
        ({"notes": "one, two"}, "not 45 fields"),
        ({"notes": '"open'}, "a quote does not close"),
    ],
)
def test_a_listing_that_cannot_be_read_is_set_aside(
    changes: Mapping[str, str], reason: str
) -> None:
    assert one(**changes)["reject"] == reason


def test_a_quoted_field_with_commas_is_one_field(tmp_path: Path) -> None:
    path = write_file(tmp_path, "designations", "annex", [LISTING])
    done = load(open_store(tmp_path / "store"), "designations", path).snapshot
    assert (done.accepted, done.quarantined) == (1, 0)


def test_listed_names_mean_actors_of_the_registry() -> None:
    listed = {row["actor"] for row in read_list("designations", "names.csv")}
    assert listed <= load_actors().keys()


@pytest.mark.parametrize("name", ["32001R2580", "32002R0881", "32016R1686"])
def test_the_annexes_load_whole(raw: Path, tmp_path: Path, name: str) -> None:
    path = raw / "designations" / f"{name}.csv"
    done = load(open_store(tmp_path), "designations", path).snapshot
    assert done.rows_in == len(path.read_bytes().splitlines()) - 1
    assert done.rows_in == done.accepted + done.duplicates + done.quarantined
    assert (done.accepted > done.quarantined) == (name == "32002R0881")
