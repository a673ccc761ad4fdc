"""`cuibono load`: files of a source into the store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cuibono.cli.options import DEFAULT_STORE, StoreOption

SourceArgument = Annotated[str, typer.Argument(help="Name of the source, such as icews.")]
FilesArgument = Annotated[list[Path], typer.Argument(help="Its files, or folders of files.")]


def load(
    source: SourceArgument, files: FilesArgument, store: StoreOption = DEFAULT_STORE
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
    """
    from rich.console import Console
    from rich.progress import track

    from cuibono.store.load import load as load_file
    from cuibono.store.store import open_store

    talk = Console(stderr=True)
    watched = len(files) > 1 and talk.is_interactive
    for file in track(
        files, f"loading {source}", console=talk, disable=not watched, transient=True
    ):
        typer.echo(str(load_file(open_store(store), source, file)))
