"""Proposals held to the text: exact words, names it holds, codes there are, days that fit.

Whoever proposes, a record comes only of a proposal that passes every check; the others are
refused with a reason. A proposal cannot name a day, only words that say when.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from cuibono.model.sourced_record import (
    Factuality,
    Party,
    RecordKind,
    SourcedRecord,
    Strength,
)
from cuibono.reading.crosswalk import NO_ACTION, Action, action_of
from cuibono.reading.dates import DateSpan, find_dates
from cuibono.reading.document import Document
from cuibono.reading.mentions import find_mentions
from cuibono.reading.records import Extracted, make_record
from cuibono.reading.tokens import cut_words
from cuibono.vocab.events import cameo_codes

EVENTS = frozenset((RecordKind.EVENT, RecordKind.EVENT_SPAN, RecordKind.EVENT_NOT))
TO_COME = frozenset((Factuality.PLANNED, Factuality.POSSIBLE, Factuality.CONDITIONAL))
LONGEST_QUOTE = 600
TEXTS = ("quote", "kind", "cameo", "when", "holder", "factuality", "strength")
LISTS = ("actors", "recipients")
Word = TypeVar("Word", bound=StrEnum)


class _RefusedError(Exception):
    """A check that a proposal fails; it never leaves this file."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A proposal that became no record.

    Attributes
    ----------
    reason : str
        The check that it failed.
    quote : str
        The words that it gave as its own, cut at 600 characters.
    """

    reason: str
    quote: str


def check_proposal(
    document: Document, sentences: Mapping[tuple[int, int], int], proposal: Any, extractor: str
) -> SourcedRecord | Refusal:
    """Make a record of a proposal, or say why there is none.

    Parameters
    ----------
    document : Document
        The text.
    sentences : mapping of tuple of int to int
        Number of each sentence that the proposer was shown, by its characters.
    proposal : object
        As parsed: a mapping with `quote`, `kind`, `cameo`, `actors`, `recipients`, `when`,
        `holder`, `factuality` and `strength`.
    extractor : str
        Who proposes.

    Returns
    -------
    SourcedRecord or Refusal
        Never an exception, whatever was proposed.

    Examples
    --------
    >>> from cuibono.reading.document import build_document
    >>> document = build_document("Fiji rebuffed Tonga.")
    >>> said = {"quote": "Fiji attacked Tonga", "kind": "event", "cameo": "190"}
    >>> check_proposal(document, {(0, 20): 0}, said, "llm:small").reason
    'the quote is not in the text'
    """
    told = proposal if isinstance(proposal, dict) else {}
    quote = told.get("quote")
    try:
        return _checked(document, sentences, told, extractor)
    except _RefusedError as refused:
        return Refusal(str(refused), quote[:LONGEST_QUOTE] if isinstance(quote, str) else "")


def _checked(
    document: Document,
    sentences: Mapping[tuple[int, int], int],
    told: dict[str, Any],
    extractor: str,
) -> SourcedRecord:
    texts = {name: told.get(name, "") for name in TEXTS}
    lists = {name: told.get(name, []) for name in LISTS}
    _hold(all(isinstance(text, str) for text in texts.values()), "a field is no text")
    _hold(
        all(
            isinstance(names, list) and all(isinstance(name, str) for name in names)
            for names in lists.values()
        ),
        "a side is no list of names",
    )
    sentence, number, span = _placed(document, sentences, texts["quote"])
    kind = _one_of(RecordKind, texts["kind"], "kind")
    factuality = _one_of(Factuality, texts["factuality"] or "occurred", "factuality")
    strength = _one_of(Strength, texts["strength"] or "S5", "strength")
    action = _action(kind, texts["cameo"])
    actors, recipients = (
        tuple(_party(document, name) for name in lists[side])
        for side in ("actors", "recipients")
    )
    _hold(bool(actors or recipients), "it names nobody")
    when = _dated(document, sentence, texts["when"], factuality)
    author = document.author or "author"
    said_by = () if texts["holder"] in {"", "author", author} else (texts["holder"],)
    holders = (author, *(_party(document, name).actor for name in said_by))
    found = Extracted(
        kind=kind,
        actors=actors,
        recipients=recipients,
        when=when,
        holders=holders,
        factuality=factuality,
        strength=strength,
        cue=None,
        extractor=extractor,
        action=action,
    )
    return make_record(document, number, span, found)


def _hold(fact: bool, otherwise: str) -> None:
    if not fact:
        raise _RefusedError(otherwise)


def _placed(
    document: Document, sentences: Mapping[tuple[int, int], int], quote: str
) -> tuple[tuple[int, int], int, tuple[int, int]]:
    """Find the one sentence that holds a quote."""
    _hold(0 < len(quote.strip()) <= LONGEST_QUOTE, "the quote is empty or very long")
    for (start, end), number in sentences.items():
        at = document.prose.find(quote, start, end)
        if at >= 0:
            return (start, end), number, (at, at + len(quote))
    raise _RefusedError("the quote is not in the text")


def _one_of(words: type[Word], said: str, what: str) -> Word:
    try:
        return words(said)
    except ValueError as error:
        raise _RefusedError(f"no such {what}") from error


def _action(kind: RecordKind, code: str) -> Action:
    if kind not in EVENTS:
        return NO_ACTION
    _hold(code in cameo_codes(), "no such CAMEO code")
    return action_of(code)


def _party(document: Document, name: str) -> Party:
    """Resolve a name that the text holds to the one actor that it means."""
    whole = rf"(?<!\w){re.escape(name)}(?!\w)"
    held = bool(name.strip()) and re.search(whole, document.prose) is not None
    _hold(held, "a name is not in the text")
    found = find_mentions(cut_words(name, 0, 0, len(name)), document.written)
    actors = {mention.actor for mention in found}
    _hold(len(actors) == 1 and "" not in actors, "a name is no one actor")
    return Party(found[0].actor, found[0].sector, name, found[0].others)


def _dated(
    document: Document, sentence: tuple[int, int], words: str, factuality: Factuality
) -> DateSpan | None:
    if not words:
        return None
    at = document.prose.find(words, *sentence)
    _hold(at >= 0, "the words that say when are not in the sentence")
    found = find_dates(document.prose, at, at + len(words), document.written)
    _hold(len(found) == 1, "the words that say when are no date")
    latest = document.bounds[1]
    begun = found[0].day_from
    late = latest is not None and begun is not None and begun > latest
    _hold(factuality in TO_COME or not late, "it came about after the text was written")
    return found[0]
