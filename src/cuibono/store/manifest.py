"""The manifest: one small file per snapshot, whose arrival makes the snapshot real."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from cuibono.errors import StoreError
from cuibono.model.period import Period

VERSION = 3
SEAL = "seal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A fixed input file, and what became of its rows.

    Attributes
    ----------
    source, table : str
        Provider name and canonical table.
    name : str
        Unique name; the Parquet file is `<name>.parquet`.
    layout : str
        "canonical", or the compact layout the source's reader opens.
    input_name, sha256 : str
        What was loaded, and the hash of its bytes.
    input_bytes : int
        Its size.
    rows_in, accepted, duplicates, quarantined : int
        `rows_in = accepted + duplicates + quarantined`.
    covered : tuple of Period
        Days the file covers; a day outside is unknown, not zero.
    licence, citation, command : str
        Terms, how to cite, and the command that made the rows.
    content_sha256 : str
        Hash of what the input holds, unpacked.
    rows_sha256, rejected_sha256 : str
        Hashes of the Parquet files of accepted and of refused rows; empty
        where there is no such file, or none was taken yet.
    input_layout : str
        The card's layout that the input had.
    input_path : str
        Where the input lay, seen from the store; empty in what ships.
    replays : str
        Name of the snapshot whose refused rows were the input, or empty.
    origins : int or None
        Independent reports behind the accepted rows; None where nobody
        reports, or nobody counted.
    """

    source: str
    table: str
    name: str
    layout: str
    input_name: str
    sha256: str
    input_bytes: int
    rows_in: int
    accepted: int
    duplicates: int
    quarantined: int
    covered: tuple[Period, ...]
    licence: str
    citation: str
    command: str
    content_sha256: str = ""
    rows_sha256: str = ""
    rejected_sha256: str = ""
    input_layout: str = ""
    input_path: str = ""
    replays: str = ""
    origins: int | None = None

    def __post_init__(self) -> None:
        if self.rows_in != self.accepted + self.duplicates + self.quarantined:
            raise StoreError(
                f"{self.input_name}: {self.rows_in:,} rows came in, but {self.accepted:,}"
                f" accepted + {self.duplicates:,} duplicates + {self.quarantined:,} quarantined"
                " do not add up. Nothing was loaded; please report the file's layout."
            )


def read_manifest(folder: Path) -> tuple[Snapshot, ...]:
    """Read every snapshot that a store folder holds.

    Parameters
    ----------
    folder : Path
        A store; a folder that does not exist holds no snapshot.

    Returns
    -------
    tuple of Snapshot
        Sorted by name.

    Raises
    ------
    StoreError
        If a manifest is damaged, of a later version, or its data file is gone.
    """
    return tuple(snapshot for snapshot, _ in read_versions(folder))


def read_versions(folder: Path) -> tuple[tuple[Snapshot, int], ...]:
    """Read every snapshot, each with the version of the program that wrote its manifest.

    Parameters
    ----------
    folder : Path
        As for `read_manifest`.

    Returns
    -------
    tuple of (Snapshot, int)
        Sorted by name.

    Raises
    ------
    StoreError
        As `read_manifest`.
    """
    found = []
    for path in sorted((folder / "manifest").glob("*.json")):
        snapshot, version = _read(path)
        if not data_file(folder, snapshot).exists():
            raise StoreError(
                f"{path}: the data file {data_file(folder, snapshot).name} is gone."
                f" Delete {path.name} and load {snapshot.input_name} again, or let"
                " `cuibono store repair` do both."
            )
        found.append((snapshot, version))
    return tuple(found)


def data_file(folder: Path, snapshot: Snapshot) -> Path:
    """Name the Parquet file of a snapshot.

    Parameters
    ----------
    folder : Path
        The store.
    snapshot : Snapshot
        One of its snapshots.

    Returns
    -------
    Path
        Where its rows lie.
    """
    return folder / snapshot.table / f"{snapshot.name}.parquet"


