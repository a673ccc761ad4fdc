"""Damaged snapshots are set aside whole and, where their inputs are found, loaded again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cuibono.errors import SourceError, StoreError
from cuibono.model.tables import TABLES
from cuibono.store.commit import settle
from cuibono.store.fingerprint import take_fingerprint
from cuibono.store.load import LoadReport, load
from cuibono.store.lock import locked, unwritable
from cuibono.store.manifest import is_later
from cuibono.store.store import open_store
from cuibono.store.verify import verify

ASIDE = "damaged"


@dataclass(frozen=True, slots=True)
class Repaired:
    """What became of one damaged snapshot.

    Attributes
    ----------
    name : str
        Its name.
    aside : Path
        Where its files lie now.
    report : LoadReport or None
        What its input gave when it was loaded again; None where the input was
        not found.
    """

    name: str
    aside: Path
    report: LoadReport | None

    def __str__(self) -> str:
        if self.report:
            return f"{self.name}: loaded again. {self.report}"
        return (
            f"{self.name}: set aside in {self.aside}; its input was not found. Say where it"
            " is with `cuibono store repair --from FOLDER`, or load it again."
        )


def repair(folder: Path, look_in: Sequence[Path] = ()) -> Iterator[Repaired]:
    """Set damaged snapshots aside, and load again those whose inputs are found.

    An input is known by the hash of its content, which is in the name of its
    snapshot, so that it may have moved, been renamed or been packed. Nothing
    is deleted: damaged files stay in the folder `damaged` of the store, and a
    later repair looks again for the inputs that were not found. What refers
    to the lost rows as duplicates is right again once they are loaded.

    Parameters
    ----------
    folder : Path
        The store.
    look_in : sequence of Path
        Folders, or files, in which inputs may lie, besides where they lay.

    Yields
    ------
    Repaired
        Each snapshot that was damaged now or is still set aside.

    Raises
    ------
    StoreError
        If the store cannot be written, or a newer program wrote it.
    """
    damages = list(verify(folder))
    if later := [damage for damage in damages if is_later(damage.path)]:
        raise StoreError(str(later[0]))
    damaged = sorted({damage.name for damage in damages})
    lay = [path for name in damaged for path in _recorded(folder, name)]
    if damaged:
        with locked(folder):
            for name in damaged:
                _set_aside(folder, name)
    inputs = {_content(path): path for path in [*lay, *_below(look_in)]}
    for aside in sorted((folder / ASIDE).glob("*")):
        if not (folder / "manifest" / f"{aside.name}.json").exists():
            yield Repaired(aside.name, aside, _load_again(folder, aside.name, inputs))


def _set_aside(folder: Path, name: str) -> None:
    """Move a snapshot's files out of the way, its manifest first: nobody reads half of it."""
    files = [folder / "manifest" / f"{name}.json"]
    files += [folder / table / f"{name}.parquet" for table in (*TABLES, "quarantine")]
    try:
        for file in files:
            if file.exists():
                settle(file, folder / ASIDE / name / file.parent.name / file.name)
    except OSError as error:
        raise unwritable(folder, error) from error


def _load_again(folder: Path, name: str, inputs: Mapping[str, Path]) -> LoadReport | None:
    source, _, start = name.rpartition("-")
    found = [path for content, path in inputs.items() if start and content.startswith(start)]
    # What is known by its content was accepted when it was loaded first.
    return load(open_store(folder), source, found[0], accept_drift=True) if found else None


def _recorded(folder: Path, name: str) -> list[Path]:
    """Say where a snapshot's input lay, as far as its manifest can still be read."""
    text = (folder / "manifest" / f"{name}.json").read_text("utf-8", errors="replace")
    said = re.findall(r'^ "input_path": "(.+)"', text, re.MULTILINE)
    return [path for path in (folder / where for where in said) if path.exists()]


def _below(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        yield place
        yield from sorted(place.rglob("*"))


def _content(path: Path) -> str:
    """Hash what a file or folder holds; nothing if it cannot be an input."""
    try:
        return take_fingerprint(path).content
    except SourceError:
        return ""
