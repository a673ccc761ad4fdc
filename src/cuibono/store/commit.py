"""How rows arrive in a store: all of them with their manifest, or none."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cuibono.errors import StoreError
from cuibono.model.tables import TABLES
from cuibono.store.lock import NAME as LOCK
from cuibono.store.lock import locked, unwritable
from cuibono.store.manifest import (
    Snapshot,
    data_file,
    manifest_file,
    rejected_file,
    write_manifest,
)
from cuibono.store.sorting import KEPT, REJECTED

UNFINISHED = "unfinished"
OURS = re.compile(r"[a-z0-9_]+-[0-9a-f]{16}")


@contextmanager
def workplace(store: Path, name: str) -> Iterator[Path]:
    """Give a load a folder to work in, gone when it ends, however it ends.

    Parameters
    ----------
    store : Path
        The store.
    name : str
        Name of the snapshot in the making.

    Yields
    ------
    Path
        An empty folder on the disk of the store.

    Raises
    ------
    StoreError
        If the disk fails on the way; the store is then as it was.
    """
    folder = store / UNFINISHED / name
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        yield folder
    except OSError as error:
        raise unwritable(store, error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        with suppress(OSError):
            folder.parent.rmdir()


def commit(store: Path, snapshot: Snapshot, work: Path) -> None:
    """Make a snapshot real: its files take their places, and its manifest comes last.

    Until the manifest is there the files are nobody's: readers do not see
    them, and the next load sweeps them away.

    Parameters
    ----------
    store : Path
        The store.
    snapshot : Snapshot
        What the files are.
    work : Path
        Workplace with the files `KEPT` and, if rows were refused, `REJECTED`.

    Raises
    ------
    OSError
        If a file cannot be written; nothing has changed then.
    """
    targets = [(work / KEPT, data_file(store, snapshot))]
    if snapshot.quarantined:
        targets.append((work / REJECTED, rejected_file(store, snapshot)))
    try:
        for file, target in targets:
            settle(file, target)
        write_manifest(store, snapshot)
    finally:
        if not manifest_file(store, snapshot).exists():
            for _, target in targets:
                with suppress(OSError):
                    target.unlink(missing_ok=True)


def settle(file: Path, target: Path) -> None:
    """Move a file to its place so that a power cut leaves it whole or absent.

    Parameters
    ----------
    file : Path
        Written and closed, on the same disk.
    target : Path
        Its place.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    sync(file)
    file.replace(target)
    sync(target.parent)


def sync(path: Path) -> None:
    """Ask the disk to keep what was written to a file or folder.

    Parameters
    ----------
    path : Path
        An existing file or folder.
    """
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def tidy(store: Path) -> None:
    """Remove what a killed load left behind, unless somebody writes just now.

    A load that died holding the lock left at least its file.

    Parameters
    ----------
    store : Path
        The store; it may be read-only.
    """
    if (store / LOCK).exists():
        with suppress(StoreError), locked(store, wait_seconds=0):
            sweep(store)


def sweep(store: Path) -> list[Path]:
    """Remove what loads left behind that never came to their manifest.

    Parameters
    ----------
    store : Path
        The store, held against other writers.

    Returns
    -------
    list of Path
        What was removed.
    """
    shutil.rmtree(store / UNFINISHED, ignore_errors=True)
    left = [*(store / "manifest").glob("*.partial")]
    for folder in (*TABLES, "quarantine"):
        left += [
            path
            for path in (store / folder).glob("*.parquet")
            if OURS.fullmatch(path.stem)
            and not (store / "manifest" / f"{path.stem}.json").exists()
        ]
    for path in left:
        path.unlink(missing_ok=True)
    return left
