"""GDELT 2.0 lines in which plainly nothing is wrong, read from bytes by the thousand.

The reader beside this file decides what is accepted and why not. Here only those lines are
recognised that it accepts for certain, on a sufficient condition that bytes can be tested
for quickly; all others are handed to it. So the rules stand in one place and no line is
judged twice.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from cuibono.sources.base import read_card
from cuibono.sources.codes import listed_codes, read_list
from cuibono.sources.keys import ABSENT, WORD_BYTES, Keys, words_of
from cuibono.sources.resolve import ALWAYS, code_lookup
from cuibono.vocab.events import QUADS, cameo_codes

(COLUMNS,) = (
    layout.columns["events"]
    for layout in read_card("gdelt").layouts
    if layout.name == "quarter_hour"
)
FIELDS = len(COLUMNS)
# The separators after these are used.
EDGES = (
    "GLOBALEVENTID", "SQLDATE", "Actor1Name", "Actor1CountryCode", "Actor1KnownGroupCode",
    "Actor2Name", "Actor2CountryCode", "Actor2KnownGroupCode", "IsRootEvent", "QuadClass",
    "GoldsteinScale", "ActionGeo_FeatureID", "DATEADDED", "SOURCEURL",
)  # fmt: skip
PLACES = [COLUMNS.index(name) for name in EDGES]
Ends: TypeAlias = Mapping[str, NDArray[np.int64]]
TAB, NEWLINE = 9, 10
# Words are read beyond the last field; what lies there is masked, but must exist.
PAD = b"\0" * 4 * WORD_BYTES
ZEROS = np.uint64(0x3030303030303030)
# The first so many bytes of a word.
EIGHT = np.uint64(8)
MASKS = np.array([(1 << 8 * n) - 1 for n in range(WORD_BYTES + 1)] + [0], dtype=np.uint64)
CODE = MASKS[4]
DAY_DIGITS, STAMP_DIGITS = 8, 14
FIRST_DATE, DATES = 19_000_000, 2_000_000
NO_DAY = np.int32(-(2**30))
UNDECIDED = -2
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

    key: NDArray[np.int64]
    day: NDArray[np.int32]
    actor: NDArray[np.int16]
    recipient: NDArray[np.int16]
    channel: NDArray[np.int16]

    def where(self, kept: NDArray[np.bool_]) -> Rows:
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
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    bounds: NDArray[np.int64]
    at: NDArray[np.int64]
    rows: Rows
    odd: NDArray[np.int64]

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

    def keep(self, sound: NDArray[np.bool_]) -> Plain:
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


@dataclass(frozen=True, slots=True, eq=False)
class _Codes:
    """What the words in the columns that are read may be.

    An act's four columns are recognised by their first word and confirmed by
    `rest`, the bytes that follow it, as many as `rest_mask` lets through.
    """

    parties: tuple[str, ...]
    states: Keys
    state_party: NDArray[np.int16]
    groups: Keys
    group_party: NDArray[np.int16]
    acts: Keys
    rest: NDArray[np.uint64]
    rest_mask: NDArray[np.uint64]
    channel: NDArray[np.int16]
    scores: Keys
    days: NDArray[np.int32]


def parties() -> tuple[str, ...]:
    """List every actor that a column of GDELT can name.

    Returns
    -------
    tuple of str
        Actor ids, sorted.
    """
    return _codes().parties


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
    separators, ends, at = _separators(text)
    starts = np.concatenate(([0], ends[:-1] + 1)) if ends.size else ends
    bounds = np.searchsorted(starts, np.cumsum([0, *map(len, whole)]))
    words = np.ndarray(len(text) - WORD_BYTES + 1, "<u8", text, strides=(1,))
    end = dict(zip(EDGES, np.ascontiguousarray(separators[:, PLACES].T), strict=True))
    first = starts[at]
    key, day, sound = _numbers(words, first, end)
    channel, typed = _acts(words, end)
    actor, recipient = _parties(words, end)
    sound &= typed & (actor != UNDECIDED) & (recipient != UNDECIDED)
    sound &= _is_utf_8(text, first, end["SOURCEURL"])
    odd = np.setdiff1d(np.arange(starts.size), at) if at.size < starts.size else at[:0]
    rows = Rows(key, day, actor, recipient, channel)
    return Plain(text, starts, ends, bounds, at, rows, odd).keep(sound)


def _separators(
    text: bytes,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Find tabs and newlines: one row for each line of 61 fields, and which lines they are."""
    raw = np.frombuffer(text, dtype=np.uint8)
    newlines = raw == NEWLINE
    lines = int(np.count_nonzero(newlines))
    newlines |= raw == TAB
    found = np.flatnonzero(newlines)
    last = found[FIELDS - 1 :: FIELDS]
    if found.size == lines * FIELDS and bool((raw[last] == NEWLINE).all()):
        return found.reshape(lines, FIELDS), last, np.arange(lines)
    ends = np.flatnonzero(raw[found] == NEWLINE)
    at = np.flatnonzero(np.diff(ends, prepend=-1) == FIELDS)
    rows = found[ends[at][:, None] + np.arange(1 - FIELDS, 1)]
    return rows, found[ends], at


