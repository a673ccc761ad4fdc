"""Learn the proposer's table from our own sentences: `python tools/train_proposer.py`.

Reads `bench/gold/rule_writing.csv`, never the held-out half, and the dictionary, and writes
`src/cuibono/reading/data/proposer.tsv`. The same input gives the same bytes on any machine.
"""

from __future__ import annotations

import csv
from importlib.resources import files
from pathlib import Path

from cuibono.reading.proposer import TABLE
from cuibono.reading.training import train_table

SENTENCES = Path(__file__).resolve().parent.parent / "bench" / "gold" / "rule_writing.csv"


def main() -> None:
    """Learn and write the table that ships."""
    with SENTENCES.open(encoding="utf-8", newline="") as lines:
        table = train_table(csv.DictReader(lines))
    Path(str(files("cuibono.reading") / "data" / TABLE)).write_text(table, "utf-8")


if __name__ == "__main__":
    main()
