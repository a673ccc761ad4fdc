"""Records read from documents, as the store keeps them: appended, never overwritten.

Below `readings/<hash of the text>/` lie the text that offsets count in, what is known of the
document, and one file for each time that records were added or reviewed. The latest version
of a record is what holds; the earlier ones stay.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cuibono.errors import StoreError
from cuibono.model.sourced_record import SourcedRecord
from cuibono.reading.arrow import from_arrow, to_arrow
from cuibono.reading.document import Document
from cuibono.store.commit import settle
from cuibono.store.lock import locked, unwritable

FOLDER = "readings"
TEXT = "text.txt"
ABOUT = "document.json"


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """What the store knows of a document beside its records.

    Attributes
    ----------
    sha256, name, title, author : str
        Hash of its text; its file's name; what it says of itself.
    written : date or None
        The day on its dateline.
    """

    sha256: str
    name: str
    title: str
    author: str
    written: date | None


def keep_reading(store: Path, document: Document, records: list[SourcedRecord]) -> int:
    """Add a document's records to the store; those it has already are left as they are.

    Parameters
    ----------
    store : Path
        The user's store.
    document : Document
        As read.
    records : list of SourcedRecord
        Read from it.

    Returns
    -------
    int
        How many were new.

    Raises
    ------
    StoreError
        If the store cannot be written.
    """
    folder = store / FOLDER / document.sha256
    with locked(store):
        known = {record.id for record in _versions(folder)}
        new = [record for record in records if record.id not in known]
        if not (folder / ABOUT).exists():
            _write(folder / TEXT, document.text.encode("utf-8", "surrogatepass"), store)
            about = {
                "name": document.name,
                "title": document.title,
                "author": document.author,
                "written": document.written.isoformat() if document.written else None,
            }
            _write(folder / ABOUT, json.dumps(about, ensure_ascii=False).encode(), store)
        if new:
            _append(folder, new, store)
    return len(new)


def revise(store: Path, record: SourcedRecord) -> None:
    """Add a new version of a record.

    Parameters
    ----------
    store : Path
        The user's store.
    record : SourcedRecord
        With a version one above the one that holds.

    Raises
    ------
    StoreError
        If someone else has added that version in the meantime.
    """
    folder = store / FOLDER / record.document
    with locked(store):
        held = [each.version for each in _versions(folder) if each.id == record.id]
        if not held or record.version != max(held) + 1:
            raise StoreError(
                f"{record.id}: version {record.version} does not follow on"
                f" {max(held, default=0)}. Read the record again and repeat the change."
            )
        _append(folder, [record], store)


def read_records(store: Path, document: str = "") -> list[SourcedRecord]:
    """Give the records that hold, each in its latest version.

    Parameters
    ----------
    store : Path
        The user's store.
    document : str, default ""
        First characters of the hash of one document; all documents without.

    Returns
    -------
    list of SourcedRecord
        By document and place in the text.
    """
    latest: dict[str, SourcedRecord] = {}
    for folder in _folders(store, document):
        for record in _versions(folder):
            if record.id not in latest or latest[record.id].version < record.version:
                latest[record.id] = record
    return sorted(latest.values(), key=lambda each: (each.document, each.start, each.id))


def history_of(store: Path, record_id: str) -> list[SourcedRecord]:
    """Give every version of one record.

    Parameters
    ----------
    store : Path
        The user's store.
    record_id : str
        Its id.

    Returns
    -------
    list of SourcedRecord
        Oldest first; empty where the store has no such record.
    """
    found = [
        record
        for folder in _folders(store, "")
        for record in _versions(folder)
        if record.id == record_id
    ]
    return sorted(found, key=lambda record: record.version)


def read_document_of(store: Path, sha256: str) -> StoredDocument:
    """Give what the store knows of a document.

    Parameters
    ----------
    store : Path
        The user's store.
    sha256 : str
        Hash of its text.

    Returns
    -------
    StoredDocument
        Name, title, author and day.

    Raises
    ------
    StoreError
        If the store has no such document.
    """
    path = store / FOLDER / sha256 / ABOUT
    if not path.exists():
        raise StoreError(f"{store}: no document {sha256[:12]}. Read it with `cuibono read`.")
    about = json.loads(path.read_text("utf-8"))
    written = date.fromisoformat(about["written"]) if about["written"] else None
    return StoredDocument(sha256, about["name"], about["title"], about["author"], written)


def read_text_of(store: Path, sha256: str) -> str:
    """Give the text that a document's offsets count in.

    Parameters
    ----------
    store : Path
        The user's store.
    sha256 : str
        Its hash.

    Returns
    -------
    str
        Character for character.

    Raises
    ------
    StoreError
        If its bytes are no longer those of the hash.
    """
    raw = (store / FOLDER / sha256 / TEXT).read_bytes()
    if hashlib.sha256(raw).hexdigest() != sha256:
        raise StoreError(
            f"{store}: the text of document {sha256[:12]} was changed; its quotes no longer"
            " stand. Remove its folder below readings/ and read the file again."
        )
    return raw.decode("utf-8", "surrogatepass")


def _folders(store: Path, document: str) -> Iterator[Path]:
    root = store / FOLDER
    if root.is_dir():
        yield from sorted(f for f in root.iterdir() if f.name.startswith(document))


def _versions(folder: Path) -> Iterator[SourcedRecord]:
    import pyarrow.parquet as pq

    for file in sorted(folder.glob("records-*.parquet")):
        yield from from_arrow(pq.read_table(file))


def _append(folder: Path, records: list[SourcedRecord], store: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = len(list(folder.glob("records-*.parquet"))) + 1
    sink = pa.BufferOutputStream()
    pq.write_table(to_arrow(records), sink, compression="zstd")
    _write(folder / f"records-{number:06}.parquet", sink.getvalue().to_pybytes(), store)


def _write(target: Path, raw: bytes, store: Path) -> None:
    part = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(raw)
        settle(part, target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise unwritable(store, error) from error
