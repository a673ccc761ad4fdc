"""`cuibono load`: files of a source into the store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cuibono.cli.options import DEFAULT_STORE, StoreOption

SourceArgument = Annotated[str, typer.Argument(help="Name of the source, such as icews.")]
FilesArgument = Annotated[list[Path], typer.Argument(help="Its files, or folders of files.")]
CardOption = Annotated[
    Path | None,
    typer.Option("--card", help="What the columns of a table of your own mean."),
]
DriftOption = Annotated[
    bool,
    typer.Option("--accept-drift", help="Load a file that breaks its source's bounds."),
]
OWN = ("own_table", "own_events", "own_measures")


def load(
    source: SourceArgument,
    files: FilesArgument,
    store: StoreOption = DEFAULT_STORE,
    card: CardOption = None,
    accept_drift: DriftOption = False,
) -> None:
    """Load files of a source; every row is accepted, a duplicate, or quarantined.

    Parameters
    ----------
    source : str
        Name of the source.
    files : list of Path
        Files or folders, in any order; loading one twice changes nothing.
    store : Path
        Folder to load into.
    card : Path or None
        For `own_table`: the card of the table; by default `card.toml` in its folder.
    accept_drift : bool
        Load files with more refused rows, fewer known actors or another number
        of rows than their source ever had.
    """
    from rich.console import Console
    from rich.progress import track

    from cuibono.store.load import load as load_file
    from cuibono.store.own_table import load_own_table
    from cuibono.store.store import open_store

    talk = Console(stderr=True)
    watched = len(files) > 1 and talk.is_interactive
    opened = open_store(store)
    for file in track(
        files, f"loading {source}", console=talk, disable=not watched, transient=True
    ):
        if source in OWN:
            done = load_own_table(opened, file, card)
        else:
            done = load_file(opened, source, file, accept_drift=accept_drift)
        typer.echo(str(done))
