"""Who is named in a sentence: names, offices and agents, put together as they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from cuibono.reading.lexicon import load_lexicon
from cuibono.reading.names import (
    LONGEST_ACRONYM,
    PEOPLES,
    Alias,
    bare,
    choose,
    load_names,
)
from cuibono.reading.tokens import Tokens
from cuibono.reading.wordlists import read_csv, word_set

MADE_BY = word_set("made_by")
HELD_BY = word_set("held_by")
LEANINGS = word_set("leaning")
OF = word_set("within")
LONGEST_BRIDGE = 2
NO_PLACE = frozenset(("person", "surname"))
DAY_WORDS = word_set("calendar")


@dataclass(slots=True)
class Mention:
    """One actor as a sentence names it.

    Attributes
    ----------
    first, last : int
        Words it spans, half-open.
    actor : str
        Id; empty while only an agent noun says who acts.
    sector : str
        What part of the actor it is (GOV, MIL, REB); empty for the whole.
    role : str
        How it was named: name, demonym, place, agent, person and so on.
    others : tuple of str
        What else the name may mean.
    modifier : bool
        Whether it only describes something else ("U.S.-backed rebels").
    """

    first: int
    last: int
    actor: str
    sector: str = ""
    role: str = "name"
    others: tuple[str, ...] = ()
    modifier: bool = False


def find_mentions(
    tokens: Tokens,
    day: date | None = None,
    names: Mapping[str, tuple[Alias, ...]] | None = None,
) -> list[Mention]:
    """Find the actors that a sentence names.

    Parameters
    ----------
    tokens : Tokens
        The sentence.
    day : date or None
        When it was written; names valid then are preferred.
    names : mapping of str to tuple of Alias or None
        Those to look for; by default those of the registry.

    Returns
    -------
    list of Mention
        In order, without overlap; an agent noun stands with the country beside it.

    Examples
    --------
    >>> from cuibono.reading.tokens import cut_words
    >>> text = "Egyptian police met rebels from Chad."
    >>> [(m.actor, m.sector) for m in find_mentions(cut_words(text, 0, 0, len(text)))]
    [('EGY', 'COP'), ('TCD', 'REB')]
    """
    found = _match(tokens, day, load_names() if names is None else names)
    _mark_modifiers(tokens, found)
    return _compose(tokens, found)


def _match(
    tokens: Tokens, day: date | None, names: Mapping[str, tuple[Alias, ...]]
) -> list[Mention]:
    agents = load_lexicon().agents
    words, raw = tokens.words, tokens.raw
    folded = words if all(map(str.isascii, words)) else [bare(word) for word in words]
    found: list[Mention] = []
    i, n = 0, len(words)
    while i < n:
        word = folded[i]
        capital = raw[i][0].isupper() or raw[i][0].isdigit() or word in {"al", "el"}
        aliases = names.get(word) if capital else None
        matched = _longest(aliases, folded, raw, i) if aliases else None
        if matched:
            alias, others = choose(matched, day)
            length = 1 + len(alias.rest)
            if not alias.actor:
                i += length
                continue
            found.append(Mention(i, i + length, alias.actor, "", alias.role, others))
            if alias.role in NO_PLACE:
                found[-1].sector = "GOV"
            i += length
            continue
        entries = agents.get(word)
        if entries and (agent := _agent(entries, words, i)):
            sector, length = agent
            found.append(Mention(i, i + length, "", sector, "agent"))
            i += length
            continue
        if word in PREFIXES and i + 1 < n and tokens.glued[i + 1]:
            found.append(Mention(i, i + 1, PREFIXES[word], "", "demonym"))
        i += 1
    return found


PREFIXES = {row["prefix"]: row["actor"] for row in read_csv("combining.csv")}


def _longest(
    aliases: tuple[Alias, ...], folded: list[str], raw: list[str], i: int
) -> list[Alias]:
    matched: list[Alias] = []
    for alias in aliases:
        size = len(alias.rest)
        if matched and size < len(matched[0].rest):
            break
        if size and tuple(folded[i + 1 : i + 1 + size]) != alias.rest:
            continue
        if not size and _is_no_name(raw, folded[i], i, alias):
            continue
        matched.append(alias)
    return matched


def _is_no_name(raw: list[str], word: str, i: int, alias: Alias) -> bool:
    if word == "us":
        return not raw[i].isupper()
    if word in DAY_WORDS:
        return True
    if word == "west":
        after = raw[i + 1] if i + 1 < len(raw) else ""
        return after[:1].isupper() or i == 0 or raw[i - 1].lower() != "the"
    short = len(word) <= LONGEST_ACRONYM and alias.role == "alias" and "." not in word
    in_capitals = raw[i].isupper() and len(raw[i]) > 1
    return short and not in_capitals and len(word) < LONGEST_ACRONYM


def _agent(
    entries: tuple[tuple[str, tuple[str, ...]], ...], words: list[str], i: int
) -> tuple[str, int] | None:
    for sector, rest in entries:
        if not rest or tuple(words[i + 1 : i + 1 + len(rest)]) == rest:
            return sector, 1 + len(rest)
    return None


def _mark_modifiers(tokens: Tokens, found: list[Mention]) -> None:
    words, glued = tokens.words, tokens.glued
    for mention in found:
        after = mention.last
        made = after < len(words) and glued[after] and words[after] in MADE_BY | HELD_BY
        leaning = glued[mention.first] and words[max(0, mention.first - 1)] in LEANINGS
        if made or leaning or _is_in_compound(tokens, mention):
            mention.modifier = True


def _is_in_compound(tokens: Tokens, mention: Mention) -> bool:
    """Tell "military-to-military talks" from the military."""
    if mention.role != "agent":
        return False
    follows = tokens.words[max(0, mention.first - 1) : mention.first] == ["to"]
    joined = tokens.glued[mention.last : mention.last + 1] == [True]
    return joined or (follows and tokens.glued[mention.first])


def _compose(tokens: Tokens, found: list[Mention]) -> list[Mention]:
    """Join agents with the country beside them, and a name with the office before it."""
    merged: list[Mention] = []
    for mention in found:
        before = merged[-1] if merged else None
        if before is not None and not before.modifier and not mention.modifier:
            gap = tokens.words[before.last : mention.first]
            if _joins(tokens, before, mention, gap):
                before.sector = before.sector or mention.sector
                if mention.sector and mention.role == "agent":
                    before.sector = mention.sector
                before.actor = before.actor or mention.actor
                if before.role == "agent":
                    before.role = mention.role
                elif mention.role == "agent" and before.role in {"place", "people"}:
                    before.role = "agent"
                before.last = mention.last
                continue
        merged.append(mention)
    return merged


def _joins(tokens: Tokens, before: Mention, mention: Mention, gap: list[str]) -> bool:
    if mention.role == "agent":
        if not before.actor and before.role == "agent":
            return not gap
        if gap in (["'s"], ["'"], []):
            return before.role not in NO_PLACE or gap != []
        bridge = gap[1:] if gap[0] in {"'s", "'"} else gap
        near = len(bridge) <= LONGEST_BRIDGE and before.role not in NO_PLACE
        return near and all(_describes(word) for word in bridge)
    if mention.role in NO_PLACE:
        titled = before.role == "agent" or bool(before.sector)
        same = before.actor in {"", mention.actor, *mention.others}
        return titled and same and len(gap) <= 1 and all(w[0].isalpha() for w in gap)
    people = before.role == "people" or _is_ethnic(tokens, before)
    if mention.role == "people" and before.role in PEOPLES and not gap:
        return True
    if people and gap and gap[0] in {"in", "of"} and len(gap) <= LONGEST_BRIDGE:
        before.actor = mention.actor
        return True
    if before.role != "agent" or before.actor or not gap or gap[0] not in OF:
        return False
    return len(gap) <= 3 and all(w in OF or w == "the" or _describes(w) for w in gap)


def _is_ethnic(tokens: Tokens, mention: Mention) -> bool:
    return mention.first > 0 and tokens.words[mention.first - 1] == "ethnic"


def _describes(word: str) -> bool:
    """Say whether a word may stand between a country and its agent ("Syrian army units")."""
    lexicon = load_lexicon()
    if not word[0].isalpha() or word in _stops():
        return False
    return word not in lexicon.forms or word in lexicon.kinds["nominal"]


@cache
def _stops() -> frozenset[str]:
    kinds = load_lexicon().kinds
    names = ("preposition", "conjunction", "subordinator", "be", "modal", "have", "do")
    return frozenset({"to"}.union(*(kinds[name] for name in (*names, "determiner", "future"))))
