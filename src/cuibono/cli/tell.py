"""What the command line says of a document beside its records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from cuibono.reading.document import Document


def tell_skipped(document: Document, count: int) -> None:
    """Say on standard error how a document was read.

    Parameters
    ----------
    document : Document
        As read.
    count : int
        How many records it gave.
    """
    from cuibono.dossier.render.visible import make_visible

    low, high = document.bounds
    written = document.written or (f"after {low}" if low else "undated")
    before = f", before {high}" if high and not document.written else ""
    line = f"{document.name}: {count} records, written {written}{before}"
    if document.author:
        line += f", by {document.author}"
    typer.echo(make_visible(line), err=True)
    for note in document.skipped:
        typer.echo(make_visible(f"  left out: {note}"), err=True)
