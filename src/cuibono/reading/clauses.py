"""Clauses: where each begins and ends, what governs it and who its subject is."""

from __future__ import annotations

from collections.abc import Iterator

from cuibono.reading.lexicon import load_lexicon
from cuibono.reading.mentions import Mention
from cuibono.reading.tagging import CALENDAR, VERBAL, Tag
from cuibono.reading.tokens import Tokens
from cuibono.reading.verb_groups import SKIPPED, VerbGroup

# "Thousands of Serbs fled" and "mobs in Belgrade rioted", but "the challenge for Serbia is".
CONCERNING = frozenset(("for", "with", "to", "on", "about", "against", "towards"))
# "Putin at the UN calling on all": whoever stands before the place acts.
PLACES = frozenset(("at", "in", "near"))
RELATIVE = frozenset(("who", "which", "that", "whom"))


def bound_clauses(
    groups: list[VerbGroup], tokens: Tokens, tags: list[Tag], mentions: list[Mention]
) -> None:
    """Say where each clause begins and ends, what governs it and who its subject is.

    Parameters
    ----------
    groups : list of VerbGroup
        As `find_groups` gives them; completed in place.
    tokens : Tokens
        The sentence.
    tags : list of Tag
        One a word.
    mentions : list of Mention
        The actors named.
    """
    n = len(tags)
    finite: VerbGroup | None = None
    for k, group in enumerate(groups):
        before = groups[k - 1] if k else None
        group.start = before.last if before else 0
        following = next((g for g in groups[k + 1 :] if g.form == "finite"), None)
        group.end = _clause_end(group, following, tokens, tags, n)
        if group.form == "finite":
            _find_subject(group, finite, tokens, tags, mentions)
            near = before if before is not None and before.form != "finite" else finite
            group.governor = _report_before(group, near, tags) or _report_before(
                group, finite, tags
            )
            finite = group
        else:
            _inherit_subject(group, before, finite, tokens, tags, mentions)


def _clause_end(
    group: VerbGroup, following: VerbGroup | None, tokens: Tokens, tags: list[Tag], n: int
) -> int:
    limit = following.first if following else n
    for i in range(group.last, limit):
        if tags[i] is Tag.STOP and tokens.words[i] != ":":
            return i
        if tags[i] is Tag.SUBORDINATOR and (following or _opens_gerund(tags, i + 1)):
            return i
    if following is None:
        return n
    i = limit - 1
    while i > group.last and tags[i] in (Tag.ADVERB, Tag.NOT):
        i -= 1
    if tags[i] is Tag.CONJUNCTION:
        return i
    for j in range(limit - 1, group.last - 1, -1):
        if tags[j] is Tag.COMMA:
            return j
    for j in range(limit - 1, group.last - 1, -1):
        if tags[j] is Tag.CONJUNCTION:
            return j
    return group.last


def _opens_gerund(tags: list[Tag], i: int) -> bool:
    """Say whether "while openly backing" begins here, adverbs passed over."""
    while i < len(tags) and tags[i] is Tag.ADVERB:
        i += 1
    return i < len(tags) and tags[i] is Tag.ING


def _report_before(
    group: VerbGroup, finite: VerbGroup | None, tags: list[Tag]
) -> VerbGroup | None:
    """Give the verb whose that-clause this is, said or left out."""
    if finite is None:
        return None
    roles = {load_lexicon().verb_classes[c].role for c in finite.classes}
    if not roles & {"report", "agree", "demand", "appeal", "refuse", "threaten"}:
        return finite.governor if _is_coordinated(group, tags) else None
    between = tags[finite.last : group.first]
    if Tag.STOP in between or (Tag.COMMA in between and Tag.SUBORDINATOR not in between):
        return None
    if _is_coordinated(group, tags):
        return finite.governor
    return finite


def _is_coordinated(group: VerbGroup, tags: list[Tag]) -> bool:
    i = group.first - 1
    while i >= 0 and tags[i] in (Tag.ADVERB, Tag.NOT):
        i -= 1
    return i >= 0 and tags[i] is Tag.CONJUNCTION


