"""Who acts on whom: the subject and the objects of a verb, and the sides of a noun."""

from __future__ import annotations

from dataclasses import dataclass, field

from cuibono.reading.clauses import joined_with, preposition_of
from cuibono.reading.mentions import MADE_BY, Mention
from cuibono.reading.tagging import Tag
from cuibono.reading.tokens import Tokens
from cuibono.reading.verb_groups import VerbGroup

# Behind these an actor is where something happens rather than whom it reaches.
PLACING = frozenset(("in", "at", "near", "outside", "across", "through", "via", "by", "during"))
# Acts that reach nobody else, for which none is sought beyond the clause.
ALONE = ("0831", "0871", "0873", "0874")


# Acts that sides do together, acts that a state may do to its own, and those that it does
# to its own where nobody else is named.
MUTUAL = ("040", "041", "044", "046", "05", "06", "03", "0871", "19")
DOMESTIC: tuple[str, ...] = (
    "01",
    "02",
    "03",
    "07",
    "08",
    "09",
    "10",
    "11",
    "12",
    "13",
    "14",
    "17",
    "18",
)
DOMESTIC += ("19", "20")
UPON_ITSELF = ("081", "082", "0834", "14", "172")
IN_PLACE = frozenset(("in", "at", "near", "over", "outside", "across"))
# Police and rebels belong to a country, not to one of these.
NO_HOME = ("igo", "bloc", "non_state")
WITH = frozenset(("with", "to", "against"))


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
    code: str,
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
    code : str
        CAMEO code of the act, which says whether its sides act together, and whether one
        state can do it to itself.

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
    both = code.startswith(MUTUAL)
    if both and len(actors) > 1:
        behind = [m for m in behind if preposition_of(m, tokens, tags, group.last) in WITH]
    within = code.startswith(DOMESTIC)
    recipients = _recipients(group, behind, actors, tokens, tags, mentions, within)
    if not recipients and len(actors) < 2 and not code.startswith(ALONE):
        recipients = _elsewhere(group, actors, mentions, both)
    if not recipients and code.startswith(UPON_ITSELF):
        recipients = actors[:1]
    return Parties(actors, recipients)


def _rest(behind: list[Mention], agents: list[Mention]) -> list[Mention]:
    return [m for m in behind if m not in agents][:1]


def _differs(mention: Mention, actors: list[Mention]) -> bool:
    """Say whether a side is another one: rebels and their state are two, a state is one."""
    return all(
        mention is not actor
        and (mention.actor != actor.actor or _part(mention) != _part(actor))
        for actor in actors
    )


def _part(mention: Mention) -> str:
    return "" if mention.sector == "GOV" else mention.sector


def _recipients(
    group: VerbGroup,
    behind: list[Mention],
    actors: list[Mention],
    tokens: Tokens,
    tags: list[Tag],
    mentions: list[Mention],
    within: bool,
) -> list[Mention]:
    options = []
    for mention in behind:
        if mention.modifier or mention in actors:
            continue
        preposition = preposition_of(mention, tokens, tags, group.last)
        rank = preposition in PLACING
        foreign = mention.actor and all(mention.actor != actor.actor for actor in actors)
        if not foreign and not (within and _differs(mention, actors)):
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
    """Look beyond the clause: the nearest other actor before it, or behind it."""
    foreign = [
        m
        for m in mentions
        if m.actor and not m.modifier and all(m.actor != a.actor for a in actors)
    ]
    before = [m for m in foreign if m.last <= group.first]
    speakers = [m for other in _governors(group) for m in other.subject]
    behind = [m for m in foreign if m.first >= group.last and m not in speakers]
    if both or group.governor is None:
        return before[-1:] or behind[:1]
    return behind[:1]


def _governors(group: VerbGroup) -> list[VerbGroup]:
    found = []
    while group.governor is not None and group.governor not in found:
        group = group.governor
        found.append(group)
    return found


def complete(
    parties: Parties, mentions: list[Mention], tokens: Tokens, tags: list[Tag]
) -> None:
    """Give agents without a country the one they act in: "police" in a story of one state.

    A place ("in Mali") comes before the country of those they act on.

    Parameters
    ----------
    parties : Parties
        Completed in place.
    mentions : list of Mention
        All of the sentence.
    tokens : Tokens
        The sentence.
    tags : list of Tag
        One a word.
    """
    named = [m for m in mentions if m.actor and not m.actor.startswith(NO_HOME)]
    for side in (parties.actors, parties.recipients):
        for mention in side:
            homeless = mention.role == "people" or not mention.actor
            others = [m for m in named if m is not mention and m.role != "people"]
            if not homeless or mention.role == "stranger" or not others:
                continue
            if any(_backs(m, mention, tokens) for m in mentions):
                continue
            opposite = parties.recipients if side is parties.actors else parties.actors
            mention.actor = min(
                others,
                key=lambda m: (
                    any(m is other for other in opposite) and side is parties.actors,
                    preposition_of(m, tokens, tags, 0) not in IN_PLACE,
                    abs(m.first - mention.first),
                ),
            ).actor


def _backs(other: Mention, mention: Mention, tokens: Tokens) -> bool:
    """Say whether an agent is another's: "Western-backed rebels" of a country not named."""
    return other.last == mention.first - 1 and tokens.words[other.last] in MADE_BY
