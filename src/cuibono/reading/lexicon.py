"""The dictionary of acts: verbs and nouns by class, and what they come to together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from cuibono.reading.inflect import NUMBERS, plural_of, verb_forms
from cuibono.reading.wordlists import read_csv, read_toml, words_of

FILLERS = frozenset(("a", "an", "the", "its", "his", "her", "their"))
IRREGULAR = "irregular_verbs.csv"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One entry of the dictionary.

    Attributes
    ----------
    word_class : str
        The class it belongs to, a key of `verbs.toml` or `nouns.toml`.
    rest : tuple of str
        What follows its first word, articles left out.
    """

    word_class: str
    rest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordClass:
    """What the words of one class have in common.

    Attributes
    ----------
    name : str
        Key of the class.
    code : str
        CAMEO code of its words on their own; empty where they need an object.
    role : str
        How a verb treats what it governs ("report", "agree", "light"); empty for others.
    control : str
        "object" where the object does what an infinitive says.
    both : bool
        Whether a noun's sides act on each other, as in talks.
    asked : str
        CAMEO code of what a noun asks for under "demand" and the like; empty where
        that is the noun's own.
    means : str
        CAMEO code of violence done with a noun; empty where it says nothing of it.
    """

    name: str
    code: str
    role: str
    control: str
    both: bool
    asked: str
    means: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything known of words, ready to be looked up by the token.

    Attributes
    ----------
    forms : mapping of str to tuple
        Base forms and kinds ("base", "s", "past", "participle", "ing") of a verb form.
    verbs, nouns : mapping of str to tuple of Phrase
        Entries by first word, longest first; a verb's by its base form.
    verb_classes, noun_classes : mapping of str to WordClass
        By key.
    frames : mapping of tuple of str to str
        CAMEO code by (verb class, object class).
    operators : mapping of str to mapping of str to str
        By inner CAMEO code or its beginning: the code under each operator.
    agents : mapping of str to tuple of tuple
        Sector and following words by first word of an agent noun.
    kinds : mapping of str to str
        What a small word is: determiner, preposition and so on, by word.
    """

    forms: Mapping[str, tuple[tuple[str, str], ...]]
    verbs: Mapping[str, tuple[Phrase, ...]]
    nouns: Mapping[str, tuple[Phrase, ...]]
    verb_classes: Mapping[str, WordClass]
    noun_classes: Mapping[str, WordClass]
    frames: Mapping[tuple[str, str], str]
    operators: Mapping[str, Mapping[str, str]]
    agents: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]
    kinds: Mapping[str, frozenset[str]] = field(default_factory=dict)


def _classes(tables: Mapping[str, Any]) -> dict[str, WordClass]:
    return {
        name: WordClass(
            name,
            table.get("code", ""),
            table.get("role", ""),
            table.get("control", ""),
            table.get("sides") == "both",
            table.get("asked", ""),
            table.get("means", ""),
        )
        for name, table in tables.items()
    }


def _index(
    tables: Mapping[str, Any], plurals: bool, skip: frozenset[str]
) -> dict[str, tuple[Phrase, ...]]:
    found: dict[str, dict[Phrase, None]] = {}
    for name, table in tables.items():
        for words in words_of(table["words"]):
            first, *rest = words
            kept = tuple(word for word in rest if word not in skip)
            found.setdefault(first, {})[Phrase(name, kept)] = None
            if plurals and words[-1] not in NUMBERS:
                *start, last = (first, *kept)
                many = (*start, plural_of(last))
                found.setdefault(many[0], {})[Phrase(name, many[1:])] = None
    return {
        first: tuple(sorted(phrases, key=lambda phrase: -len(phrase.rest)))
        for first, phrases in found.items()
    }


def _forms(bases: list[str]) -> dict[str, tuple[tuple[str, str], ...]]:
    irregular = {row["base"]: (row["past"], row["participle"]) for row in read_csv(IRREGULAR)}
    found: dict[str, dict[tuple[str, str], None]] = {}
    for base in dict.fromkeys(bases):
        for form, kind in verb_forms(base, irregular.get(base)):
            found.setdefault(form, {})[base, kind] = None
    return {form: tuple(readings) for form, readings in found.items()}


def _agents() -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for sector, table in read_toml("agents.toml").items():
        for first, *rest in words_of(table["words"]):
            found.setdefault(first, []).append((sector, tuple(rest)))
    return {
        first: tuple(sorted(entries, key=lambda entry: -len(entry[1])))
        for first, entries in found.items()
    }


@cache
def load_lexicon() -> Lexicon:
    """Read the dictionary that ships.

    Returns
    -------
    Lexicon
        Read once a process.

    Examples
    --------
    >>> lexicon = load_lexicon()
    >>> lexicon.frames["reduce", "aid-economic"]
    '1621'
    >>> lexicon.forms["withdrew"]
    (('withdraw', 'past'),)
    """
    verbs, nouns = read_toml("verbs.toml"), read_toml("nouns.toml")
    plain = read_toml("plain_verbs.toml")["words"]
    listed = [words[0] for t in verbs.values() for words in words_of(t["words"])]
    listed += [words[0] for words in words_of(plain)]
    kinds = {
        kind: frozenset(" ".join(words) for words in words_of(text))
        for kind, text in read_toml("words.toml").items()
    }
    return Lexicon(
        _forms(listed),
        _index(verbs, plurals=False, skip=FILLERS),
        _index(nouns, plurals=True, skip=frozenset()),
        _classes(verbs),
        _classes(nouns),
        {(row["verb"], row["object"]): row["code"] for row in read_csv("frames.csv")},
        {row["inner"]: row for row in read_csv("operators.csv")},
        _agents(),
        kinds,
    )
