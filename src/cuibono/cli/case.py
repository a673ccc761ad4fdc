"""`cuibono case`: case files to begin with."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cuibono.cli.options import DEFAULT_ENGINE, DEFAULT_STORE, EngineOption, StoreOption

if TYPE_CHECKING:
    from cuibono.store.store import Store

case = typer.Typer(help="Case files to begin with.", no_args_is_help=True)

ActorArgument = Annotated[str, typer.Argument(help="Whose acts, by id or name, such as RUS.")]
RecipientArgument = Annotated[str, typer.Argument(help="Towards whom.")]
FromOption = Annotated[
    str, typer.Option("--from", metavar="YEAR|DAY", help="First year or day asked about.")
]
ToOption = Annotated[
    str, typer.Option("--to", metavar="YEAR|DAY", help="Last year, or first day after.")
]
DEFAULT_FROM, DEFAULT_TO = "1992", "2022"


@case.command(name="new")
def new(
    actor: ActorArgument,
    recipient: RecipientArgument,
    start: FromOption = DEFAULT_FROM,
    end: ToOption = DEFAULT_TO,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for the file; here by default.")
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    engine: EngineOption = DEFAULT_ENGINE,
) -> None:
    """Write a case file from the library of explanations, its roles found in the data.

    Parameters
    ----------
    actor, recipient : str
        The focal relation.
    start, end : str
        Years or days.
    out : Path, optional
        Folder for the file.
    store : Path
        Folder of the files you loaded.
    engine : str
        Where to compute.
    """
    from cuibono.errors import CaseError
    from cuibono.store.store import open_store

    name, text = draft(open_store(store, engine), actor, recipient, start, end)
    path = (out or Path()) / f"{name}.toml"
    if path.exists():
        raise CaseError(f"{path}: there is a file already. Move it, or name another --out.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    typer.echo(f"Case: {path}")


def draft(known: Store, actor: str, recipient: str, start: str, end: str) -> tuple[str, str]:
    """Draft the case of a relation given on the command line.

    Parameters
    ----------
    known : Store
        What is loaded and embedded.
    actor, recipient : str
        Ids, codes or names.
    start, end : str
        Years, the last one included, or days, the last one not.

    Returns
    -------
    tuple of str
        Name of the case and text of its file.

    Raises
    ------
    CaseError
        If a name means no actor or several, the two are one actor, or the period
        holds no day.
    """
    from cuibono.errors import CaseError
    from cuibono.model.actor import DirectedDyad
    from cuibono.model.period import Period
    from cuibono.record.draft import draft_case, name_case
    from cuibono.vocab.search import read_actor

    relation = DirectedDyad(read_actor(actor), read_actor(recipient, "recipient"))
    if relation.actor == relation.recipient:
        raise CaseError(
            f"recipient: {relation.actor.id} acts on itself; a relation needs two actors."
        )
    first, last = _day(start, "--from", 0), _day(end, "--to", 1)
    if first >= last:
        raise CaseError(f"--to: {end} is not after {start}. Give a later year or day.")
    return name_case(relation), draft_case(known, relation, Period(first, last))


def _day(text: str, option: str, years: int) -> date:
    """Read a year or a day; a year stands for its first day, plus `years`."""
    from cuibono.errors import CaseError

    try:
        return date(int(text) + years, 1, 1) if len(text) == 4 else date.fromisoformat(text)
    except ValueError:
        raise CaseError(
            f"{option}: {text!r} is neither a year nor a day. Write 2012 or 2012-05-07."
        ) from None
