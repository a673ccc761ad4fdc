"""GDELT 2.0 lines in which plainly nothing is wrong, read from bytes by the thousand.

The reader beside this file decides what is accepted and why not. Here only those lines are
recognised that it accepts for certain, on a sufficient condition that bytes can be tested
for quickly; all others are handed to it. So the rules stand in one place and no line is
judged twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from cuibono.sources.gdelt.by_columns import recognise_by_columns
from cuibono.sources.gdelt.rows import NO_LINES, Bools, Ints, Recognised, Rows, join
from cuibono.stats.compiled import can_compile

NOT_UTF_8 = "\ufffd".encode()


@dataclass(frozen=True, slots=True, eq=False)
class Plain:
    """The lines of some files, told apart into plain ones and odd ones.

    Attributes
    ----------
    files : sequence of bytes
        The files, each with a newline at its end.
    starts, ends : int array, shape (n_lines,)
        Where in their files lines begin, and where their newlines are.
    bounds : int array, shape (n_files + 1,)
        First line of each file, counted over all of them, and one past the last.
    at : int array, shape (n_plain,)
        Which lines are plain, ascending.
    rows : Rows
        What these lines say, in the same order.
    odd : int array, shape (n_lines - n_plain,)
        The other lines, ascending.
    """

    files: Sequence[bytes]
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
        file = int(np.searchsorted(self.bounds, number, "right")) - 1
        return self.files[file][self.starts[number] : self.ends[number]]

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
    steps, bounds = [NO_LINES], [0]
    for text in whole:
        lines = bounds[-1]
        for step in map(_only_utf_8(text), _recognise(text)):
            steps.append(replace(step, at=step.at + lines))
            lines += step.starts.size
        bounds.append(lines)
    told = join(steps)
    odd = np.delete(np.arange(bounds[-1]), told.at)
    return Plain(whole, told.starts, told.ends, np.array(bounds), told.at, told.rows, odd)


def _recognise(text: bytes) -> Iterator[Recognised]:
    if not can_compile():
        return recognise_by_columns(text)
    # Imported here, as it loads the compiler.
    from cuibono.sources.gdelt.by_loops import recognise_by_loops

    return recognise_by_loops(text)


def _only_utf_8(text: bytes) -> Callable[[Recognised], Recognised]:
    """Give what leaves out the lines of a text that are not UTF-8."""
    if text.isascii() or _decodes(text):
        return lambda step: step

    def leave_out(step: Recognised) -> Recognised:
        lines = (text[step.starts[line] : step.ends[line]] for line in step.at.tolist())
        return step.where(np.array([x.isascii() or _decodes(x) for x in lines], dtype=bool))

    return leave_out


def _decodes(text: bytes) -> bool:
    ends = pa.array([0, len(text)], pa.int64()).buffers()[1]
    try:
        pa.LargeStringArray.from_buffers(1, ends, pa.py_buffer(text)).validate(full=True)
    except pa.ArrowInvalid:
        return False
    # No replacement character is without this byte, which a search finds far sooner.
    return NOT_UTF_8[:1] not in text or NOT_UTF_8 not in text
