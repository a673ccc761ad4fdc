"""Which numbers came before, in little memory where they come in runs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


class Seen:
    """A growing set of whole numbers, held as runs without a gap.

    A provider numbers its events one by one, so that a year of a hundred
    million of them is a few thousand runs.

    Examples
    --------
    >>> seen = Seen()
    >>> seen.add(np.array([7, 8, 9])).tolist()
    [True, True, True]
    >>> seen.add(np.array([9, 10, 10])).tolist()
    [False, True, False]
    """

    def __init__(self) -> None:
        self._starts = np.empty(0, dtype=np.int64)
        self._stops = np.empty(0, dtype=np.int64)

    def add(self, numbers: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Take numbers in, and say which of them are new.

        Parameters
        ----------
        numbers : int64 array, shape (n,)
            In the order in which they came.

        Returns
        -------
        bool array, shape (n,)
            True where a number comes for the first time.
        """
        if not numbers.size:
            return np.empty(0, dtype=bool)
        if bool((numbers[1:] > numbers[:-1]).all()):
            new = ~self.holds(numbers)
            self._take(numbers if new.all() else numbers[new])
            return new
        order = np.argsort(numbers, kind="stable")
        ranked = numbers[order]
        first = np.concatenate(([True], ranked[1:] != ranked[:-1]))
        new = np.zeros(numbers.size, dtype=bool)
        new[order[first]] = self.add(ranked[first])
        return new

    def holds(self, numbers: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Say which numbers came before.

        Parameters
        ----------
        numbers : int64 array, shape (n,)
            Ascending.

        Returns
        -------
        bool array, shape (n,)
            True where a number was taken in.
        """
        if not self._stops.size or not numbers.size or numbers[0] >= self._stops[-1]:
            return np.zeros(numbers.size, dtype=bool)
        run = np.searchsorted(self._starts, numbers, "right") - 1
        held: NDArray[np.bool_] = (run >= 0) & (numbers < self._stops[run])
        return held

    @property
    def runs(self) -> int:
        """How many runs without a gap it holds.

        Returns
        -------
        int
            Memory grows with it, and with nothing else.
        """
        return self._starts.size

    def _take(self, numbers: NDArray[np.int64]) -> None:
        """Add ascending new numbers as runs, and join runs that touch."""
        if not numbers.size:
            return
        breaks = np.flatnonzero(np.diff(numbers) != 1)
        starts = np.concatenate((self._starts, numbers[:1], numbers[breaks + 1]))
        stops = np.concatenate((self._stops, numbers[breaks] + 1, numbers[-1:] + 1))
        if self._starts.size and numbers[0] < self._starts[-1]:
            starts, stops = np.sort(starts), np.sort(stops)
        apart = starts[1:] != stops[:-1]
        self._starts = starts[np.concatenate(([True], apart))]
        self._stops = stops[np.concatenate((apart, [True]))]
