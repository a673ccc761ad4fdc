"""`cuibono review`: accept, edit or reject what was read, record by record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cuibono.cli.options import DEFAULT_STORE, StoreOption

if TYPE_CHECKING:
    from cuibono.model.sourced_record import SourcedRecord

DocumentOption = Annotated[
    str, typer.Option(help="Only this document: its file name, or the start of its hash.")
]
CaseOption = Annotated[
    Path | None, typer.Option("--case", help="Case file that accepted records go into.")
]
HELP = "a accept, e edit, r reject, s skip, q quit"
CONTEXT = 80


def review(
    store: StoreOption = DEFAULT_STORE, document: DocumentOption = "", case: CaseOption = None
) -> None:
    """Review what was read: each answer makes a new version, nothing is overwritten.

    Parameters
    ----------
    store : Path
        Your store.
    document : str
        Only the records of this document.
    case : Path or None
        Case file that accepted records go into as evidence.
    """
    from cuibono.record.evidence_entry import enter_record
    from cuibono.store.readings import read_records, revise

    waiting = [
        record
        for record in read_records(store)
        if record.status == "proposed" and _is_of(store, record, document)
    ]
    typer.echo(f"{len(waiting)} records wait for review: {HELP}", err=True)
    done = 0
    for record in waiting:
        _show(store, record)
        reviewed = _answer(record)
        if reviewed == "quit":
            break
        if isinstance(reviewed, str):
            continue
        revise(store, reviewed)
        done += 1
        if case is not None and reviewed.status != "rejected":
            typer.echo(f"  entered as {enter_record(store, case, reviewed)} in {case}")
    typer.echo(f"{done} reviewed, {len(waiting) - done} left.", err=True)


def _is_of(store: Path, record: SourcedRecord, document: str) -> bool:
    from cuibono.store.readings import read_document_of

    if not document or record.document.startswith(document):
        return True
    return read_document_of(store, record.document).name == document


def _show(store: Path, record: SourcedRecord) -> None:
    from cuibono.cli.tell import record_line
    from cuibono.dossier.render.visible import make_visible
    from cuibono.store.readings import read_text_of

    text = read_text_of(store, record.document)
    before = " ".join(text[max(0, record.start - CONTEXT) : record.start].split())
    after = " ".join(text[record.end : record.end + CONTEXT].split())
    quote = " ".join(record.quote.split())
    typer.echo(make_visible(f"\n…{before} [{quote}] {after}…"))
    typer.echo(record_line(record))
    typer.echo(make_visible(f"  held by {' → '.join(record.holders)}; {record.extractor}"))


def _answer(record: SourcedRecord) -> SourcedRecord | str:
    """Ask until the answer is one of the five; an edit that is refused is asked again."""
    from cuibono.errors import CuibonoError
    from cuibono.reading.review import accept, edit, reject

    while True:
        try:
            answer = input("[a/e/r/s/q] ").strip().lower()[:1]
            if answer == "a":
                return accept(record)
            if answer == "r":
                return reject(record)
            if answer in {"s", "q", ""}:
                return "quit" if answer == "q" else "skip"
            if answer == "e":
                return edit(record, _changes())
        except EOFError:
            return "quit"
        except CuibonoError as error:
            typer.echo(f"cuibono: {error}", err=True)
            continue
        typer.echo(HELP, err=True)


def _changes() -> dict[str, str]:
    changes = {}
    while line := input("field=value, empty to end: ").strip():
        name, _, value = line.partition("=")
        changes[name.strip()] = value
    return changes
