"""Files that are given carry a name that no header and no file system trips over."""

import io
import json
from datetime import date

import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dossier.sample import sample

from cuibono.web.given import answer_drawing, answer_json, answer_sheet

TABLE = pa.table({"day": [date(2021, 1, 1)], "n": [3]})
DOSSIER = sample()
CHART = next(chart for section in DOSSIER.sections for chart in section.charts)


@given(st.text(max_size=50))
def test_f62_a_name_becomes_a_header_that_holds_it_whole(name: str) -> None:
    header = answer_sheet(TABLE, "csv", name).headers["content-disposition"]
    inside = header.removeprefix('attachment; filename="').removesuffix('.csv"')
    assert all(c.isascii() and (c.isalnum() or c in "._-") for c in inside)
    assert len(inside) == len(name)


@pytest.mark.parametrize("form", ["csv", "parquet", "json"])
def test_a_sheet_says_what_it_is(form: str) -> None:
    kinds = {"csv": "text/csv", "parquet": "parquet", "json": "application/json"}
    assert kinds[form] in answer_sheet(TABLE, form, "x").headers["content-type"]


def test_a_day_is_told_in_iso() -> None:
    assert json.loads(bytes(answer_json({"day": date(2021, 1, 1)}).body)) == {
        "day": "2021-01-01"
    }


@pytest.mark.parametrize(
    ("form", "kind"), [("svg", "image/svg+xml"), ("png", "image/png"), ("csv", "text/csv")]
)
def test_a_drawing_says_what_it_is(form: str, kind: str) -> None:
    assert answer_drawing(CHART, DOSSIER, form).headers["content-type"].startswith(kind)


def test_the_numbers_of_a_drawing_are_those_that_it_draws() -> None:
    body = bytes(answer_drawing(CHART, DOSSIER, "parquet").body)
    drawn = pyarrow.parquet.read_table(io.BytesIO(body)).num_rows
    points = [len(one.points) for one in DOSSIER.series if one.id in CHART.series]
    assert drawn in {sum(points), len(CHART.series)}
