"""What was asked of a provider, what came and what is missing: one file a year."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cuibono.errors import StoreError
from cuibono.model.period import Period, merge_periods
from cuibono.store.fetch.download import State
from cuibono.store.fetch.slots import Slot, uncovered

VERSION = 1
UNDATED = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A file of a provider, here or not.

    Attributes
    ----------
    name : str
        Its name.
    state, reason : str
        "got", "missing", "unreachable" or "quarantined", and why.
    start, end : str
        What it is about, ISO 8601 in UTC; empty where that is all there is.
    url, fetched : str
        Where from and when, UTC.
    authenticated : bool
        Whether a certificate vouched for the host.
    checksum, sha256, content : str
        What the list promised; what the bytes are; what an archive holds.
    size : int
        Bytes.
    """

    name: str
    state: str
    start: str = ""
    end: str = ""
    reason: str = ""
    url: str = ""
    fetched: str = ""
    authenticated: bool = False
    checksum: str = ""
    sha256: str = ""
    content: str = ""
    size: int = 0

    @property
    def slot(self) -> Slot | None:
        """Read what the file is about.

        Returns
        -------
        Slot or None
            None where it covers all that the provider has.
        """
        return _slot((self.start, self.end)) if self.start else None


@dataclass(slots=True)
class Holdings:
    """All that is known of a provider's files of one kind.

    Attributes
    ----------
    folder : Path
        Where the files of the years lie.
    asked : list of Slot
        What was asked for; disjoint, ascending.
    files : dict of str to Holding
        Files by name.
    n_lines : dict of str to int
        Lines that each list had last time.
    """

    folder: Path
    asked: list[Slot] = field(default_factory=list)
    files: dict[str, Holding] = field(default_factory=dict)
    n_lines: dict[str, int] = field(default_factory=dict)

    def ask(self, span: Slot) -> None:
        """Remember that a span was asked for.

        Parameters
        ----------
        span : Slot
            The time they should be about.
        """
        joined: list[Slot] = []
        for each in sorted([*self.asked, span]):
            if joined and each.start <= joined[-1].end:
                joined[-1] = Slot(joined[-1].start, max(joined[-1].end, each.end))
            else:
                joined.append(each)
        self.asked = joined

    def missing(self) -> tuple[Slot, ...]:
        """List what was asked for and is not here.

        Returns
        -------
        tuple of Slot
            Ascending and disjoint.
        """
        slots = [held.slot for held in self.files.values() if held.state == State.GOT]
        if None in slots:
            return ()
        dated = [slot for slot in slots if slot]
        return tuple(hole for span in self.asked for hole in uncovered(dated, span))


def missing_slots(store: Path, source: str) -> tuple[Period, ...]:
    """List the days on which files that were asked for are missing.

    A day counts as soon as one file of it is not here, for whatever reason:
    not listed, not found, damaged or not fetched yet.

    Parameters
    ----------
    store : Path
        The store.
    source : str
        Name of the source.

    Returns
    -------
    tuple of Period
        Ascending and disjoint; empty where nothing was asked for.

    Raises
    ------
    StoreError
        If the record of what was fetched is damaged.
    """
    folder = store / "fetched" / source
    kinds = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    holes = [hole for kind in kinds for hole in read_holdings(store, source, kind).missing()]
    days = [
        Period(hole.start.date(), (hole.end - timedelta(microseconds=1)).date() + timedelta(1))
        for hole in holes
    ]
    return tuple(merge_periods(days))


def read_holdings(store: Path, source: str, kind: str) -> Holdings:
    """Read what is known of a provider's files of one kind.

    Parameters
    ----------
    store : Path
        The store; it need not exist.
    source, kind : str
        Name of the source, and what the files hold.

    Returns
    -------
    Holdings
        Empty where nothing was fetched yet.

    Raises
    ------
    StoreError
        If a record is damaged or of a later version.
    """
    holdings = Holdings(store / "fetched" / source / kind)
    for path in sorted(holdings.folder.glob("*.json")):
        record = _read(path)
        try:
            for span in record["asked"]:
                holdings.ask(_slot(span))
            for entry in record["files"]:
                holdings.files[entry["name"]] = Holding(**entry)
            holdings.n_lines |= record.get("lists", {})
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise _damage(path, error) from error
    return holdings


def write_holdings(holdings: Holdings, years: Iterable[int]) -> None:
    """Record what is known; each year's file appears whole or not at all.

    Parameters
    ----------
    holdings : Holdings
        What is known.
    years : iterable of int
        Years that changed; what bears no date is always written.

    Raises
    ------
    StoreError
        If the folder cannot be written.
    """
    missing = holdings.missing()
    by_year: dict[int, list[Holding]] = {}
    for name in sorted(holdings.files):
        held = holdings.files[name]
        by_year.setdefault(int(held.start[:4] or UNDATED), []).append(held)
    try:
        holdings.folder.mkdir(parents=True, exist_ok=True)
        for year in sorted({*years, UNDATED}):
            files = by_year.get(year, [])
            record: dict[str, Any] = {
                "version": VERSION,
                "year": year or None,
                "expected": len(files),
                "got": sum(held.state == State.GOT for held in files),
                "asked": _within(holdings.asked, year),
                "missing": _within(missing, year),
                "files": [{k: v for k, v in asdict(held).items() if v} for held in files],
            }
            if year == UNDATED:
                record["lists"] = holdings.n_lines
            _write(holdings.folder / f"{year or 'undated'}.json", record)
    except OSError as error:
        raise StoreError(
            f"{holdings.folder}: cannot be written ({error.strerror or error}). Free the disk,"
            " or name another folder with `--store`, and fetch again."
        ) from error


def _within(spans: Iterable[Slot], year: int) -> list[list[str]]:
    """Cut spans to a year, as text."""
    if year == UNDATED:
        return []
    whole = Slot(datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC))
    parts = filter(None, map(whole.overlap, spans))
    return [[part.start.isoformat(), part.end.isoformat()] for part in parts]


def _slot(span: Iterable[str]) -> Slot:
    start, end = map(datetime.fromisoformat, span)
    if start.tzinfo is None or not start < end:
        raise ValueError(f"{start} to {end} is no span of time in UTC")
    return Slot(start, end)


def _read(path: Path) -> dict[str, Any]:
    try:
        record: dict[str, Any] = json.loads(path.read_text("utf-8"))
        version = record["version"]
    except (ValueError, KeyError, TypeError) as error:
        raise _damage(path, error) from error
    if version != VERSION:
        raise StoreError(
            f"{path}: version {version}, this program reads version {VERSION}."
            " Use the newer cuibono, or fetch into a new store."
        )
    return record


def _damage(path: Path, error: Exception) -> StoreError:
    return StoreError(f"{path}: damaged ({error}). Delete it and fetch that year again.")


def _write(path: Path, record: dict[str, Any]) -> None:
    unfinished = path.with_suffix(".partial")
    with unfinished.open("w", encoding="utf-8") as file:
        json.dump(record, file, indent=1, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
