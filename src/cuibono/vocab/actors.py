"""The registry of actors: one dated id for each, and the codes other lists give it.

An id is the ISO3 of a living state, `GW:<n>` for a dead state whose Gleditsch-Ward number
does not continue in a living one, and `kind:slug` for the rest. Spans are half-open; an
empty end means "not ended where the source stops", never "alive today".
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from cuibono.errors import UnknownActorError
from cuibono.model.actor import Actor, Kind

ACTOR_TABLES = ("states.csv", "kept_states.csv", "groups.csv", "organisations.csv")
PERSON_TABLES = ("leaders.csv", "officials.csv")
CODE_TABLES = ("codes.csv", "kept_codes.csv", "group_codes.csv")


@dataclass(frozen=True, slots=True)
class Code:
    """What one code system calls an actor, from `start` up to, not including, `end`.

    Attributes
    ----------
    actor : str
        Our id.
    system : str
        One of those `code_table` names.
    code : str
        As the system writes it; always text, so that `010` and `NA` survive.
    start, end : date or None
        Half-open span; None where the system does not date its code.
    source : str
        Where the pairing was taken from.
    """

    actor: str
    system: str
    code: str
    start: date | None
    end: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What the registry knows of an actor beside its names and codes.

    Attributes
    ----------
    actor : Actor
        Who it is.
    home : str
        Id of the state it is based in or acts for; empty where none is recorded.
    start, end : date or None
        Half-open span in which it exists; None where the source gives no day.
    note : str
        What a reader should know before using it.
    source : str
        Where the row was taken from.
    """

    actor: Actor
    home: str
    start: date | None
    end: date | None
    note: str
    source: str


def read_table(name: str) -> Iterator[dict[str, str]]:
    """Read one table of the registry, row by row.

    Parameters
    ----------
    name : str
        File name below `vocab/data/actors`.

    Yields
    ------
    dict of str to str
        One row; an empty cell is empty text.
    """
    path = files("cuibono.vocab") / "data" / "actors" / name
    with path.open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def day_of(text: str) -> date | None:
    """Read a day, or nothing where the cell is empty.

    Parameters
    ----------
    text : str
        ISO 8601 day or empty text.

    Returns
    -------
    date or None
        The day.
    """
    return date.fromisoformat(text) if text else None


def holds(start: date | None, end: date | None, day: date) -> bool:
    """Say whether a half-open span, open where None, holds a day.

    Parameters
    ----------
    start, end : date or None
        First day inside, first day outside.
    day : date
        The day asked for.

    Returns
    -------
    bool
        Whether it does.

    Examples
    --------
    >>> holds(None, date(1991, 12, 26), date(1991, 12, 26))
    False
    """
    return (start is None or start <= day) and (end is None or day < end)


@cache
def load_profiles() -> Mapping[str, Profile]:
    """Read every actor with its home, span and source.

    Returns
    -------
    mapping of str to Profile
        By id.
    """
    profiles = {}
    for table in ACTOR_TABLES:
        for row in read_table(table):
            actor = Actor(row["id"], row["name"], Kind(row["kind"]))
            profiles[actor.id] = Profile(
                actor,
                row["home"],
                day_of(row["start"]),
                day_of(row["end"]),
                row["note"],
                row["source"],
            )
    for table in PERSON_TABLES:
        for row in read_table(table):
            person = Actor(row["id"], row["name"], Kind.PERSON)
            profiles.setdefault(
                person.id, Profile(person, row["state"], None, None, "", row["source"])
            )
    return MappingProxyType(profiles)


@cache
def load_actors() -> Mapping[str, Actor]:
    """Read the whole registry.

    Returns
    -------
    mapping of str to Actor
        By id.

    Examples
    --------
    >>> load_actors()["NAM"].name
    'Namibia'
    """
    return MappingProxyType({key: profile.actor for key, profile in load_profiles().items()})


@cache
def load_codes() -> Mapping[str, tuple[Code, ...]]:
    """Read the codes of every system.

    Returns
    -------
    mapping of str to tuple of Code
        By system.
    """
    systems: dict[str, list[Code]] = {}
    for table in CODE_TABLES:
        for r in read_table(table):
            code = Code(
                r["actor"],
                r["system"],
                r["code"],
                day_of(r["start"]),
                day_of(r["end"]),
                r["source"],
            )
            systems.setdefault(code.system, []).append(code)
    return MappingProxyType({system: tuple(codes) for system, codes in systems.items()})


def code_table(system: str) -> tuple[Code, ...]:
    """Give every code of one system.

    Parameters
    ----------
    system : str
        One of iso3, iso2, cow, cow_letters, gw, cameo, gdelt, fips, icews, un, ucdp, ucdp_name.

    Returns
    -------
    tuple of Code
        One row per code, actor and span; a code may lead to two actors at different times.

    Raises
    ------
    ValueError
        If the registry holds no such system.

    Examples
    --------
    >>> [code.actor for code in code_table("icews") if code.code == "Taliban"]
    ['non_state:taliban']
    """
    systems = load_codes()
    if system not in systems:
        raise ValueError(
            f"No code system {system!r}; the registry holds {', '.join(sorted(systems))}."
        )
    return systems[system]


@cache
def _codes_by_text(system: str) -> Mapping[str, tuple[Code, ...]]:
    found: dict[str, tuple[Code, ...]] = {}
    for code in code_table(system):
        found[code.code] = (*found.get(code.code, ()), code)
    return found


def actor_of_code(system: str, code: str, day: date | None = None) -> Actor | None:
    """Give the one actor a code means, or None where it means none or more than one.

    The day decides only where a code changed hands (COW 345: Yugoslavia, then Serbia); asked
    without one, such a code is None, because guessing would put a dead state's acts on a
    living one. A code with one meaning keeps it outside its dates too: Ukraine voted in the
    United Nations as COW 369 forty-five years before COW counts it as a state.

    Parameters
    ----------
    system : str
        One of the systems of `code_table`.
    code : str
        As the system writes it.
    day : date or None, default None
        The day the code was used on.

    Returns
    -------
    Actor or None
        The actor, if there is exactly one.

    Examples
    --------
    >>> actor_of_code("cow", "345") is None
    True
    >>> actor_of_code("cow", "345", date(2010, 1, 1)).name
    'Serbia'
    """
    rows = _codes_by_text(system).get(code, ())
    ids = {row.actor for row in rows}
    if len(ids) > 1 and day is not None:
        ids = {row.actor for row in rows if holds(row.start, row.end, day)}
    return load_actors()[ids.pop()] if len(ids) == 1 else None


def resolve_actor(text: str, where: str = "actor") -> Actor:
    """Give the actor with exactly this id.

    Names are not accepted: a case file must read the same when the registry learns a second
    bearer of a name.

    Parameters
    ----------
    text : str
        Our id, in its own spelling.
    where : str, default "actor"
        File and line, or the argument's name, for the error.

    Returns
    -------
    Actor
        The actor.

    Raises
    ------
    UnknownActorError
        If no actor has this id; the message names near ids.

    Examples
    --------
    >>> resolve_actor("RUS").name
    'Russia'
    """
    actors = load_actors()
    if text not in actors:
        raise UnknownActorError(
            text, [a.id for a in actors.values() if a.kind != Kind.PERSON], where
        )
    return actors[text]
