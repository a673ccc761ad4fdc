"""Tables as files: what a spreadsheet would run is marked, and the mark comes off again."""

import csv
import io
import json
from datetime import date

import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dossier.sample import sample

from cuibono.model.dossier import Span, Table
from cuibono.web.sheets import (
    MARK,
    escape_cell,
    sheet_of_chart,
    sheet_of_table,
    write_sheet,
)

TEXT = st.text(st.characters(codec="utf-8"), max_size=30)


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝1", "＠x", "  =1", "'quoted"]
)
def test_f59_a_cell_that_would_run_is_marked(cell: str) -> None:
    assert escape_cell(cell) == MARK + cell


@pytest.mark.parametrize("cell", [-2.5, 0, None, date(2021, 1, 1), "Moscow", "a=b", "", "  "])
def test_f59_a_number_stays_a_number_and_a_text_a_text(cell: object) -> None:
    assert escape_cell(cell) == cell


@given(TEXT)
def test_f59_taking_one_mark_away_gives_back_every_text(text: str) -> None:
    written = str(escape_cell(text))
    assert (written[1:] if written.startswith(MARK) else written) == text


@given(TEXT)
def test_f59_no_written_cell_opens_as_a_formula(text: str) -> None:
    assert str(escape_cell(text)).lstrip(" ")[:1] not in set("=+-@\t\r\n＝＋－＠")


@given(st.lists(TEXT, min_size=1))
def test_what_is_written_as_csv_is_read_back(cells: list[str]) -> None:
    text = write_sheet(pa.table({"said": cells}), "csv").decode()
    rows = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert rows == [[escape_cell(cell)] if cell else [] for cell in cells] or rows == [
        [escape_cell(cell)] for cell in cells
    ]


def test_f67_a_number_is_written_with_a_point_and_every_digit() -> None:
    assert write_sheet(pa.table({"x": [-2.5, 0.1 + 0.2]}), "csv").split() == [
        b"x",
        b"-2.5",
        b"0.30000000000000004",
    ]


def test_parquet_keeps_the_types() -> None:
    table = pa.table({"day": [date(2021, 1, 1)], "n": [3]})
    assert pyarrow.parquet.read_table(io.BytesIO(write_sheet(table, "parquet"))) == table


def test_json_writes_days_as_iso() -> None:
    written = write_sheet(pa.table({"day": [date(2021, 1, 1)], "n": [3]}), "json")
    assert json.loads(written) == [{"day": "2021-01-01", "n": 3}]


def test_a_table_of_a_dossier_keeps_the_ids_of_its_numbers() -> None:
    table = Table(("Who", "How much"), (((Span("PAK"),), (Span("5", "five"), Span(" dB"))),))
    assert sheet_of_table(table).to_pylist() == [
        {"Who": "PAK", "How much": "5 dB", "How much: id": "five"}
    ]


def test_every_chart_of_a_dossier_has_its_numbers_as_a_table() -> None:
    dossier = sample()
    charts = [chart for section in dossier.sections for chart in section.charts]
    assert {chart.kind for chart in charts} >= {"lines", "weights", "world", "coverage"}
    assert [chart.id for chart in charts if not sheet_of_chart(chart, dossier).num_rows] == []
