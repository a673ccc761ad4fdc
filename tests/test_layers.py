"""Data flows one way: a module imports its own layer or one to its left."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import cuibono

FLOW = ["errors", "stats", "model", "vocab", "reading", "sources", "store", "record"]
FLOW += ["lenses", "checks", "weighing", "dossier", "web", "cli"]
SIBLINGS = {"reading": "sources", "sources": "reading"}
ENGINES = "duckdb|pyspark|clickhouse|postgres|polars|sqlite|datafusion|connect"
ROOT = Path(cuibono.__file__).parent


def layer_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


FILES = [path for path in sorted(ROOT.rglob("*.py")) if path != ROOT / "__init__.py"]
IN_FLOW = [path for path in FILES if layer_of(path) in FLOW]
every_file = pytest.mark.parametrize("path", FILES, ids=named)
every_file_in_flow = pytest.mark.parametrize("path", IN_FLOW, ids=named)


def imports(path: Path) -> Iterator[str]:
    """Dotted names that a file imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module}.{a.name}" for a in node.names)


def layers_imported(path: Path) -> set[str]:
    return {name.split(".")[1] for name in imports(path) if name.startswith("cuibono.")}


@every_file
def test_file_belongs_to_a_layer(path: Path) -> None:
    assert layer_of(path) in [*FLOW, "testing"]


@every_file_in_flow
def test_imports_follow_the_flow(path: Path) -> None:
    later = FLOW[FLOW.index(layer_of(path)) + 1 :]
    assert layers_imported(path).isdisjoint(later)


@every_file_in_flow
def test_siblings_do_not_know_each_other(path: Path) -> None:
    assert SIBLINGS.get(layer_of(path)) not in layers_imported(path)


@every_file_in_flow
def test_nothing_that_ships_imports_testing(path: Path) -> None:
    assert "testing" not in layers_imported(path)


@every_file
def test_no_import_is_relative(path: Path) -> None:
    assert [name for name in imports(path) if name.startswith(".")] == []


# Each engine is a file of its own, which may name that engine and no other.
ENGINE_FILES = [path for path in FILES if named(path).startswith("store/engines/")]


def engines_named(path: Path) -> set[str]:
    imported = {name.split(".")[0] for name in imports(path)} & set(ENGINES.split("|"))
    spelt = re.findall(rf"\bibis\.({ENGINES})\b", path.read_text("utf-8"))
    return {*imported, *spelt}


@pytest.mark.parametrize("path", [p for p in FILES if p not in ENGINE_FILES], ids=named)
def test_no_other_module_names_an_engine(path: Path) -> None:
    assert engines_named(path) == set()


@pytest.mark.parametrize("path", ENGINE_FILES, ids=named)
def test_an_engine_file_names_no_other_engine(path: Path) -> None:
    assert len(engines_named(path)) <= 1
