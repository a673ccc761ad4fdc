"""GDELT 2.0 lines recognised column by column, in NumPy alone: the plain twin of the loop."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from cuibono.sources.gdelt.codebook import (
    DATES,
    FIRST_DATE,
    MASKS,
    NO_DAY,
    UNDECIDED,
    codes,
)
from cuibono.sources.gdelt.cutting import EDGES, PAD, WORDS, cut_lines, words_in
from cuibono.sources.gdelt.rows import Bools, Ints, Recognised, Rows, Shorts
from cuibono.sources.keys import ABSENT, WORD_BYTES, Words

Ends: TypeAlias = Mapping[str, Ints]
T = TypeVar("T", bound=np.generic)
ZEROS = np.uint64(0x3030303030303030)
EIGHT = np.uint64(8)
CODE = MASKS[4]
DAY_DIGITS, STAMP_DIGITS = 8, 14


def recognise_by_columns(text: bytes) -> Iterator[Recognised]:
    """Recognise plain lines.

    Parameters
    ----------
    text : bytes
        Lines that each end with a newline.

    Yields
    ------
    Recognised
        What `recognise_by_loops` gives, in one.
    """
    size = len(text)
    text += PAD
    lines = cut_lines(text, size)
    end = dict(zip(EDGES, np.ascontiguousarray(lines.edges.T), strict=True))
    word = dict(zip(WORDS, np.ascontiguousarray(lines.words.T), strict=True))
    length = end["GLOBALEVENTID"] - lines.starts[lines.at]
    key, keyed = _keys(lines.heads, word["key"], length)
    day, dated = _days(word, end)
    channel, typed = _acts(word, end)
    actor, recipient = _parties(words_in(text), word, end)
    sound = keyed & dated & typed & (actor != UNDECIDED) & (recipient != UNDECIDED)
    rows = Rows(key, day, actor, recipient, channel)
    yield Recognised(lines.starts, lines.ends, lines.at, rows).where(sound)


def _keys(head: Words, tail: Words, length: Ints) -> tuple[Ints, Bools]:
    """Read whole numbers of 8 to 16 digits: eight at the end, the rest before them."""
    shift = (length - WORD_BYTES).astype(np.uint64) * EIGHT
    filled = head << (EIGHT * EIGHT - shift) | ZEROS >> shift
    high, high_digits = _in_runs(_eight_digits, filled)
    low, low_digits = _eight_digits(tail)
    usual = (shift <= EIGHT * EIGHT) & (head & MASKS[1] != ZEROS & MASKS[1])
    return high * 10**WORD_BYTES + low, usual & high_digits & low_digits


def _days(word: Mapping[str, Words], end: Ends) -> tuple[NDArray[np.int32], Bools]:
    """Read the day of the event, and say whether it and the moment of adding are in order."""
    long = end["SQLDATE"] - end["GLOBALEVENTID"] == 1 + DAY_DIGITS
    long &= end["DATEADDED"] - end["ActionGeo_FeatureID"] == 1 + STAMP_DIGITS
    day, dated = _in_runs(_judge_days, word["day"], word["stamp"], word["clock"])
    return day, long & dated


def _judge_days(happened: Words, added: Words, timed: Words) -> tuple[NDArray[np.int32], Bools]:
    value, digits = _eight_digits(np.stack((happened, added, timed)))
    day, noted = codes().days[np.clip(value[:2] - FIRST_DATE, 0, DATES)]
    known = (day != NO_DAY) & (noted != NO_DAY)
    return day, digits.all(axis=0) & known & (day <= noted + 1)


def _in_runs(
    function: Callable[..., tuple[NDArray[T], Bools]], *words: Words
) -> tuple[NDArray[T], Bools]:
    """Compute once for all neighbours that say the same, as most lines of a file do."""
    changes = np.zeros(words[0].size, dtype=bool)
    changes[:1] = True
    for column in words:
        changes[1:] |= column[1:] != column[:-1]
    begins = np.flatnonzero(changes)
    lengths = np.diff(begins, append=changes.size)
    value, sound = function(*(column[begins] for column in words))
    return np.repeat(value, lengths), np.repeat(sound, lengths)


def _eight_digits(
    words: Words,
) -> tuple[Ints, Bools]:
    """Read eight digits at once: pairs, then fours, then all of them."""
    digits = words ^ ZEROS
    carries = digits + np.uint64(0x0606060606060606) | digits
    sound = carries & np.uint64(0xF0F0F0F0F0F0F0F0) == 0
    value = digits * np.uint64(10) + (digits >> np.uint64(8))
    value = value & np.uint64(0x00FF00FF00FF00FF)
    value = value * np.uint64(100) + (value >> np.uint64(16))
    value = value & np.uint64(0x0000FFFF0000FFFF)
    value = value * np.uint64(10_000) + (value >> np.uint64(32))
    return (value & np.uint64(0xFFFFFFFF)).view(np.int64), sound


def _acts(word: Mapping[str, Words], end: Ends) -> tuple[Shorts, Bools]:
    """Recognise EventCode, EventBaseCode, EventRootCode and QuadClass, and a score."""
    known = codes()
    act = known.acts.find(word["act"])
    agree = word["act_rest"] & known.rest_mask[act] == known.rest[act]
    length = np.minimum(end["GoldsteinScale"] - end["QuadClass"], WORD_BYTES + 1)
    score = known.scores.find(word["score"] & MASKS[length])
    return known.channel[act], (act != ABSENT) & agree & (score != ABSENT)


def _parties(words: Words, word: Mapping[str, Words], end: Ends) -> Shorts:
    """Book actor and recipient under the known group named, else under the country."""
    known = codes()
    country = np.concatenate((word["actor"], word["recipient"]))
    party = known.state_party[known.states.find(country & CODE)]
    between, after = (
        np.concatenate((end[f"Actor1{column}"], end[f"Actor2{column}"]))
        for column in ("CountryCode", "KnownGroupCode")
    )
    named = np.flatnonzero(after - between != 1)
    group = known.group_party[known.groups.find(words[between[named] + 1] & CODE)]
    party[named] = np.where(group == ABSENT, party[named], group)
    return party.reshape(2, -1)
