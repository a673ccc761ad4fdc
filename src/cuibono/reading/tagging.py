"""What each word of a sentence does in it: a tag from dictionary, ending and place.

No model is loaded: the dictionary knows the small words and the forms of the verbs that
matter, and a few rules of place decide between a noun and a verb of the same spelling.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache

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
            tags[word] = _contracted(word, kinds)
    return tags | AUXILIARY_NOT


def _contracted(word: str, kinds: dict[str, frozenset[str]] | object) -> Tag:
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
            after = words[i + 1] if i < last else ""
            tag = _verb_or_noun(
                word,
                forms[word],
                word in nominal,
                tags,
                after,
                small,
                clause_has_verb,
                i < last and named[i + 1],
                tokens.raw[i][0].isupper() and i > 0,
                i > 0 and words[i - 1].endswith("s"),
            )
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


def _verb_or_noun(
    word: str,
    readings: tuple[tuple[str, str], ...],
    also_noun: bool,
    tags: list[Tag],
    after: str,
    small: dict[str, Tag],
    clause_has_verb: bool,
    name_follows: bool,
    capital: bool,
    plural: bool,
) -> Tag:
    kinds = {kind for _, kind in readings}
    before = _before(tags)
    if word in REPORTED and before is Tag.NOUN:
        return Tag.FINITE
    if capital and before not in AUXILIARY:
        return Tag.NOUN
    if "ing" in kinds:
        return _ing(before, also_noun, after, small, name_follows)
    if before in (Tag.TO, Tag.MODAL, Tag.DO) and "base" in kinds:
        return Tag.BASE
    if before in (Tag.BE, Tag.HAVE) and "participle" in kinds:
        return Tag.PARTICIPLE
    next_tag = small.get(after)
    opens_object = name_follows or next_tag in (
        Tag.DETERMINER,
        Tag.TO,
        Tag.PREPOSITION,
        Tag.SUBORDINATOR,
        Tag.PRONOUN,
    )
    if "past" in kinds or "participle" in kinds:
        return _past(kinds, before, next_tag, clause_has_verb, also_noun)
    if before in OPENS_NOUN or before in (Tag.BASE, Tag.FINITE, Tag.PARTICIPLE, Tag.ING):
        return Tag.NOUN
    if before in (Tag.BE, Tag.HAVE):
        return Tag.NOUN
    if clause_has_verb and before is not Tag.CONJUNCTION and before is not Tag.PRONOUN:
        return Tag.NOUN
    if also_noun and not opens_object:
        return Tag.NOUN
    if before is None or before in (Tag.COMMA, Tag.STOP, Tag.QUOTE):
        return Tag.NOUN
    if "base" in kinds and before is Tag.NOUN:
        if also_noun:
            return Tag.FINITE if opens_object and next_tag is not Tag.PREPOSITION else Tag.NOUN
        return Tag.FINITE if plural or next_tag is not Tag.PREPOSITION else Tag.NOUN
    return Tag.FINITE


def _ing(
    before: Tag | None, also_noun: bool, after: str, small: dict[str, Tag], name_follows: bool
) -> Tag:
    if before is Tag.BE:
        return Tag.ING
    if before in (Tag.DETERMINER, Tag.ADJECTIVE, Tag.POSSESSIVE):
        return Tag.NOUN if small.get(after) is not Tag.DETERMINER else Tag.ING
    if also_noun and not name_follows and small.get(after) is not Tag.DETERMINER:
        return Tag.NOUN
    return Tag.ING


def _past(
    kinds: set[str],
    before: Tag | None,
    next_tag: Tag | None,
    clause_has_verb: bool,
    also_noun: bool,
) -> Tag:
    if before in (Tag.DETERMINER, Tag.ADJECTIVE, Tag.NUMBER, Tag.POSSESSIVE, Tag.PREPOSITION):
        if next_tag in (None, Tag.NOUN) and "participle" in kinds:
            return Tag.ADJECTIVE
        return Tag.PARTICIPLE if "participle" in kinds else Tag.FINITE
    if "past" not in kinds:
        return Tag.PARTICIPLE
    if before in (None, Tag.COMMA) and "participle" in kinds and not clause_has_verb:
        return Tag.PARTICIPLE if before is None else Tag.FINITE
    if clause_has_verb and before is Tag.NOUN and "participle" in kinds:
        return Tag.PARTICIPLE
    return Tag.FINITE
