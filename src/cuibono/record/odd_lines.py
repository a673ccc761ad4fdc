"""GDELT lines that wait for the reader's verdict, asked about many at a time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import ibis
import numpy as np
import pyarrow as pa

from cuibono.sources.base import read_with
from cuibono.sources.gdelt.codebook import parties
from cuibono.sources.gdelt.plain import Plain
from cuibono.sources.gdelt.rows import Rows
from cuibono.sources.keys import ABSENT
from cuibono.store.engine import Engine
from cuibono.vocab.events import QUADS

# Reject, row, day, actor, recipient and quad, as the engine gives them.
Verdict: TypeAlias = dict[str, Any]
# What an int64 holds for certain.
LONGEST_NUMBER = 18


@dataclass(slots=True)
class OddLines:
    """Lines in the order in which they came.

    Attributes
    ----------
    lines : list of (int, bytes)
        File and line.
    keys : set of int
        GLOBALEVENTIDs of those lines, where they are numbers.
    names : dict of str to int
        A number below zero for each accepted key that is written in a way of
        its own ("007"), so that it equals itself alone.
    """

    lines: list[tuple[int, bytes]] = field(default_factory=list)
    keys: set[int] = field(default_factory=set)
    names: dict[str, int] = field(default_factory=dict)

    def divert(self, plain: Plain) -> Plain:
        """Make odd the plain lines of events that an odd line is about too.

        Which of the two comes first decides which one counts, and whether the
        odd one counts at all is not known yet.

        Parameters
        ----------
        plain : Plain
            The next files.

        Returns
        -------
        Plain
            The same lines.
        """
        said = (_number(plain.line(i).split(b"\t", 1)[0]) for i in plain.odd.tolist())
        self.keys.update(number for number in said if number is not None)
        return plain.without(self.keys) if self.keys else plain

    def wait(self, file: int, lines: list[bytes]) -> None:
        """Take in the odd lines of a file.

        Parameters
        ----------
        file : int
            Its number.
        lines : list of bytes
            Without their newlines.
        """
        self.lines += [(file, line) for line in lines]

    def judge(self) -> tuple[list[int], Rows, Counter[str]]:
        """Ask the reader, and let nothing wait any longer.

        Returns
        -------
        list of int, Rows, Counter of str
            Files and rows of the lines it accepts, and its reasons against
            the others.
        """
        waited, self.lines, self.keys = self.lines, [], set()
        verdicts = _read([line for _, line in waited]) if waited else []
        place = {actor: n for n, actor in enumerate(parties())}
        channel = {quad: n for n, quad in enumerate((None, *QUADS))}
        accepted = [(file, v) for (file, _), v in zip(waited, verdicts, strict=True)
                    if v["reject"] is None]  # fmt: skip
        rows = Rows(
            key=np.array([self._key(str(v["row"])) for _, v in accepted], np.int64),
            day=np.array([v["day"] for _, v in accepted], "datetime64[D]").astype(np.int32),
            actor=np.array([place.get(v["actor"], ABSENT) for _, v in accepted], np.int16),
            recipient=np.array(
                [place.get(v["recipient"], ABSENT) for _, v in accepted], np.int16
            ),
            channel=np.array([channel[v["quad"]] for _, v in accepted], np.int16),
        )
        refused = Counter(str(v["reject"]) for v in verdicts if v["reject"] is not None)
        return [file for file, _ in accepted], rows, refused

    def _key(self, written: str) -> int:
        number = _number(written.encode())
        if number is not None:
            return number
        return self.names.setdefault(written, -1 - len(self.names))


def _number(written: bytes) -> int | None:
    """Read a number that is written in the one usual way."""
    usual = written.isdigit() and written[:1] != b"0" and len(written) <= LONGEST_NUMBER
    return int(written) if usual else None


def _read(lines: list[bytes]) -> list[Verdict]:
    text = [line.rstrip(b"\r\n").decode("utf-8", "replace") for line in lines]
    raw = pa.table({"line": np.arange(len(text)), "text": pa.array(text, pa.large_string())})
    read = read_with("gdelt", "quarter_hour")({"events": ibis.memtable(raw)})
    rows = read.select("line", "reject", "row", "day", "actor", "recipient", "quad")
    verdicts: list[Verdict] = Engine().collect(rows.order_by("line")).to_pylist()
    return verdicts
