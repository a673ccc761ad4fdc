"""`cuibono pack`: the figures that ship with the package."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

pack = typer.Typer(help="The embedded data pack.", no_args_is_help=True)

RawOption = Annotated[Path, typer.Option("--raw", help="Folder of the providers' files.")]
OutOption = Annotated[
    Path | None,
    typer.Option("--out", help="Where to build; in place if left out."),
]


@pack.command(help="Compute the pack from the raw files.")
def build(raw: RawOption, out: OutOption = None) -> None:
    """Compute the pack from the raw files; the same input gives the same bytes.

    Parameters
    ----------
    raw : Path
        Folder of the providers' files.
    out : Path, optional
        Folder to build into.
    """
    from rich.console import Console
    from rich.progress import track

    from cuibono.store.pack import PARTS, build_pack
    from cuibono.store.store import PACK

    made = build_pack(raw, out or PACK)
    talk = Console(stderr=True)
    for s in track(
        made,
        "building",
        total=len(PARTS),
        console=talk,
        disable=not talk.is_interactive,
        transient=True,
    ):
        typer.echo(f"{s.name}: {s.rows_in:,} rows in, {s.accepted:,} accepted")


@pack.callback()
def _pack() -> None:
    """Keep `build` a command of its own."""
