"""A question to the store has so many seconds; after them it is stopped, and the asker told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from cuibono.errors import SlowError, StoreError
from cuibono.store.engine import Engine

# A page asks several things one after the other, and one may begin between two stops.
AGAIN_S = 0.1


@contextmanager
def stop_after(engine: Engine, seconds: float) -> Iterator[None]:
    """Stop what an engine runs once a time is over.

    Parameters
    ----------
    engine : Engine
        What is asked meanwhile, by this thread alone.
    seconds : float
        How long it may take.

    Yields
    ------
    None
        While there is time.

    Raises
    ------
    SlowError
        If something was stopped.
    """
    answered, late = Event(), Event()

    def watch() -> None:
        wait = seconds
        while not answered.wait(wait):
            late.set()
            engine.interrupt()
            wait = AGAIN_S

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    except StoreError as error:
        if not late.is_set():
            raise
        raise SlowError(
            f"This question took more than {seconds:g} seconds and was stopped."
            " Ask for fewer days, or for one actor."
        ) from error
    finally:
        answered.set()
        watcher.join()
