"""Read documents: text in, sourced records out, the same ones for the same text."""

from __future__ import annotations

from collections.abc import Mapping

from cuibono.model.sourced_record import (
    Factuality,
    Party,
    RecordKind,
    SourcedRecord,
    Strength,
)
from cuibono.reading.attribution import (
    actors_near,
    holder_name,
    is_doubting,
    quoted_at,
    reporters_of,
    strength_in,
)
from cuibono.reading.claims import Claim, find_claims
from cuibono.reading.crosswalk import NO_ACTION, action_of
from cuibono.reading.dates import DateSpan, find_dates
from cuibono.reading.document import Document
from cuibono.reading.events import Act, Analysis, analyse, find_acts
from cuibono.reading.mentions import Mention
from cuibono.reading.names import Alias
from cuibono.reading.proposer import PROPOSER, propose_acts
from cuibono.reading.records import Extracted, make_record, nearest_date
from cuibono.reading.tokens import cut_words, split_sentences
from cuibono.reading.wordlists import word_set

HABITS = word_set("habit")


def read_document(
    document: Document,
    names: Mapping[str, tuple[Alias, ...]] | None = None,
    *,
    propose: bool = False,
) -> list[SourcedRecord]:
    """Read every record that a document holds.

    Parameters
    ----------
    document : Document
        As a reader of its format gives it.
    names : mapping of str to tuple of Alias or None
        Names of actors, as `with_names` gives them; by default those of the registry.
    propose : bool, default False
        Whether a sentence in which nothing is recognised is put to the proposer.

    Returns
    -------
    list of SourcedRecord
        In order of the text; empty where nothing is recognised.

    Examples
    --------
    >>> from cuibono.reading.document import build_document
    >>> (record,) = read_document(build_document("On 3 May 2016 Israel attacked Syria."))
    >>> record.event_type, record.actors[0].actor, record.quote, str(record.day_from)
    ('ASSAULT', 'ISR', 'Israel attacked Syria', '2016-05-03')
    """
    records: dict[str, SourcedRecord] = {}
    memory: list[Mention] = []
    number = 0
    for start, end in document.blocks:
        for first, last in split_sentences(document.prose, start, end):
            span = (first, last)
            for record in _read_sentence(document, number, span, memory, names, propose):
                records.setdefault(record.id, record)
            number += 1
    return list(records.values())


def _read_sentence(
    document: Document,
    number: int,
    span: tuple[int, int],
    memory: list[Mention],
    names: Mapping[str, tuple[Alias, ...]] | None,
    propose: bool,
) -> list[SourcedRecord]:
    start, end = span
    tokens = cut_words(document.prose, number, start, end)
    if not tokens.words:
        return []
    before = list(memory)
    sentence = analyse(tokens, document.written or document.bounds[0], memory, names)
    dates = find_dates(document.prose, start, end, document.written)
    found = [_event(document, sentence, act, dates) for act in find_acts(sentence)]
    found += [
        record
        for claim in find_claims(document.prose, start, end)
        if (record := _claim(document, sentence, claim, dates, before)) is not None
    ]
    if propose and not found:
        found = [_event(document, sentence, act, dates) for act in propose_acts(sentence)]
    return sorted(found, key=lambda record: (record.start, record.end, record.kind))


def _party(sentence: Analysis, mention: Mention) -> Party:
    """Name a side by its words, or by nothing where they stand in an earlier sentence."""
    here = any(mention is other for other in sentence.mentions) or mention.role == "stranger"
    raw = sentence.tokens.raw[mention.first : mention.last] if here else []
    return Party(mention.actor, mention.sector, " ".join(raw), mention.others)


def _side(sentence: Analysis, mentions: list[Mention]) -> tuple[Party, ...]:
    """List a side, each actor once for each part of it that is named."""
    parties = {(m.actor, m.sector) if m.actor else id(m): m for m in reversed(mentions)}
    return tuple(_party(sentence, mention) for mention in reversed(parties.values()))


