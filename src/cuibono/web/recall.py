"""Answers that are kept: the latest ones asked for, and no more than a certain number."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar, cast

T = TypeVar("T")
MOST = 128


class Recall:
    """Keeps the answers to the latest questions.

    Parameters
    ----------
    most : int, optional
        How many are kept; the one asked for longest ago goes first.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most, self._lock = most, Lock()
        self._known: OrderedDict[Hashable, object] = OrderedDict()

    def give(self, question: Hashable, answer: Callable[[], T]) -> T:
        """Give the answer to a question, found now or before.

        Parameters
        ----------
        question : hashable
            All that the answer depends on.
        answer : callable () -> T
            Finds it; what it raises is not kept.

        Returns
        -------
        T
            The same object each time; nobody may change it.
        """
        with self._lock:
            if question in self._known:
                self._known.move_to_end(question)
                return cast("T", self._known[question])
        found = answer()
        with self._lock:
            self._known[question] = found
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        return found
