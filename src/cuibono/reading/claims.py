"""What is said beyond acts: purposes, motives, links, gaps, causes, outlooks and the like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import islice

from cuibono.model.sourced_record import RecordKind
from cuibono.reading.wordlists import read_toml, words_of

MOST_OF_A_KIND = 2
# "Did not lead to" claims no cause, and "not making any linkage" no link; "did not act because
# of" claims one, and "not clear" is a gap all the same.
_NOT = r"(?:\bnot|\bnever|n['’]t)"
DENIED = {
    RecordKind.CAUSAL: re.compile(_NOT + r"\W+\Z"),
    RecordKind.REACTION: re.compile(_NOT + r"\W+\Z"),
    RecordKind.ATTRIBUTED_MOTIVE: re.compile(_NOT + r"\W+\Z"),
    RecordKind.LINKAGE: re.compile(_NOT + r"(?:\W+\w+){0,3}\W+\Z"),
}
BEFORE = 40
GAP = r"(?:\W+[\w.'’]+){0,10}?\W+"


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim that a sentence makes.

    Attributes
    ----------
    kind : RecordKind
        What sort of claim.
    start, end : int
        Characters of the words that show it, half-open.
    """

    kind: RecordKind
    start: int
    end: int


def _pattern(words: tuple[str, ...]) -> str:
    text = " ".join(words)
    parts = [r"\W+".join(map(_choice, part.split())) for part in text.split("@")]
    return GAP.join(parts)


def _choice(word: str) -> str:
    """Turn "is/was" into either."""
    choices = [re.escape(each) for each in word.split("/")]
    return choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})"


@cache
def load_claims() -> tuple[tuple[RecordKind, re.Pattern[str]], ...]:
    """Read the frames of claims.

    Returns
    -------
    tuple of tuple of RecordKind and pattern
        One a kind; the longest match of a kind wins.
    """
    found = []
    for name, table in read_toml("claims.toml").items():
        kind = RecordKind("state" if name == "state" else f"claim:{name}")
        listed = sorted(words_of(table["words"]), key=lambda words: -len(" ".join(words)))
        body = "|".join(_pattern(words) for words in listed)
        found.append((kind, re.compile(rf"\b(?:{body})\b", re.IGNORECASE)))
    return tuple(found)


def find_claims(text: str, start: int, end: int) -> list[Claim]:
    """Find the claims of one sentence, at most two of a kind.

    Parameters
    ----------
    text : str
        The whole text.
    start, end : int
        The sentence, half-open.

    Returns
    -------
    list of Claim
        In order of the text.

    Examples
    --------
    >>> text = "It is not clear on what evidence the claim rests."
    >>> [claim.kind.value for claim in find_claims(text, 0, len(text))]
    ['claim:evidence_gap']
    """
    claims = []
    for kind, pattern in load_claims():
        for found in islice(pattern.finditer(text, start, end), MOST_OF_A_KIND):
            first, last = found.span()
            denied = DENIED.get(kind)
            if not denied or not denied.search(text, max(start, first - BEFORE), first):
                claims.append(Claim(kind, first, last))
    whole = [claim for claim in claims if not any(_holds(other, claim) for other in claims)]
    return sorted(whole, key=lambda claim: claim.start)


def _holds(other: Claim, claim: Claim) -> bool:
    """Say whether a claim is told by part of the words of another of its kind."""
    inside = other.start <= claim.start and claim.end <= other.end
    return other is not claim and other.kind is claim.kind and inside
