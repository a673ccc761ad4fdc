"""`cuibono quarantine`: refused rows listed, shown, mended and read again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from cuibono.cli.options import DEFAULT_STORE, JsonOption, StoreOption

quarantine = typer.Typer(
    help="List, show and replay the rows that were refused.", no_args_is_help=True
)

NameArgument = Annotated[str, typer.Argument(help="Snapshot, or the file it came from.")]
LinesOption = Annotated[
    Path | None, typer.Option("--lines", help="Write the bare lines to this file, to mend.")
]
WithOption = Annotated[
    Path | None, typer.Option("--with", help="Mended lines, one for each refused one.")
]


@quarantine.command("list", help="Count refused rows by file and reason.")
def list_refused(store: StoreOption = DEFAULT_STORE, as_json: JsonOption = False) -> None:
    """Count refused rows by file and reason.

    Parameters
    ----------
    store : Path
        Folder of the files you loaded.
    as_json : bool
        Print JSON instead of lines.
    """
    from cuibono.dossier.render.visible import make_visible
    from cuibono.store.quarantine import count_reasons, waiting

    rows = [
        {"snapshot": s.name, "file": s.input_name, "rows": n, "reason": reason}
        for s in waiting(store)
        for reason, n in count_reasons(store, s).items()
    ]
    if as_json:
        typer.echo(json.dumps(rows, indent=1, ensure_ascii=False))
        return
    for row in rows:
        said = f"{row['rows']:>9,}  {row['file']}  {row['reason']}  ({row['snapshot']})"
        typer.echo(make_visible(said))
    if not rows:
        typer.echo("No row waits in quarantine.")


@quarantine.command(help="Show refused rows with their places and reasons.")
def show(
    name: NameArgument, store: StoreOption = DEFAULT_STORE, lines: LinesOption = None
) -> None:
    """Show refused rows with their places and reasons.

    Parameters
    ----------
    name : str
        Snapshot, or the file it came from.
    store : Path
        Folder of the files you loaded.
    lines : Path, optional
        Write the lines, byte for byte, to this file instead.
    """
    from cuibono.dossier.render.visible import make_visible
    from cuibono.store.quarantine import find_waiting, read_refused, write_refused

    snapshot = find_waiting(store, name)
    if lines is not None:
        typer.echo(f"{write_refused(store, snapshot, lines):,} lines in {lines}")
        return
    for row in read_refused(store, snapshot):
        text = row.data.decode("utf-8", "backslashreplace")
        typer.echo(make_visible(f"{row.file}:{row.line}: {row.reason}: {text}"))


@quarantine.command(help="Read refused rows again, and take in what passes now.")
def replay(
    name: NameArgument, store: StoreOption = DEFAULT_STORE, mended: WithOption = None
) -> None:
    """Read refused rows again, as they are or mended, and take in what passes now.

    Parameters
    ----------
    name : str
        Snapshot, or the file it came from.
    store : Path
        Folder of the files you loaded.
    mended : Path, optional
        The lines that `show --lines` wrote, mended.
    """
    from cuibono.store.quarantine import find_waiting
    from cuibono.store.quarantine import replay as read_again

    report = read_again(store, find_waiting(store, name), mended)
    typer.echo(str(report) if report else f"{name}: no row passes yet; nothing was changed.")