def _find_subject(
    group: VerbGroup,
    finite: VerbGroup | None,
    tokens: Tokens,
    tags: list[Tag],
    mentions: list[Mention],
) -> None:
    if finite is not None and _is_coordinated(group, tags):
        group.subject, group.pronoun = finite.subject, finite.pronoun
        group.start = group.first
        return
    i = group.first - 1
    while i >= 0 and tags[i] in (Tag.ADVERB, Tag.NOT):
        i -= 1
    floor = finite.last if finite else 0
    if i >= floor and tokens.words[i] in RELATIVE and i > 0:
        earlier = [m for m in mentions if m.last <= i and m.first >= i - 12]
        group.subject, group.start = earlier[-1:], i
        return
    group.start, stop = _segment(floor, group.first, tags)
    inside = [m for m in mentions if group.start <= m.first < stop and not m.modifier]
    meant = [m for m in inside if group.passive or not _concerns(m, tokens, tags, group.start)]
    group.subject = _heads(meant, tags, group.start, floor, mentions)
    if not group.subject:
        words = tokens.words[group.start : stop]
        pronouns = load_lexicon().kinds["pronoun"]
        group.pronoun = next((w for w in reversed(words) if w in pronouns), "")
        if not group.pronoun and not inside:
            group.subject = _stranger(tokens, tags, group.start, stop)


def _stranger(tokens: Tokens, tags: list[Tag], start: int, stop: int) -> list[Mention]:
    """Name a subject that no registry knows: the first run of capitals that holds no verb."""
    raw = tokens.raw
    for i in range(start, stop):
        if tags[i] is not Tag.NOUN or not raw[i][0].isupper():
            continue
        last = i + 1
        while last < stop and tags[last] is Tag.NOUN and raw[last][0].isupper():
            last += 1
        governed = i > start and tags[i - 1] in (Tag.PREPOSITION, Tag.TO)
        if not governed and (i > 0 or last - i > 1) and tokens.words[i] not in CALENDAR:
            return [Mention(i, last, "", "", "stranger")]
    return []


def _segment(floor: int, verb: int, tags: list[Tag]) -> tuple[int, int]:
    """Find the stretch before a verb that holds its subject: an aside in commas is passed."""
    i = verb - 1
    while i >= floor and tags[i] in (Tag.ADVERB, Tag.NOT):
        i -= 1
    stop = verb
    if i > floor and tags[i] is Tag.COMMA:
        opening = next((j for j in range(i - 1, floor - 1, -1) if tags[j] is Tag.COMMA), None)
        if opening is not None and opening > floor:
            stop = opening
    start = floor
    for j in range(stop - 1, floor - 1, -1):
        if tags[j] in (Tag.SUBORDINATOR, Tag.STOP, Tag.QUOTE):
            start = j + 1
            break
        if tags[j] is Tag.COMMA and j < stop - 1:
            start = j + 1
            break
    return start, stop


def _heads(
    inside: list[Mention], tags: list[Tag], start: int, floor: int, mentions: list[Mention]
) -> list[Mention]:
    free = [m for m in inside if not _is_governed(m, tags, start)]
    if not inside:
        return []
    first = (free or inside)[0]
    return joined_with(first, tags, mentions, floor)


def _is_governed(mention: Mention, tags: list[Tag], start: int) -> bool:
    i = mention.first - 1
    while i >= start and tags[i] in (*SKIPPED, Tag.NOUN, Tag.POSSESSIVE):
        i -= 1
    return i >= start and tags[i] in (Tag.PREPOSITION, Tag.TO)


def _concerns(mention: Mention, tokens: Tokens, tags: list[Tag], start: int) -> bool:
    """Say whether a noun before a mention is the subject: "the challenge for Serbia is"."""
    for i in range(mention.first - 1, start, -1):
        if tags[i] in (Tag.PREPOSITION, Tag.TO):
            return tokens.words[i] in CONCERNING and Tag.NOUN in tags[start:i]
    return False


def joined_with(
    mention: Mention, tags: list[Tag], mentions: list[Mention], floor: int = 0
) -> list[Mention]:
    """Give a mention with those that "and" or commas join it to.

    Parameters
    ----------
    mention : Mention
        One of them.
    tags : list of Tag
        One a word.
    mentions : list of Mention
        All of the sentence.
    floor : int, default 0
        Mentions before this word are left out.

    Returns
    -------
    list of Mention
        In order.
    """
    if mention.role == "stranger":
        return [mention]
    at = mentions.index(mention)
    low = high = at
    while (
        low > 0
        and mentions[low - 1].first >= floor
        and _joined(mentions[low - 1], mentions[low], tags)
    ):
        low -= 1
    while high + 1 < len(mentions) and _joined(mentions[high], mentions[high + 1], tags):
        high += 1
    chain = mentions[low : high + 1]
    if len(chain) > 1 and not _has_conjunction(chain, tags):
        return [mention]
    return [m for m in chain if not m.modifier]


