"""GDELT's own zips become a panel of the world directly, without a table in between.

The panel is the one that loading the same files and `event_panel` give, cell for cell.
Lines in which plainly nothing is wrong are counted from their bytes; every other line goes
to the source's reader, whose verdict holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import BytesIO
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cuibono.errors import DriftError
from cuibono.model.panel import Panel
from cuibono.model.period import Grid, Period, merge_periods
from cuibono.record.cells import Cells, lay_out
from cuibono.record.coverage import is_covered
from cuibono.record.odd_lines import OddLines
from cuibono.record.seen import Seen
from cuibono.sources.base import match_layout, numbered, read_card
from cuibono.sources.gdelt.codebook import parties
from cuibono.sources.gdelt.plain import Plain, read_plain
from cuibono.sources.gdelt.rows import Rows
from cuibono.store.days import busy_days
from cuibono.store.inflate import inflate

SOURCE, LAYOUT = "gdelt", "quarter_hour"
SAMPLED_LINES = 1000
# A few files, so that thousands of lines share the cost of each call.
BLOCK_BYTES = 2**21
ODD_LINES_WAITING = 50_000
EPOCH = date(1970, 1, 1)

DUPLICATE = "GLOBALEVENTID came before"
UNKNOWN = "not between two known actors"
DOMESTIC = "within one actor"
UNCOVERED = "in a period that the files do not cover, or that was not asked for"


@dataclass(frozen=True, slots=True)
class Account:
    """What became of every line.

    Attributes
    ----------
    files, rows_in, counted : int
        Files read, their lines, and the lines that are in the panel.
    skipped : mapping of str to int
        Lines that are not, by reason, the most frequent first.
    """

    files: int
    rows_in: int
    counted: int
    skipped: Mapping[str, int]

    def __str__(self) -> str:
        reasons = "".join(f"\n{n:>14,} {reason}" for reason, n in self.skipped.items())
        return (
            f"{self.files:,} files: {self.rows_in:,} rows = {self.counted:,} counted"
            f" + {sum(self.skipped.values()):,} skipped{reasons}"
        )


def fast_panel(paths: Iterable[Path], grid: Grid, within: Period) -> tuple[Panel, Account]:
    """Count GDELT 2.0 export files for every relation in the world.

    Parameters
    ----------
    paths : iterable of Path
        15-minute export files, packed or not; of one GLOBALEVENTID the first
        sound row counts.
    grid : Grid
        Length of a period.
    within : Period
        Days to use; periods the files cover by less than three quarters are
        left out.

    Returns
    -------
    Panel, Account
        The panel as `cuibono.record.panel.event_panel` gives it after the
        files were loaded one by one, and what became of every line.

    Raises
    ------
    SourceError
        If a file is damaged as a whole.
    DriftError
        If the usual line of a file has another number of fields than 61.
    EmptyRecordError
        If no covered period has an event between two known actors.
    """
    count = _Count(Cells(grid, len(parties())))
    for batch in _batches(paths):
        count.add(batch)
    count.settle()
    kept = [day for day in within.cut(grid).tolist()
            if is_covered(day, grid, count.spans, within)]  # fmt: skip
    starts = np.array(kept, dtype="datetime64[D]")
    counts = count.cells.counts()
    panel = lay_out(counts, parties(), starts, SOURCE, grid, within)
    counted = int(panel.rows.sum())
    count.skipped[UNCOVERED] += int(counts.events.sum()) - counted
    skipped = {reason: n for reason, n in count.skipped.most_common() if n}
    return panel, Account(count.files, count.rows_in, counted, skipped)


def _batches(paths: Iterable[Path]) -> Iterator[list[tuple[Path, bytes]]]:
    batch: list[tuple[Path, bytes]] = []
    size = 0
    for path in paths:
        batch.append((path, inflate(path)))
        size += len(batch[-1][1])
        if size >= BLOCK_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _check_layout(path: Path, text: bytes) -> None:
    """Refuse a file of another layout, told by its usual line as loading tells it."""
    lines = islice(BytesIO(text), SAMPLED_LINES)
    fields = Counter(line.count(b"\t") + 1 for line in lines)
    usual = max(fields, key=lambda n: (fields[n], n), default=0)
    found = match_layout(read_card(SOURCE), {"events": numbered(usual)}, str(path))
    if found.name != LAYOUT:
        raise DriftError(
            f"{path}: {usual} fields separated by tabs are GDELT 1.0; only 2.0 is counted"
            f" directly. Load it with `cuibono load {SOURCE} {path.name}`."
        )


@dataclass(slots=True)
class _Count:
    """What is counted so far: cells, days covered, and lines that wait for a verdict."""

    cells: Cells
    seen: Seen = field(default_factory=Seen)
    odd: OddLines = field(default_factory=OddLines)
    # Of files with lines that wait: a file's days are judged when all are known.
    days: dict[int, Counter[date]] = field(default_factory=dict)
    spans: list[Period] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    files: int = 0
    rows_in: int = 0

    def add(self, batch: Sequence[tuple[Path, bytes]]) -> None:
        """Count the plain lines of some files, and let the others wait."""
        plain = self.odd.divert(read_plain([text for _, text in batch]))
        self.rows_in += plain.starts.size
        for place, (path, text) in enumerate(batch):
            days = _days(plain, place)
            odd = _within(plain.odd, plain.bounds, place)
            if odd.size or plain.bounds[place] == plain.bounds[place + 1]:
                _check_layout(path, text)
                self.odd.wait(self.files + place, [plain.line(i) for i in odd.tolist()])
                self.days[self.files + place] = days
            else:
                self.spans += busy_days(days)
        self.spans = merge_periods(self.spans)
        self.files += len(batch)
        self._count(plain.rows)
        if len(self.odd.lines) >= ODD_LINES_WAITING:
            self.settle()

    def settle(self) -> None:
        """Ask the reader about the lines that wait, and count those that it accepts."""
        files, rows, rejected = self.odd.judge()
        self.skipped.update(rejected)
        for file, day in zip(files, rows.day.tolist(), strict=True):
            self.days[file][EPOCH + timedelta(days=day)] += 1
        for days in self.days.values():
            self.spans += busy_days(days)
        self.spans, self.days = merge_periods(self.spans), {}
        self._count(rows)

    def _count(self, rows: Rows) -> None:
        new = self.seen.add(rows.key)
        known = (rows.actor >= 0) & (rows.recipient >= 0)
        domestic = known & (rows.actor == rows.recipient)
        self.cells.add(rows.where(new & known & ~domestic))
        self.skipped[DUPLICATE] += int(np.count_nonzero(~new))
        self.skipped[UNKNOWN] += int(np.count_nonzero(new & ~known))
        self.skipped[DOMESTIC] += int(np.count_nonzero(new & domestic))


def _days(plain: Plain, place: int) -> Counter[date]:
    """Count the plain lines of one file by day, duplicates included."""
    first, stop = np.searchsorted(plain.at, plain.bounds[place : place + 2])
    days = plain.rows.day[first:stop]
    if not days.size:
        return Counter()
    earliest = int(days.min())
    counts = np.bincount(days - earliest)
    found = np.flatnonzero(counts)
    return Counter(
        {
            EPOCH + timedelta(days=earliest + after): n
            for after, n in zip(found.tolist(), counts[found].tolist(), strict=True)
        }
    )


def _within(
    lines: NDArray[np.int64], bounds: NDArray[np.int64], place: int
) -> NDArray[np.int64]:
    first, stop = np.searchsorted(lines, bounds[place : place + 2])
    return lines[first:stop]
