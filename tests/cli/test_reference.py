"""The page on commands lists each command and each option, and nothing else."""

import re
import shlex
from pathlib import Path

import click
import pytest
from tests.cli.calling import call
from typer.main import get_group

from cuibono.cli.ach import ach
from cuibono.cli.case import case
from cuibono.cli.main import app
from cuibono.cli.pack import pack
from cuibono.cli.quarantine import quarantine
from cuibono.cli.store import store

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "reference" / "commands.md").read_text("utf-8")
HEADINGS = re.findall(r"^## `cuibono (.+)`$", PAGE, re.MULTILINE)
TUTORIAL = DOCS / "tutorial" / "from-question-to-dossier.md"
TYPED = re.compile(r"^(?: {4})?cuibono (.+)$", re.MULTILINE)
PAGES = [
    page
    for page in (DOCS.parent / "README.md", *sorted(DOCS.rglob("*.md")))
    if TYPED.search(page.read_text("utf-8"))
]
GROUPS = {"ach": ach, "case": case, "pack": pack, "quarantine": quarantine, "store": store}


def commands() -> list[str]:
    """List the commands as a reader types them, those of a group in full."""
    alone = [name for name in get_group(app).commands if name not in GROUPS]
    within = [
        f"{group} {name}" for group, x in GROUPS.items() for name in get_group(x).commands
    ]
    return alone + within


def typed(page: Path) -> list[str]:
    """List the commands that a page tells its reader to type."""
    lines = TYPED.findall(page.read_text("utf-8"))
    return [line.partition(" #")[0].strip() for line in lines]


def parse(words: list[str]) -> None:
    """Take a command line apart as the program does, and run nothing."""
    command: click.Command = get_group(app)
    context = command.make_context("cuibono", list(words))
    while isinstance(command, click.Group):
        rest = [*context._protected_args, *context.args]
        name, found, left = command.resolve_command(context, rest)
        assert found is not None
        command, context = found, found.make_context(name, left, parent=context)


def help_options(command: str) -> set[str]:
    said = call(*command.split(), "--help").out
    return set(re.findall(r"^ +(--[a-z-]+)", said, re.MULTILINE)) - {"--help"}


def section(command: str) -> str:
    return PAGE.split(f"## `cuibono {command}`\n")[1].split("\n## ")[0]


def test_every_command_has_a_heading_and_every_heading_a_command() -> None:
    assert sorted(HEADINGS) == sorted(commands())


@pytest.mark.parametrize("command", HEADINGS)
def test_every_option_has_a_row(command: str) -> None:
    rows = set(re.findall(r"^\| `(--[a-z-]+)", section(command), re.MULTILINE))
    assert rows == help_options(command)


@pytest.mark.parametrize("command", HEADINGS)
def test_every_command_is_shown_by_example(command: str) -> None:
    assert re.search(rf"^cuibono {command}( |$)", section(command), re.MULTILINE)


@pytest.mark.parametrize("page", ["reference/commands.md", "howto/trace-a-number.md"])
def test_every_link_of_the_page_leads_to_a_file(page: str) -> None:
    file = DOCS / page
    for target in re.findall(r"\]\(([^)#]+)", file.read_text("utf-8")):
        assert (file.parent / target).is_file()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_tells_to_type_is_understood(page: Path) -> None:
    for line in typed(page):
        command, _, file = line.partition(" > ")
        parse(shlex.split(command))
        assert not file or command.startswith("ach "), f"{command} prints no file"


def test_the_tutorial_begins_with_commands_that_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    first, second = typed(TUTORIAL)[:2]
    assert "Pakistan" in call(*shlex.split(first)).out
    call(*shlex.split(second))
    explained = next(line for line in typed(TUTORIAL) if line.startswith("explain "))
    assert Path(explained.removeprefix("explain ")).is_file()
