"""GDELT 2.0 lines in which plainly nothing is wrong, read from bytes by the thousand.

The reader beside this file decides what is accepted and why not. Here only those lines are
recognised that it accepts for certain, on a sufficient condition that bytes can be tested
for quickly; all others are handed to it. So the rules stand in one place and no line is
judged twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from cuibono.sources.gdelt.codebook import (
    DATES,
    FIRST_DATE,
    MASKS,
    NO_DAY,
    UNDECIDED,
    codes,
)
from cuibono.sources.gdelt.cutting import EDGES, PAD, WORDS, Ints, cut_lines, words_in
from cuibono.sources.keys import ABSENT, WORD_BYTES, Words

Ends: TypeAlias = Mapping[str, Ints]
Shorts: TypeAlias = NDArray[np.int16]
Bools: TypeAlias = NDArray[np.bool_]
T = TypeVar("T", bound=np.generic)
ZEROS = np.uint64(0x3030303030303030)
EIGHT = np.uint64(8)
CODE = MASKS[4]
DAY_DIGITS, STAMP_DIGITS = 8, 14
NOT_UTF_8 = "\ufffd".encode()


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Accepted events as numbers.

    Attributes
    ----------
    key : int64 array, shape (n,)
        GLOBALEVENTID.
    day : int32 array, shape (n,)
        Days since 1970-01-01 of SQLDATE.
    actor, recipient : int16 array, shape (n,)
        Places in `parties()`; -1 where no actor of ours is named.
    channel : int16 array, shape (n,)
        1 + the place of the act's quad in `QUADS`; 0 for acts without one.
    """

    key: Ints
    day: NDArray[np.int32]
    actor: Shorts
    recipient: Shorts
    channel: Shorts

    def where(self, kept: Bools) -> Rows:
        """Keep some of the events.

        Parameters
        ----------
        kept : bool array, shape (n,)
            Which.

        Returns
        -------
        Rows
            Those, in the same order.
        """
        at = np.flatnonzero(kept)
        return Rows(
            self.key[at], self.day[at], self.actor[at], self.recipient[at], self.channel[at]
        )


@dataclass(frozen=True, slots=True, eq=False)
class Plain:
    """The lines of some files, told apart into plain ones and odd ones.

    Attributes
    ----------
    text : bytes
        All files, one after the other.
    starts, ends : int array, shape (n_lines,)
        Where lines begin, and where their newlines are.
    bounds : int array, shape (n_files + 1,)
        First line of each file, counted over all of them, and one past the last.
    at : int array, shape (n_plain,)
        Which lines are plain, ascending.
    rows : Rows
        What these lines say, in the same order.
    odd : int array, shape (n_lines - n_plain,)
        The other lines, ascending.
    """

    text: bytes
    starts: Ints
    ends: Ints
    bounds: Ints
    at: Ints
    rows: Rows
    odd: Ints

    def line(self, number: int) -> bytes:
        """Give a line as it came.

        Parameters
        ----------
        number : int
            Counted over all files from 0.

        Returns
        -------
        bytes
            Without its newline.
        """
        return self.text[self.starts[number] : self.ends[number]]

    def without(self, keys: Collection[int]) -> Plain:
        """Count the lines of some events among the odd ones.

        Parameters
        ----------
        keys : collection of int
            GLOBALEVENTIDs.

        Returns
        -------
        Plain
            The same lines.
        """
        return self.keep(~np.isin(self.rows.key, np.array(sorted(keys), dtype=np.int64)))

    def keep(self, sound: Bools) -> Plain:
        """Count plain lines among the odd ones.

        Parameters
        ----------
        sound : bool array, shape (n_plain,)
            Which of them stay plain.

        Returns
        -------
        Plain
            The same lines.
        """
        if sound.all():
            return self
        odd = np.sort(np.concatenate((self.odd, self.at[~sound])))
        return replace(self, at=self.at[sound], rows=self.rows.where(sound), odd=odd)


def read_plain(files: Sequence[bytes]) -> Plain:
    """Read the plain lines of 2.0 files.

    A line is plain if it has 61 fields and is UTF-8; if its GLOBALEVENTID has
    8 to 16 digits and no leading zero, SQLDATE is a day and DATEADDED a moment
    not before it by more than a time zone; if its event codes, quad class and
    Goldstein value are in the usual spelling and agree; and if no code that it
    names its parties by changed hands. No other column is read: the reader
    asks nothing of them either.

    Parameters
    ----------
    files : sequence of bytes
        Whole files; the last line of each may lack its newline.

    Returns
    -------
    Plain
        Every line of the files, once: as numbers, or as it came.
    """
    whole = [file if file.endswith(b"\n") or not file else file + b"\n" for file in files]
    text = b"".join([*whole, PAD])
    lines = cut_lines(text, sum(map(len, whole)))
    starts = lines.starts
    bounds = np.searchsorted(starts, np.cumsum([0, *map(len, whole)]))
    end = dict(zip(EDGES, np.ascontiguousarray(lines.edges.T), strict=True))
    word = dict(zip(WORDS, np.ascontiguousarray(lines.words.T), strict=True))
    first = starts[lines.at]
    key, keyed = _keys(lines.heads, word["key"], end["GLOBALEVENTID"] - first)
    day, dated = _days(word, end)
    channel, typed = _acts(word, end)
    actor, recipient = _parties(words_in(text), word, end)
    sound = keyed & dated & typed & (actor != UNDECIDED) & (recipient != UNDECIDED)
    sound &= _is_utf_8(text, first, end["SOURCEURL"])
    odd = np.delete(np.arange(starts.size), lines.at)
    rows = Rows(key, day, actor, recipient, channel)
    return Plain(text, starts, lines.ends, bounds, lines.at, rows, odd).keep(sound)


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


def _is_utf_8(text: bytes, first: Ints, last: Ints) -> Bools:
    sound = np.ones(first.size, dtype=bool)
    if text.isascii() or _decodes(text):
        return sound
    for i, (start, end) in enumerate(zip(first.tolist(), last.tolist(), strict=True)):
        line = text[start:end]
        sound[i] = line.isascii() or _decodes(line)
    return sound


def _decodes(text: bytes) -> bool:
    ends = pa.array([0, len(text)], pa.int64()).buffers()[1]
    try:
        pa.LargeStringArray.from_buffers(1, ends, pa.py_buffer(text)).validate(full=True)
    except pa.ArrowInvalid:
        return False
    # No replacement character is without this byte, which a search finds far sooner.
    return NOT_UTF_8[:1] not in text or NOT_UTF_8 not in text
