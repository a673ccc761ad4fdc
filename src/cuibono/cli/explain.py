"""`cuibono explain`: from a case file, or from two actors, to a dossier."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cuibono.cli.case import DEFAULT_FROM, DEFAULT_TO, FromOption, ToOption, draft
from cuibono.cli.options import DEFAULT_ENGINE, DEFAULT_STORE, EngineOption, StoreOption

if TYPE_CHECKING:
    from rich.console import Console

    from cuibono.dossier.run_log import Run
    from cuibono.model.case import Case
    from cuibono.store.store import Store

AskedArgument = Annotated[
    list[str],
    typer.Argument(metavar="CASE|ACTOR RECIPIENT", help="A case file, or two actors."),
]
JudgementsOption = Annotated[
    list[Path] | None,
    typer.Option("--judgements", help="A file of a further judge; may be given several times."),
]
ChecksOption = Annotated[
    Literal["usual", "all", "none"],
    typer.Option("--checks", help="Ways to break a finding: the usual, all (slow) or none."),
]
PdfOption = Annotated[
    bool,
    typer.Option("--pdf", help="Print it to PDF as well; needs Chromium or Chrome."),
]
OutOption = Annotated[Path, typer.Option("--out", help="Folder for the dossiers.")]


def explain(
    asked: AskedArgument,
    start: FromOption = DEFAULT_FROM,
    end: ToOption = DEFAULT_TO,
    judgements: JudgementsOption = None,
    out: OutOption = Path("dossiers"),
    store: StoreOption = DEFAULT_STORE,
    engine: EngineOption = DEFAULT_ENGINE,
    checks: ChecksOption = "usual",
    pdf: PdfOption = False,
) -> None:
    """Weigh the explanations of a case, or of two actors' relation, and write its dossier.

    Parameters
    ----------
    asked : list of str
        The case file; or actor and recipient, for which one is drafted.
    start, end : str
        Years or days of a drafted case; a case file has its own.
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
    pdf : bool
        Whether to print the dossier to PDF as well, with a browser of this machine.
    """
    from rich.console import Console

    from cuibono.checks.known import known_checks
    from cuibono.dossier.compose import compose
    from cuibono.dossier.forecast_log import log_forecasts
    from cuibono.dossier.gather import gather
    from cuibono.dossier.render.pdf import find_browser
    from cuibono.dossier.render.visible import make_visible
    from cuibono.dossier.run_log import log_run
    from cuibono.dossier.write import write_dossier
    from cuibono.store.store import open_store

    talk = Console(stderr=True)
    if pdf:
        find_browser()
    with talk.status("case") as status:
        known = open_store(store, engine)
        case = _read(known, asked, start, end, judgements or [], out)
        earlier = log_run(out, case, known, datetime.now(UTC))
        gathered = gather(case, known, lambda stage: status.update(stage), known_checks(checks))
        foretold = [one for finding in gathered.findings for one in finding.forecasts]
        log_forecasts(out, case, foretold, datetime.now(UTC))
        status.update("dossier")
        dossier = compose(gathered)
        paths = write_dossier(dossier, out)
        status.update("pdf")
        printed = [_print(paths[0])] if pdf else []
    _warn(talk, case, earlier)
    for line in dossier.answer:
        typer.echo(make_visible("".join(span.text for span in line)))
    typer.echo(f"Dossier: {paths[0]}")
    for path in printed:
        typer.echo(f"PDF: {path}")


def _print(page: Path) -> Path:
    """Print a written page beside itself."""
    from cuibono.dossier.render.pdf import print_pdf

    paper = page.with_suffix(".pdf")
    paper.write_bytes(print_pdf(page.read_text("utf-8")))
    return paper


def _read(
    known: Store, asked: list[str], start: str, end: str, judgements: list[Path], out: Path
) -> Case:
    """Read the case file; for two actors, draft it first."""
    from cuibono.errors import CaseError
    from cuibono.record.case_file import read_case
    from cuibono.record.judgements import merge_judgements

    if len(asked) == 1:
        return merge_judgements(read_case(Path(asked[0])), judgements)
    if len(asked) > 2:
        raise CaseError(
            f"{asked[2]}: name one case file, or two actors as in `cuibono explain RUS PAK`."
        )
    name, text = draft(known, asked[0], asked[1], start, end)
    path = out / name / "case.toml"
    if path.exists() and path.read_text("utf-8") != text:
        raise CaseError(
            f"{path}: this case has been changed since it was drafted. Run it with"
            f" `cuibono explain {path}`, or move it to have it drafted anew."
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return merge_judgements(read_case(path), judgements)


def _warn(talk: Console, case: Case, earlier: tuple[Run, ...]) -> None:
    """Say that the question was changed after an answer had been seen."""
    others = {run.case_sha256 for run in earlier} - {case.sha256}
    if others:
        talk.print(
            f"{case.name} was run before with {len(others)} other versions of its file: what"
            " it asks now was not all asked before looking. The log is runs.jsonl."
        )
