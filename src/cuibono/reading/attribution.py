"""Who says it and how firmly: reporting verbs, quotation marks, hedges.

A cue counts in the clause it stands in, not in the whole sentence.
"""

from __future__ import annotations

import re
from functools import cache

from cuibono.model.sourced_record import Strength
from cuibono.reading.clauses import joined_with
from cuibono.reading.events import Act, Analysis
from cuibono.reading.lexicon import load_lexicon
from cuibono.reading.mentions import Mention
from cuibono.reading.tagging import Tag
from cuibono.reading.verb_groups import VerbGroup
from cuibono.reading.wordlists import read_toml, words_of

# Class of the verbs whose report is doubted by whoever writes them: "claims that".
DOUBTING = "claim"
# Last words of a sentence among which the speaker may follow: ", officials said on Thursday".
AFTERTHOUGHT = 14


@cache
def load_cues() -> tuple[tuple[Strength, re.Pattern[str]], ...]:
    """Read the cues, strongest claim to attention first.

    Returns
    -------
    tuple of tuple of Strength and pattern
        In the order in which they are tried.
    """
    return tuple(
        (
            Strength(name),
            re.compile(
                r"\b(?:"
                + "|".join(r"\W+".join(map(re.escape, w)) for w in words_of(table["words"]))
                + r")\b",
                re.IGNORECASE,
            ),
        )
        for name, table in read_toml("cues.toml").items()
    )


def strength_in(text: str, start: int, end: int) -> tuple[Strength, tuple[int, int] | None]:
    """Say how firmly a clause is meant, and which words say so.

    Parameters
    ----------
    text : str
        The whole text.
    start, end : int
        The clause, half-open.

    Returns
    -------
    strength : Strength
        ASSERTED where nothing hedges it.
    cue : tuple of int or None
        Where the words stand.

    Examples
    --------
    >>> strength_in("Moscow may now be transferring weapons", 0, 38)
    (<Strength.POSSIBLE: 'S3'>, (7, 10))
    """
    for strength, pattern in load_cues():
        if found := pattern.search(text, start, end):
            return strength, (found.start(), found.end())
    return Strength.ASSERTED, None


def reporters_of(sentence: Analysis, act: Act) -> list[VerbGroup]:
    """List the reporting verbs that an act stands under, outermost first.

    Parameters
    ----------
    sentence : Analysis
        The sentence.
    act : Act
        One of its acts.

    Returns
    -------
    list of VerbGroup
        "X said", before it or behind it; without the verb of the act itself.
    """
    chain: list[VerbGroup] = []
    group = act.group.governor if act.group else None
    while group is not None:
        if _reports(group) and group not in chain:
            chain.insert(0, group)
        group = group.governor
    tail = _afterthought(sentence)
    if tail is not None and tail is not act.group and tail not in chain:
        chain.insert(0, tail)
    return chain


def _reports(group: VerbGroup) -> bool:
    classes = load_lexicon().verb_classes
    return any(classes[name].role == "report" for name in group.classes)


def _afterthought(sentence: Analysis) -> VerbGroup | None:
    """Find ", officials said on Thursday" at the end of a sentence."""
    for group in reversed(sentence.groups):
        if group.form == "finite":
            late = len(sentence.tags) - group.last <= AFTERTHOUGHT
            opened = any(
                tag in (Tag.COMMA, Tag.QUOTE)
                for tag in sentence.tags[max(0, group.first - 10) : group.first]
            )
            alone = sentence.reader.complement(group) is None
            first = group is sentence.groups[0]
            return (
                group if late and opened and alone and _reports(group) and not first else None
            )
    return None


def holder_name(sentence: Analysis, group: VerbGroup) -> str:
    """Name who speaks in a reporting verb.

    Parameters
    ----------
    sentence : Analysis
        The sentence.
    group : VerbGroup
        A reporting verb.

    Returns
    -------
    str
        The id of the first actor in its subject, else the words before it, else "unnamed".
    """
    for mention in group.subject:
        if mention.actor:
            return mention.actor
    raw = sentence.tokens.raw[max(group.start, group.first - 5) : group.first]
    words = [word for word in raw if word[0].isalnum()]
    return " ".join(words) or "unnamed"


def is_doubting(group: VerbGroup) -> bool:
    """Say whether a reporting verb keeps its distance ("claimed").

    Parameters
    ----------
    group : VerbGroup
        A reporting verb.

    Returns
    -------
    bool
        Whether what it reports is reported and doubted.
    """
    return DOUBTING in group.classes


def quoted_at(sentence: Analysis, first: int, last: int) -> bool:
    """Say whether words stand inside quotation marks.

    Parameters
    ----------
    sentence : Analysis
        The sentence.
    first, last : int
        Words, half-open.

    Returns
    -------
    bool
        Whether an odd number of marks stands before them.
    """
    marks = [i for i, tag in enumerate(sentence.tags) if tag is Tag.QUOTE]
    before = sum(mark < first for mark in marks)
    return before % 2 == 1 and any(mark >= last for mark in marks)


def actors_near(
    sentence: Analysis, first: int, last: int, memory: list[Mention]
) -> tuple[list[Mention], list[Mention]]:
    """Find whom a claim is about: the actors before its cue and those behind it.

    Parameters
    ----------
    sentence : Analysis
        The sentence.
    first, last : int
        Words of the cue, half-open.
    memory : list of Mention
        Whom the text was about before, where the sentence names nobody.

    Returns
    -------
    before : list of Mention
        The nearest subject or owner before the cue.
    behind : list of Mention
        Those named within the clause behind it.
    """
    group = next((g for g in reversed(sentence.groups) if g.first <= last), None)
    usable = [m for m in sentence.mentions if m.actor and not m.modifier]
    before = [m for m in (group.subject if group else []) if m.actor and m.first <= first]
    if not before:
        nearest = [m for m in usable if m.first < last][-1:]
        before = joined_with(nearest[0], sentence.tags, sentence.mentions) if nearest else []
    before = [m for m in before if m.actor] or list(memory)
    stop = len(sentence.tags)
    for i in range(last, len(sentence.tags)):
        if sentence.tags[i] is Tag.STOP:
            stop = i
            break
    owners = {m.actor for m in before}
    behind = [m for m in usable if last <= m.first < stop and m.actor not in owners]
    return before, behind[:2]
