"""The log of runs: what was asked, before anybody looked at the answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cuibono.errors import StoreError
from cuibono.model.case import Case
from cuibono.store.store import Store

LOG = "runs.jsonl"

FORETOLD = "foretold"
"""Key of the lines that hold a forecast; the others are runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of a case, as it was logged before it began.

    Attributes
    ----------
    at : str
        When, in UTC, ISO 8601.
    case : str
        Name of the case.
    case_sha256 : str
        Hash of its file: what was asked.
    judgements : dict of str to str
        Files of further judges and their hashes.
    snapshots : tuple of str
        What was known, by name and hash of each file.
    """

    at: str
    case: str
    case_sha256: str
    judgements: dict[str, str]
    snapshots: tuple[str, ...]


def log_run(folder: Path, case: Case, store: Store, now: datetime) -> tuple[Run, ...]:
    """Log a run before it looks, and tell which runs of the case came before.

    Parameters
    ----------
    folder : Path
        Where dossiers are written; made where it is missing.
    case : Case
        What is asked.
    store : Store
        What is known.
    now : datetime
        With its time zone.

    Returns
    -------
    tuple of Run
        Earlier runs of the case, oldest first.

    Raises
    ------
    StoreError
        If the log cannot be read or written.
    """
    run = Run(
        at=now.isoformat(timespec="seconds"),
        case=case.name,
        case_sha256=case.sha256,
        judgements=dict(case.judgement_files),
        snapshots=tuple(f"{s.name} {s.sha256}" for s in store.snapshots),
    )
    log = folder / LOG
    earlier = tuple(one for one in read_runs(log) if one.case == case.name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(run), ensure_ascii=False) + "\n")
    except OSError as error:
        raise StoreError(
            f"{log}: cannot log the run ({error.strerror}). Choose another folder with --out."
        ) from error
    return earlier


def read_runs(log: Path) -> tuple[Run, ...]:
    """Read a log of runs.

    Parameters
    ----------
    log : Path
        The file; it need not exist.

    Returns
    -------
    tuple of Run
        Oldest first.

    Raises
    ------
    StoreError
        If a line is damaged.
    """
    runs = []
    for number, entry in read_lines(log):
        if FORETOLD in entry:
            continue
        try:
            runs.append(Run(**{**entry, "snapshots": tuple(entry["snapshots"])}))
        except (TypeError, KeyError) as error:
            raise damaged(log, number) from error
    return tuple(runs)


def read_lines(log: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Read the lines of a log of runs.

    Parameters
    ----------
    log : Path
        The file; it need not exist.

    Yields
    ------
    tuple of (int, dict)
        Number of the line from 1, and what it says.

    Raises
    ------
    StoreError
        If a line is no JSON object.
    """
    if not log.is_file():
        return
    for number, line in enumerate(log.read_text("utf-8").splitlines(), 1):
        try:
            entry = json.loads(line)
        except ValueError as error:
            raise damaged(log, number) from error
        if not isinstance(entry, dict):
            raise damaged(log, number)
        yield number, entry


def damaged(log: Path, number: int) -> StoreError:
    """Say that a line of the log cannot be read.

    Parameters
    ----------
    log : Path
        The file.
    number : int
        The line, from 1.

    Returns
    -------
    StoreError
        To be raised.
    """
    return StoreError(
        f"{log}:{number}: this line of the log is damaged. Set the file aside and"
        " run again; a new one is begun."
    )