def _numbers(
    words: NDArray[np.uint64], first: NDArray[np.int64], end: Ends
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.bool_]]:
    """Read the key and the day, and say where they and the moment of adding are in order."""
    key_end, day_end, stamp_end = (
        end[name] for name in ("GLOBALEVENTID", "SQLDATE", "DATEADDED")
    )
    stamp = end["ActionGeo_FeatureID"] + 1
    start = words[first]
    head = (key_end - first - WORD_BYTES).astype(np.uint64) * EIGHT
    said = words[
        np.concatenate((key_end - WORD_BYTES, key_end + 1, stamp, stamp_end - WORD_BYTES))
    ]
    filled = start << (EIGHT * EIGHT - head) | ZEROS >> head
    value, digits = _eight_digits(np.concatenate((filled, said)).reshape(5, -1))
    happened, added = _codes().days[np.clip(value[2:4] - FIRST_DATE, 0, DATES)]
    sound = digits.all(axis=0) & (start & MASKS[1] != ZEROS & MASKS[1])
    sound &= (head <= EIGHT * EIGHT) & (day_end - key_end == 1 + DAY_DIGITS)
    sound &= stamp_end - stamp == STAMP_DIGITS
    sound &= (happened != NO_DAY) & (added != NO_DAY) & (happened <= added + 1)
    return value[0] * 10**WORD_BYTES + value[1], happened, sound


def _eight_digits(
    words: NDArray[np.uint64],
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
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


def _acts(words: NDArray[np.uint64], end: Ends) -> tuple[NDArray[np.int16], NDArray[np.bool_]]:
    """Recognise EventCode, EventBaseCode, EventRootCode and QuadClass, and a score."""
    codes = _codes()
    start, score_start = end["IsRootEvent"] + 1, end["QuadClass"] + 1
    act = codes.acts.find(words[start])
    agree = words[start + WORD_BYTES] & codes.rest_mask[act] == codes.rest[act]
    length = np.minimum(end["GoldsteinScale"] - end["QuadClass"], WORD_BYTES + 1)
    score = codes.scores.find(words[score_start] & MASKS[length])
    return codes.channel[act], (act != ABSENT) & agree & (score != ABSENT)


def _parties(words: NDArray[np.uint64], end: Ends) -> NDArray[np.int16]:
    """Book actor and recipient under the known group named, else under the country."""
    codes = _codes()
    before, between, after = (
        np.concatenate((end[f"Actor1{column}"], end[f"Actor2{column}"]))
        for column in ("Name", "CountryCode", "KnownGroupCode")
    )
    party = codes.state_party[codes.states.find(words[before + 1] & CODE)]
    named = np.flatnonzero(after - between != 1)
    group = codes.group_party[codes.groups.find(words[between[named] + 1] & CODE)]
    party[named] = np.where(group == ABSENT, party[named], group)
    return party.reshape(2, -1)


def _is_utf_8(
    text: bytes, first: NDArray[np.int64], last: NDArray[np.int64]
) -> NDArray[np.bool_]:
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


@cache
def _codes() -> _Codes:
    states, groups = code_lookup("gdelt"), listed_codes("gdelt", "known_groups.csv")
    meanings = [_meanings(table.to_pyarrow()) for table in (states, groups)]
    ids = {actor for meaning in meanings for actor in meaning.values() if actor}
    place = {actor: n for n, actor in enumerate(sorted(ids))}
    (state, state_party), (group, group_party) = (_book(m, place) for m in meanings)
    quads = {row["root"]: row["quad_class"] for row in read_list("gdelt", "quad_classes.csv")}
    acts = {
        f"{code}\t{code[:3]}\t{code[:2]}\t{quads[code[:2]]}\t".encode(): meaning.quad
        for code, meaning in cameo_codes().items()
    }
    numbers = {f"{tenths / 10:{form}}" for tenths in range(-100, 101) for form in (".1f", "g")}
    return _Codes(
        parties=tuple(place),
        states=state,
        state_party=state_party,
        groups=group,
        group_party=group_party,
        acts=Keys([act[:WORD_BYTES] for act in acts]),
        rest=words_of([act[WORD_BYTES:] for act in acts]),
        rest_mask=MASKS[[len(act) - WORD_BYTES for act in acts]],
        channel=np.array([1 + QUADS.index(q) if q else 0 for q in acts.values()], np.int16),
        scores=Keys([f"{number}\t".encode() for number in ("", *sorted(numbers))]),
        days=_calendar(),
    )


def _meanings(lookup: pa.Table) -> dict[str, str | None]:
    """Give each code its actor; none where it has one on some days only."""
    return {
        row["lookup_code"]: row["lookup_id"]
        if (row["lookup_from"], row["lookup_to"]) == ALWAYS
        else None
        for row in lookup.to_pylist()
    }


def _book(
    meanings: dict[str, str | None], place: dict[str, int]
) -> tuple[Keys, NDArray[np.int16]]:
    """Give the keys of codes and the parties they name; one more at the end, for no code."""
    named = [place[actor] if actor else UNDECIDED for actor in meanings.values()]
    keys = Keys([f"{code}\t".encode() for code in meanings])
    return keys, np.array([*named, ABSENT], dtype=np.int16)


def _calendar() -> NDArray[np.int32]:
    """Lay out the days of 1900 to 2099 under their eight digits less the first of them."""
    calendar = np.full(DATES + 1, NO_DAY)
    days = np.arange("1900-01-01", "2100-01-01", dtype="datetime64[D]")
    years, months = days.astype("datetime64[Y]"), days.astype("datetime64[M]")
    digits = (
        (years.astype(np.int64) + 1970) * 10_000
        + (months.astype(np.int64) % 12 + 1) * 100
        + (days - months).astype(np.int64)
        + 1
    )
    calendar[digits - FIRST_DATE] = days.astype(np.int64)
    return calendar
