"""Who acts: states, organisations, armed groups, persons, and the relations they form."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

Relation: TypeAlias = tuple[str, str]
"""A directed dyad by the ids of its actor and its recipient, as tables and panels have it."""


class Kind(StrEnum):
    """What sort of political actor this is."""

    STATE = "state"
    IGO = "igo"
    NON_STATE = "non_state"
    BLOC = "bloc"
    PERSON = "person"


@dataclass(frozen=True, slots=True, order=True)
class Actor:
    """One political actor, under one id for the whole project.

    Attributes
    ----------
    id : str
        ISO 3166-1 alpha-3 for a living state ("RUS"); a Gleditsch-Ward number
        with prefix for a dead one ("GW:680"); `kind:slug` for the rest
        ("non_state:taliban").
    name : str
        The short English name, for readers only; code compares `id`.
    kind : Kind
        What sort of actor it is.
    """

    id: str
    name: str
    kind: Kind = Kind.STATE


@dataclass(frozen=True, slots=True, order=True)
class DirectedDyad:
    """An ordered pair: what `actor` does to or says of `recipient`."""

    actor: Actor
    recipient: Actor

    @property
    def ids(self) -> Relation:
        """Name the pair as tables and panels do.

        Returns
        -------
        tuple of str
            Ids of the actor and of the recipient.
        """
        return self.actor.id, self.recipient.id

    @property
    def reverse(self) -> DirectedDyad:
        """The same pair, seen from the other side.

        Returns
        -------
        DirectedDyad
            `recipient` acting on `actor`.
        """
        return DirectedDyad(self.recipient, self.actor)

    def __str__(self) -> str:
        return f"{self.actor.id}→{self.recipient.id}"
