"""The command `cuibono`: its verbs are the layers."""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Callable

import typer

from cuibono.cli.ach import ach
from cuibono.cli.actors import actors
from cuibono.cli.case import case
from cuibono.cli.coverage import coverage
from cuibono.cli.diff import diff
from cuibono.cli.explain import explain
from cuibono.cli.fetch import fetch
from cuibono.cli.load import load
from cuibono.cli.pack import pack
from cuibono.cli.quarantine import quarantine
from cuibono.cli.read import read
from cuibono.cli.review import review
from cuibono.cli.score import score
from cuibono.cli.serve import serve
from cuibono.cli.store import store
from cuibono.cli.trace import trace
from cuibono.dossier.render.visible import make_visible
from cuibono.errors import CuibonoError

SELDOM = 50_000
"""Objects that are made before circles among them are looked for."""


def first_line(command: Callable[..., None]) -> str:
    """Take a command's help from the first line of its docstring.

    Parameters
    ----------
    command : callable
        With a docstring.

    Returns
    -------
    str
        Its first line.
    """
    return (command.__doc__ or "").partition("\n")[0]


app = typer.Typer(
    help="Weigh why states act as they do: case file + open data -> dossier.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)
READING = (load, fetch, read, review)
for command in (explain, serve, trace, diff, score, actors, coverage, *READING):
    app.command(help=first_line(command))(command)
app.add_typer(ach, name="ach")
app.add_typer(case, name="case")
app.add_typer(pack, name="pack")
app.add_typer(store, name="store")
app.add_typer(quarantine, name="quarantine")


def run() -> None:
    """Run the command line; an error of ours is one line and exit code 1."""
    # Asked to end, a command undoes what it began, as it does on Ctrl-C.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    # Nearly all that a command makes is in use to its end; seeking circles took a twentieth.
    gc.set_threshold(SELDOM)
    try:
        app(prog_name="cuibono")
    except CuibonoError as error:
        line = make_visible(str(error)).replace("\n", " ")
        sys.stderr.write(f"cuibono: {line}\n")
        raise SystemExit(1) from None
