"""The manifest: one small file per snapshot, whose arrival makes the snapshot real."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from cuibono.errors import StoreError
from cuibono.model.period import Period

VERSION = 1


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
    found = []
    for path in sorted((folder / "manifest").glob("*.json")):
        snapshot = _read(path)
        if not data_file(folder, snapshot).exists():
            raise StoreError(
                f"{path}: the data file {data_file(folder, snapshot).name} is gone."
                f" Delete {path.name} and load {snapshot.input_name} again."
            )
        found.append(snapshot)
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
        If the folder cannot be written; no manifest is there then.
    """
    record = {"version": VERSION, **asdict(snapshot)}
    record["covered"] = [[str(span.start), str(span.end)] for span in snapshot.covered]
    text = json.dumps(record, indent=1, ensure_ascii=False) + "\n"
    path = folder / "manifest" / f"{snapshot.name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".partial")
    try:
        with unfinished.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


def _read(path: Path) -> Snapshot:
    try:
        record = json.loads(path.read_text("utf-8"))
        version = record.pop("version")
        if version != VERSION:
            raise StoreError(
                f"{path}: manifest version {version}, this program reads version {VERSION}."
                " Use the newer cuibono, or load the files again into a new store."
            )
        spans = record.pop("covered")
        covered = tuple(Period(*map(date.fromisoformat, span)) for span in spans)
        return Snapshot(covered=covered, **record)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(
            f"{path}: damaged manifest ({error}). Delete it and load its file again."
        ) from error
