"""KEDS streams: each in its own codes, of acts and of actors."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.sources.made_sources import KEDS, KEDS_LINE
from tests.sources.made_tables import Row, lines, read

from cuibono.sources.codes import read_list
from cuibono.store.load import load
from cuibono.store.store import open_store
from cuibono.vocab.events import event_types, weis_goldstein

COLUMNS = (
    "event_id",
    "stream",
    "date",
    "source",
    "target",
    "code",
    "scheme",
    "goldstein",
    "desc",
)


def streams(*changes: Mapping[str, object]) -> list[Row]:
    rows = [
        {"desc": "", **KEDS, "event_id": f"k-{n}", **each} for n, each in enumerate(changes)
    ]
    return read(
        "keds",
        "streams",
        events=pa.table({c: [row[c] for row in rows] for c in COLUMNS}),
    )


def line(**changes: str) -> str:
    return "\t".join((KEDS_LINE | changes).values())


@pytest.mark.parametrize(
    ("code", "event_type", "quad"),
    [
        ("031", "CONSULT", "verbal_cooperation"),
        ("023", None, None),
        ("072", "AID", "material_cooperation"),
        ("173", "THREATEN", "verbal_conflict"),
        ("223", "ASSAULT", "material_conflict"),
    ],
)
def test_a_weis_code_has_the_type_of_its_root(
    code: str, event_type: str | None, quad: str | None
) -> None:
    (row,) = streams({"code": code})
    assert (row["event_type"], row["quad"], row["reject"]) == (event_type, quad, None)


def test_a_weis_code_is_scored_on_its_own_scale() -> None:
    (row,) = streams({"code": "223", "goldstein": -1.0})
    assert row["goldstein_tenths"] == weis_goldstein()["223"] == -100


def test_a_weis_code_without_a_score_has_none() -> None:
    (row,) = streams({"code": "130", "goldstein": None})
    assert (row["goldstein_tenths"], row["reject"]) == (None, None)


def test_the_gulf_stream_is_weis_whatever_its_label() -> None:
    (row,) = streams(
        {"stream": "gulf.cameo", "scheme": "cameo", "code": "031", "goldstein": 5.2}
    )
    assert (row["event_type"], row["goldstein_tenths"]) == ("CONSULT", 10)


TURKEY = {"stream": "turkey.cameo", "scheme": "cameo"}


def test_an_early_cameo_code_that_changed_its_meaning_has_no_type() -> None:
    rows = streams({**TURKEY, "code": "163"}, {**TURKEY, "code": "172"})
    assert [row["reject"] for row in rows] == [None, None]
    assert [row["event_type"] is None for row in rows] == [True, False]


def test_a_cameo_event_keeps_the_score_of_its_file() -> None:
    (row,) = streams({**TURKEY, "code": "042", "goldstein": 1.9})
    assert row["goldstein_tenths"] == 19


@pytest.mark.parametrize(
    ("stream", "code", "actor"),
    [
        ("casia.weis", "AFGTAL", "non_state:taliban"),
        ("casia.weis", "AFGREB", "AFG"),
        ("casia.weis", "AUS", "AUT"),
        ("turkey.cameo", "AUS", "AUS"),
        ("casia.weis", "KOS", "KOR"),
        ("casia.weis", "ISL", None),
        ("casia.weis", "PAL", None),
        ("casia.weis", "PALPLO", "non_state:plo"),
        ("turkey.cameo", "TURREBPKK", "non_state:pkk"),
        ("turkey.cameo", "DEUGOV", "DEU"),
        ("casia.weis", "DEUGOV", None),
        ("casia.weis", "UNK", "GBR"),
    ],
)
def test_an_actor_code_is_read_as_its_stream_means_it(
    stream: str, code: str, actor: str | None
) -> None:
    (row,) = streams({"stream": stream, "source": code})
    assert (row["actor"], row["actor_name"]) == (actor, code)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"code": "777"}, "unknown WEIS code 777"),
        ({"code": "31"}, "unknown WEIS code 31"),
        ({**TURKEY, "code": "145]"}, "unknown CAMEO code 145]"),
        ({"scheme": "ida"}, "no scheme ida"),
        ({"goldstein": 99.0}, "goldstein is no number from -10 to 10"),
        ({"date": None}, "date is not a day"),
    ],
)
def test_an_event_that_cannot_be_read_is_set_aside(
    changes: Mapping[str, object], reason: str
) -> None:
    rows = streams({}, changes)
    assert [row["reject"] for row in rows] == [None, reason]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("950101", date(1995, 1, 1)),
        ("400101", date(1940, 1, 1)),
        ("391231", date(2039, 12, 31)),
        ("000229", date(2000, 2, 29)),
    ],
)
def test_a_year_of_two_digits_is_of_1940_to_2039(text: str, day: date) -> None:
    (row,) = read("keds", "text", events=lines(line(day=text)))
    assert row["day"] == day


BAD_LINES = {
    "": "empty line",
    "950101 ARN GON": "not 6 fields",
    line(day="951301"): "date is not a day",
    line(day="1995-01-01"): "date is not a day",
    line(source="\ufffd"): "not UTF-8 text",
    line(code="(MEET)"): "unknown WEIS code (MEET)",
}


def test_a_bad_line_costs_itself_and_says_why() -> None:
    rows = read("keds", "text", events=lines(line(), *BAD_LINES))
    said = {row["text"]: row["reject"] for row in rows}
    assert said == {line(): None, **BAD_LINES}


def test_identical_lines_are_told_apart_by_a_number() -> None:
    rows = read("keds", "text", events=lines(line(), line(verb="MET"), line()))
    assert [row["row"] for row in rows] == [f"950302|RUS|PAK|031|{n}" for n in range(3)]


def test_types_are_of_plover_and_roots_are_of_weis() -> None:
    rows = read_list("keds", "weis_types.csv")
    assert {row["event_type"] for row in rows} - {""} <= event_types().keys()
    assert {code[:2] for code in weis_goldstein()} == {row["root"] for row in rows}


def test_the_streams_load_whole(raw: Path, tmp_path: Path) -> None:
    path = raw / "keds" / "keds_events.parquet"
    done = load(open_store(tmp_path), "keds", path).snapshot
    assert done.rows_in == pq.read_metadata(path).num_rows == done.accepted + done.quarantined
    assert done.quarantined < done.rows_in / 1000
    store = open_store(tmp_path)
    rows = store.table("events", "keds")
    taliban = rows.filter(rows.actor == "non_state:taliban").select(rows.actor_name).distinct()
    assert store.engine.collect(taliban)["actor_name"].to_pylist() == ["AFGTAL"]


def test_the_native_text_loads_whole(raw: Path, tmp_path: Path) -> None:
    path = raw / "keds" / "tabari-demo.keds"
    done = load(open_store(tmp_path), "keds", path).snapshot
    assert done.rows_in == len(path.read_bytes().splitlines()) == done.accepted
