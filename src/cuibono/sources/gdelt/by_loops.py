"""GDELT 2.0 lines recognised in compiled loops, one for each thing that is read of them.

Tabs and newlines are first marked, a bit for each byte. A second loop goes from mark to mark
and keeps the separators that matter; the others read what stands beside them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from cuibono.sources.gdelt.codebook import DATES, FIRST_DATE, MASKS, NO_DAY, UNDECIDED, codes
from cuibono.sources.gdelt.cutting import EDGES, FIELDS, NEWLINE, PLACES, TAB, whole_lines
from cuibono.sources.gdelt.rows import Ints, Recognised, Rows, Shorts
from cuibono.sources.keys import ABSENT, SLOT_BITS, WORD_BYTES, Words
from cuibono.stats.compiled import compiled

Bytes: TypeAlias = NDArray[np.uint8]
Days: TypeAlias = NDArray[np.int32]

MARKED_BYTES = 64
NONE, ONE, BYTE_BITS, NO_NEWLINE = np.uint64(0), np.uint64(1), np.uint64(8), np.uint8(0)
# The place of the only bit that is set, by the highest six bits of a product (de Bruijn).
DE_BRUIJN, ALL_BUT_SIX = np.uint64(0x03F79D71B4CB0A89), np.uint64(58)
BIT = np.empty(64, np.int64)
BIT[[int(DE_BRUIJN) << bit >> 58 & 63 for bit in range(64)]] = np.arange(64)
ALL_BUT_SLOT = np.uint64(64 - SLOT_BITS)
KEPT = np.array(PLACES)
ID, DAY, ROOT, QUAD, SCORE, FEATURE, ADDED, ACTOR, RECIPIENT = (
    EDGES.index(column)
    for column in (
        "GLOBALEVENTID", "SQLDATE", "IsRootEvent", "QuadClass", "GoldsteinScale",
        "ActionGeo_FeatureID", "DATEADDED", "Actor1Name", "Actor2Name",
    )
)  # fmt: skip
# After the name come the country and the known group, of either party.
COUNTRY, GROUP = 1, 2
CODE = MASKS[4]
ZERO, ZEROS = ord("0"), np.uint64(0x3030303030303030)
LONGEST_KEY, DAY_DIGITS, STAMP_DIGITS = 16, 8, 14
MISSING = np.int64(-1)


def recognise_by_loops(text: bytes) -> Iterator[Recognised]:
    """Recognise plain lines, a quarter of a megabyte at a time.

    Parameters
    ----------
    text : bytes
        Lines that each end with a newline.

    Yields
    ------
    Recognised
        The next lines.
    """
    for start, stop in whole_lines(text, len(text)):
        raw = np.frombuffer(text, np.uint8, stop - start, start)
        starts, ends, at, *columns = _recognise(raw, *_tables())
        yield Recognised(starts + start, ends + start, at, Rows(*columns))


@cache
def _tables() -> tuple[Any, ...]:
    """Lay out the codebook as plain arrays, which a compiled loop takes soonest."""
    known = codes()
    slots = (known.acts, known.scores, known.states, known.groups)
    acts, scores, states, groups = (tuple(keys.slots) for keys in slots)
    return (
        known.days,
        (*acts, known.rest, known.rest_mask, known.channel),
        scores,
        (*states, known.state_party),
        (*groups, known.group_party),
    )


@compiled
def _recognise(
    text: Bytes, days: Days, acts: Any, scores: Any, states: Any, groups: Any
) -> tuple[Any, ...]:
    """Give where lines start and end, which are plain, and the columns of `Rows`."""
    marks = np.empty(text.size // MARKED_BYTES + 1, np.uint64)
    lines = _mark(text, marks)
    starts, ends = np.empty(lines, np.int64), np.empty(lines, np.int64)
    at, edges = np.empty(lines, np.int64), np.empty((lines, KEPT.size), np.int64)
    at = at[: _cut(text, marks, starts, ends, at, edges)]
    n = at.size
    key, day, channel = np.empty(n, np.int64), np.empty(n, np.int32), np.empty(n, np.int16)
    actor, recipient = np.empty(n, np.int16), np.empty(n, np.int16)
    _read_keys(text, starts, at, edges, key)
    _read_days(text, edges, days, day)
    _read_acts(text, edges, channel, *acts)
    _strike_scores(text, edges, channel, *scores)
    _read_parties(text, edges, ACTOR, states, groups, actor)
    _read_parties(text, edges, RECIPIENT, states, groups, recipient)
    sound = (key != MISSING) & (day != NO_DAY) & (channel != MISSING)
    sound &= (actor != UNDECIDED) & (recipient != UNDECIDED)
    return (
        starts,
        ends,
        at[sound],
        key[sound],
        day[sound],
        actor[sound],
        recipient[sound],
        channel[sound],
    )


@compiled
def _mark(text: Bytes, marks: Words) -> np.int64:
    """Set a bit for each tab and newline, and count the lines."""
    lines, last = np.int64(0), marks.size - 1
    for place in range(last):
        mark, newlines = NONE, NO_NEWLINE
        for bit in range(MARKED_BYTES):
            byte = text[place * MARKED_BYTES + bit]
            mark |= np.uint64((byte == TAB) | (byte == NEWLINE)) << np.uint64(bit)
            newlines += np.uint8(byte == NEWLINE)
        marks[place] = mark
        lines += np.int64(newlines)
    marks[last] = NONE
    for bit in range(text.size - last * MARKED_BYTES):
        byte = text[last * MARKED_BYTES + bit]
        marks[last] |= np.uint64((byte == TAB) | (byte == NEWLINE)) << np.uint64(bit)
        lines += byte == NEWLINE
    return lines


@compiled
def _cut(text: Bytes, marks: Words, starts: Ints, ends: Ints, at: Ints, edges: Ints) -> int:
    """Say where lines are and where columns of those of 61 fields end; count the latter."""
    # Of a longer line only the number of fields matters.
    separators = np.empty(MARKED_BYTES, np.int64)
    line = whole = fields = start = 0
    for place in range(marks.size):
        mark = marks[place]
        while mark != NONE:
            lowest = mark & (~mark + ONE)
            mark ^= lowest
            found = place * MARKED_BYTES + BIT[lowest * DE_BRUIJN >> ALL_BUT_SIX]
            separators[fields & MARKED_BYTES - 1] = found
            fields += 1
            if text[found] == NEWLINE:
                if fields == FIELDS:
                    for edge in range(KEPT.size):
                        edges[whole, edge] = separators[KEPT[edge]]
                    at[whole] = line
                    whole += 1
                starts[line], ends[line] = start, found
                line, fields, start = line + 1, 0, found + 1
    return whole


@compiled
def _read_keys(text: Bytes, starts: Ints, at: Ints, edges: Ints, key: Ints) -> None:
    """Read whole numbers of 8 to 16 digits: eight at the end, the rest before them."""
    for row in range(key.size):
        start, stop = starts[at[row]], edges[row, ID]
        key[row] = MISSING
        if not WORD_BYTES <= stop - start <= LONGEST_KEY or text[start] == ZERO:
            continue
        low, high = _eight_digits(_word(text, stop - WORD_BYTES)), np.int64(0)
        if stop - start > WORD_BYTES:
            rest = BYTE_BITS * np.uint64(stop - start - WORD_BYTES)
            filled = _word(text, start) << np.uint64(64) - rest
            # In two steps, as machine code cannot shift by all 64 bits at once.
            high = _eight_digits(filled | ZEROS >> rest - BYTE_BITS >> BYTE_BITS)
        if low != MISSING and high != MISSING:
            key[row] = high * 10**WORD_BYTES + low


@compiled
def _read_days(text: Bytes, edges: Ints, calendar: Days, day: Days) -> None:
    """Read days that are not after the moment of adding by more than a time zone."""
    for row in range(day.size):
        day[row] = NO_DAY
        if edges[row, DAY] - edges[row, ID] != 1 + DAY_DIGITS:
            continue
        if edges[row, ADDED] - edges[row, FEATURE] != 1 + STAMP_DIGITS:
            continue
        happened = _eight_digits(_word(text, edges[row, ID] + 1)) - FIRST_DATE
        added = _eight_digits(_word(text, edges[row, FEATURE] + 1)) - FIRST_DATE
        timed = _eight_digits(_word(text, edges[row, ADDED] - WORD_BYTES))
        if timed == MISSING or not 0 <= happened < DATES or not 0 <= added < DATES:
            continue
        if calendar[added] != NO_DAY and calendar[happened] <= calendar[added] + 1:
            day[row] = calendar[happened]


@compiled
def _read_acts(
    text: Bytes,
    edges: Ints,
    channel: Shorts,
    multiplier: np.uint64,
    places: Shorts,
    words: Words,
    rest: Words,
    rest_mask: Words,
    channels: Shorts,
) -> None:
    """Recognise EventCode, EventBaseCode, EventRootCode and QuadClass."""
    for row in range(channel.size):
        begin = edges[row, ROOT] + 1
        act = _find(_word(text, begin), multiplier, places, words)
        channel[row] = MISSING
        if act != ABSENT and _word(text, begin + WORD_BYTES) & rest_mask[act] == rest[act]:
            channel[row] = channels[act]


@compiled
def _strike_scores(
    text: Bytes,
    edges: Ints,
    channel: Shorts,
    multiplier: np.uint64,
    places: Shorts,
    words: Words,
) -> None:
    """Take back acts whose Goldstein value is not in the usual spelling."""
    for row in range(channel.size):
        length = min(edges[row, SCORE] - edges[row, QUAD], WORD_BYTES + 1)
        score = _word(text, edges[row, QUAD] + 1) & MASKS[length]
        if _find(score, multiplier, places, words) == ABSENT:
            channel[row] = MISSING


@compiled
def _read_parties(
    text: Bytes, edges: Ints, name: int, states: Any, groups: Any, party: Shorts
) -> None:
    """Book parties under the known group named, else under the country."""
    multiplier, places, words, parties = states
    for row in range(party.size):
        # The last party is nobody, and stands at `ABSENT` too.
        state = _find(_word(text, edges[row, name] + 1) & CODE, multiplier, places, words)
        party[row] = parties[state]
    multiplier, places, words, parties = groups
    for row in range(party.size):
        country, group = edges[row, name + COUNTRY], edges[row, name + GROUP]
        if group - country != 1:
            known = _find(_word(text, country + 1) & CODE, multiplier, places, words)
            if known != ABSENT:
                party[row] = parties[known]


@compiled
def _find(word: np.uint64, multiplier: np.uint64, places: Shorts, words: Words) -> int:
    place = places[word * multiplier >> ALL_BUT_SLOT]
    return place if words[place] == word else ABSENT


@compiled
def _eight_digits(word: np.uint64) -> np.int64:
    """Read eight digits at once: pairs, then fours, then all of them."""
    digits = word ^ ZEROS
    carries = digits + np.uint64(0x0606060606060606) | digits
    if carries & np.uint64(0xF0F0F0F0F0F0F0F0) != NONE:
        return MISSING
    pairs = digits * np.uint64(10) + (digits >> np.uint64(8)) & np.uint64(0x00FF00FF00FF00FF)
    fours = pairs * np.uint64(100) + (pairs >> np.uint64(16)) & np.uint64(0x0000FFFF0000FFFF)
    value = fours * np.uint64(10_000) + (fours >> np.uint64(32)) & np.uint64(0xFFFFFFFF)
    return np.int64(value)


@compiled
def _word(text: Bytes, at: int) -> np.uint64:
    word = NONE
    for byte in range(WORD_BYTES):
        word |= np.uint64(text[at + byte]) << BYTE_BITS * np.uint64(byte)
    return word
