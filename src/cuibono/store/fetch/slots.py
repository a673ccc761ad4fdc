"""Spans of time that files are about, to the quarter of an hour, in UTC and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cuibono.errors import CaseError
from cuibono.sources.publication import FilePattern

QUARTER = timedelta(minutes=15)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FORMATS = {4: "%Y", 6: "%Y%m", 8: "%Y%m%d", 14: "%Y%m%d%H%M%S"}
LONGEST = {4: timedelta(days=366), 6: timedelta(days=31), 8: timedelta(days=1), 14: QUARTER}


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A half-open span of time: `start` belongs to it, `end` does not.

    Attributes
    ----------
    start, end : datetime
        In UTC; `start` lies before `end`.
    """

    start: datetime
    end: datetime

    def __str__(self) -> str:
        last = self.end - timedelta(microseconds=1)
        if self.start.time() == self.end.time() == datetime.min.time():
            days = sorted({self.start.date(), last.date()})
            return " to ".join(map(str, days))
        return f"{self.start:%Y-%m-%d %H:%M} to {self.end:%Y-%m-%d %H:%M} UTC"

    def overlap(self, other: Slot) -> Slot | None:
        """Give the time both spans share.

        Parameters
        ----------
        other : Slot
            The other span.

        Returns
        -------
        Slot or None
            The shared time; None where the spans do not meet.
        """
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Slot(start, end) if start < end else None


def named_slot(pattern: FilePattern, stamp: str) -> Slot:
    """Read the span that the digits of a file's name stand for.

    Parameters
    ----------
    pattern : FilePattern
        Says how long a span is where the digits do not.
    stamp : str
        A year, month, day or quarter of an hour, with or without dashes.

    Returns
    -------
    Slot
        In UTC.

    Raises
    ------
    ValueError
        If the digits are no such time, or off the quarter of an hour.

    Examples
    --------
    >>> str(named_slot(FilePattern(name="."), "201302"))
    '2013-02-01 to 2013-02-28'
    """
    digits = stamp.replace("-", "")
    if len(digits) not in FORMATS:
        raise ValueError(f"{stamp} is no year, month, day or second")
    try:
        start = datetime.strptime(digits, FORMATS[len(digits)]).replace(tzinfo=UTC)
    except ValueError as error:
        raise ValueError(f"{stamp} is no date of any calendar") from error
    if (start - EPOCH) % QUARTER:
        raise ValueError(f"{stamp} is not on a quarter of an hour")
    try:
        end = start + LONGEST[len(digits)]
    except OverflowError as error:
        raise ValueError(f"{stamp} is past the end of the calendar") from error
    if len(digits) <= len("201302"):
        end = end.replace(day=1, month=end.month if len(digits) == len("201302") else 1)
    return Slot(end - timedelta(days=pattern.days), end) if pattern.days else Slot(start, end)


def read_moment(text: str, option: str) -> Slot:
    """Read a year, month or day that a user typed.

    Parameters
    ----------
    text : str
        Such as 2012, 2012-09 or 2012-09-03.
    option : str
        Where it was typed, for the error.

    Returns
    -------
    Slot
        The whole year, month or day.

    Raises
    ------
    CaseError
        If it is none of these.

    Examples
    --------
    >>> str(read_moment("2012-09", "--from"))
    '2012-09-01 to 2012-09-30'
    """
    typed = re.fullmatch(r"\d{4}(-\d{2}){0,2}", text, re.ASCII)
    try:
        return named_slot(FilePattern(name=""), typed[0] if typed else "")
    except ValueError as error:
        raise CaseError(
            f"{option} {text!r} is no year, month or day. Write 2012, 2012-09 or 2012-09-03."
        ) from error


def uncovered(covered: Iterable[Slot], within: Slot) -> tuple[Slot, ...]:
    """List the parts of a span that nothing covers.

    Parameters
    ----------
    covered : iterable of Slot
        What is covered, in any order.
    within : Slot
        The span asked about.

    Returns
    -------
    tuple of Slot
        Ascending and disjoint; empty where all is covered.
    """
    missing, reached = [], within.start
    for slot in sorted(filter(None, map(within.overlap, covered))):
        if reached < slot.start:
            missing.append(Slot(reached, slot.start))
        reached = max(reached, slot.end)
    if reached < within.end:
        missing.append(Slot(reached, within.end))
    return tuple(missing)
