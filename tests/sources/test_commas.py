"""Comma-separated lines: one line is one row, and a stray quote costs its own line."""

import csv
from io import StringIO

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.made_tables import ENGINE, Row, lines

from cuibono.sources.commas import split_commas

NAMES = ("a", "b", "c")


def split(*texts: str) -> list[Row]:
    rows = split_commas(ibis.memtable(lines(*texts)), NAMES).order_by("line")
    listed: list[Row] = ENGINE.collect(rows).to_pylist()
    return listed


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("1,2,3", ["1", "2", "3"]),
        ('1,"2, and a half",3', ["1", "2, and a half", "3"]),
        ('"say ""so""",,', ['say "so"', "", ""]),
        ('"",2,3', ["", "2", "3"]),
        ('1,a "b" c,3', ["1", 'a "b" c', "3"]),
    ],
)
def test_a_line_falls_into_its_fields(text: str, cells: list[str]) -> None:
    (row,) = split(text)
    assert (row["fault"], [row[name] for name in NAMES]) == (None, cells)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "empty line"),
        ("1,2", "not 3 fields"),
        ("1,2,3,4", "not 3 fields"),
        ('1,"2,3', "a quote does not close"),
        ('1,"2" x,3', "a quote does not close"),
        ("1,2,\ufffd", "not UTF-8 text"),
    ],
)
def test_a_line_that_is_no_row_says_why(text: str, fault: str) -> None:
    assert [row["fault"] for row in split(text, "1,2,3")] == [fault, None]


def test_a_quote_over_two_lines_joins_nothing() -> None:
    assert [row["fault"] is None for row in split('1,"2', '3",4', "5,6,7")] == [
        False,
        False,
        True,
    ]


CELL = st.text(
    st.characters(exclude_characters="\n\r\0\ufffd", exclude_categories=["Cs"]), max_size=6
)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=20))
def test_what_is_written_is_read(rows: list[tuple[str, str, str]]) -> None:
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    read = split(*text.getvalue().split("\n")[:-1])
    assert [tuple(row[name] for name in NAMES) for row in read] == rows
