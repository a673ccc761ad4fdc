"""`cuibono store`: where the store is, whether it is sound, and mending it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cuibono.cli.options import DEFAULT_STORE, StoreOption

store = typer.Typer(help="See whether the store is sound, and mend it.", no_args_is_help=True)

FromOption = Annotated[
    list[Path], typer.Option("--from", help="Folder or file in which lost inputs may lie.")
]


@store.command(help="Print where the store is.")
def path(store: StoreOption = DEFAULT_STORE) -> None:
    """Print where the store is.

    Parameters
    ----------
    store : Path
        Folder of the files you loaded.
    """
    typer.echo(str(store.resolve()))


@store.command(help="Compare every file with the hash taken when it was written.")
def verify(store: StoreOption = DEFAULT_STORE) -> None:
    """Name the files that are damaged or missing; exit code 1 if there are any.

    Parameters
    ----------
    store : Path
        Folder of the files you loaded.

    Raises
    ------
    typer.Exit
        If a file is not what it was.
    """
    from cuibono.store.manifest import read_manifest
    from cuibono.store.verify import verify as find_damage

    damages = list(find_damage(store))
    for damage in damages:
        typer.echo(str(damage))
    if damages:
        typer.echo("Mend them with `cuibono store repair`.", err=True)
        raise typer.Exit(1)
    typer.echo(f"{len(read_manifest(store))} snapshots, every file as it was written.")


@store.command(help="Set damaged snapshots aside, and load their inputs again.")
def repair(
    store: StoreOption = DEFAULT_STORE,
    look_in: FromOption = [],  # noqa: B006
) -> None:
    """Set damaged snapshots aside, and load again those whose inputs are found.

    Parameters
    ----------
    store : Path
        Folder of the files you loaded.
    look_in : list of Path
        Where else inputs may lie.

    Raises
    ------
    typer.Exit
        If an input was not found.
    """
    from cuibono.store.repair import repair as mend

    mended = list(mend(store, look_in))
    for done in mended:
        typer.echo(str(done))
    if not mended:
        typer.echo("Nothing to mend.")
    if any(done.report is None for done in mended):
        raise typer.Exit(1)
