"""A linear model over words, for clauses in which the dictionary finds no act.

It is learnt from our own labelled sentences and from the dictionary's own entries
(`training.py`), counts in whole numbers and ships as a table. It proposes a CAMEO root with
the share of its proposals that were right when it was learnt; below the table's least margin
it proposes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from cuibono.reading.events import Act, Analysis
from cuibono.reading.lexicon import load_lexicon
from cuibono.reading.parties import Parties, complete, parties_of
from cuibono.reading.verb_groups import VerbGroup

TABLE = "proposer.tsv"
NO_ACT = "none"
# How its records name what found them; the share that was right follows.
PROPOSER = "model:proposer"
SOMEONE = "@"
# Beginnings of so many letters stand for a word and those made from it: "deplore, deplorable".
STEMS = (5, 6)


@dataclass(frozen=True, slots=True)
class Weights:
    """What the model knows.

    Attributes
    ----------
    weights : mapping of str to tuple of tuple of str and int
        By feature: roots and what the feature adds to each.
    steps : tuple of tuple of int and int
        Margins, highest first, each with how many in a hundred proposals of at least that
        margin were right when the model was learnt.
    """

    weights: Mapping[str, tuple[tuple[str, int], ...]]
    steps: tuple[tuple[int, int], ...]


class Clause(NamedTuple):
    """A clause in which someone acts on someone.

    Attributes
    ----------
    group : VerbGroup
        Its verb.
    start, end : int
        Its words, half-open.
    parties : Parties
        Who acts on whom, whatever the act.
    """

    group: VerbGroup
    start: int
    end: int
    parties: Parties


def features_of(sentence: Analysis, start: int, end: int) -> tuple[str, ...]:
    """List what the model sees of a stretch of words: no name, no number.

    Parameters
    ----------
    sentence : Analysis
        The sentence.
    start, end : int
        Words, half-open.

    Returns
    -------
    tuple of str
        Words, beginnings and neighbours, and the classes that the dictionary gives; sorted.
    """
    named = {i for m in sentence.mentions for i in range(m.first, m.last)}
    words: list[str] = []
    for i in range(start, end):
        word = sentence.tokens.words[i]
        if i not in named and word[0].isalpha():
            words.append(word)
        elif i in named and words[-1:] != [SOMEONE]:
            words.append(SOMEONE)
    found = {f"{left} {right}" for left, right in pairwise(words)}
    forms = load_lexicon().forms
    for word in words:
        if word == SOMEONE:
            continue
        found.update(base for base, _ in forms.get(word, ((word, ""),)))
        found.update(f"{word[:size]}-" for size in STEMS if len(word) > size)
    for group in sentence.groups:
        if start <= group.first < end:
            found.update(f"verb {name}" for name in group.classes)
    found.update(
        f"noun {name}" for first, _, name in sentence.reader.nouns if start <= first < end
    )
    return tuple(sorted(found))


def choose_root(
    features: Iterable[str], weights: Mapping[str, tuple[tuple[str, int], ...]]
) -> tuple[str, int]:
    """Choose the root that the features speak for.

    Parameters
    ----------
    features : iterable of str
        As `features_of` gives them.
    weights : mapping
        As `Weights` holds them.

    Returns
    -------
    root : str
        Two digits, or `none` for no act; `none` also where no feature is known.
    margin : int
        By how much it leads the second, per sixteen features.

    Examples
    --------
    >>> choose_root(["deplore"], {"deplore": (("11", 9), ("17", 4))})
    ('11', 80)
    """
    totals: dict[str, int] = {NO_ACT: 0}
    count = 0
    for feature in features:
        count += 1
        for root, weight in weights.get(feature, ()):
            totals[root] = totals.get(root, 0) + weight
    ranked = sorted(totals.items(), key=lambda item: (-item[1], item[0]))
    second = ranked[1][1] if len(ranked) > 1 else 0
    return ranked[0][0], (ranked[0][1] - second) * 16 // max(count, 1)


@cache
def load_weights() -> Weights:
    """Read the table that ships.

    Returns
    -------
    Weights
        Read once a process.
    """
    text = (files("cuibono.reading") / "data" / TABLE).read_text("utf-8")
    return parse_weights(text)


def parse_weights(text: str) -> Weights:
    """Read a table of weights.

    Parameters
    ----------
    text : str
        As `training.format_weights` writes it.

    Returns
    -------
    Weights
        Ready to propose.
    """
    weights: dict[str, tuple[tuple[str, int], ...]] = {}
    steps: list[tuple[int, int]] = []
    for line in text.splitlines():
        name, _, rest = line.partition("\t")
        pairs = [pair.split(":") for pair in rest.split()]
        if name:
            weights[name] = tuple((root, int(weight)) for root, weight in pairs)
        else:
            steps = [(int(margin), int(right)) for margin, right in pairs]
    return Weights(weights, tuple(steps))


def clause_of(sentence: Analysis) -> Clause | None:
    """Find the clause of a sentence that a proposal would be about.

    Parameters
    ----------
    sentence : Analysis
        The sentence.

    Returns
    -------
    Clause or None
        That of the first finite verb which an actor of the registry is the subject of; the
        whole sentence where it has but one. A verb that only hands on what someone says gives
        way to the next, and so does one that is denied. None where none names two sides.
    """
    finite = [group for group in sentence.groups if group.form == "finite"]
    for group in finite:
        told = len(finite) > 1 and sentence.reader.role(group) == "report"
        if told or group.negated or not any(mention.actor for mention in group.subject):
            continue
        tokens, tags, mentions = sentence.tokens, sentence.tags, sentence.mentions
        parties = parties_of(group, None, tokens, tags, mentions, "")
        complete(parties, mentions, tokens, tags)
        sides = (parties.actors, parties.recipients)
        if all(any(mention.actor for mention in side) for side in sides):
            bounds = (group.start, group.end) if len(finite) > 1 else (0, len(tokens.words))
            return Clause(group, *bounds, parties)
    return None


def propose_acts(sentence: Analysis) -> list[Act]:
    """Propose the act of a sentence in which the dictionary finds neither act nor claim.

    Parameters
    ----------
    sentence : Analysis
        As `analyse` gives it.

    Returns
    -------
    list of Act
        One, with both of its sides, or none.
    """
    clause = clause_of(sentence)
    if clause is None:
        return []
    known = load_weights()
    features = features_of(sentence, clause.start, clause.end)
    root, margin = choose_root(features, known.weights)
    right = next((right for least, right in known.steps if margin >= least), 0)
    if root == NO_ACT or not right:
        return []
    group = clause.group
    how = f"{PROPOSER} {right}%"
    return [Act(f"{root}0", how, clause.parties, group.first, group.last, group)]
