"""Every source's own files loaded, with the identity of rows printed for each.

    python bench/sources.py            the folder ../shared/data beside this repository
    python bench/sources.py FOLDER     another raw folder

Files go into one store, in the order of the table; a second file of the same rows is all
duplicates. A file that is missing is said to be so, and a source without a file at the end.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from cuibono.sources.base import source_names
from cuibono.store.load import load
from cuibono.store.store import open_store
from cuibono.testing.raw import RAW_FILES, absent_sources

RAW = Path(__file__).parents[2] / "shared" / "data"
HEAD = ("source", "file", "rows in", "accepted", "duplicates", "refused", "origins", "CPU s")
WIDTHS = (16, 38, 10, 10, 10, 8, 10, 6)
OWN = ("own_events", "own_measures")


def show(cells: tuple[str, ...]) -> None:
    """Print one line of the table: two columns of words, then numbers."""
    words = [cell[:w].ljust(w) for cell, w in zip(cells[:2], WIDTHS[:2], strict=True)]
    numbers = [cell.rjust(w) for cell, w in zip(cells[2:], WIDTHS[2:], strict=True)]
    print("  ".join([*words, *numbers]), flush=True)


def load_all(raw: Path, store: Path) -> None:
    """Load every file that is there, and hold each to the identity."""
    show(HEAD)
    for each in RAW_FILES:
        path = raw / each.path
        if not path.exists():
            print(f"{each.source}: no {each.path} in {raw}")
            continue
        began = time.process_time()
        done = load(open_store(store), each.source, path).snapshot
        assert done.rows_in == done.accepted + done.duplicates + done.quarantined
        counts = (done.rows_in, done.accepted, done.duplicates, done.quarantined)
        told = "" if done.origins is None else f"{done.origins:,}"
        cost = f"{time.process_time() - began:.1f}"
        show((each.source, path.name, *(f"{n:,}" for n in counts), told, cost))
    for name in absent_sources(raw, source_names()):
        why = "a table of your own" if name in OWN else "tested on invented rows alone"
        print(f"{name}: no file at hand; {why}")


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else RAW
    with tempfile.TemporaryDirectory() as place:
        load_all(folder, Path(place))
