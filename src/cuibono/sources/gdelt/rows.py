"""GDELT events as numbers, and the lines of a text that such events were recognised in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
Shorts: TypeAlias = NDArray[np.int16]
Bools: TypeAlias = NDArray[np.bool_]


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
class Recognised:
    """The lines of a text or of a step of it, and what the plain ones say.

    Attributes
    ----------
    starts, ends : int64 array, shape (n_lines,)
        Where in the text each line begins, and where its newline is.
    at : int64 array, shape (n_plain,)
        Which lines are plain, counted from the first one here, ascending.
    rows : Rows
        What these say, in the same order.
    """

    starts: Ints
    ends: Ints
    at: Ints
    rows: Rows

    def where(self, kept: Bools) -> Recognised:
        """Keep some of the plain lines.

        Parameters
        ----------
        kept : bool array, shape (n_plain,)
            Which.

        Returns
        -------
        Recognised
            All lines, fewer of them plain.
        """
        if kept.all():
            return self
        return replace(self, at=self.at[kept], rows=self.rows.where(kept))


NOWHERE, NOBODY = np.empty(0, np.int64), np.empty(0, np.int16)
NO_LINES = Recognised(
    NOWHERE, NOWHERE, NOWHERE, Rows(NOWHERE, np.empty(0, np.int32), NOBODY, NOBODY, NOBODY)
)


def join(steps: Sequence[Recognised]) -> Recognised:
    """Put what was recognised step by step into one.

    Parameters
    ----------
    steps : sequence of Recognised
        At least one.

    Returns
    -------
    Recognised
        The lines of all, in their order.
    """
    starts, ends, at = (
        np.concatenate([getattr(step, name) for step in steps])
        for name in ("starts", "ends", "at")
    )
    columns = (
        np.concatenate([getattr(step.rows, column.name) for step in steps])
        for column in fields(Rows)
    )
    return Recognised(starts, ends, at, Rows(*columns))