def _joined(left: Mention, right: Mention, tags: list[Tag]) -> bool:
    gap = tags[left.last : right.first]
    links = [tag for tag in gap if tag in (Tag.CONJUNCTION, Tag.COMMA)]
    passed = (*SKIPPED, Tag.NOUN, Tag.CONJUNCTION, Tag.COMMA, Tag.POSSESSIVE, Tag.ASIDE)
    if not gap:
        return left.role == "demonym" == right.role and left.actor != right.actor
    return bool(links) and len(gap) <= 6 and all(tag in passed for tag in gap)


def _has_conjunction(chain: list[Mention], tags: list[Tag]) -> bool:
    inside = tags[chain[0].last : chain[-1].first]
    return Tag.CONJUNCTION in inside or not inside


def _inherit_subject(
    group: VerbGroup,
    before: VerbGroup | None,
    finite: VerbGroup | None,
    tokens: Tokens,
    tags: list[Tag],
    mentions: list[Mention],
) -> None:
    """Find who does what an infinitive, a gerund or a participle says."""
    group.governor = before
    own = [m for m in mentions if before and before.last <= m.first < group.first]
    if group.form == "participle":
        near = [m for m in mentions if m.last <= group.first and m.first >= group.first - 8]
        group.subject = near[-1:]
        return
    beside = [m for m in mentions if m.last == group.first and not m.modifier]
    if beside and preposition_of(beside[0], tokens, tags, 0) in PLACES:
        beside = [m for m in mentions if m.last < beside[0].first][-1:]
    if group.form == "ing" and beside:
        group.subject = joined_with(beside[0], tags, mentions)
        return
    if before is None:
        return
    controls = _controls(before)
    if controls and own and (group.form == "infinitive" or _follows(tags, group)):
        group.subject = joined_with(own[0], tags, mentions, before.last)
        return
    if before.passive and before.subject and controls:
        group.subject, group.pronoun = before.subject, before.pronoun
        return
    source = before if before.subject or before.pronoun else finite
    if source is not None:
        group.subject, group.pronoun = source.subject, source.pronoun


def _controls(group: VerbGroup) -> bool:
    classes = load_lexicon().verb_classes
    return any(
        classes[name].control == "object" or name in {"accuse", "criticise", "praise", "cease"}
        for name in group.classes
    )


def _follows(tags: list[Tag], group: VerbGroup) -> bool:
    return group.first > 0 and tags[group.first - 1] in (Tag.PREPOSITION, Tag.NOUN)


def preposition_of(mention: Mention, tokens: Tokens, tags: list[Tag], floor: int) -> str:
    """Give the preposition that governs a mention.

    Parameters
    ----------
    mention : Mention
        Whom it may govern.
    tokens : Tokens
        The sentence.
    tags : list of Tag
        One a word.
    floor : int
        Words before this one are not looked at.

    Returns
    -------
    str
        In lower case; empty for none.
    """
    i = mention.first - 1
    while i >= floor:
        if tags[i] in (Tag.PREPOSITION, Tag.TO):
            return tokens.words[i]
        if tags[i] in VERBAL or tags[i] in (Tag.STOP, Tag.QUOTE):
            return ""
        i -= 1
    return ""


def classes_in(tokens: Tokens, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Find the nouns of the dictionary in a stretch of words, longest at each place.

    Parameters
    ----------
    tokens : Tokens
        The sentence.
    start, end : int
        Words looked at, half-open.

    Yields
    ------
    tuple of int, int and str
        First and last word, half-open, and class.
    """
    nouns, words = load_lexicon().nouns, tokens.words
    i = start
    while i < end:
        step = 1
        for phrase in nouns.get(words[i], ()):
            size = len(phrase.rest)
            if not size or tuple(words[i + 1 : i + 1 + size]) == phrase.rest:
                if i + 1 + size > end:
                    continue
                if step > 1 and size + 1 < step:
                    break
                yield i, i + 1 + size, phrase.word_class
                step = max(step, 1 + size)
        i += step
