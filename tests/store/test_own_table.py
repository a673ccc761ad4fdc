"""A table of one's own loads through a card alone, and every fault is one clear line."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from cuibono.cli.main import app
from cuibono.errors import SourceError
from cuibono.sources.own_card import read_own_card
from cuibono.store.own_table import load_own_table
from cuibono.store.store import open_store

MEASURES = """
name = "trade"
table = "measures"
licence = "mine"
citation = "Me (2026). Trade."
blind_spots = ["Smuggling."]
ignore = ["note"]

[actor]
column = "exporter"
system = "iso3"

[recipient]
column = "importer"
system = "name"

[date]
column = "year"
format = "%Y"

[measure]
name = "exports"
value = "usd"
unit = "US dollars"
"""
EVENTS = """
name = "visits"
table = "events"
licence = "mine"
citation = "Me (2026). Visits."
blind_spots = ["Secret visits."]

[actor]
column = "who"
system = "name"

[recipient]
column = "whom"
system = "iso3"

[date]
column = "day"
format = "%d.%m.%Y"

[event]
column = "act"
system = "plover"
"""
TRADE = 'exporter,importer,year,usd,note\nRUS,Pakistan,2015,12.5,"a, b"\nRUS,India,2016,7,\n'
VISITS = "who,whom,day,act\nRussia,PAK,2.3.2015,CONSULT\nRussia,PAK,2.3.2015,CONSULT\n"

Row = dict[str, object]


def written(folder: Path, card: str, text: str) -> Path:
    (folder / "mine").mkdir(exist_ok=True)
    (folder / "mine" / "card.toml").write_text(card, "utf-8")
    (folder / "mine" / "table.csv").write_text(text, "utf-8")
    return folder / "mine"


def loaded(folder: Path, card: str, text: str) -> list[Row]:
    """Rows of the table after a load; those set aside are not among them."""
    load_own_table(open_store(folder / "store"), written(folder, card, text))
    table = "measures" if "measures" in card else "events"
    store = open_store(folder / "store")
    rows: list[Row] = store.engine.collect(
        store.table(table, f"own_{table}").order_by("row")
    ).to_pylist()
    return rows


def reason(folder: Path, card: str, text: str) -> list[tuple[int, str]]:
    loaded(folder, card, text)
    (file,) = (folder / "store" / "quarantine").rglob("*.parquet")
    return [(row["line"], row["reject"]) for row in pq.read_table(file).to_pylist()]


def test_a_measure_is_read_as_its_card_says(tmp_path: Path) -> None:
    rows = loaded(tmp_path, MEASURES, TRADE)
    kept = ("measure", "actor", "recipient", "start", "end", "value", "unit")
    assert [[row[k] for k in kept] for row in rows] == [
        ["exports", "RUS", "PAK", date(2015, 1, 1), date(2016, 1, 1), 12.5, "US dollars"],
        ["exports", "RUS", "IND", date(2016, 1, 1), date(2017, 1, 1), 7.0, "US dollars"],
    ]


def test_equal_events_are_as_many_as_there_are(tmp_path: Path) -> None:
    rows = loaded(tmp_path, EVENTS, VISITS)
    kept = ("actor", "recipient", "day", "event_type", "quad", "precision")
    assert [[row[k] for k in kept] for row in rows] == [
        ["RUS", "PAK", date(2015, 3, 2), "CONSULT", "verbal_cooperation", "day"]
    ] * 2


def test_one_measure_told_twice_is_a_copy(tmp_path: Path) -> None:
    path = written(tmp_path, MEASURES, TRADE + "RUS,India,2016,8,\n")
    done = load_own_table(open_store(tmp_path / "store"), path).snapshot
    assert (done.rows_in, done.accepted, done.duplicates) == (3, 2, 1)


def test_parquet_is_read_like_text(tmp_path: Path) -> None:
    folder = written(tmp_path, MEASURES, TRADE)
    (folder / "table.csv").unlink()
    cells = {"exporter": ["RUS"], "importer": ["Pakistan"], "year": [2015], "usd": [1.5]}
    pq.write_table(pa.table(cells | {"note": ["two\nlines"]}), folder / "table.parquet")
    done = load_own_table(open_store(tmp_path / "store"), folder).snapshot
    assert (done.rows_in, done.accepted) == (1, 1)


def test_the_store_keeps_the_card_beside_the_table(tmp_path: Path) -> None:
    loaded(tmp_path, MEASURES, TRADE)
    kept = read_own_card(tmp_path / "store" / "own" / "trade-table.toml")
    assert (kept.licence, kept.blind_spots) == ("mine", ("Smuggling.",))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("RUS,Pakistan,2015", "not 5 fields"),
        ("QQQ,Pakistan,2015,1,", "no one is QQQ in iso3"),
        ("RUS,Ruritania,2015,1,", "no one is Ruritania in name"),
        (",Pakistan,2015,1,", "no actor"),
        ("RUS,Pakistan,next,1,", "date 'next' is not written %Y"),
        ("RUS,Pakistan,2015,many,", "value 'many' is no number"),
        ("RUS,Pakistan,2015,nan,", "value 'nan' is no number"),
        ("RUS,Pakistan,2015,,", "value '' is no number"),
        (
            "RUS,Pakistan,9999,1,",
            "9999-01-01 is where the calendar ends",
        ),
    ],
)
def test_a_row_that_cannot_be_read_is_set_aside(tmp_path: Path, line: str, said: str) -> None:
    assert reason(tmp_path, MEASURES, TRADE + line + "\n") == [(4, said)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Russia,PAK,2.3.2015,MUMBLE", "unknown PLOVER code MUMBLE"),
        ("Russia,PAK,2.3.2015,", "no code"),
        ("Russia,PAK,2015-03-02,CONSULT", "date '2015-03-02' is not written %d.%m.%Y"),
        (
            "Russia,PAK,31.12.9999,CONSULT",
            "9999-12-31 is where the calendar ends",
        ),
    ],
)
def test_an_event_that_cannot_be_read_is_set_aside(
    tmp_path: Path, line: str, said: str
) -> None:
    assert reason(tmp_path, EVENTS, VISITS + line + "\n") == [(4, said)]


def test_a_month_or_two_dates_give_the_span(tmp_path: Path) -> None:
    card = MEASURES.replace('format = "%Y"', 'format = "%Y-%m"\nend = "to"')
    text = "exporter,importer,year,to,usd,note\nRUS,India,2015-11,2016-01,1,\n"
    (row,) = loaded(tmp_path, card, text)
    assert (row["start"], row["end"]) == (date(2015, 11, 1), date(2016, 2, 1))


def test_a_span_that_ends_first_is_set_aside(tmp_path: Path) -> None:
    card = MEASURES.replace('format = "%Y"', 'format = "%Y"\nend = "to"')
    text = (
        "exporter,importer,year,to,usd,note\nRUS,India,2015,2016,1,\nRUS,India,2015,2013,1,\n"
    )
    assert reason(tmp_path, card, text) == [(3, "ends before it starts")]


@pytest.mark.parametrize(
    ("card", "said"),
    [
        ("name = ", "cannot be read as a card"),
        (MEASURES.replace('"measures"', '"panel"'), "table = 'panel'; write 'events' or"),
        (MEASURES.replace('licence = "mine"', ""), "licence is missing or empty"),
        (MEASURES.replace('["Smuggling."]', "[]"), "blind_spots is missing or empty"),
        (MEASURES.replace("licence", "license", 1), "licence is missing or empty"),
        (MEASURES + '[events]\ncolumn = "x"\n', "unknown key 'events'"),
        (MEASURES.replace('column = "exporter"', ""), r"actor\.column is missing"),
        (MEASURES.replace('"iso3"', '"iso"'), r"actor\.system = 'iso'\. Did you mean iso"),
        (MEASURES.replace('"iso3"', "3"), r"actor\.system must be a text in quotes"),
        (MEASURES.replace('"%Y"', '"%d"'), r"date\.format = '%d'; write a year as %Y"),
        (MEASURES.replace('name = "exports"', ""), "one of both"),
        (MEASURES.replace('unit = "US dollars"', ""), r"measure\.unit is missing"),
        (MEASURES.replace("unit =", "units ="), r"unknown key measure\.units"),
        (EVENTS.replace('"plover"', '"cameos"'), r"event\.system = 'cameos'\. Did you mean"),
        (MEASURES.replace("[date]", "[[date]]"), r"date must be a table, \[date\] with"),
    ],
)
def test_a_wrong_card_is_refused_in_one_line(tmp_path: Path, card: str, said: str) -> None:
    path = written(tmp_path, card, TRADE) / "card.toml"
    with pytest.raises(SourceError, match=said) as refused:
        read_own_card(path)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("exporter,importer,jahr,usd,note", "no column 'year', which its card names"),
        ("exporter,importer,year,usd,remark", "its card says nothing of remark"),
    ],
)
def test_columns_and_card_must_agree(tmp_path: Path, header: str, said: str) -> None:
    path = written(tmp_path, MEASURES, header + "\n")
    with pytest.raises(SourceError, match=said):
        load_own_table(open_store(tmp_path / "store"), path)


def test_a_table_without_a_card_says_how_to_give_one(tmp_path: Path) -> None:
    path = written(tmp_path, MEASURES, TRADE) / "table.csv"
    with pytest.raises(SourceError, match="name its card with `--card`"):
        load_own_table(open_store(tmp_path / "store"), path)


def test_a_folder_of_two_tables_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, MEASURES, TRADE)
    (path / "other.csv").write_text(TRADE, "utf-8")
    with pytest.raises(SourceError, match=r"one \.csv or \.parquet file"):
        load_own_table(open_store(tmp_path / "store"), path)


def test_a_missing_file_and_a_store_without_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        load_own_table(open_store(tmp_path / "store"), tmp_path / "none.csv")
    with pytest.raises(SourceError, match="needs a store"):
        load_own_table(open_store(), written(tmp_path, MEASURES, TRADE))


def commanded(folder: Path, arguments: Mapping[str, str]) -> str:
    line = ["load", "own_table", arguments["file"], "--store", str(folder / "store")]
    done = CliRunner().invoke(app, [*line, "--card", arguments["card"]])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_command_loads_a_file_with_its_card(tmp_path: Path) -> None:
    path = written(tmp_path, MEASURES, TRADE)
    arguments = {"file": str(path / "table.csv"), "card": str(path / "card.toml")}
    assert "2 rows = 2 accepted + 0 duplicates + 0 quarantined" in commanded(
        tmp_path, arguments
    )
    assert "(already loaded)" in commanded(tmp_path, arguments)
