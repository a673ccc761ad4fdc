"""How many may ask the store at once: few are served, some wait, the rest are told to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from cuibono.errors import BusyError

WAITING = 8
PATIENCE_S = 10.0


class Turnstile:
    """Lets one question at a time through to what must not be asked by two.

    A store's connection is not safe for two threads, and a queue without end
    would make everybody wait.

    Parameters
    ----------
    waiting : int, optional
        Questions that may wait.
    patience_s : float, optional
        Seconds for which one waits.
    """

    def __init__(self, waiting: int = WAITING, patience_s: float = PATIENCE_S) -> None:
        self._room = BoundedSemaphore(waiting + 1)
        self._turn, self._patience_s = Lock(), patience_s

    @contextmanager
    def pass_through(self) -> Iterator[None]:
        """Wait for one's turn, and give it up at the end.

        Yields
        ------
        None
            While it is one's turn.

        Raises
        ------
        BusyError
            If too many wait already, or the turn does not come in time.
        """
        if not self._room.acquire(blocking=False):
            raise BusyError("Too many questions wait already. Ask again in a moment.")
        try:
            if not self._turn.acquire(timeout=self._patience_s):
                raise BusyError("A long question is under way. Ask again in a moment.")
            try:
                yield
            finally:
                self._turn.release()
        finally:
            self._room.release()
