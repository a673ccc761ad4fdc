"""The matrix goes to a spreadsheet and comes back the same, and every fault is one line."""

import csv
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from tests.record.made_case import made as made_file
from tests.weighing.made_cases import cases, item, judged, made, propose

from cuibono.errors import CaseSyntaxError
from cuibono.model.case import Case
from cuibono.model.evidence import Likelihood
from cuibono.record.case_file import read_case
from cuibono.record.judgements import merge_judgements
from cuibono.weighing.ach import export_matrix, import_matrix, write_judgements

CASES = Path(__file__).parents[2] / "cases"
CASE = made(
    ["drift", "gain"],
    [
        item("E1", {"drift": judged(0.4, 0.2)}),
        item("E2", {"drift": judged(0.3, 0.6), "gain": judged(0.5, 0.25)}),
    ],
)
TABLE = """\
explanation,E1,E2
drift,0.4-0.4 | 0.2-0.2 | as judged,0.3-0.3 | 0.6-0.6 | as judged
gain,,0.5-0.5 | 0.25-0.25 | as judged
"""


def likelihoods(case: Case) -> dict[str, dict[str, Likelihood]]:
    return {item.id: dict(item.likelihoods) for item in case.evidence}


def test_explanations_are_rows_and_items_columns() -> None:
    assert export_matrix(CASE) == TABLE


def test_a_blank_cell_is_an_empty_cell() -> None:
    rows = list(csv.reader(StringIO(export_matrix(CASE))))
    assert rows[2][1] == ""


def test_the_table_comes_back_as_it_went() -> None:
    assert import_matrix(CASE, TABLE, "m.csv") == likelihoods(CASE)


@propose
@given(cases())
def test_any_case_comes_back_as_it_went(case: Case) -> None:
    assert import_matrix(case, export_matrix(case), "m.csv") == likelihoods(case)


@pytest.mark.parametrize("path", sorted(CASES.glob("*.toml")), ids=lambda path: path.stem)
def test_the_shipped_cases_come_back_as_they_went(path: Path) -> None:
    case = read_case(path)
    judged_items = {item.id: dict(item.likelihoods) for item in case.evidence}
    # an absence is judged over computed bands, which lie in the matrix to the last digit
    assert import_matrix(case, export_matrix(case), "m.csv") == judged_items


def test_rows_and_columns_may_be_sorted_by_the_spreadsheet() -> None:
    rows = [row[::1] for row in csv.reader(StringIO(TABLE))]
    turned = [[row[0], *row[:0:-1]] for row in (rows[0], rows[2], rows[1])]
    out = StringIO()
    csv.writer(out).writerows(turned)
    assert import_matrix(CASE, out.getvalue(), "m.csv") == likelihoods(CASE)


def test_commas_quotes_and_lines_in_a_reason_survive() -> None:
    why = 'He said "no", twice,\nand left.'
    spoken = Likelihood((0.4, 0.5), (0.2, 0.3), why)
    case = made(["drift", "gain"], [item("E1", {"drift": spoken})])
    assert import_matrix(case, export_matrix(case), "m.csv")["E1"]["drift"].why == why


FAULTS = {
    "no corner": ("explanation,E1", "hypothesis,E1", "m.csv:1: a matrix begins"),
    "an unknown row": ("\ngain", "\ngian", "m.csv:2: no explanation 'gian'. Did you mean gain"),
    "an unknown column": ("E1,E2", "E1,E3", "m.csv:1: no evidence 'E3'"),
    "a missing row": ("gain,,0.5-0.5 | 0.25-0.25 | as judged\n", "", "gain is missing"),
    "a missing column": (",E2", "", "E2 is missing"),
    "a row twice": ("\ngain", "\ndrift,,\ngain", "stands twice"),
    "a column twice": ("E1,E2", "E1,E2,E2", "stands twice"),
    "a certainty": ("0.5-0.5 |", "0.5-1.0 |", "m.csv:3: E2"),
    "a band that runs down": ("0.3-0.3", "0.7-0.3", "m.csv:2: E2"),
    "a letter for a band": ("0.3-0.3 | 0.6-0.6 | as judged", "C", "'C' is no judgement"),
    "plus and minus signs": ("0.3-0.3 | 0.6-0.6 | as judged", "++", "is no judgement"),
    "no reason": ("0.3-0.3 | 0.6-0.6 | as judged", "0.3-0.3 | 0.6-0.6 |", "no judgement"),
    "too many cells": ("gain,,", "gain,,,,", "more cells than items"),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_is_one_line_with_its_place(kind: str) -> None:
    old, new, said = FAULTS[kind]
    assert old in TABLE
    with pytest.raises(CaseSyntaxError) as caught:
        import_matrix(CASE, TABLE.replace(old, new, 1), "m.csv")
    assert said in str(caught.value)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("text", ["", "\n\n", ","])
def test_an_empty_file_is_no_matrix(text: str) -> None:
    with pytest.raises(CaseSyntaxError, match="a matrix begins with"):
        import_matrix(CASE, text, "m.csv")


def test_a_filled_in_matrix_is_a_second_judge(tmp_path: Path) -> None:
    case = made_file(tmp_path)
    matrix = {"E1": {"pressure": Likelihood((0.2, 0.3), (0.2, 0.3), 'Seen "anyway".')}}
    path = tmp_path / "second.toml"
    path.write_text(write_judgements(case, matrix, "Zoë", date(2026, 11, 25)), "utf-8")
    (own, other) = merge_judgements(case, [path]).evidence[0].judgements
    assert (own.judge, other.judge) == ("us", "Zoë")
    assert other.likelihoods == matrix["E1"]
    assert other.judged == date(2026, 11, 25)


def test_what_the_second_judge_left_empty_is_not_judged(tmp_path: Path) -> None:
    text = write_judgements(CASE, {"E1": {}, "E2": {}}, "Zoë", date(2026, 11, 25))
    assert "[[judgement]]" not in text


def test_further_judges_stay_out_of_the_export(tmp_path: Path) -> None:
    first = CASE.evidence[0]
    both = replace(CASE, evidence=(replace(first, others=first.judgements), CASE.evidence[1]))
    assert export_matrix(both) == TABLE
