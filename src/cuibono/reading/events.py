"""The acts of one sentence: by verb, by noun, and turned by tense, modality and negation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cuibono.reading.acts import FRIENDLY, ClauseReader, Reading, operate
from cuibono.reading.clauses import bound_clauses, joined_with, preposition_of
from cuibono.reading.coreference import resolve_pronouns
from cuibono.reading.lexicon import WordClass
from cuibono.reading.mentions import Mention, find_mentions
from cuibono.reading.names import Alias
from cuibono.reading.parties import PLACING, Parties, complete, parties_of
from cuibono.reading.tagging import Tag, tag_words
from cuibono.reading.tokens import Tokens
from cuibono.reading.verb_groups import VerbGroup, find_groups
from cuibono.reading.wordlists import word_set

# Acts that a verb's own meaning already puts into the future or into words.
SPOKEN = ("01", "02", "03", "10", "11", "12", "13")
VIOLENT_DEEDS = ("183", "193", "194", "195")
NOUN_REACH = 9
# A raid in a country is one on it; cooperation in a country is not with it.
FALLING = ("14", "17", "18", "19", "20")
# Verbs of many meanings, which tell of an act only where they reach someone.
AMBIGUOUS = word_set("ambiguous_verb")
POSSESSIVES = frozenset(("its", "his", "her", "their"))
GENERIC = word_set("generic")
CONDITIONS = frozenset(("if", "unless", "should"))


@dataclass(slots=True)
class Act:
    """One act that a sentence tells of.

    Attributes
    ----------
    code : str
        CAMEO code.
    how : str
        Which words of the dictionary decided it.
    parties : Parties
        Who acts on whom.
    first, last : int
        Words it was read from, half-open.
    group : VerbGroup or None
        Its verb; None for an act told by a noun.
    negated, future, conditional : bool
        What its verb says of it.
    """

    code: str
    how: str
    parties: Parties
    first: int
    last: int
    group: VerbGroup | None = None
    negated: bool = False
    future: bool = False
    conditional: bool = False


@dataclass(slots=True)
class Analysis:
    """A sentence read once, for every stage that needs it.

    Attributes
    ----------
    tokens : Tokens
        Its words.
    tags : list of Tag
        One a word.
    mentions : list of Mention
        The actors named.
    groups : list of VerbGroup
        Its verbs.
    reader : ClauseReader
        What the dictionary says of them.
    """

    tokens: Tokens
    tags: list[Tag]
    mentions: list[Mention]
    groups: list[VerbGroup]
    reader: ClauseReader


def analyse(
    tokens: Tokens,
    day: date | None = None,
    memory: list[Mention] | None = None,
    names: Mapping[str, tuple[Alias, ...]] | None = None,
) -> Analysis:
    """Read the words, actors and clauses of a sentence.

    Parameters
    ----------
    tokens : Tokens
        The sentence.
    day : date or None
        When it was written.
    memory : list of Mention or None
        The subject that came last before this sentence; replaced by the last one in it.
    names : mapping of str to tuple of Alias or None
        Names of actors; by default those of the registry.

    Returns
    -------
    Analysis
        For `find_acts` and the stages after it.
    """
    mentions = find_mentions(tokens, day, names)
    named = [False] * len(tokens.words)
    for mention in mentions:
        for i in range(mention.first, mention.last):
            named[i] = True
    tags = tag_words(tokens, named)
    groups = find_groups(tokens, tags)
    bound_clauses(groups, tokens, tags, mentions)
    resolve_pronouns(groups, [] if memory is None else memory)
    return Analysis(tokens, tags, mentions, groups, ClauseReader(tokens, tags, groups))


def find_acts(sentence: Analysis) -> list[Act]:
    """Find the acts of a sentence, those of verbs before those of nouns.

    Parameters
    ----------
    sentence : Analysis
        As `analyse` gives it.

    Returns
    -------
    list of Act
        Empty where the dictionary knows none.

    Examples
    --------
    >>> from cuibono.reading.tokens import cut_words
    >>> text = "Moscow has refused to lift sanctions on Georgia."
    >>> (act,) = find_acts(analyse(cut_words(text, 0, 0, len(text))))
    >>> act.code, act.parties.actors[0].actor, act.parties.recipients[0].actor
    ('1244', 'RUS', 'GEO')
    """
    acts: list[Act] = []
    consumed: set[int] = set()
    for group in sentence.groups:
        if id(group) in consumed or _describes(sentence, group) or _is_aim(sentence, group):
            continue
        reading = sentence.reader.read(group)
        if reading is None:
            continue
        _consume(sentence.reader, reading, consumed)
        act = _act(sentence, group, reading)
        if act is not None:
            acts.append(act)
    acts += _noun_acts(sentence, acts)
    for act in acts:
        complete(act.parties, sentence.mentions, sentence.tokens, sentence.tags)
    return [act for act in acts if act.parties.actors or act.parties.recipients]


def _describes(sentence: Analysis, group: VerbGroup) -> bool:
    """Tell the "backed" of "U.S.-backed rebels" from a verb."""
    return group.form == "participle" and sentence.tokens.glued[group.head]


def _is_aim(sentence: Analysis, group: VerbGroup) -> bool:
    """Tell what is only meant to be: an infinitive, or "to" with a gerund, left ungoverned."""
    if group.form == "ing":
        return sentence.tokens.words[group.first - 1 : group.first] == ["to"]
    return group.form == "infinitive" and group.governor is not None


def _consume(reader: ClauseReader, reading: Reading, consumed: set[int]) -> None:
    inner = reading.inner
    while inner is not None and id(inner) not in consumed:
        consumed.add(id(inner))
        inner = reader.complement(inner) if reader.role(inner) else None


def _act(sentence: Analysis, group: VerbGroup, reading: Reading) -> Act | None:
    parties = parties_of(
        group, reading.inner, sentence.tokens, sentence.tags, sentence.mentions, reading.code
    )
    last = max(group.last, reading.last, reading.inner.last if reading.inner else 0)
    act = Act(
        reading.code, reading.how, parties, group.first, last, group, _denied(sentence, group)
    )
    act.conditional = any(
        word in CONDITIONS for word in sentence.tokens.words[group.start : group.first]
    )
    _turn(act, group)
    bare = not parties.recipients and not group.phrasal and "+" not in reading.how
    bare = bare or (not parties.actors and not group.passive and not group.pronoun)
    if bare and group.base in AMBIGUOUS and reading.inner is None:
        return None
    if not parties.actors and group.form != "finite":
        return None
    if not parties.actors and not group.passive:
        before = sentence.tokens.words[group.start : group.first]
        if GENERIC.intersection(before):  # "one does not sanction an ally"
            return None
        if not group.pronoun and not reading.code.startswith(VIOLENT_DEEDS):
            return None
    return act if act.code else None


def _denied(sentence: Analysis, group: VerbGroup) -> bool:
    """Say whether a verb is negated, or only failed at; both at once are neither."""
    before = sentence.tokens.words[max(0, group.first - 1) : group.first]
    negated = group.negated or (group.form == "ing" and before == ["without"])
    return negated != (sentence.reader.role(group) == "fail")


def _turn(act: Act, group: VerbGroup) -> None:
    """Turn an act into a promise, a threat, a refusal or a demand as its verb group does."""
    if act.code.startswith(SPOKEN):
        act.future = group.modal == "future" and not group.negated
        return
    if group.modal == "obliged":
        reporter = group.governor
        if reporter is not None and reporter.subject:
            act.code = operate("demand", act.code)
            done_by = act.parties.actors
            act.parties = Parties(list(reporter.subject), done_by or act.parties.recipients)
            act.negated = False
        return
    own_word = group.modal in {"future", "would"}
    if not own_word:
        return
    act.future = True
    if group.negated:
        code = operate("refuse", act.code) if act.code.startswith(FRIENDLY) else ""
        act.code, act.negated = code or act.code, not code
        return
    operator = "agree" if act.code.startswith(FRIENDLY) else "threaten"
    act.code = operate(operator, act.code) or act.code


def _noun_acts(sentence: Analysis, acts: list[Act]) -> list[Act]:
    used = {i for act in acts for i in range(act.first, act.last)}
    classes = sentence.reader.lexicon.noun_classes
    found = []
    for first, last, name in sentence.reader.nouns:
        word_class = classes[name]
        inside = any(
            mention.first <= first < mention.last and _is_whole(mention, last)
            for mention in sentence.mentions
        )
        if not word_class.code or inside or used.intersection(range(first, last)):
            continue
        if sentence.tags[first] not in (Tag.NOUN, Tag.ADJECTIVE, Tag.ING):
            continue
        parties = _sides(sentence, first, last, word_class)
        if parties.actors and (parties.recipients or len(parties.actors) > 1):
            found.append(Act(word_class.code, f"noun {name}", parties, first, last))
    return found


def _is_whole(mention: Mention, last: int) -> bool:
    """Tell the military from a military intervention."""
    return bool(mention.actor) or mention.role != "agent" or mention.last >= last


def _sides(sentence: Analysis, first: int, last: int, noun: WordClass) -> Parties:
    """Find who stands around a noun: before it as its owner, behind it with a preposition."""
    mentions, tags, tokens = sentence.mentions, sentence.tags, sentence.tokens
    owners = [
        m for m in mentions if m.last <= first and not m.modifier and _owns(tags, m.last, first)
    ]
    actors = joined_with(owners[-1], tags, mentions) if owners else []
    if not owners and noun.code.startswith(FALLING):
        actors = _owner(sentence, first)
    recipients: list[Mention] = []
    stop = next(
        (g.first for g in sentence.groups if g.first >= last and g.form == "finite"), len(tags)
    )
    for mention in mentions:
        if not last <= mention.first < min(stop, last + NOUN_REACH) or mention.modifier:
            continue
        if any(tags[i] is Tag.STOP for i in range(last, mention.first)):
            break
        preposition = preposition_of(mention, tokens, tags, last)
        joined = joined_with(mention, tags, mentions, last)
        if preposition == "by":
            actors = joined
        elif preposition in {"between", "among"} and len(joined) > 1:
            return Parties(joined, [])
        elif preposition == "of" and not actors and not noun.both:
            actors = joined
        elif preposition in PLACING and not noun.code.startswith(FALLING):
            continue
        elif preposition and not recipients and mention not in actors:
            recipients = joined
    return Parties(actors, [m for m in recipients if m not in actors])


def _owner(sentence: Analysis, first: int) -> list[Mention]:
    """Find whom "its" before a noun means: the subject of the verb that it stands under."""
    for i in range(first - 1, max(-1, first - 4), -1):
        if sentence.tokens.words[i] in POSSESSIVES:
            before = [g for g in sentence.groups if g.head < i and g.subject and not g.passive]
            return [m for m in before[-1].subject if m.actor] if before else []
        if sentence.tags[i] not in (Tag.ADJECTIVE, Tag.NOUN):
            break
    return []


def _owns(tags: list[Tag], start: int, end: int) -> bool:
    passed = (Tag.POSSESSIVE, Tag.ADJECTIVE, Tag.NOUN, Tag.NUMBER, Tag.ADVERB)
    return end - start <= 4 and all(tag in passed for tag in tags[start:end])
