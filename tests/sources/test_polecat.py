"""POLECAT lines: PLOVER types as they stand, one state to a party or none."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from tests.sources.made_sources import PLOVER, layout_of
from tests.sources.made_tables import Row, lines, read

from cuibono.errors import DriftError
from cuibono.store.load import load
from cuibono.store.store import open_store


def line(layout: str = "weekly", **changes: str) -> str:
    cells: Mapping[str, object] = {
        **PLOVER,
        **{name.replace("_", " "): value for name, value in changes.items()},
    }
    columns = layout_of("polecat", layout).columns["events"]
    return "\t".join(str(cells.get(c, "")) for c in columns)


def one(layout: str = "weekly", **changes: str) -> Row:
    (row,) = read("polecat", layout, events=lines(line(layout, **changes)))
    return row


@pytest.mark.parametrize("layout", ["weekly", "renamed"])
def test_an_event_is_read_as_plover_has_it(layout: str) -> None:
    row = one(layout)
    kept = ("row", "day", "actor", "recipient", "actor_name", "event_type", "quad", "code",
            "goldstein_tenths", "reject")  # fmt: skip
    assert [row[k] for k in kept] == [
        "20210102-1-a", date(2021, 1, 2), "RUS", "PAK", "Sergey Lavrov", "CONSULT",
        "verbal_cooperation", "CONSULT:visit", None, None,
    ]  # fmt: skip


def test_a_type_without_a_mode_is_its_own_code() -> None:
    assert one(Event_Mode="None")["code"] == "CONSULT"


@pytest.mark.parametrize("number", ["770; 750", "", "None", "0"])
def test_a_party_that_is_not_one_state_is_booked_under_none(number: str) -> None:
    row = one(Recipient_COW=number)
    assert (row["recipient"], row["recipient_name"], row["reject"]) == (
        None,
        "Imran Khan",
        None,
    )


def test_a_party_without_a_name_has_none() -> None:
    assert one(Actor_Name="None")["actor_name"] is None


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"Event_Type": "MUMBLE"}, "unknown PLOVER type MUMBLE"),
        ({"Quad_Code": "VERBAL CONFLICT"}, "Quad Code does not fit Event Type"),
        ({"Event_Date": "2021-02-30"}, "Event Date is not a day"),
        ({"Event_Date": "1/2/2021"}, "Event Date is not a day"),
        ({"Intensity": "fierce"}, "Intensity is no number from -10 to 10"),
        ({"Event_ID": ""}, "no Event ID"),
        ({"City": "A\tB"}, "not 40 fields"),
        ({"City": "Malm\ufffd"}, "not UTF-8 text"),
    ],
)
def test_a_line_that_cannot_be_read_is_set_aside(
    changes: Mapping[str, str], reason: str
) -> None:
    assert one(**changes)["reject"] == reason


def test_an_empty_line_says_so() -> None:
    (row,) = read("polecat", "weekly", events=lines(""))
    assert row["reject"] == "empty line"


def test_column_names_without_columns_refuse_the_file(tmp_path: Path) -> None:
    path = tmp_path / "week.txt"
    names = (*layout_of("polecat", "weekly").columns["events"], "Headline")
    path.write_text("\t".join(names) + "\n" + line() + "\n", "utf-8")
    with pytest.raises(DriftError, match="unknown Headline"):
        load(open_store(tmp_path / "store"), "polecat", path)
