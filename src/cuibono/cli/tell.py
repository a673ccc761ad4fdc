"""What the command line says of a document and of each of its records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from cuibono.model.sourced_record import Party, SourcedRecord
    from cuibono.reading.document import Document

QUOTE_WIDTH = 72


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


def record_line(record: SourcedRecord) -> str:
    """Put a record on one line.

    Parameters
    ----------
    record : SourcedRecord
        Any record.

    Returns
    -------
    str
        Place, act, sides, strength, factuality and quote, parted by tabs.
    """
    from cuibono.dossier.render.visible import make_visible

    quote = " ".join(record.quote.split())
    short = quote if len(quote) <= QUOTE_WIDTH else quote[: QUOTE_WIDTH - 1] + "…"
    what = record.event_type or record.cameo or record.kind.value.removeprefix("claim:")
    who = f"{_names(record.actors)} → {_names(record.recipients)}"
    return make_visible(
        f"{record.start}-{record.end}\t{what}\t{who}\t{record.strength.value}"
        f"\t{record.factuality.value}\t{short}"
    )


def _names(parties: tuple[Party, ...]) -> str:
    return ", ".join(party.actor or party.text for party in parties) or "-"
