"""The command line explains itself, fast, and every fault of ours is one line."""

import subprocess
import sys

import pytest
from tests.cli.calling import assert_one_line_of_error, call

from cuibono.cli.main import SELDOM, first_line
from cuibono.errors import CuibonoError

COMMANDS = ("explain", "trace", "actors", "coverage", "load", "pack", "pack build")
# Not pydantic: typer itself reads arguments with it.
HEAVY = {
    "numba",
    "altair",
    "duckdb",
    "ibis",
    "jinja2",
    "numpy",
    "pyarrow",
    "scipy",
    "vl_convert",
}


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_explains_itself(command: str) -> None:
    said = call(*command.split(), "--help")
    assert (said.code, said.err) == (0, "")
    assert f"cuibono {command}".strip() in said.out


@pytest.mark.parametrize("command", COMMANDS[:-2])
def test_the_help_lists_every_command_with_its_first_line(command: str) -> None:
    (line,) = (x for x in call("--help").out.splitlines() if x.split()[:1] == [command])
    assert len(line.split()) > 4


@pytest.mark.parametrize("words", [["--help"], ["explain", "--help"], ["actors", "Kremlin"]])
def test_a_quick_command_loads_nothing_heavy(words: list[str]) -> None:
    code = (
        f"import sys; sys.argv = ['cuibono', *{words}]\n"
        "from cuibono.cli.main import run\n"
        "try: run()\n"
        "except SystemExit: pass\n"
        "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert ran.stdout
    assert HEAVY & set(ran.stderr.split()) == set()


def test_a_command_seldom_looks_for_circles_among_its_objects() -> None:
    code = (
        "import gc, sys; sys.argv = ['cuibono', '--help']\n"
        "from cuibono.cli.main import run\n"
        "try: run()\n"
        "except SystemExit: pass\n"
        "print(gc.isenabled(), gc.get_threshold()[0], file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert ran.stderr.split() == ["True", str(SELDOM)]


@pytest.mark.parametrize(
    "words", [["explane"], ["explain"], ["trace", "x", "--limit", "0"], ["coverage", "--jsn"]]
)
def test_a_wrong_word_is_a_usage_error(words: list[str]) -> None:
    said = call(*words)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("Usage: cuibono")


def test_no_word_at_all_shows_the_help() -> None:
    said = call()
    assert "explain" in said.out + said.err


def test_a_fault_of_many_lines_is_told_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(prog_name: str) -> None:
        raise CuibonoError("here:\nthis \x1b[2J\u202e")

    monkeypatch.setattr("cuibono.cli.main.app", fail)
    assert_one_line_of_error(call(), "here: this \ufffd[2J\ufffd")


def test_a_fault_that_is_not_ours_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(prog_name: str) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("cuibono.cli.main.app", fail)
    with pytest.raises(ZeroDivisionError, match="a bug"):
        call()


def test_the_help_of_a_command_is_the_first_line_of_its_docstring() -> None:
    def command() -> None:
        """Say one thing.

        And explain it.
        """

    assert first_line(command) == "Say one thing."
