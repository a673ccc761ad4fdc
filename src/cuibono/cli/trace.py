"""`cuibono trace`: from a number of a dossier to its rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cuibono.cli.options import DEFAULT_STORE, JsonOption, StoreOption

if TYPE_CHECKING:
    from cuibono.dossier.find import Found

IdArgument = Annotated[str, typer.Argument(metavar="ID", help="Id of a number in a dossier.")]
DossierOption = Annotated[
    Path | None, typer.Option("--dossier", help="Its JSON or folder; the newest if left out.")
]
LimitOption = Annotated[
    int, typer.Option("--limit", min=1, help="Rows to print for each part.")
]


def trace(
    name: IdArgument,
    dossier: DossierOption = None,
    limit: LimitOption = 20,
    store: StoreOption = DEFAULT_STORE,
    as_json: JsonOption = False,
) -> None:
    """Print the rows behind a number of a dossier.

    Parameters
    ----------
    name : str
        Id of a figure, series, point (`<series>@<first day>`) or item.
    dossier : Path, optional
        JSON of the dossier, or its folder.
    limit : int
        Rows to print for each part of the number.
    store : Path
        Folder of the files you loaded.
    as_json : bool
        Print JSON instead of tables.
    """
    from cuibono.dossier.find import find
    from cuibono.dossier.write import read_dossier
    from cuibono.store.store import open_store

    parts = find(read_dossier(dossier), open_store(store), name, limit)
    if as_json:
        plain = [{"trace": str(p.trace), "rows_now": p.n_rows, "rows": p.rows} for p in parts]
        typer.echo(json.dumps(plain, indent=1, ensure_ascii=False, default=str))
        return
    for part in parts:
        _print(part)


def _print(part: Found) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    console.print(Text(str(part.trace), style="bold"))
    if not part.unchanged:
        note = f"The store has changed: {part.n_rows:,} rows now, {part.trace.n_rows:,} then."
        Console(stderr=True).print(note)
    columns = [c for c in (part.rows[0] if part.rows else ()) if any(r[c] for r in part.rows)]
    table = Table(*columns)
    for row in part.rows:
        table.add_row(*(Text("" if row.get(c) is None else str(row[c])) for c in columns))
    console.print(table)
    if part.n_rows > len(part.rows):
        console.print(f"{len(part.rows):,} of {part.n_rows:,} rows; more with --limit.")
