"""The sizes that keep the house readable. They are signs: move a thought, never split one."""

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest

import cuibono

PACKAGE = Path(cuibono.__file__).parent
TESTS = Path(__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
STATS = sorted(path for path in (PACKAGE / "stats").glob("*.py") if path.stem != "__init__")

Node = TypeVar("Node", bound=ast.AST)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def named(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def lines(path: Path) -> int:
    return sum(1 for line in path.read_text("utf-8").splitlines() if line.strip())


def every(kind: type[Node]) -> Iterator[tuple[str, Node]]:
    """Yield each node of this kind in the package, with the place to look."""
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, kind):
                yield f"{named(path)}:{getattr(node, 'lineno', 0)}", node


def code_lines(function: Function) -> int:
    """Lines of a function without its docstring: explaining more is never a fault."""
    docstring = ast.get_docstring(function, clean=False)
    explained = len(docstring.splitlines()) if docstring else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - explained


def per_mille(values: list[int], share: int) -> int:
    """Give the value that `share` per mille of the values do not exceed."""
    return sorted(values)[(len(values) * share - 1) // 1000]


FILE_LINES = {named(path): lines(path) for path in FILES if lines(path)}
FUNCTION_LINES = {
    f"{place} {node.name}": code_lines(node)
    for place, node in every(ast.AST)
    if isinstance(node, Function)
}


def test_half_of_the_files_have_at_most_120_lines() -> None:
    assert statistics.median(FILE_LINES.values()) <= 120


def test_nine_files_in_ten_have_at_most_250_lines() -> None:
    assert per_mille(list(FILE_LINES.values()), 900) <= 250


def test_no_file_has_more_than_400_lines() -> None:
    assert {name: size for name, size in FILE_LINES.items() if size > 400} == {}


def test_half_of_the_functions_have_at_most_10_lines() -> None:
    assert statistics.median(FUNCTION_LINES.values()) <= 10


def test_nineteen_functions_in_twenty_have_at_most_50_lines() -> None:
    assert per_mille(list(FUNCTION_LINES.values()), 950) <= 50


def test_no_function_has_more_than_80_lines() -> None:
    assert {name: size for name, size in FUNCTION_LINES.items() if size > 80} == {}


def test_no_drawer_takes_what_has_no_place() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "context"}
    assert [named(path) for path in FILES if path.stem in drawers] == []


def test_every_except_names_what_it_expects() -> None:
    def expected(handler: ast.ExceptHandler) -> set[str]:
        caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        return {ast.unparse(one) if one else "" for one in caught}

    anything = {"", "Exception", "BaseException"}
    wrong = [place for place, node in every(ast.ExceptHandler) if expected(node) & anything]
    assert wrong == []


def test_every_raise_has_a_message() -> None:
    def silent(error: ast.expr | None) -> bool:
        """Tell a class raised bare from a caught error handed on."""
        if isinstance(error, ast.Call):
            return not (error.args or error.keywords)
        return isinstance(error, ast.Name) and error.id[0].isupper()

    assert [place for place, node in every(ast.Raise) if silent(node.exc)] == []


def test_only_the_command_line_prints() -> None:
    prints = [place for place, node in every(ast.Call) if ast.unparse(node.func) == "print"]
    assert [place for place in prints if not place.startswith("cli/")] == []


def test_nothing_is_global() -> None:
    assert [place for place, _ in every(ast.Global)] == []


def test_tests_weigh_at_least_four_fifths_of_the_code() -> None:
    tests = sum(lines(path) for path in TESTS.rglob("*.py"))
    assert tests / sum(FILE_LINES.values()) >= 0.8


@pytest.mark.parametrize("path", STATS, ids=named)
def test_statistic_is_tested_by_property(path: Path) -> None:
    tested = TESTS / "stats" / f"test_{path.name}"
    assert "from hypothesis import" in tested.read_text("utf-8")
