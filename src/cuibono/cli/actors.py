"""`cuibono actors TEXT`: whom a name, place, seat or code may mean."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from cuibono.vocab.search import find_actors, nearest_names

if TYPE_CHECKING:
    from cuibono.vocab.search import Candidate

COLUMNS = ("id", "name", "matched", "as", "from", "until", "note", "source")


def actors(
    text: Annotated[str, typer.Argument(help="A name, alias, capital, seat, person or code.")],
    at: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Only who bore the name on this day."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List every actor that TEXT may mean; choosing is the reader's.

    Parameters
    ----------
    text : str
        What to look up.
    at : datetime or None, default None
        Day on which the name was used.
    as_json : bool, default False
        Print JSON instead of a table.

    Raises
    ------
    typer.Exit
        With code 1 if no actor matches.
    """
    day = at.date() if at else None
    candidates = find_actors(text, day)
    if not candidates:
        typer.echo(explain_absence(text, day), err=True)
        raise typer.Exit(1)
    if as_json:
        typer.echo(
            json.dumps([cells(each) for each in candidates], ensure_ascii=False, indent=2)
        )
    else:
        print_table(candidates)


def explain_absence(text: str, day: date | None) -> str:
    """Say in one line why nothing was found and what is near.

    Parameters
    ----------
    text : str
        What was looked up.
    day : date or None
        The day it was looked up for.

    Returns
    -------
    str
        The message.
    """
    elsewhen = find_actors(text) if day else ()
    if elsewhen:
        spans = "; ".join(f"{c.actor.id} {c.start or '…'} to {c.end or '…'}" for c in elsewhen)
        return f"actors: {text!r} names no actor on {day}, only {spans}. Drop --at to see all."
    near = ", ".join(nearest_names(text))
    hint = f"Nearest names: {near}." if near else "No name is near; try its English spelling."
    return f"actors: no actor {text!r}. {hint}"


def cells(candidate: Candidate) -> dict[str, str]:
    """Lay one candidate out as text.

    Parameters
    ----------
    candidate : Candidate
        Whom the text may mean.

    Returns
    -------
    dict of str to str
        One cell per column of the table.
    """
    row = asdict(candidate)
    return dict(
        zip(
            COLUMNS,
            (
                candidate.actor.id,
                candidate.actor.name,
                candidate.matched,
                candidate.role,
                *(str(row[side] or "") for side in ("start", "end")),
                candidate.note,
                candidate.source,
            ),
            strict=True,
        )
    )


def print_table(candidates: tuple[Candidate, ...]) -> None:
    """Print the candidates to stdout, and under them where each was taken from.

    Parameters
    ----------
    candidates : tuple of Candidate
        Best-ranking first.
    """
    from rich.console import Console
    from rich.table import Table

    console = Console(markup=False, highlight=False)
    table = Table(box=None, pad_edge=False)
    for column in ("id", "name", "matched", "as", "from", "until"):
        table.add_column(column, no_wrap=column in ("id", "from", "until"))
    for candidate in candidates:
        table.add_row(*(cells(candidate)[str(column.header)] for column in table.columns))
    console.print(table)
    for candidate in candidates:
        words = (candidate.actor.id, candidate.note, candidate.source)
        console.print(" · ".join(filter(None, words)), style="dim", soft_wrap=True)
