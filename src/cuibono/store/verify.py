"""Whether a store is what its manifests say, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cuibono.errors import StoreError
from cuibono.store.fingerprint import hash_file
from cuibono.store.manifest import (
    VERSION,
    Snapshot,
    data_file,
    manifest_text,
    read_snapshot,
    rejected_file,
    version_of,
)


@dataclass(frozen=True, slots=True)
class Damage:
    """A file of a store that is not what it was.

    Attributes
    ----------
    path : Path
        The file.
    what : str
        What is wrong with it.
    name : str
        The snapshot it belongs to.
    snapshot : Snapshot or None
        The same as its manifest has it; None where that is what is damaged.
    """

    path: Path
    what: str
    name: str
    snapshot: Snapshot | None

    def __str__(self) -> str:
        return f"{self.path}: {self.what}"


def verify(folder: Path) -> Iterator[Damage]:
    """Compare every file of a store with the hash that was taken when it was written.

    Parameters
    ----------
    folder : Path
        The store.

    Yields
    ------
    Damage
        Each file that is damaged or missing, by the name of its snapshot.
    """
    for path in sorted((folder / "manifest").glob("*.json")):
        try:
            snapshot = read_snapshot(path)
        except StoreError as error:
            yield Damage(path, _reason(path, error), path.stem, None)
            continue
        if (
            version_of(path) == VERSION
            and path.read_bytes() != manifest_text(snapshot).encode()
        ):
            yield Damage(path, "damaged: not as it was written", path.stem, None)
            continue
        yield from _file_damage(folder, snapshot)


def _file_damage(folder: Path, snapshot: Snapshot) -> Iterator[Damage]:
    files = [(data_file(folder, snapshot), snapshot.rows_sha256)]
    if snapshot.rejected_sha256:
        files.append((rejected_file(folder, snapshot), snapshot.rejected_sha256))
    for path, wanted in files:
        if not path.is_file():
            yield Damage(path, "missing", snapshot.name, snapshot)
        elif wanted and hash_file(path) != wanted:
            yield Damage(path, "damaged: not as it was written", snapshot.name, snapshot)


def _reason(path: Path, error: StoreError) -> str:
    return str(error).removeprefix(f"{path}: ")
