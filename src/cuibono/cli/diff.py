"""`cuibono diff`: what changed between two dossiers of a case, and which rows did it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from cuibono.cli.options import JsonOption

OldArgument = Annotated[Path, typer.Argument(help="The earlier dossier: its JSON or folder.")]
NewArgument = Annotated[Path, typer.Argument(help="The later one.")]
AllOption = Annotated[bool, typer.Option("--all", help="Every number, not only the first.")]


def diff(
    old: OldArgument, new: NewArgument, every: AllOption = False, as_json: JsonOption = False
) -> None:
    """Say what changed between two dossiers of a case, and which rows did it.

    Parameters
    ----------
    old, new : Path
        JSON of the dossiers, or their folders.
    every : bool
        Print every number that changed.
    as_json : bool
        Print JSON instead of lines.
    """
    from cuibono.dossier.compare import FIRST, compare_dossiers
    from cuibono.dossier.render.visible import make_visible
    from cuibono.dossier.write import read_dossier

    changes = compare_dossiers(read_dossier(old), read_dossier(new))
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in changes], indent=1, ensure_ascii=False))
        return
    shown = [
        one
        for one in changes
        if every or not one.kind.endswith(("number", "gone")) or one.id.startswith(FIRST)
    ]
    for one in shown:
        because = f"  because of {'; '.join(one.rows)}" if one.rows else ""
        typer.echo(make_visible(f"{one.kind} {one.id}: {one.said}{because}"))
    if not changes:
        typer.echo("Nothing changed.")
    elif rest := len(changes) - len(shown):
        typer.echo(f"{rest:,} further numbers changed; print them with --all.")
