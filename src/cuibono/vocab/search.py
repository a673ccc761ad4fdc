"""Who a text may mean: every candidate with its dates, never a choice between them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from functools import cache

from cuibono.errors import CaseError
from cuibono.model.actor import Actor, Kind
from cuibono.vocab.actors import (
    Profile,
    day_of,
    holds,
    load_actors,
    load_codes,
    load_profiles,
    read_table,
    resolve_actor,
)
from cuibono.vocab.terms import Term, load_terms

NAME_TABLES = ("names.csv", "kept_names.csv", "group_names.csv")

# A name outranks a place, a place outranks an office, an office outranks a code.
ROLES = ("name", "alias", "demonym", "capital", "seat", "subnational")

# Letters that Unicode does not decompose into a base letter and a mark.
BASE_LETTERS = str.maketrans("øłđıæœßþð", "oldiaostd")

BRACKETED = re.compile(r"\(.*?\)")
WORD = re.compile(r"[^\W_]+")
APOSTROPHE_OR_MARK = re.compile("[\u0300-\u036f'’‘`]")
ARTICLES = frozenset(("the", "al", "el", "as", "ash", "an"))

# A shorter word of a person's name would collide with codes ("de", "al", "Abe").
SHORTEST_SURNAME = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """One actor that a text may mean.

    Attributes
    ----------
    actor : Actor
        Who it may be.
    matched : str
        The name or code in the registry that the text matched.
    role : str
        name, alias, demonym, capital, seat, subnational, the code system, or a person's
        office.
    start, end : date or None
        Half-open span in which the text means this actor; None where unbounded.
    source : str
        Where the pairing was taken from.
    note : str
        What a reader should know, such as the state a person acts for.
    """

    actor: Actor
    matched: str
    role: str
    start: date | None
    end: date | None
    source: str
    note: str


def fold(text: str) -> str:
    """Strip what spellings differ in: case, marks, hyphens, spaces, brackets, articles.

    Parameters
    ----------
    text : str
        Any spelling.

    Returns
    -------
    str
        Lower-case letters and digits only.

    Examples
    --------
    >>> fold("the Kremlin") == fold("Kremlin"), fold("Al-Nusra") == fold("al Nusra")
    (True, True)
    """
    bare = BRACKETED.sub("", text).replace("&", " and ")
    if not bare.isascii():
        bare = unicodedata.normalize("NFKD", bare.casefold())
    bare = bare.casefold().translate(BASE_LETTERS)
    words = WORD.findall(APOSTROPHE_OR_MARK.sub("", bare))
    if len(words) > 1 and words[0] in ARTICLES:
        del words[0]
    return "".join(words)


def _spoken_names() -> Iterator[Candidate]:
    profiles = load_profiles()
    for profile in profiles.values():
        if profile.actor.kind is not Kind.PERSON:
            yield _named(profile, profile.actor.name, "name", profile.start, profile.end)
    for table in NAME_TABLES:
        for row in read_table(table):
            profile = profiles[row["actor"]]
            start, end = day_of(row["start"]), day_of(row["end"])
            named = _named(profile, row["name"], row["role"], start, end)
            yield replace(named, source=row["source"])


def _named(
    profile: Profile, name: str, role: str, start: date | None, end: date | None
) -> Candidate:
    return Candidate(
        profile.actor,
        name,
        role,
        start or profile.start,
        end or profile.end,
        profile.source,
        profile.note,
    )


def _codes() -> Iterator[Candidate]:
    profiles = load_profiles()
    for codes in load_codes().values():
        for code in codes:
            profile = profiles[code.actor]
            yield Candidate(
                profile.actor,
                code.code,
                code.system,
                code.start,
                code.end,
                code.source,
                profile.note,
            )


def _held(person: Actor, matched: str, term: Term) -> Candidate:
    state = load_profiles()[term.state].actor.name
    return Candidate(
        person,
        matched,
        term.office,
        term.start,
        term.end,
        term.source,
        f"{state} ({term.state})",
    )


@cache
def _index() -> Mapping[str, tuple[Candidate, ...]]:
    found: dict[str, dict[Candidate, None]] = {}
    terms: dict[str, list[Term]] = {}
    for term in load_terms():
        terms.setdefault(term.person, []).append(term)
    for named in (*_spoken_names(), *_codes()):
        held = [_held(named.actor, named.matched, t) for t in terms.get(named.actor.id, ())]
        found.setdefault(fold(named.matched), {}).update(dict.fromkeys(held or [named]))
    for id_, held_terms in terms.items():
        person = load_profiles()[id_].actor
        surnames = {w for w in map(fold, person.name.split()) if len(w) >= SHORTEST_SURNAME}
        for key in {fold(person.name), *surnames}:
            held = [_held(person, person.name, term) for term in held_terms]
            found.setdefault(key, {}).update(dict.fromkeys(held))
    return {key: tuple(candidates) for key, candidates in found.items()}


def _rank(candidate: Candidate) -> tuple[int, date]:
    if candidate.role in ROLES:
        return ROLES.index(candidate.role), candidate.start or date.min
    is_person = candidate.actor.kind is Kind.PERSON
    return len(ROLES) + (not is_person), candidate.start or date.min


def find_actors(text: str, at: date | None = None) -> tuple[Candidate, ...]:
    """Give every actor that a name, place, seat, code or surname may mean.

    An actor appears once, by its best-ranking role; a person once for each term, because
    the term decides whether the person spoke for a state that day.

    Parameters
    ----------
    text : str
        What was written.
    at : date or None, default None
        The day it was written; candidates that did not bear the name then are left out.

    Returns
    -------
    tuple of Candidate
        Names before places, offices and codes; empty where nothing matches.

    Examples
    --------
    >>> [c.actor.id for c in find_actors("the Kremlin")]
    ['RUS']
    >>> [(c.actor.id, c.role) for c in find_actors("Georgia")]
    [('GEO', 'name'), ('USA', 'subnational')]
    """
    matches = _index().get(fold(text), ())
    seen: set[tuple[str, date | None]] = set()
    kept = []
    for candidate in sorted(matches, key=_rank):
        if at is not None and not holds(candidate.start, candidate.end, at):
            continue
        term = candidate.start if candidate.actor.kind is Kind.PERSON else None
        if (candidate.actor.id, term) not in seen:
            seen.add((candidate.actor.id, term))
            kept.append(candidate)
    return tuple(kept)


def read_actor(text: str, where: str = "actor") -> Actor:
    """Give the one actor that an id, name, place, seat, code or surname means.

    For what a person types; a case file holds ids alone, because a name may gain a second
    bearer.

    Parameters
    ----------
    text : str
        What was typed.
    where : str, default "actor"
        The argument's name, for the error.

    Returns
    -------
    Actor
        The actor with this id or, failing that, the only one that the text may mean.

    Raises
    ------
    UnknownActorError
        If the text means no actor.
    CaseError
        If it means several; the message lists their ids.

    Examples
    --------
    >>> read_actor("PAK").name, read_actor("Islamabad").name
    ('Pakistan', 'Pakistan')
    """
    actors = load_actors()
    meant = () if text in actors else find_actors(text)
    found = {candidate.actor.id: candidate.actor for candidate in meant}
    if len(found) > 1:
        listed = " or ".join(f"{actor.id} ({actor.name})" for actor in found.values())
        raise CaseError(f"{where}: {text!r} may mean {listed}. Write the id.")
    return next(iter(found.values())) if found else resolve_actor(text, where)


def nearest_names(text: str) -> tuple[str, ...]:
    """Give the names and codes spelt most like a text.

    Parameters
    ----------
    text : str
        What was written.

    Returns
    -------
    tuple of str
        At most five, nearest first; empty where nothing is near.

    Examples
    --------
    >>> "Taliban" in nearest_names("Talibna")
    True
    """
    index = _index()
    return tuple(index[key][0].matched for key in get_close_matches(fold(text), index, n=5))
