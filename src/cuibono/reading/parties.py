"""Who acts on whom: the subject and the objects of a verb, and the sides of a noun."""

from __future__ import annotations

from dataclasses import dataclass, field

from cuibono.reading.clauses import joined_with, preposition_of
from cuibono.reading.lexicon import load_lexicon
from cuibono.reading.mentions import Mention
from cuibono.reading.tagging import Tag
from cuibono.reading.tokens import Tokens
from cuibono.reading.verb_groups import VerbGroup

# Which preposition leads to the recipient, the likeliest first; empty for a direct object.
ORDER: tuple[str, ...] = (
    "",
    "against",
    "to",
    "with",
    "on",
    "upon",
    "at",
    "toward",
    "towards",
    "between",
)
ORDER += ("among", "from", "into", "for", "over", "of", "about", "in", "through", "via")
RANK = {word: rank for rank, word in enumerate(ORDER)}


@dataclass(slots=True)
class Parties:
    """Who acts and whom it reaches.

    Attributes
    ----------
    actors, recipients : list of Mention
        In order of the text.
    """

    actors: list[Mention] = field(default_factory=list)
    recipients: list[Mention] = field(default_factory=list)


def parties_of(
    group: VerbGroup,
    inner: VerbGroup | None,
    tokens: Tokens,
    tags: list[Tag],
    mentions: list[Mention],
    both: bool,
) -> Parties:
    """Find who acts and on whom for one verb.

    Parameters
    ----------
    group : VerbGroup
        The verb.
    inner : VerbGroup or None
        The verb it governs, whose objects count as its own.
    tokens : Tokens
        The sentence.
    tags : list of Tag
        One a word.
    mentions : list of Mention
        The actors named.
    both : bool
        Whether the act is of a kind that its sides do together.

    Returns
    -------
    Parties
        Either side may be empty.
    """
    end = max(group.end, inner.end if inner else 0)
    behind = [m for m in mentions if group.head < m.first < end]
    if group.passive:
        agents = [m for m in behind if preposition_of(m, tokens, tags, group.last) == "by"]
        agents = joined_with(agents[0], tags, mentions) if agents else []
        if group.form == "finite" or agents:
            return Parties(agents, list(group.subject) or _rest(behind, agents))
    actors = list(group.subject)
    recipients = _recipients(group, behind, actors, tokens, tags, mentions)
    if not recipients and len(actors) < 2:
        recipients = _elsewhere(group, actors, mentions, both)
    return Parties(actors, recipients)


def _rest(behind: list[Mention], agents: list[Mention]) -> list[Mention]:
    return [m for m in behind if m not in agents][:1]


def _differs(mention: Mention, actors: list[Mention]) -> bool:
    return all(
        mention is not actor
        and (mention.actor != actor.actor or (mention.sector or "x") != (actor.sector or "x"))
        for actor in actors
    )


def _recipients(
    group: VerbGroup,
    behind: list[Mention],
    actors: list[Mention],
    tokens: Tokens,
    tags: list[Tag],
    mentions: list[Mention],
) -> list[Mention]:
    options = []
    for mention in behind:
        if mention.modifier or mention in actors:
            continue
        preposition = preposition_of(mention, tokens, tags, group.last)
        rank = RANK.get(preposition, len(ORDER))
        foreign = mention.actor and all(mention.actor != actor.actor for actor in actors)
        if not foreign and not _differs(mention, actors):
            continue
        weak = 0 if foreign else 1 if mention.role == "agent" and not mention.actor else 2
        options.append((weak, rank, mention.first, mention))
    if not options:
        return []
    best = min(options, key=lambda option: option[:3])[3]
    return [m for m in joined_with(best, tags, mentions, group.last) if m in behind]


def _elsewhere(
    group: VerbGroup, actors: list[Mention], mentions: list[Mention], both: bool
) -> list[Mention]:
    """Look beyond the clause: the nearest other actor before it."""
    before = [
        m
        for m in mentions
        if m.last <= group.first and m.actor and not m.modifier and m not in actors
    ]
    foreign = [m for m in before if all(m.actor != a.actor for a in actors)]
    return foreign[-1:] if both or group.governor is None else []


def complete(parties: Parties, mentions: list[Mention]) -> None:
    """Give agents without a country the nearest one: "police" in a story of one state.

    Parameters
    ----------
    parties : Parties
        Completed in place.
    mentions : list of Mention
        All of the sentence.
    """
    for mention in (*parties.actors, *parties.recipients):
        if mention.actor or mention.role == "stranger":
            continue
        named = [m for m in mentions if m.actor and not m.actor.startswith(("igo", "bloc"))]
        if named:
            near = min(named, key=lambda other: abs(other.first - mention.first))
            mention.actor = near.actor


def sectors() -> frozenset[str]:
    """Give the sectors that agent nouns stand for.

    Returns
    -------
    frozenset of str
        As in `agents.toml`.
    """
    return frozenset(
        sector for entries in load_lexicon().agents.values() for sector, _ in entries
    )
