"""A sourced record: a claim with a holder, and the exact words it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class RecordKind(StrEnum):
    """What a record says."""

    EVENT = "event"
    EVENT_SPAN = "event_span"
    EVENT_NOT = "event_not"
    STATE = "state"
    DECLARED_PURPOSE = "claim:declared_purpose"
    ATTRIBUTED_MOTIVE = "claim:attributed_motive"
    LINKAGE = "claim:linkage"
    DOUBLE_STANDARD = "claim:double_standard"
    EVIDENCE_GAP = "claim:evidence_gap"
    CAUSAL = "claim:causal"
    OUTLOOK = "claim:outlook"
    REACTION = "claim:reaction"
    CAPABILITY = "claim:capability"


class Factuality(StrEnum):
    """Whether what a record says came about."""

    OCCURRED = "occurred"
    ONGOING = "ongoing"
    HABITUAL = "habitual"
    PLANNED = "planned"
    POSSIBLE = "possible"
    CONDITIONAL = "conditional"
    NEGATED = "negated"


class Strength(StrEnum):
    """How firmly its holder stands behind a record."""

    ASSERTED = "S5"
    PROBABLE = "S4"
    POSSIBLE = "S3"
    REPORTED = "S2"
    DOUBTED = "S1"
    NORMATIVE = "N"


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a record as the text names it.

    Attributes
    ----------
    actor : str
        Our id; empty where the text names only an agent ("rebels").
    sector : str
        What part of the actor it is (GOV, MIL, REB); empty for the whole.
    text : str
        The words that name it.
    others : tuple of str
        Ids of what else those words may mean.
    """

    actor: str
    sector: str = ""
    text: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcedRecord:
    """One claim read from a document.

    Attributes
    ----------
    id : str
        The same for the same claim at the same place of the same text.
    document : str
        SHA-256 of the text that the offsets count in.
    sentence : int
        Number of the sentence in the text, from 0.
    start, end : int
        Characters of the quote in the text, half-open.
    quote : str
        `text[start:end]`, exactly.
    kind : RecordKind
        What the record says.
    actors, recipients : tuple of Party
        Who does it or is spoken of; whom it reaches.
    event_type, mode, context, cameo : str
        PLOVER type, mode and contexts, and the CAMEO code they come from; empty for a claim
        without an act, the type also where PLOVER has none for the code.
    day_from, day_to : date or None
        Half-open span of days; None where the text gives no bound.
    precision : str
        How much of the date is known: day, week, month, year, span or none.
    dated_by : str
        The words that gave the date, or "dateline"; empty for none.
    holders : tuple of str
        Who says it, the author of the document first.
    factuality : Factuality
        Whether it came about.
    strength : Strength
        How firmly the last holder stands behind it.
    cue : tuple of int or None
        Where the words stand that decided the strength.
    links : tuple of str
        Ids of explanations that a person linked it to.
    extractor : str
        The rule, model or person it comes from.
    status : str
        proposed, accepted, edited or rejected.
    version : int
        1 as read; one more at each review.
    """

    id: str
    document: str
    sentence: int
    start: int
    end: int
    quote: str
    kind: RecordKind
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    event_type: str = ""
    mode: str = ""
    context: str = ""
    cameo: str = ""
    day_from: date | None = None
    day_to: date | None = None
    precision: str = "none"
    dated_by: str = ""
    holders: tuple[str, ...] = ()
    factuality: Factuality = Factuality.OCCURRED
    strength: Strength = Strength.ASSERTED
    cue: tuple[int, int] | None = None
    links: tuple[str, ...] = ()
    extractor: str = "rules"
    status: str = "proposed"
    version: int = 1
