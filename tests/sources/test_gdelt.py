"""GDELT lines: the layout is told by the fields, and a bad line costs itself."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.made_sources import GDELT, layout_of
from tests.sources.made_tables import Row, lines, read
from tests.store.made_files import propose_few

from cuibono.errors import DriftError
from cuibono.sources.codes import read_list
from cuibono.store.load import LoadReport, load
from cuibono.store.store import open_store
from cuibono.vocab.actors import load_actors
from cuibono.vocab.events import cameo_codes

LAYOUTS = ("history", "daily", "quarter_hour")


def line(layout: str = "daily", **changes: str) -> str:
    added = "20150302231500" if layout == "quarter_hour" else "20150302"
    cells: Mapping[str, object] = GDELT | {"DATEADDED": added} | changes
    return "\t".join(
        str(cells.get(c, "")) for c in layout_of("gdelt", layout).columns["events"]
    )


def one(layout: str = "daily", **changes: str) -> Row:
    (row,) = read("gdelt", layout, events=lines(line(layout, **changes)))
    return row


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_reads_to_the_same_event(layout: str) -> None:
    kept = ("reject", "row", "day", "actor", "recipient", "code", "event_type",
            "goldstein_tenths")  # fmt: skip
    row = one(layout)
    assert [row[k] for k in kept] == [
        None, "410412347", date(2015, 3, 2), "RUS", "PAK", "042", "CONSULT", 19,
    ]  # fmt: skip


def test_a_known_group_goes_before_its_country() -> None:
    row = one(Actor1CountryCode="AFG", Actor1KnownGroupCode="TAL", Actor1Name="TALIBAN")
    assert (row["actor"], row["actor_name"]) == ("non_state:taliban", "TALIBAN")


def test_a_region_is_no_actor() -> None:
    row = one(Actor1CountryCode="AFR", Actor1Name="AFRICA")
    assert (row["actor"], row["actor_name"]) == (None, "AFRICA")


def test_a_party_without_a_name_keeps_its_code() -> None:
    assert (
        one(Actor2Name="", Actor2CountryCode="", Actor2Code=" CVL")["recipient_name"] == "CVL"
    )


def test_an_act_without_recipient_has_none() -> None:
    row = one(Actor2Name="", Actor2CountryCode="", Actor2Code="")
    assert (row["recipient"], row["recipient_name"], row["reject"]) == (None, None, None)


def test_a_leading_zero_of_a_code_stays() -> None:
    codes = {"EventCode": "010", "EventBaseCode": "010", "EventRootCode": "01"}
    assert one(**codes)["code"] == "010"


def test_a_back_dated_event_is_booked_on_its_own_day() -> None:
    assert one(SQLDATE="20140302")["day"] == date(2014, 3, 2)


def test_an_event_of_tomorrow_may_be_one_of_another_time_zone() -> None:
    assert one(SQLDATE="20150303")["reject"] is None


DISAGREE = "EventCode, EventBaseCode and EventRootCode disagree"
SCALE = "GoldsteinScale is no number from -10 to 10"
BAD_LINES = {
    "": "empty line",
    "<html>503</html>": "not 57 or 58 fields",
    line() + "\tx": "not 57 or 58 fields",
    line(Actor1Name="A\tB").rsplit("\t", 2)[0]: "DATEADDED is not a day",
    line(Actor1Name="MALM\ufffd"): "not UTF-8 text",
    line(GLOBALEVENTID=""): "GLOBALEVENTID is no number",
    line(GLOBALEVENTID="GLOBALEVENTID"): "GLOBALEVENTID is no number",
    line(SQLDATE="20151399"): "SQLDATE is not a day",
    line(SQLDATE="0000"): "SQLDATE is not a day",
    line(SQLDATE="20150302000000"): "SQLDATE is not a day",
    line(DATEADDED=""): "DATEADDED is not a day",
    line(SQLDATE="20150304"): "dated after the day it was added",
    line(EventCode="13y", EventBaseCode="13", EventRootCode="13"): "unknown CAMEO code 13y",
    line(EventCode="173"): DISAGREE,
    line(EventRootCode="4"): DISAGREE,
    line(QuadClass="4"): "QuadClass does not fit EventRootCode",
    line(QuadClass="9"): "QuadClass does not fit EventRootCode",
    line(GoldsteinScale="999"): SCALE,
    line(GoldsteinScale="nan"): SCALE,
    line(GoldsteinScale="-2,5"): SCALE,
}


@pytest.fixture(scope="module")
def bad_rows() -> dict[object, Row]:
    rows = read("gdelt", "daily", events=lines(line(), *BAD_LINES))
    return {row["text"]: row for row in rows}


@pytest.mark.parametrize("text", BAD_LINES, ids=lambda text: f"{BAD_LINES[text]}: {text[:9]}")
def test_a_bad_line_says_why(bad_rows: Mapping[object, Row], text: str) -> None:
    assert bad_rows[text]["reject"] == BAD_LINES[text]


def test_bad_lines_cost_no_good_one(bad_rows: Mapping[object, Row]) -> None:
    assert bad_rows[line()]["reject"] is None


def test_an_event_without_a_score_has_none() -> None:
    row = one(GoldsteinScale="")
    assert (row["goldstein_tenths"], row["reject"]) == (None, None)


def load_text(folder: Path, text: str, name: str = "20150302.export.CSV") -> LoadReport:
    (folder / name).write_text(text, "utf-8")
    return load(open_store(folder / "store"), "gdelt", folder / name)


def test_fifty_nine_fields_are_refused_as_a_whole(tmp_path: Path) -> None:
    text = "".join(line() + "\tx\n" for _ in range(3))
    with pytest.raises(
        DriftError, match=r"have 59 fields separated by tabs; known are 57, 58, 61"
    ):
        load_text(tmp_path, text)


def test_one_line_too_long_does_not_refuse_its_file(tmp_path: Path) -> None:
    good = [line("quarter_hour", GLOBALEVENTID=str(n)) for n in range(3)]
    done = load_text(tmp_path, "\n".join([good[0] + "\tx", *good]) + "\n").snapshot
    assert (done.rows_in, done.accepted, done.quarantined) == (4, 3, 1)


def test_an_event_emitted_again_is_a_duplicate(tmp_path: Path) -> None:
    load_text(tmp_path, line("quarter_hour") + "\n", "20150302231500.export.CSV")
    again = load_text(tmp_path, line(NumArticles="7") + "\n")
    assert (again.snapshot.accepted, again.snapshot.duplicates) == (0, 1)


def test_a_daily_file_may_hold_lines_of_the_back_file(tmp_path: Path) -> None:
    text = "\n".join([line("history", GLOBALEVENTID="1"), line(), line(GLOBALEVENTID="2")])
    assert load_text(tmp_path, text).snapshot.accepted == 3


CELLS = st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"]), max_size=9)


@propose_few
@given(st.lists(st.tuples(st.integers(0, 57), CELLS), min_size=5, max_size=40))
def test_every_line_is_accepted_a_duplicate_or_quarantined(
    tmp_path_factory: pytest.TempPathFactory, harms: list[tuple[int, str]]
) -> None:
    good = [line(GLOBALEVENTID=str(n)).split("\t") for n in range(len(harms), 3 * len(harms))]
    for cells, (place, text) in zip(good, harms, strict=False):
        cells[place] = text
    done = load_text(
        tmp_path_factory.mktemp("gdelt"), "".join("\t".join(cells) + "\n" for cells in good)
    ).snapshot
    assert done.rows_in == len(good) == done.accepted + done.duplicates + done.quarantined
    assert done.accepted >= len(harms)


def test_known_groups_are_actors_of_the_registry() -> None:
    groups = read_list("gdelt", "known_groups.csv")
    assert [g for g in groups if g["actor"] not in load_actors()] == []


def test_every_root_has_one_quad_class() -> None:
    roots = [row["root"] for row in read_list("gdelt", "quad_classes.csv")]
    assert sorted(roots) == sorted({code.root for code in cameo_codes().values()})


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("geomesa/20180101000000.export.CSV", 2414),
        ("spark-gdelt/events1.csv", 100),
        ("spark-gdelt/events.csv", 100),
        ("spark-gdelt/eventsT.csv", 100),
    ],
)
def test_the_providers_files_load_whole(
    raw: Path, tmp_path: Path, name: str, rows: int
) -> None:
    done = load(open_store(tmp_path), "gdelt", raw / "gdelt_native" / name).snapshot
    assert (done.rows_in, done.accepted) == (rows, rows)
