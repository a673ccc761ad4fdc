"""Whom a pronoun means: who spoke or acted last; light, and only for subjects."""

from __future__ import annotations

from cuibono.reading.mentions import Mention
from cuibono.reading.verb_groups import VerbGroup
from cuibono.reading.wordlists import word_set

SINGULAR = word_set("singular")
OURSELVES = frozenset(("i", "we", "us"))
PLURAL = frozenset(("they", "them", "themselves"))


def resolve_pronouns(groups: list[VerbGroup], memory: list[Mention]) -> None:
    """Give verbs whose subject is a pronoun the subject that it stands for.

    In a sentence in which someone speaks a pronoun is the speaker; elsewhere it is the subject
    of the clause before.

    Parameters
    ----------
    groups : list of VerbGroup
        Of one sentence, bounded; completed in place.
    memory : list of Mention
        The last subject before the sentence; replaced by the last one in it.
    """
    last = list(memory)
    speaker: list[Mention] = []
    for group in groups:
        if group.pronoun and not group.subject:
            spoken = group.governor.subject if group.governor else []
            meant = spoken or speaker or last
            if group.pronoun in OURSELVES:
                group.subject = _speaker(groups, group)
            elif group.pronoun in PLURAL:
                group.subject = [] if _is_one_person(meant) else list(meant)
            elif group.pronoun in SINGULAR:
                group.subject = meant[:1]
        if "say" in group.classes and any(mention.actor for mention in group.subject):
            speaker = group.subject
        if any(mention.actor for mention in group.subject):
            last = [mention for mention in group.subject if mention.actor]
    memory[:] = last


def _is_one_person(meant: list[Mention]) -> bool:
    """Say whether "they" cannot be meant: one leader is he or she."""
    return len(meant) == 1 and meant[0].role in {"person", "surname"}


def _speaker(groups: list[VerbGroup], group: VerbGroup) -> list[Mention]:
    """Find whoever the sentence quotes: ", the president said" behind the words."""
    for other in reversed(groups):
        if other is not group and "say" in other.classes and other.subject:
            return list(other.subject)
    return []
