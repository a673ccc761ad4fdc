"""One writer at a time: a lock that the system lets go of when its holder dies."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cuibono.errors import StoreError

NAME = "lock"
WAIT_SECONDS = 30.0
PAUSE_SECONDS = 0.05


@contextmanager
def locked(folder: Path, wait_seconds: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold a store against other writers; readers are never kept waiting.

    The lock is the system's, on a file that carries our process id for the
    other's message. It dies with its process, so that none is ever stale.

    Parameters
    ----------
    folder : Path
        The store; made if it does not exist.
    wait_seconds : float
        How long to wait for another writer.

    Yields
    ------
    None
        While the store is ours.

    Raises
    ------
    StoreError
        If another process still writes after that time, or the store cannot
        be written at all.
    """
    path = folder / NAME
    try:
        held = _wait(path, time.monotonic() + wait_seconds)
    except OSError as error:
        raise unwritable(folder, error) from error
    try:
        with suppress(OSError):
            os.truncate(held, 0)
            os.write(held, f"{os.getpid()}\n".encode())
        yield
    finally:
        with suppress(OSError):
            path.unlink()
        os.close(held)
        # A folder that was made for a load that came to nothing goes with it.
        with suppress(OSError):
            folder.rmdir()


def unwritable(store: Path, error: OSError) -> StoreError:
    """Say that a store cannot be written, and what to do.

    Parameters
    ----------
    store : Path
        The store.
    error : OSError
        What the system said.

    Returns
    -------
    StoreError
        To be raised from it.
    """
    return StoreError(
        f"{store}: the store cannot be written ({error.strerror or error}) and is as it"
        " was. Free the disk, or name another folder with `--store`, and load again."
    )


def _wait(path: Path, until: float) -> int:
    while (held := _try(path)) is None:
        if time.monotonic() >= until:
            raise StoreError(
                f"{path.parent}: another process ({_holder(path)}) is writing to this store."
                " Wait until it is done, or name another folder with `--store`."
            )
        time.sleep(PAUSE_SECONDS)
    return held


def _try(path: Path) -> int | None:
    """Take the lock, unless its file is another's or was removed under our hands."""
    import fcntl

    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(file), path.stat()):
            return file
    except (BlockingIOError, FileNotFoundError):
        pass
    os.close(file)
    return None


def _holder(path: Path) -> str:
    with suppress(OSError):
        return f"id {path.read_text('utf-8').strip() or 'unknown'}"
    return "unknown"
