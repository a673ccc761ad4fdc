"""Panels that a lens opens: every source that can be asked, in periods that suit its length."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

from cuibono.errors import EmptyRecordError, NotCoveredError
from cuibono.model.panel import Panel
from cuibono.model.period import Grid
from cuibono.record.record import Record

AGREEMENT = "agreement"
"""The yearly measure in which relations are compared."""


def open_events(record: Record, most: int | None = None) -> Iterator[Panel]:
    """Open each source of events by the week.

    Parameters
    ----------
    record : Record
        The case, and what is known in its days.
    most : int, optional
        Weeks above which a source is opened by the month; never by default.

    Yields
    ------
    Panel
        A source that has nothing to say of these days is passed over.
    """
    for source in record.sources("events"):
        with suppress(EmptyRecordError, NotCoveredError):
            weeks = record.events(source, Grid.WEEK)
            long = most is not None and weeks.starts.size > most
            yield record.events(source, Grid.MONTH) if long else weeks


def open_instruments(record: Record) -> Iterator[Panel]:
    """Open each source of events by the week and by instrument.

    Parameters
    ----------
    record : Record
        The case, and what is known in its days.

    Yields
    ------
    Panel
        A source that has nothing to say of these days is passed over.
    """
    for source in record.sources("events"):
        with suppress(EmptyRecordError, NotCoveredError):
            yield record.instruments(source, Grid.WEEK)


def open_votes(ask: Callable[[str, str], Panel], record: Record) -> Iterator[Panel]:
    """Open each source of votes by the year.

    Parameters
    ----------
    ask : callable (source, measure) -> Panel
        `record.measures` for the case's days, `record.history` for all
        sessions up to their end.
    record : Record
        The case, and what is known in its days.

    Yields
    ------
    Panel
        A source that has nothing to say of these days is passed over.
    """
    for source in record.sources("measures"):
        with suppress(EmptyRecordError, NotCoveredError):
            yield ask(source, AGREEMENT)
