"""How long to wait for a provider, and when to stop asking."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

FIRST_WAIT_S = 1.0
LONGEST_WAIT_S = 60.0
# A host that asks for more than this is left alone until the next run.
LONGEST_ASKED_S = 600.0


def utc_now() -> datetime:
    """Read this machine's clock.

    Returns
    -------
    datetime
        In UTC, whatever zone the machine keeps.
    """
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Patience:
    """Clock, waits and chance, so that a test can hold all three.

    Attributes
    ----------
    sleep : callable
        Waits so many seconds.
    jitter : callable
        Gives a number from 0 up to 1; clients that failed together then do
        not come back together.
    now : callable
        Gives the time in UTC.
    elapsed : callable
        Gives seconds that only ever grow.
    """

    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = field(default_factory=lambda: random.Random().random)
    now: Callable[[], datetime] = utc_now
    elapsed: Callable[[], float] = time.monotonic

    def back_off(self, failures: int) -> None:
        """Wait after a failure, longer each time.

        Parameters
        ----------
        failures : int
            Failures in a row, from 1.
        """
        wait = min(FIRST_WAIT_S * 2 ** (failures - 1), LONGEST_WAIT_S)
        self.sleep(wait * (1 + self.jitter() / 2))

    def obey(self, asked_s: float) -> None:
        """Wait as long as a host asked for, and a little longer.

        Parameters
        ----------
        asked_s : float
            Seconds.
        """
        self.sleep(asked_s + FIRST_WAIT_S * self.jitter())


def asked_wait(headers: Mapping[str, str], now: datetime) -> float | None:
    """Read how long a host asks to be left alone.

    Parameters
    ----------
    headers : mapping of str to str
        Its answer's headers; a moment in `Retry-After` is measured from its
        own `Date`, so that a wrong clock here does no harm.
    now : datetime
        What time it is if the answer does not say.

    Returns
    -------
    float or None
        Seconds; None where it asks for nothing that can be read.

    Examples
    --------
    >>> asked_wait({"Retry-After": "120"}, utc_now())
    120.0
    """
    text = headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    until = http_date(text)
    said = http_date(headers.get("Date", "")) or now
    return max(0.0, (until - said).total_seconds()) if until else None


def http_date(text: str) -> datetime | None:
    """Read a date as HTTP writes it.

    Parameters
    ----------
    text : str
        Such as "Wed, 18 Feb 2015 23:00:00 GMT".

    Returns
    -------
    datetime or None
        In UTC; None where it is no such date.
    """
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
