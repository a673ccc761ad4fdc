"""How actors are called in running text: every alias of the registry, by its first word."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from cuibono.model.actor import Kind
from cuibono.reading.tokens import cut_words
from cuibono.reading.wordlists import read_csv, word_set
from cuibono.vocab.actors import Profile, day_of, holds, load_profiles, read_table
from cuibono.vocab.search import NAME_TABLES, ROLES
from cuibono.vocab.terms import load_terms

PEOPLES = frozenset(("demonym", "people"))
# A shorter alias is read only where the text writes it in capitals.
LONGEST_ACRONYM = 4
SHORTEST_SURNAME = 4
AMBIGUOUS_SURNAMES = word_set("ambiguous_surname")


@dataclass(frozen=True, slots=True)
class Alias:
    """One way in which a text names an actor.

    Attributes
    ----------
    actor : str
        Id of the actor, for a person that of the state it acts for; empty for a thing.
    rest : tuple of str
        The words after the first.
    role : str
        One of name, alias, demonym, capital, seat, place, people, person, surname, and thing
        for words that hold an actor's name and mean none.
    start, end : date or None
        Half-open span in which it means this actor.
    """

    actor: str
    rest: tuple[str, ...]
    role: str
    start: date | None
    end: date | None


def bare(word: str) -> str:
    """Strip the marks from a word in lower case.

    Parameters
    ----------
    word : str
        One word.

    Returns
    -------
    str
        Without accents.

    Examples
    --------
    >>> bare("são")
    'sao'
    """
    if word.isascii():
        return word
    split = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in split if not unicodedata.combining(letter))


def words_of_name(name: str) -> tuple[str, ...]:
    """Cut a name as a text is cut, without an article at its head.

    Parameters
    ----------
    name : str
        As the registry writes it.

    Returns
    -------
    tuple of str
        Its words.
    """
    words = tuple(bare(word) for word in cut_words(name, 0, 0, len(name)).words)
    words = tuple(word for word in words if word not in {"(", ")", ",", "."})
    return words[1:] if len(words) > 1 and words[0] == "the" else words


def _names() -> Iterator[tuple[str, str, str, date | None, date | None]]:
    # Ours come first: of several actors with one name, the one that news means by it.
    for row in read_csv("places.csv"):
        yield row["actor"], row["name"], row["role"], None, None
    profiles = load_profiles()
    for profile in profiles.values():
        if profile.actor.kind is not Kind.PERSON:
            yield profile.actor.id, profile.actor.name, "name", profile.start, profile.end
    for table in NAME_TABLES:
        for row in read_table(table):
            profile = profiles[row["actor"]]
            if row["role"] in ROLES and profile.actor.kind is not Kind.PERSON:
                start, end = day_of(row["start"]), day_of(row["end"])
                yield row["actor"], row["name"], row["role"], start, end


def _persons() -> Iterator[tuple[str, str, str, date | None, date | None]]:
    profiles = load_profiles()
    for term in load_terms():
        person: Profile = profiles[term.person]
        words = words_of_name(person.actor.name)
        surname = words[-1]
        if len(words) > 1:
            yield term.state, person.actor.name, "person", term.start, term.end
        if len(surname) >= SHORTEST_SURNAME and surname not in AMBIGUOUS_SURNAMES:
            yield term.state, surname, "surname", term.start, term.end


@cache
def load_names() -> dict[str, tuple[Alias, ...]]:
    """Give every alias, longest first.

    Returns
    -------
    dict of str to tuple of Alias
        By first word in lower case.

    Examples
    --------
    >>> [(alias.actor, alias.role) for alias in load_names()["kremlin"]]
    [('RUS', 'seat')]
    """
    found: dict[str, dict[Alias, None]] = {}
    for actor, name, role, start, end in (*_names(), *_persons()):
        words = words_of_name(name)
        if not words or (len(words) == 1 and len(words[0]) < 2):
            continue
        found.setdefault(words[0], {})[Alias(actor, words[1:], role, start, end)] = None
        if role in PEOPLES and not words[-1].endswith(("s", "sh", "ese", "ch", "x")):
            *first, last = words
            many = (*first, last + "s")
            found.setdefault(many[0], {})[Alias(actor, many[1:], role, start, end)] = None
    return {first: tuple(sorted(aliases, key=_order)) for first, aliases in found.items()}


def with_names(own: dict[str, str]) -> dict[str, tuple[Alias, ...]]:
    """Add names of one's own to the registry's, for a text about others.

    Parameters
    ----------
    own : dict of str to str
        Actor by name; ids need not be in the registry.

    Returns
    -------
    dict of str to tuple of Alias
        For `read_document`.

    Examples
    --------
    >>> with_names({"the Lakeside League": "non_state:league"})["lakeside"][0].rest
    ('league',)
    """
    merged = dict(load_names())
    for name, actor in own.items():
        first, *rest = words_of_name(name)
        alias = Alias(actor, tuple(rest), "name", None, None)
        merged[first] = tuple(sorted((alias, *merged.get(first, ())), key=_order))
    return merged


def _order(alias: Alias) -> tuple[int, int]:
    roles = (*ROLES, "place", "people", "person", "surname", "thing")
    return -len(alias.rest), roles.index(alias.role)


def choose(aliases: list[Alias], day: date | None) -> tuple[Alias, tuple[str, ...]]:
    """Choose among the aliases that match the same words.

    Those valid on the day come before those that are not; a name before a place, a place
    before a person. What else the words may mean is kept.

    Parameters
    ----------
    aliases : list of Alias
        Not empty; all of the same length.
    day : date or None
        When the text was written, if known.

    Returns
    -------
    alias : Alias
        The best.
    others : tuple of str
        Ids of the other actors that the words may mean.
    """
    if day is not None:
        valid = [alias for alias in aliases if holds(alias.start, alias.end, day)]
        aliases = valid or aliases
    best = min(aliases, key=_order)
    others = dict.fromkeys(alias.actor for alias in aliases if alias.actor != best.actor)
    return best, tuple(others)
