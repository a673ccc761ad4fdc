"""A store of an earlier version becomes one of this version, one manifest at a time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cuibono.store.fingerprint import hash_file
from cuibono.store.manifest import (
    VERSION,
    Snapshot,
    data_file,
    read_versions,
    rejected_file,
    write_manifest,
)


def migrate(folder: Path) -> int:
    """Write manifests of earlier versions again as this version has them.

    Each is replaced whole, so that a migration cut short leaves a store that
    is read as before, and the next one goes on where it stopped.

    Parameters
    ----------
    folder : Path
        The store, held against other writers.

    Returns
    -------
    int
        Manifests rewritten.

    Raises
    ------
    StoreError
        If a manifest is damaged or of a later version.
    OSError
        If the store cannot be written.
    """
    old = [
        (snapshot, version) for snapshot, version in read_versions(folder) if version < VERSION
    ]
    for snapshot, version in old:
        # Only the first version took no hashes; those of another are not to be taken anew.
        write_manifest(folder, seal(folder, snapshot) if version == 1 else snapshot)
    return len(old)


def seal(folder: Path, snapshot: Snapshot) -> Snapshot:
    """Add the hashes of a snapshot's files as they are now.

    Parameters
    ----------
    folder : Path
        The store.
    snapshot : Snapshot
        Whose data file is in its place.

    Returns
    -------
    Snapshot
        With `rows_sha256`, and `rejected_sha256` if there are refused rows.
    """
    rejected = rejected_file(folder, snapshot)
    return replace(
        snapshot,
        rows_sha256=hash_file(data_file(folder, snapshot)),
        rejected_sha256=hash_file(rejected) if rejected.exists() else "",
    )
