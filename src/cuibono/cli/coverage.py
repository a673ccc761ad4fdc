"""`cuibono coverage`: what is known, of whom, and when."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cuibono.cli.options import DEFAULT_STORE, JsonOption, StoreOption

if TYPE_CHECKING:
    from cuibono.model.period import Period
    from cuibono.store.store import Store

Row = dict[str, Any]

ActorsArgument = Annotated[
    list[str] | None, typer.Argument(metavar="[ACTOR]...", help="Only these, by id or name.")
]
PictureOption = Annotated[
    Path | None, typer.Option("--picture", help="Draw it into this SVG file as well.")
]
NUMBERS = ("accepted", "quarantined", "origins")
HEADS = {"quarantined": "refused", "covered": "known days"}
KINDS = {"embedded": "ships", "not fetched": "missing"}
ADVICE = (
    "To fill a gap: cuibono fetch SOURCE --from YEAR --to YEAR, then cuibono load SOURCE FILE."
)
LINE, NONE, PART, WHOLE = 40, "·", "▒", "█"
MISSING = "not fetched"


def coverage(
    actors: ActorsArgument = None,
    picture: PictureOption = None,
    store: StoreOption = DEFAULT_STORE,
    as_json: JsonOption = False,
) -> None:
    """List the days that are known, file by file or actor by actor, and draw them.

    Days that no file covers are unknown, which is not the same as quiet.

    Parameters
    ----------
    actors : list of str, optional
        Ids, codes or names of actors; every file is listed where none is given.
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
        typer.echo("")
        _sketch(rows)
        typer.echo(ADVICE, err=True)


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
            "origins": s.origins,
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
    from cuibono.vocab.search import read_actor

    spans = [span for s in known.snapshots for span in s.covered]
    whole = Period(min(s.start for s in spans), max(s.end for s in spans))
    return [
        {
            "source": source,
            "actor": actor.name,
            "covered": list(coverage_of(known, source, actor, whole).covered),
        }
        for actor in (read_actor(text) for text in actors)
        for source in dict.fromkeys(s.source for s in known.snapshots)
    ]


def _print(rows: list[Row]) -> None:
    from rich.console import Console
    from rich.table import Table

    shown = [c for c in ("source", "actor", "kind", *NUMBERS, "covered") if c in rows[0]]
    table = Table(box=None, pad_edge=False)
    for column in shown:
        justify = "right" if column in NUMBERS else "left"
        head = HEADS.get(column, column)
        table.add_column(head, justify=justify, no_wrap=True)  # type: ignore[arg-type]
    for row in rows:
        table.add_row(
            *(_cell(row, c) for c in shown[:-1]),
            "\n".join(map(str, row["covered"])) or "nothing",
        )
    Console().print(table)


def _cell(row: Row, column: str) -> str:
    value = row.get(column)
    if value is None:
        return ""
    return f"{value:,}" if column in NUMBERS else KINDS.get(str(value), str(value))


def _sketch(rows: list[Row]) -> None:
    """Draw a line for each source, or for each source and actor, in characters."""
    lines: dict[str, list[Period]] = {}
    for row in rows:
        if row.get("kind") != MISSING:
            lines.setdefault(_name(row), []).extend(row["covered"])
    first = min(span.start for spans in lines.values() for span in spans)
    last = max(span.end for spans in lines.values() for span in spans)
    width = max(map(len, lines))
    typer.echo(f"{'':{width}}  {first.year:<{LINE - 4}}{last.year}")
    for name, spans in lines.items():
        typer.echo(f"{name:{width}}  {_line(spans, first, last)}")
    typer.echo(f"{'':{width}}  {WHOLE} known  {PART} known in part  {NONE} not known")


def _line(spans: list[Period], first: date, last: date) -> str:
    """Give one character for each fortieth of the time: known, in part, or not."""
    from cuibono.model.period import merge_periods

    step = (last - first) / LINE
    merged, drawn = merge_periods(spans), ""
    for at in range(LINE):
        start, end = first + at * step, first + (at + 1) * step
        days = sum(
            max(0, (min(span.end, end) - max(span.start, start)).days) for span in merged
        )
        drawn += NONE if days == 0 else WHOLE if days >= (end - start).days else PART
    return drawn


def _name(row: Row) -> str:
    return ": ".join(row[key] for key in ("source", "actor") if key in row)


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
        name = _name(row)
        bars += [Bar(name, s.start, s.end) for s in row["covered"]] or [Bar(name, first, first)]
    chart = Chart("coverage", "coverage", "", "", (), bars=tuple(bars), frame=(first, last))
    try:
        picture.write_text(draw(build_panel(chart, narrow=False)), "utf-8")
    except OSError as error:
        raise StoreError(f"{picture}: cannot draw there ({error.strerror}).") from error