def rejected_file(folder: Path, snapshot: Snapshot) -> Path:
    """Name the Parquet file of a snapshot's refused rows.

    Parameters
    ----------
    folder : Path
        The store.
    snapshot : Snapshot
        One of its snapshots.

    Returns
    -------
    Path
        Where they lie, if there are any.
    """
    return folder / "quarantine" / f"{snapshot.name}.parquet"


def manifest_file(folder: Path, snapshot: Snapshot) -> Path:
    """Name the manifest of a snapshot.

    Parameters
    ----------
    folder : Path
        The store.
    snapshot : Snapshot
        One of its snapshots.

    Returns
    -------
    Path
        Where it lies once the snapshot is real.
    """
    return folder / "manifest" / f"{snapshot.name}.json"


def write_manifest(folder: Path, snapshot: Snapshot) -> None:
    """Make a snapshot real: its manifest appears whole or not at all.

    Parameters
    ----------
    folder : Path
        The store; the data file is already in its place.
    snapshot : Snapshot
        What to record.

    Raises
    ------
    OSError
        If the folder cannot be written; no new manifest is there then.
    """
    path = manifest_file(folder, snapshot)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".partial")
    try:
        with unfinished.open("w", encoding="utf-8") as file:
            file.write(manifest_text(snapshot))
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def manifest_text(snapshot: Snapshot) -> str:
    """Write a snapshot down, the same text for the same facts.

    Parameters
    ----------
    snapshot : Snapshot
        What to record.

    Returns
    -------
    str
        JSON, closed by a hash of everything above it.
    """
    facts: dict[str, object] = {"version": VERSION, **asdict(snapshot)}
    facts["covered"] = [[str(span.start), str(span.end)] for span in snapshot.covered]
    return _text({**facts, SEAL: _hash(facts)})


def is_later(path: Path) -> bool:
    """Tell a sound manifest of a later version from one whose version was damaged.

    Parameters
    ----------
    path : Path
        Its file.

    Returns
    -------
    bool
        True if another, newer program wrote it.
    """
    try:
        facts = json.loads(path.read_text("utf-8"))
        return bool(facts.pop(SEAL) == _hash(facts) and facts["version"] > VERSION)
    except (ValueError, KeyError, TypeError, AttributeError):
        return False


def _text(facts: Mapping[str, object]) -> str:
    return json.dumps(facts, indent=1, ensure_ascii=False) + "\n"


def _hash(facts: Mapping[str, object]) -> str:
    return hashlib.sha256(_text(facts).encode()).hexdigest()


def read_snapshot(path: Path) -> Snapshot:
    """Read one manifest, of this version or an earlier one.

    Parameters
    ----------
    path : Path
        Its file.

    Returns
    -------
    Snapshot
        What it records.

    Raises
    ------
    StoreError
        If it is damaged or of a later version.
    """
    return _read(path)[0]


def _read(path: Path) -> tuple[Snapshot, int]:
    try:
        facts = json.loads(path.read_text("utf-8"))
        version = facts["version"]
        facts = _forward(facts, path)
        spans = facts.pop("covered")
        covered = tuple(Period(*map(date.fromisoformat, span)) for span in spans)
        return Snapshot(covered=covered, **facts), version
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(
            f"{path}: damaged manifest ({error}). Delete it and load its file again, or let"
            " `cuibono store repair` do both."
        ) from error


def version_of(path: Path) -> int:
    """Read which version of the program wrote a manifest.

    Parameters
    ----------
    path : Path
        A sound manifest.

    Returns
    -------
    int
        From 1 up.
    """
    return int(json.loads(path.read_text("utf-8"))["version"])


def _forward(facts: dict[str, Any], path: Path) -> dict[str, Any]:
    """Read a record of any version so far as one of this version, its seal checked."""
    version = facts["version"]
    if version not in range(1, VERSION + 1):
        raise StoreError(
            f"{path}: manifest version {version}, this program reads version {VERSION}."
            " Use the newer cuibono, or load the files again into a new store."
        )
    if version > 1:
        seal = facts.pop(SEAL)
        if seal != _hash(facts):
            raise ValueError("its seal does not fit what it says")
    else:
        # Version 1 loaded nothing packed, so that the bytes on disk were the content.
        facts["content_sha256"] = facts["sha256"]
    del facts["version"]
    return facts
