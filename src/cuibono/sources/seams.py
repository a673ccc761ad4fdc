"""Seams of a source: days on which what it collects changed, so that levels do not compare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cuibono.errors import SourceError
from cuibono.model.period import Period

ROOM = 24
"""Letters of a label that a small chart has room for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seam:
    """Days across which a source's own series break.

    Attributes
    ----------
    name : str
        What it is called ("february-2015").
    label : str
        What began, in at most 24 letters, as a chart says it ("GDELT 2.0 begins").
    days : Period
        From the first day that may differ from those before, to the last.
    why : str
        What changed at the provider's.
    """

    name: str
    label: str
    days: Period
    why: str

    def __post_init__(self) -> None:
        if not self.why.endswith("."):
            raise SourceError(f"[[seam]] {self.name}: say `why` in a sentence.")
        if not 0 < len(self.label) <= ROOM:
            raise SourceError(
                f"[[seam]] {self.name}: say in a `label` of at most {ROOM} letters what began."
            )

    def __str__(self) -> str:
        return f"{self.name} ({self.days}): {self.why}"


def read_seam(entry: Mapping[str, object]) -> Seam:
    """Read one `[[seam]]` of a card.

    Parameters
    ----------
    entry : mapping of str to object
        `name`, `label`, `start`, `end` (half-open) and `why`.

    Returns
    -------
    Seam
        The same, typed.

    Raises
    ------
    SourceError
        If a key is missing or unknown, or the days are none.
    """
    match entry:
        case {"name": str(name), "label": str(label), "why": str(why),
              "start": date() as start, "end": date() as end,
              **rest} if not rest and start < end:  # fmt: skip
            return Seam(name=name, label=label, days=Period(start, end), why=why)
    raise SourceError(
        f"[[seam]] {entry.get('name')!r}: write `name`, `label`, `start`, a later `end`"
        " and `why`, and nothing else."
    )
