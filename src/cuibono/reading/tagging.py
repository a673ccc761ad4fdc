"""What each word of a sentence does in it: a tag from dictionary, ending and place.

No model is loaded: the dictionary knows the small words and the forms of the verbs that
matter, and a few rules of place decide between a noun and a verb of the same spelling.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import NamedTuple

from cuibono.reading.lexicon import load_lexicon
from cuibono.reading.tokens import Tokens
from cuibono.reading.wordlists import word_set


class Tag(StrEnum):
    """What a word does."""

    DETERMINER = "D"
    PREPOSITION = "P"
    SUBORDINATOR = "S"
    CONJUNCTION = "C"
    PRONOUN = "O"
    BE = "B"
    HAVE = "H"
    DO = "Z"
    MODAL = "M"
    TO = "T"
    NOT = "X"
    ADVERB = "R"
    NOUN = "N"
    ADJECTIVE = "J"
    NUMBER = "#"
    FINITE = "V"
    BASE = "I"
    PARTICIPLE = "E"
    ING = "G"
    POSSESSIVE = "'"
    COMMA = ","
    STOP = "."
    QUOTE = '"'
    ASIDE = "~"


VERBAL = frozenset((Tag.FINITE, Tag.BASE, Tag.PARTICIPLE, Tag.ING))
AUXILIARY = frozenset((Tag.BE, Tag.HAVE, Tag.DO, Tag.MODAL))
# After these a word that could be either is a noun.
OPENS_NOUN = frozenset(
    (Tag.DETERMINER, Tag.PREPOSITION, Tag.ADJECTIVE, Tag.NUMBER, Tag.POSSESSIVE)
)
OPENS_OBJECT = (Tag.DETERMINER, Tag.TO, Tag.PREPOSITION, Tag.SUBORDINATOR, Tag.PRONOUN)
NO_VERB_AFTER = (Tag.BASE, Tag.FINITE, Tag.PARTICIPLE, Tag.ING, Tag.BE, Tag.HAVE)
ADJECTIVAL = ("ous", "ful", "ive", "ial", "ical", "able", "ible", "ic", "less", "ish", "ary")
MARKS = {",": Tag.COMMA, ";": Tag.STOP, ":": Tag.STOP, "—": Tag.COMMA, "–": Tag.COMMA}
MARKS |= dict.fromkeys("()[]", Tag.COMMA) | dict.fromkeys('"“”«»`', Tag.QUOTE)
MARKS |= dict.fromkeys(".!?…", Tag.STOP) | {"-": Tag.COMMA, "&": Tag.CONJUNCTION}

# Earlier names win where a word is in several lists.
SMALL = (
    ("negation", Tag.NOT),
    ("be", Tag.BE),
    ("have", Tag.HAVE),
    ("do", Tag.DO),
    ("future", Tag.MODAL),
    ("modal", Tag.MODAL),
    ("conjunction", Tag.CONJUNCTION),
    ("preposition", Tag.PREPOSITION),
    ("subordinator", Tag.SUBORDINATOR),
    ("determiner", Tag.DETERMINER),
    ("pronoun", Tag.PRONOUN),
    ("adverb", Tag.ADVERB),
)
LONGEST_ASIDE = 9
# Words in -ly that are no adverbs.
DESCRIBING, NAMING = word_set("adjective_in_ly"), word_set("noun_in_ly")
CALENDAR = word_set("calendar")
REPORTED = word_set("reported")
AUXILIARY_NOT = {"won't": Tag.MODAL, "cannot": Tag.MODAL}


@cache
def small_words() -> dict[str, Tag]:
    """Give the tag of each word that belongs to a closed class.

    Returns
    -------
    dict of str to Tag
        By word in lower case.
    """
    kinds = load_lexicon().kinds
    tags: dict[str, Tag] = {"to": Tag.TO, "'s": Tag.POSSESSIVE, "’": Tag.POSSESSIVE}
    tags |= {"'": Tag.POSSESSIVE}
    for kind, tag in SMALL:
        for word in kinds[kind]:
            tags.setdefault(word, tag)
    for word, tag in list(tags.items()):
        if word.endswith("n't") and tag is Tag.NOT:
            tags[word] = _contracted(word)
    return tags | AUXILIARY_NOT


def _contracted(word: str) -> Tag:
    stem = word[:-3]
    if stem in {"is", "are", "was", "were"}:
        return Tag.BE
    if stem in {"has", "have", "had"}:
        return Tag.HAVE
    return Tag.DO if stem in {"do", "does", "did"} else Tag.MODAL


def tag_words(tokens: Tokens, named: list[bool]) -> list[Tag]:
    """Tag the words of a sentence.

    Parameters
    ----------
    tokens : Tokens
        The sentence.
    named : list of bool
        Whether a word is part of an actor's name; a name is never a verb.

    Returns
    -------
    list of Tag
        One a word.
    """
    small, forms = small_words(), load_lexicon().forms
    nominal = load_lexicon().kinds["nominal"]
    tags: list[Tag] = []
    words = tokens.words
    last = len(words) - 1
    clause_has_verb = False
    for i, word in enumerate(words):
        if named[i]:
            tags.append(Tag.NOUN)
            continue
        tag = MARKS.get(word) or small.get(word)
        if word in CALENDAR and tokens.raw[i][0].isupper() and i > 0:
            tag = Tag.NOUN
        elif tag is not None:
            tag = _small(tag, word, i, words, tags)
        elif word in forms:
            form = _Form(
                word=word,
                kinds={kind for _, kind in forms[word]},
                also_noun=word in nominal,
                before=_before(tags),
                next_tag=small.get(words[i + 1]) if i < last else None,
                name_follows=i < last and named[i + 1],
                clause_has_verb=clause_has_verb,
                capital=tokens.raw[i][0].isupper() and i > 0,
                after_plural=i > 0 and words[i - 1].endswith("s"),
            )
            tag = _verb_or_noun(form)
        else:
            tag = _open(word)
        if tag is Tag.FINITE or tag in AUXILIARY:
            clause_has_verb = True
        elif tag in (Tag.SUBORDINATOR, Tag.STOP, Tag.QUOTE, Tag.CONJUNCTION):
            clause_has_verb = False
        tags.append(tag)
    _mark_asides(words, tags)
    return tags


def _mark_asides(words: list[str], tags: list[Tag]) -> None:
    """Take short brackets out of the clause around them."""
    for i, word in enumerate(words):
        if word == "(" and ")" in words[i : i + LONGEST_ASIDE]:
            for j in range(i, words.index(")", i) + 1):
                tags[j] = Tag.ASIDE


def _small(tag: Tag, word: str, i: int, words: list[str], tags: list[Tag]) -> Tag:
    """Tell "Russia's" from "it's", and "given that" from "was given"."""
    if word == "given" and _before(tags) in AUXILIARY:
        return Tag.PARTICIPLE
    if word == "'s" and tags and i + 1 < len(words):
        shortened = words[i - 1] in {"it", "he", "she", "that", "there", "who"}
        return Tag.BE if shortened or words[i + 1] == "been" else tag
    return tag


def _open(word: str) -> Tag:
    if word[0].isdigit():
        return Tag.NUMBER
    if word in DESCRIBING:
        return Tag.ADJECTIVE
    if word.endswith("ly") and word not in NAMING:
        return Tag.ADVERB
    if word.endswith(ADJECTIVAL):
        return Tag.ADJECTIVE
    return Tag.NOUN


def _before(tags: list[Tag]) -> Tag | None:
    for tag in reversed(tags):
        if tag is not Tag.ADVERB and tag is not Tag.NOT:
            return tag
    return None


class _Form(NamedTuple):
    """A word that is a form of a verb, and what stands around it."""

    word: str
    kinds: set[str]
    also_noun: bool
    before: Tag | None
    next_tag: Tag | None
    name_follows: bool
    clause_has_verb: bool
    capital: bool
    after_plural: bool

    @property
    def opens_object(self) -> bool:
        return self.name_follows or self.next_tag in OPENS_OBJECT


def _verb_or_noun(form: _Form) -> Tag:
    kinds, before = form.kinds, form.before
    if form.word in REPORTED and before is Tag.NOUN:
        return Tag.FINITE
    if form.capital and before not in AUXILIARY:
        return Tag.NOUN
    if "ing" in kinds:
        return _ing(form)
    if before in (Tag.TO, Tag.MODAL, Tag.DO) and "base" in kinds:
        return Tag.BASE
    if before in (Tag.BE, Tag.HAVE) and "participle" in kinds:
        return Tag.PARTICIPLE
    if "past" in kinds or "participle" in kinds:
        return _past(form)
    return _present(form)


def _present(form: _Form) -> Tag:
    """Tell "attacks" that somebody makes from "attacks" that somebody suffers."""
    before, also_noun = form.before, form.also_noun
    if before in OPENS_NOUN or before in NO_VERB_AFTER:
        return Tag.NOUN
    if form.clause_has_verb and before is not Tag.CONJUNCTION and before is not Tag.PRONOUN:
        return Tag.NOUN
    if also_noun and not form.opens_object:
        return Tag.NOUN
    if before is None or before in (Tag.COMMA, Tag.STOP, Tag.QUOTE):
        return Tag.NOUN
    if "base" in form.kinds and before is Tag.NOUN:
        direct = form.next_tag is not Tag.PREPOSITION
        finite = form.opens_object and direct if also_noun else form.after_plural or direct
        return Tag.FINITE if finite else Tag.NOUN
    return Tag.FINITE


def _ing(form: _Form) -> Tag:
    if form.before is Tag.BE:
        return Tag.ING
    direct = form.next_tag is Tag.DETERMINER
    if form.before in (Tag.DETERMINER, Tag.ADJECTIVE, Tag.POSSESSIVE):
        return Tag.ING if direct else Tag.NOUN
    return Tag.NOUN if form.also_noun and not form.name_follows and not direct else Tag.ING


def _past(form: _Form) -> Tag:
    kinds, before = form.kinds, form.before
    if before in (Tag.DETERMINER, Tag.ADJECTIVE, Tag.NUMBER, Tag.POSSESSIVE, Tag.PREPOSITION):
        if form.next_tag in (None, Tag.NOUN) and "participle" in kinds:
            return Tag.ADJECTIVE
        return Tag.PARTICIPLE if "participle" in kinds else Tag.FINITE
    if "past" not in kinds:
        return Tag.PARTICIPLE
    if before in (None, Tag.COMMA) and "participle" in kinds and not form.clause_has_verb:
        return Tag.PARTICIPLE if before is None else Tag.FINITE
    if form.clause_has_verb and before is Tag.NOUN and "participle" in kinds:
        return Tag.PARTICIPLE
    return Tag.FINITE
