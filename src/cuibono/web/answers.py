"""Answers of the store: one question at a time, counted ahead where it can be, and kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from cuibono.record.tally import Tally
from cuibono.store.store import Store, open_store
from cuibono.web.ahead import Ahead
from cuibono.web.deadline import stop_after
from cuibono.web.recall import Recall
from cuibono.web.reread import Mark, mark_of
from cuibono.web.settings import Settings
from cuibono.web.turnstile import Turnstile

T = TypeVar("T")


class Answers:
    """The store as pages ask it, opened again when it has grown.

    Parameters
    ----------
    settings : Settings
        Which store, how long a question may take, and whether it is counted ahead.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings, self._turnstile = settings, Turnstile()
        self._store: tuple[Mark, Store] | None = None
        self._ahead = Ahead(settings)
        self._recalls: dict[str, Recall] = {}

    @contextmanager
    def ask(self) -> Iterator[Store]:
        """Ask the store, one question at a time.

        Yields
        ------
        Store
            As its manifests stand now.

        Raises
        ------
        BusyError
            If too many others ask.
        SlowError
            If the question took longer than one may.
        """
        with self._turnstile.pass_through():
            mark = self._state()
            if self._store is None or self._store[0] != mark:
                opened = open_store(self._settings.store, self._settings.engine)
                self._store = (mark, opened)
                self._ahead.count(mark)
            store = self._store[1]
            with stop_after(store.engine, self._settings.longest_s):
                yield store

    def count_ahead(self) -> None:
        """Begin to count the events of the store, where the settings ask for it."""
        self._ahead.count(self._state())

    def tally(self, source: str) -> Tally | None:
        """Give what was counted ahead of a source.

        Parameters
        ----------
        source : str
            Provider of events.

        Returns
        -------
        Tally or None
            None where it is not counted yet, or too much to hold.
        """
        return self._ahead.give(self._state(), source)

    def recall(self, kind: str, question: Hashable, answer: Callable[[], T]) -> T:
        """Give the answer to a question to the store, asked now or before.

        Parameters
        ----------
        kind : str
            What is asked; the latest answers of each kind are kept.
        question : hashable
            All that the answer depends on beside the store.
        answer : callable () -> T
            Asks the store.

        Returns
        -------
        T
            Of the store as it stands now; nobody may change it.
        """
        return self._recalls.setdefault(kind, Recall()).give((self._state(), question), answer)

    def _state(self) -> Mark:
        """Tell one state of the store from the next."""
        return mark_of(self._settings.store / "manifest") or (0, 0)
