"""Who held which office when: heads of state and government, foreign ministers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from cuibono.vocab.actors import PERSON_TABLES, day_of, read_table


@dataclass(frozen=True, slots=True)
class Term:
    """One person's time in one office.

    Attributes
    ----------
    person : str
        Our id of the person.
    office : str
        The office, as the source names it.
    state : str
        Id of the actor that the office belongs to.
    start, end : date or None
        Half-open span; None where the source gives no day.
    source : str
        Where the term was taken from.
    """

    person: str
    office: str
    state: str
    start: date | None
    end: date | None
    source: str


@cache
def load_terms() -> tuple[Term, ...]:
    """Read who held which office when.

    Returns
    -------
    tuple of Term
        In the order of the tables.
    """
    return tuple(
        Term(
            r["id"], r["office"], r["state"], day_of(r["start"]), day_of(r["end"]), r["source"]
        )
        for table in PERSON_TABLES
        for r in read_table(table)
    )
