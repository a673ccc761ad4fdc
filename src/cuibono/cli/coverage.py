"""`cuibono coverage`: what is known, and when."""

from __future__ import annotations

import json

import typer

from cuibono.cli.options import DEFAULT_STORE, JsonOption, StoreOption


def coverage(store: StoreOption = DEFAULT_STORE, as_json: JsonOption = False) -> None:
    """List what is embedded and loaded, with the days each file covers.

    Parameters
    ----------
    store : Path
        Folder of the files you loaded.
    as_json : bool
        Print JSON instead of a table.
    """
    from rich.console import Console
    from rich.table import Table

    from cuibono.store.store import open_store

    known = open_store(store)
    rows = [
        {
            "source": s.source,
            "snapshot": s.name,
            "kind": "embedded" if s in known.embedded else "loaded",
            "accepted": s.accepted,
            "quarantined": s.quarantined,
            "covered": [str(span) for span in s.covered],
            "licence": s.licence,
        }
        for s in known.snapshots
    ]
    if as_json:
        typer.echo(json.dumps(rows, indent=1, ensure_ascii=False))
        return
    table = Table(box=None, pad_edge=False)
    for column in ("source", "kind", "accepted", "quarantined", "covered"):
        number = column in ("accepted", "quarantined")
        table.add_column(column, justify="right" if number else "left", no_wrap=True)
    for s in known.snapshots:
        table.add_row(
            s.source,
            "embedded" if s in known.embedded else "loaded",
            f"{s.accepted:,}",
            f"{s.quarantined:,}",
            "\n".join(str(span) for span in s.covered),
        )
    Console().print(table)
