"""`cuibono trace`: from a number of a dossier to its rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cuibono.cli.options import DEFAULT_STORE, JsonOption, StoreOption

if TYPE_CHECKING:
    from rich.console import Console

    from cuibono.dossier.find import Found

UNBOUNDED = 10**6

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
        plain = [part.as_plain() for part in parts]
        typer.echo(json.dumps(plain, indent=1, ensure_ascii=False, default=str))
        return
    for part in parts:
        _print(part)


def _print(part: Found) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console()
    console.print(Text(_plain(part.trace), style="bold"))
    if not part.unchanged:
        note = f"The store has changed: {part.n_rows:,} rows now, {part.trace.n_rows:,} then."
        Console(stderr=True).print(note)
    shared, rows = _split_shared(
        [{_plain(c): _plain(x) for c, x in row.items()} for row in part.rows]
    )
    if shared:
        said = " · ".join(f"{column} {cell}" for column, cell in shared.items())
        console.print(Text(f"in every row: {said}"))
    _print_rows(console, rows)
    if part.n_rows > len(part.rows):
        console.print(f"{len(part.rows):,} of {part.n_rows:,} rows; more with --limit.")


def _plain(value: object) -> str:
    """Write a cell so that it cannot act on the terminal, whoever wrote the dossier."""
    from cuibono.dossier.render.visible import make_visible

    return "" if value is None else make_visible(str(value))


def _split_shared(rows: list[dict[str, str]]) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Part what every row says from what tells the rows apart."""
    first = rows[0] if len(rows) > 1 else {}
    shared = {c: x for c, x in first.items() if x and all(row.get(c) == x for row in rows)}
    return shared, [{c: x for c, x in row.items() if x and c not in shared} for row in rows]


def _print_rows(console: Console, rows: list[dict[str, str]]) -> None:
    """Print a table where the terminal is wide enough, and a block for each row elsewhere."""
    from rich.measure import Measurement
    from rich.table import Table
    from rich.text import Text

    columns = dict.fromkeys(column for row in rows for column in row)
    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(Text(column))
    for row in rows:
        table.add_row(*(Text(row.get(column, "")) for column in columns))
    unbounded = console.options.update(max_width=UNBOUNDED)
    if Measurement.get(console, unbounded, table).maximum <= console.width:
        console.print(table)
        return
    for row in rows:
        block = Table.grid(padding=(0, 2))
        for column, cell in row.items():
            block.add_row(Text(column, style="dim"), Text(cell))
        console.print(block)
        console.print()
