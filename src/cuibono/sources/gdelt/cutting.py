"""GDELT 2.0 text cut into lines, and out of each line the bytes that are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from cuibono.sources.base import read_card
from cuibono.sources.gdelt.rows import Ints
from cuibono.sources.keys import WORD_BYTES, Words

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
# Words that are read, each so many bytes after a separator.
WORDS = {
    "key": ("GLOBALEVENTID", -8), "day": ("GLOBALEVENTID", 1), "actor": ("Actor1Name", 1),
    "recipient": ("Actor2Name", 1), "act": ("IsRootEvent", 1), "act_rest": ("IsRootEvent", 9),
    "score": ("QuadClass", 1), "stamp": ("ActionGeo_FeatureID", 1), "clock": ("DATEADDED", -8),
}  # fmt: skip
WORD_EDGES = [EDGES.index(edge) for edge, _ in WORDS.values()]
WORD_OFFSETS = [after for _, after in WORDS.values()]
# The separators of so much text stay in a core's own cache.
STEP_BYTES = 2**18
TAB, NEWLINE = 9, 10
# Words are read beyond the last field; what lies there is masked, but must exist.
PAD = b"\0" * 4 * WORD_BYTES


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Where lines are, and what is read of those that have 61 fields.

    Attributes
    ----------
    starts, ends : int64 array, shape (n_lines,)
        Where each line begins, and where its newline is.
    at : int64 array, shape (n_whole,)
        Which lines have 61 fields, ascending.
    edges : int64 array, shape (n_whole, len(EDGES))
        Where the columns of `EDGES` end.
    heads : uint64 array, shape (n_whole,)
        The first word of the line.
    words : uint64 array, shape (n_whole, len(WORDS))
        The words of `WORDS`.
    """

    starts: Ints
    ends: Ints
    at: Ints
    edges: Ints
    heads: Words
    words: Words


def words_in(text: bytes) -> Words:
    """Look at a text as words, one from every byte on.

    Parameters
    ----------
    text : bytes
        Of at least eight bytes.

    Returns
    -------
    uint64 array, shape (len(text) - 7,)
        A view, nothing is copied.
    """
    return np.ndarray(len(text) - WORD_BYTES + 1, "<u8", text, strides=(1,))


def whole_lines(text: bytes, size: int) -> Iterator[tuple[int, int]]:
    """Part a text into steps whose separators stay in a core's own cache.

    Parameters
    ----------
    text : bytes
        Lines that each end with a newline.
    size : int
        Where they end.

    Yields
    ------
    int, int
        Where a step begins, and where it ends: after a newline.
    """
    start = 0
    while start < size:
        stop = text.rfind(b"\n", start, start + STEP_BYTES) + 1
        stop = stop or text.index(b"\n", start) + 1
        yield start, stop
        start = stop


def cut_lines(text: bytes, size: int) -> Lines:
    """Cut a text into lines, and take out what is read of them.

    Parameters
    ----------
    text : bytes
        Lines that each end with a newline, and then `PAD`.
    size : int
        Where the pad begins.

    Returns
    -------
    Lines
        Every line, in order.
    """
    words = words_in(text)
    nowhere, nothing = np.empty(0, np.int64), np.empty(0, np.uint64)
    edges, taken = np.empty((0, len(EDGES)), np.int64), np.empty((0, len(WORDS)), np.uint64)
    steps = [Lines(nowhere, nowhere, nowhere, edges, nothing, taken)]
    lines = 0
    for start, stop in whole_lines(text, size):
        separators, ends, at = _separators(np.frombuffer(text, np.uint8, stop - start, start))
        ends = ends + start
        starts = np.concatenate(([start], ends[:-1] + 1))
        edges = separators[:, PLACES] + start
        taken = words[edges[:, WORD_EDGES] + WORD_OFFSETS]
        steps.append(Lines(starts, ends, at + lines, edges, words[starts[at]], taken))
        lines += ends.size
    return Lines(*(np.concatenate([getattr(x, f.name) for x in steps]) for f in fields(Lines)))


def _separators(raw: NDArray[np.uint8]) -> tuple[Ints, Ints, Ints]:
    """Find tabs and newlines: one row for each line of 61 fields, and which lines they are."""
    separators = raw == NEWLINE
    lines = int(np.count_nonzero(separators))
    separators |= raw == TAB
    (found,) = separators.nonzero()
    last = found[FIELDS - 1 :: FIELDS]
    if found.size == lines * FIELDS and bool((raw[last] == NEWLINE).all()):
        return found.reshape(lines, FIELDS), last, np.arange(lines)
    ends = np.flatnonzero(raw[found] == NEWLINE)
    at = np.flatnonzero(np.diff(ends, prepend=-1) == FIELDS)
    rows = found[ends[at][:, None] + np.arange(1 - FIELDS, 1)]
    return rows, found[ends], at
