"""How a reader meets an origin: by the items that go back to it, and their opening words."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten

from cuibono.model.case import Case
from cuibono.model.dossier import Span

WORDS = 58


def cite_origins(
    case: Case, origins: Sequence[str], *, quoted: bool = False
) -> list[str | Span]:
    """Name origins by their items, each leading to the item itself.

    The name that a case file gives an origin is for whoever edits the file.

    Parameters
    ----------
    case : Case
        With the items.
    origins : sequence of str
        As the case names them; one without an item keeps that name.
    quoted : bool, default False
        Add the opening words of the first item.

    Returns
    -------
    list of str or Span
        Parts of a sentence, origins parted by semicolons.
    """
    parts: list[str | Span] = []
    for origin in origins:
        items = [item for item in case.evidence if item.origin == origin]
        parts.append("; " if parts else "")
        if not items:
            parts.append(origin)
        for number, item in enumerate(items):
            parts += ["/" if number else "", Span(item.id, f"evidence.{item.id}")]
        if quoted and items:
            opening = shorten(
                items[0].text.rstrip("."), WORDS, placeholder=" …", break_on_hyphens=False
            )
            parts.append(f" “{opening}”")
    return [part for part in parts if part]
