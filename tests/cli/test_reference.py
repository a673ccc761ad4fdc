"""The page on commands lists each command and each option, and nothing else."""

import re
from pathlib import Path

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
GROUPS = {"ach": ach, "case": case, "pack": pack, "quarantine": quarantine, "store": store}


def commands() -> list[str]:
    """List the commands as a reader types them, those of a group in full."""
    alone = [name for name in get_group(app).commands if name not in GROUPS]
    within = [
        f"{group} {name}" for group, x in GROUPS.items() for name in get_group(x).commands
    ]
    return alone + within


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
