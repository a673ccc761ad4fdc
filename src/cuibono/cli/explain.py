"""`cuibono explain`: from a case file to a dossier."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from cuibono.cli.options import DEFAULT_ENGINE, DEFAULT_STORE, EngineOption, StoreOption

CaseArgument = Annotated[Path, typer.Argument(help="A case file, such as cases/*.toml.")]
JudgementsOption = Annotated[
    list[Path] | None,
    typer.Option("--judgements", help="A file of a further judge; may be given several times."),
]
ChecksOption = Annotated[
    Literal["usual", "all", "none"],
    typer.Option("--checks", help="Ways to break a finding: the usual, all (slow) or none."),
]
OutOption = Annotated[Path, typer.Option("--out", help="Folder for the dossiers.")]


def explain(
    case: CaseArgument,
    judgements: JudgementsOption = None,
    out: OutOption = Path("dossiers"),
    store: StoreOption = DEFAULT_STORE,
    engine: EngineOption = DEFAULT_ENGINE,
    checks: ChecksOption = "usual",
) -> None:
    """Weigh the explanations of a case and write its dossier.

    Parameters
    ----------
    case : Path
        The case file.
    judgements : list of Path, optional
        Files of further judges, merged into the case.
    out : Path
        The dossier goes to `<out>/<case name>/` as HTML, Markdown and JSON.
    store : Path
        Folder of the files you loaded.
    engine : str
        Where to compute; the dossier is the same wherever that is.
    checks : {"usual", "all", "none"}
        Which ways to break a finding are tried.
    """
    from rich.console import Console

    from cuibono.checks.known import known_checks
    from cuibono.dossier.compose import compose
    from cuibono.dossier.gather import gather
    from cuibono.dossier.render.visible import make_visible
    from cuibono.dossier.write import write_dossier
    from cuibono.record.case_file import read_case
    from cuibono.record.judgements import merge_judgements
    from cuibono.store.store import open_store

    talk = Console(stderr=True)
    with talk.status("case") as status:
        asked = merge_judgements(read_case(case), judgements or [])
        opened = open_store(store, engine)
        gathered = gather(
            asked, opened, lambda stage: status.update(stage), known_checks(checks)
        )
        status.update("dossier")
        dossier = compose(gathered)
        paths = write_dossier(dossier, out)
    for line in dossier.answer:
        typer.echo(make_visible("".join(span.text for span in line)))
    typer.echo(f"Dossier: {paths[0]}")
