"""Events counted ahead of the questions, beside the pages, so that no page waits for it."""

from __future__ import annotations

from threading import Lock, Thread

from cuibono.dossier.render.panel import Panel, draw
from cuibono.errors import CuibonoError
from cuibono.record.tally import Tally, tally_events
from cuibono.store.engine import IN_MEMORY
from cuibono.store.store import open_store
from cuibono.web.settings import Settings

NAME = "counting ahead"


class Ahead:
    """The counts of each source of events, of one state of the store.

    Parameters
    ----------
    settings : Settings
        The store, and whether anything is counted ahead. Only the engine in
        this process is asked: another has one session, which the pages use.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings, self._lock = settings, Lock()
        self._of: object = None
        self._tallies: dict[str, Tally] = {}
        self._counter: Thread | None = None

    def count(self, state: object) -> None:
        """Begin to count, unless this state of the store is counted already.

        Parameters
        ----------
        state : object
            Tells one state of the store from the next.
        """
        if not self._settings.ahead or self._settings.engine != IN_MEMORY:
            return
        with self._lock:
            if self._of == state:
                return
            self._of, self._tallies = state, {}
            self._counter = Thread(target=self._count, args=(state,), name=NAME, daemon=True)
            self._counter.start()

    def give(self, state: object, source: str) -> Tally | None:
        """Give the counts of a source.

        Parameters
        ----------
        state : object
            The state of the store that is asked.
        source : str
            Provider of events.

        Returns
        -------
        Tally or None
            None where they are not counted yet, or too many to hold.
        """
        with self._lock:
            return self._tallies.get(source) if self._of == state else None

    def wait(self) -> None:
        """Wait until what was begun is counted."""
        if self._counter is not None:
            self._counter.join()

    def _count(self, state: object) -> None:
        """Count on a connection of its own; a fault is told to whoever asks for a page."""
        draw(Panel({"mark": "point"}, "Drawn so that the first page does not wait for it."))
        try:
            store = open_store(self._settings.store, self._settings.engine)
            for source in sorted({s.source for s in store.snapshots if s.table == "events"}):
                self._keep(state, source, tally_events(store, source))
            store.engine.close()
        except CuibonoError:
            return

    def _keep(self, state: object, source: str, tally: Tally | None) -> None:
        with self._lock:
            if self._of == state and tally is not None:
                self._tallies[source] = tally