def _event(
    document: Document, sentence: Analysis, act: Act, dates: list[DateSpan]
) -> SourcedRecord:
    start, end = _quote(sentence, act)
    clause = _clause(sentence, act, start, end)
    strength, cue = strength_in(document.prose, *clause)
    holders, reported = _holders(document, sentence, act)
    if reported is not None and strength is Strength.ASSERTED:
        strength = reported
    if strength is Strength.ASSERTED and quoted_at(sentence, act.first, act.last):
        strength = Strength.REPORTED
    kind, factuality = _kind(act, sentence)
    found = Extracted(
        kind=kind,
        actors=_side(sentence, act.parties.actors),
        recipients=_side(sentence, act.parties.recipients),
        when=nearest_date(dates, start, end),
        holders=holders,
        factuality=factuality,
        strength=strength,
        cue=cue,
        extractor=act.how if act.how.startswith(PROPOSER) else f"rules:{act.how}",
        action=action_of(act.code),
    )
    return make_record(document, sentence.tokens.number, (start, end), found)


def _quote(sentence: Analysis, act: Act) -> tuple[int, int]:
    """Give the shortest stretch that holds the act and those it joins."""
    words = [act.first, act.last]
    for mention in (*act.parties.actors, *act.parties.recipients):
        near = act.group is None or act.group.start <= mention.first < act.group.end
        known = any(mention is m for m in sentence.mentions)
        if near and known:
            words += [mention.first, mention.last]
    tokens = sentence.tokens
    return tokens.starts[min(words)], tokens.ends[max(words) - 1]


def _clause(sentence: Analysis, act: Act, start: int, end: int) -> tuple[int, int]:
    tokens, group = sentence.tokens, act.group
    if group is None:
        return start, end
    first = tokens.starts[group.start] if group.start < len(tokens.starts) else start
    last = tokens.ends[min(group.end, len(tokens.ends)) - 1]
    return min(first, start), max(last, start)


def _holders(
    document: Document, sentence: Analysis, act: Act
) -> tuple[tuple[str, ...], Strength | None]:
    chain = reporters_of(sentence, act)
    names = [document.author or "author", *(holder_name(sentence, g) for g in chain)]
    if not chain:
        return tuple(names), None
    doubted = any(is_doubting(group) for group in chain)
    return tuple(names), Strength.DOUBTED if doubted else Strength.REPORTED


def _kind(act: Act, sentence: Analysis) -> tuple[RecordKind, Factuality]:
    group = act.group
    if act.negated:
        return RecordKind.EVENT_NOT, Factuality.NEGATED
    if act.conditional:
        return RecordKind.EVENT, Factuality.CONDITIONAL
    if act.future:
        return RecordKind.EVENT, Factuality.PLANNED
    if group is not None and group.modal == "possible":
        return RecordKind.EVENT, Factuality.POSSIBLE
    words = sentence.tokens.words
    if group is not None and (
        group.progressive or (group.perfect and group.head and words[group.head - 1] == "been")
    ):
        return RecordKind.EVENT_SPAN, Factuality.ONGOING
    if group is not None and not group.past and group.form == "finite" and not group.perfect:
        near = words[max(0, group.start) : group.end]
        if HABITS.intersection(near) or "when" in near[:1]:
            return RecordKind.EVENT, Factuality.HABITUAL
    return RecordKind.EVENT, Factuality.OCCURRED


def _claim(
    document: Document,
    sentence: Analysis,
    claim: Claim,
    dates: list[DateSpan],
    memory: list[Mention],
) -> SourcedRecord | None:
    tokens = sentence.tokens
    inside = [i for i, at in enumerate(tokens.starts) if claim.start <= at < claim.end]
    if not inside:
        return None
    before, behind = actors_near(sentence, inside[0], inside[-1] + 1, memory)
    if not before and not behind:
        return None
    group = next(
        (g for g in sentence.groups if g.first <= inside[-1] < max(g.end, g.last)), None
    )
    end = tokens.ends[min(group.end, len(tokens.ends)) - 1] if group else claim.end
    end = max(end, claim.end)
    strength, cue = strength_in(document.prose, claim.start, end)
    found = Extracted(
        kind=claim.kind,
        actors=_side(sentence, before),
        recipients=_side(sentence, behind),
        when=nearest_date(dates, claim.start, end),
        holders=(document.author or "author",),
        factuality=Factuality.OCCURRED,
        strength=strength,
        cue=cue,
        extractor=f"rules:claim {claim.kind.value.removeprefix('claim:')}",
        action=NO_ACTION,
    )
    return make_record(document, sentence.tokens.number, (claim.start, end), found)
