"""The verb groups of a sentence: a verb with its auxiliaries, and its classes."""

from __future__ import annotations

from dataclasses import dataclass, field

from cuibono.reading.lexicon import Phrase, load_lexicon
from cuibono.reading.mentions import Mention
from cuibono.reading.tagging import AUXILIARY, VERBAL, Tag
from cuibono.reading.tokens import Tokens
from cuibono.reading.wordlists import word_set

IN_CHAIN = AUXILIARY | {Tag.NOT, Tag.ADVERB}
SKIPPED = frozenset((Tag.DETERMINER, Tag.ADVERB, Tag.ADJECTIVE, Tag.NUMBER, Tag.NOT))
# "called on Tuesday for": words of time do not part a verb from its particle.
TIME = word_set("time")
WIDEST_GAP = 4
# "is opposed to" is what its subject does.
STATIVE = frozenset(("oppose", "commit", "accustom"))


@dataclass(slots=True)
class VerbGroup:
    """One verb with its auxiliaries and what is tied to it.

    Attributes
    ----------
    first, last : int
        Words from the first auxiliary to the end of the verb phrase, half-open.
    head : int
        Place of the verb that carries the meaning.
    base : str
        Its base form.
    form : str
        finite, infinitive, ing or participle.
    passive, negated, perfect, progressive, past : bool
        What its auxiliaries and endings say.
    modal : str
        future, possible, obliged, would, or empty.
    classes : tuple of str
        Classes of the dictionary that it belongs to, nearest first.
    phrasal : int
        How many of these classes come from phrases of several words.
    end : int
        First word beyond its clause.
    start : int
        First word of its clause.
    subject : list of Mention
        Who stands before it.
    pronoun : str
        The pronoun that stands there instead.
    governor : VerbGroup or None
        The verb on which it depends.
    """

    first: int
    last: int
    head: int
    base: str
    form: str
    passive: bool = False
    negated: bool = False
    perfect: bool = False
    progressive: bool = False
    past: bool = False
    modal: str = ""
    classes: tuple[str, ...] = ()
    phrasal: int = 0
    end: int = 0
    start: int = 0
    subject: list[Mention] = field(default_factory=list)
    pronoun: str = ""
    governor: VerbGroup | None = None


def find_groups(tokens: Tokens, tags: list[Tag]) -> list[VerbGroup]:
    """Find the verb groups of a sentence.

    Parameters
    ----------
    tokens : Tokens
        The sentence.
    tags : list of Tag
        One a word.

    Returns
    -------
    list of VerbGroup
        In order; classes looked up, clauses not yet bounded.
    """
    groups: list[VerbGroup] = []
    i, n = 0, len(tags)
    while i < n:
        group = None
        if tags[i] in AUXILIARY or tags[i] in VERBAL:
            group = _group(tokens, tags, i)
            if tags[i] is Tag.BASE and groups and tokens.words[i - 1] == "to":
                group.form = "infinitive"
        elif tags[i] is Tag.TO:
            j = i + 1
            while j < n and tags[j] in (Tag.ADVERB, Tag.NOT):
                j += 1
            if j < n and (tags[j] is Tag.BASE or tags[j] in AUXILIARY):
                group = _group(tokens, tags, j)
                group.form, group.first = "infinitive", i
                group.negated = group.negated or any(t is Tag.NOT for t in tags[i:j])
        if group is None:
            i += 1
            continue
        _look_up(group, tokens, tags)
        groups.append(group)
        i = max(group.last, i + 1)
    return groups


def _group(tokens: Tokens, tags: list[Tag], i: int) -> VerbGroup:
    words = tokens.words
    chain, j, n = [], i, len(tags)
    while j < n and tags[j] in IN_CHAIN:
        chain.append(j)
        j += 1
    if j < n and tags[j] in VERBAL and (not chain or tags[j] is not Tag.FINITE):
        head = j
    else:
        while chain and tags[chain[-1]] not in AUXILIARY:
            chain.pop()
        head = chain.pop() if chain else i
    base, kind = _base_of(words[head], tags[head])
    group = VerbGroup(i, head + 1, head, base, "finite")
    for k in chain:
        word, tag = words[k], tags[k]
        group.negated |= tag is Tag.NOT or word.endswith("n't") or word == "cannot"
        group.perfect |= tag is Tag.HAVE
        group.past |= word in {"was", "were", "had", "did"}
        if tag is Tag.MODAL:
            group.modal = _modal(word)
    bes = [k for k in chain if tags[k] is Tag.BE]
    group.passive = bool(bes) and tags[head] is Tag.PARTICIPLE
    if group.base in STATIVE and words[group.last : group.last + 1] == ["to"]:
        group.passive = False
    group.progressive = bool(bes) and tags[head] is Tag.ING
    group.negated |= words[head].endswith("n't") or words[head] == "cannot"
    group.past |= kind == "past" or words[head] in {"was", "were", "had"}
    if not any(tags[k] in AUXILIARY for k in chain):
        group.form = {Tag.PARTICIPLE: "participle", Tag.ING: "ing"}.get(tags[head], "finite")
        group.passive = tags[head] is Tag.PARTICIPLE
    return group


def _modal(word: str) -> str:
    listed = load_lexicon().kinds
    stem = word.removesuffix("n't")
    if word in listed["future"]:
        return "future"
    if word in listed["possible"] or stem in {"can", "could", "ca"} or word == "cannot":
        return "possible"
    return "obliged" if stem in listed["obliged"] else "would"


def _base_of(word: str, tag: Tag) -> tuple[str, str]:
    if tag is Tag.BE:
        return "be", ""
    if tag is Tag.HAVE:
        return "have", ""
    readings = load_lexicon().forms.get(word)
    if not readings:
        return word, ""
    wanted = {Tag.PARTICIPLE: "participle", Tag.ING: "ing", Tag.BASE: "base"}.get(tag)
    for base, kind in readings:
        if kind == wanted:
            return base, kind
    if tag is Tag.FINITE:
        for base, kind in readings:
            if kind in {"past", "s"}:
                return base, kind
    return readings[0]


def _look_up(group: VerbGroup, tokens: Tokens, tags: list[Tag]) -> None:
    """Match the longest phrase that begins with the verb, then all classes of the verb."""
    phrases = load_lexicon().verbs.get(group.base, ())
    classes: dict[str, None] = {}
    reach = group.last
    for phrase in phrases:
        if phrase.rest:
            end = _reaches(phrase, group.head + 1, tokens, tags, group.base == "be")
            if end and (not classes or end >= reach):
                classes[phrase.word_class] = None
                group.phrasal = len(classes)
                reach = max(reach, end)
        elif not (classes and group.base == "be"):
            classes[phrase.word_class] = None
    group.classes = tuple(classes)
    if reach - group.last <= 2:
        group.last = max(group.last, reach)


def _reaches(
    phrase: Phrase, i: int, tokens: Tokens, tags: list[Tag], only_adverbs: bool
) -> int:
    words, n = tokens.words, len(tokens.words)
    for wanted in phrase.rest:
        gap = 0
        while i < n and words[i] != wanted:
            passable = tags[i] in SKIPPED or words[i] in TIME or tags[i] is Tag.POSSESSIVE
            if only_adverbs:
                passable = tags[i] is Tag.ADVERB
            if gap >= WIDEST_GAP or not passable:
                return 0
            gap += 1
            i += 1
        if i >= n:
            return 0
        i += 1
    return i
