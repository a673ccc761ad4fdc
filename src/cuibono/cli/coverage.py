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
    table = Table("source", "snapshot", "kind", "accepted", "quarantined", "covered")
    for row, s in zip(rows, known.snapshots, strict=True):
        cells = [str(row[c]) for c in ("source", "snapshot", "kind", "accepted", "quarantined")]
        table.add_row(*cells, "\n".join(str(span) for span in s.covered))
    Console().print(table)
