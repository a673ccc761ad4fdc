"""Which states belonged to which bloc or organisation on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from cuibono.model.actor import Actor
from cuibono.vocab.actors import day_of, holds, load_actors, read_table


@dataclass(frozen=True, slots=True)
class Membership:
    """One state's time in one bloc.

    Attributes
    ----------
    bloc, member : str
        Our ids.
    start, end : date or None
        Half-open span; an empty end means "not left where the source stops".
    source : str
        Where the dates were taken from.
    """

    bloc: str
    member: str
    start: date | None
    end: date | None
    source: str


@cache
def load_memberships() -> tuple[Membership, ...]:
    """Read every dated membership.

    Returns
    -------
    tuple of Membership
        In the order of the table.
    """
    return tuple(
        Membership(r["bloc"], r["member"], day_of(r["start"]), day_of(r["end"]), r["source"])
        for r in read_table("memberships.csv")
    )


def members_of(bloc: Actor, day: date) -> tuple[Actor, ...]:
    """Give the members of a bloc on a day.

    Parameters
    ----------
    bloc : Actor
        An organisation or bloc whose members the registry dates.
    day : date
        The day asked for.

    Returns
    -------
    tuple of Actor
        By id.

    Raises
    ------
    ValueError
        If the registry dates no members of it; that is not the same as having none.

    Examples
    --------
    >>> from cuibono.vocab.actors import resolve_actor
    >>> csto = members_of(resolve_actor("igo:csto"), date(2010, 1, 1))
    >>> " ".join(member.id for member in csto)
    'ARM BLR KAZ KGZ RUS TJK UZB'
    """
    rows = [each for each in load_memberships() if each.bloc == bloc.id]
    if not rows:
        dated = ", ".join(sorted({each.bloc for each in load_memberships()}))
        raise ValueError(
            f"The registry dates no members of {bloc.id}; it dates those of {dated}."
        )
    actors = load_actors()
    return tuple(sorted(actors[r.member] for r in rows if holds(r.start, r.end, day)))
