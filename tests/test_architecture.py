"""ARCHITECTURE.md lists what is there, and nothing else."""

import re
from pathlib import Path

import pytest

import cuibono

PACKAGE = Path(cuibono.__file__).parent
PAGE = PACKAGE.parents[1] / "ARCHITECTURE.md"
UNLISTED = {"__init__.py", "__pycache__", "py.typed"}


def proposal(path: Path) -> str:
    """What a file says of itself at its top; "?" where a person has to say it."""
    top = path / "__init__.py" if path.is_dir() else path
    if not top.exists() or top.suffix not in {".py", ".toml"}:
        return "?"
    opening = r'(?:"""|# |title = ")([^"\n]+)'
    said = re.match(opening, top.read_text("utf-8"))
    return said[1] if said else "?"


def has_files(path: Path) -> bool:
    return path.is_file() or any(below.is_file() for below in path.rglob("*"))


def rows_wanted() -> dict[str, str]:
    """Proposed rows by path: all that lies in a folder with Python.

    A folder of data alone is one thing to a reader and has one row.
    """
    listed = [
        path
        for path in sorted(PACKAGE.rglob("*"))
        if any(path.parent.glob("*.py")) and path.name not in UNLISTED and has_files(path)
    ]
    return {
        path.relative_to(PACKAGE).as_posix() + "/" * path.is_dir(): proposal(path)
        for path in listed
    }


def rows_written() -> dict[str, str]:
    rows = re.findall(r"^\| `([^`]+)` \| (.+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    return dict(rows)


def test_every_module_has_a_row() -> None:
    written = rows_written()
    missing = [
        f"| `{path}` | {said} |" for path, said in rows_wanted().items() if path not in written
    ]
    if missing:
        pytest.fail("\n".join(["Add to ARCHITECTURE.md:", *missing]), pytrace=False)


def test_every_row_has_a_module() -> None:
    gone = sorted(rows_written().keys() - rows_wanted().keys())
    if gone:
        pytest.fail("\n".join(["Remove from ARCHITECTURE.md:", *gone]), pytrace=False)


def test_no_path_is_listed_twice() -> None:
    listed = re.findall(r"^\| `([^`]+)` \|", PAGE.read_text("utf-8"), re.MULTILINE)
    assert sorted(set(listed)) == sorted(listed)


def test_every_row_says_what_the_module_holds() -> None:
    assert [path for path, said in rows_written().items() if said.strip() in {"", "?"}] == []
