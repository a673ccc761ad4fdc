"""The page of faults names tests that are there, and leaves no number out."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "reference" / "faults.md").read_text("utf-8")
ROWS = re.findall(r"^\| (\d+) [^|]+\| [^|]+\| (.+) \|$", PAGE, re.MULTILINE)
NUMBERS = [*range(1, 55), 56, 59, 66, 67, 68]
NAMED = sorted({test for _, tests in ROWS for test in re.findall(r"`([^`]+)`", tests)})
SPREADSHEETS = ("to_csv", "write_csv", "to_excel", "openpyxl", "xlsxwriter")


@cache
def names_in(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_every_fault_of_files_has_its_row() -> None:
    assert [int(number) for number, _ in ROWS] == NUMBERS


@pytest.mark.parametrize(("number", "tests"), ROWS, ids=[number for number, _ in ROWS])
def test_every_fault_has_a_named_test(number: str, tests: str) -> None:
    assert re.fullmatch(r"(`tests/[a-z_0-9/]+\.py::test_[a-z_0-9]+` ?)+", tests), number


@pytest.mark.parametrize("name", NAMED)
def test_a_named_test_exists(name: str) -> None:
    path, _, test = name.partition("::")
    assert test in names_in(ROOT / path)


def test_f59_nothing_is_written_for_a_spreadsheet() -> None:
    sources = sorted((ROOT / "src").rglob("*.py"))
    assert not [p for p in sources if any(w in p.read_text("utf-8") for w in SPREADSHEETS)]
