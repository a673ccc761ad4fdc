"""`cuibono coverage`: what is known, of whom, and when."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cuibono.cli.options import DEFAULT_STORE, JsonOption, StoreOption

if TYPE_CHECKING:
    from cuibono.model.period import Period
    from cuibono.store.store import Store

Row = dict[str, Any]

ActorsArgument = Annotated[
    list[str] | None, typer.Argument(metavar="[ACTOR]...", help="Only these, by id.")
]
PictureOption = Annotated[
    Path | None, typer.Option("--picture", help="Draw it into this SVG file as well.")
]
NUMBERS = ("accepted", "quarantined")
MISSING = "not fetched"


def coverage(
    actors: ActorsArgument = None,
    picture: PictureOption = None,
    store: StoreOption = DEFAULT_STORE,
    as_json: JsonOption = False,
) -> None:
    """List the days that are known, file by file or actor by actor.

    Parameters
    ----------
    actors : list of str, optional
        Ids of actors; every file is listed where none is given.
    picture : Path, optional
        SVG file to draw into.
    store : Path
        Folder of the files you loaded.
    as_json : bool
        Print JSON instead of a table.
    """
    from cuibono.store.store import open_store

    known = open_store(store)
    rows = _by_actor(known, actors) if actors else _by_file(known)
    if picture is not None:
        _draw(rows, picture)
    if as_json:
        typer.echo(json.dumps(rows, indent=1, ensure_ascii=False, default=str))
    else:
        _print(rows)


def _by_file(known: Store) -> list[Row]:
    """List every file, and the days of files that were asked for and did not come."""
    from cuibono.store.fetch.holdings import missing_slots

    rows: list[Row] = [
        {
            "source": s.source,
            "snapshot": s.name,
            "kind": "embedded" if s in known.embedded else "loaded",
            "accepted": s.accepted,
            "quarantined": s.quarantined,
            "covered": list(s.covered),
            "licence": s.licence,
        }
        for s in known.snapshots
    ]
    fetched = known.folder / "fetched" if known.folder else None
    for folder in sorted(fetched.iterdir()) if fetched and fetched.is_dir() else []:
        if known.folder and (missing := missing_slots(known.folder, folder.name)):
            rows.append({"source": folder.name, "kind": MISSING, "covered": list(missing)})
    return rows


def _by_actor(known: Store, actors: list[str]) -> list[Row]:
    from cuibono.model.period import Period
    from cuibono.record.coverage import coverage_of
    from cuibono.vocab.actors import resolve_actor

    spans = [span for s in known.snapshots for span in s.covered]
    whole = Period(min(s.start for s in spans), max(s.end for s in spans))
    return [
        {
            "source": source,
            "actor": actor.name,
            "covered": list(coverage_of(known, source, actor, whole).covered),
        }
        for actor in (resolve_actor(text) for text in actors)
        for source in dict.fromkeys(s.source for s in known.snapshots)
    ]


def _print(rows: list[Row]) -> None:
    from rich.console import Console
    from rich.table import Table

    shown = [c for c in ("source", "actor", "kind", *NUMBERS, "covered") if c in rows[0]]
    table = Table(box=None, pad_edge=False)
    for column in shown:
        justify = "right" if column in NUMBERS else "left"
        table.add_column(column, justify=justify, no_wrap=True)  # type: ignore[arg-type]
    for row in rows:
        cells = [
            f"{row[c]:,}" if c in NUMBERS and c in row else row.get(c, "") for c in shown[:-1]
        ]
        table.add_row(*cells, "\n".join(map(str, row["covered"])) or "nothing")
    Console().print(table)


def _draw(rows: list[Row], picture: Path) -> None:
    """Draw a line for each source, or for each source and actor."""
    from cuibono.dossier.render.coverage import build_panel
    from cuibono.dossier.render.panel import draw
    from cuibono.errors import StoreError
    from cuibono.model.dossier import Bar, Chart

    rows = [row for row in rows if row.get("kind") != MISSING]
    spans: list[Period] = [span for row in rows for span in row["covered"]]
    first, last = min(s.start for s in spans), max(s.end for s in spans)
    bars: list[Bar] = []
    for row in rows:
        name = ": ".join(row[key] for key in ("source", "actor") if key in row)
        bars += [Bar(name, s.start, s.end) for s in row["covered"]] or [Bar(name, first, first)]
    chart = Chart("coverage", "coverage", "", "", (), bars=tuple(bars), frame=(first, last))
    try:
        picture.write_text(draw(build_panel(chart, narrow=False)), "utf-8")
    except OSError as error:
        raise StoreError(f"{picture}: cannot draw there ({error.strerror}).") from error
