"""Build the CAMEO and WEIS tables of the package from the providers' own files.

    python tools/build_event_codes.py [RAW_FOLDER [OUT_FOLDER]]

The PLOVER tables and the names of acts are written by hand and are not touched.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

from cuibono.vocab.corrections import apply_corrections, check_corrections
from cuibono.vocab.events import QUADS

ROOT = Path(__file__).resolve().parents[1]
RAW = ROOT.parent / "shared" / "data"
OUT = ROOT / "src" / "cuibono" / "vocab" / "data" / "events"
CROSSWALK = "CAMEO2PLOVER-2021"

# A line of the crosswalk: "091: ACCUSE, investigate, crime; corruption # Investigate ..."
LINE = re.compile(r"(?P<code>\d{3,4}): (?P<type>[A-Z]+),(?P<mode>[^,#]*),(?P<context>[^#]*)")

Rows = dict[str, dict[str, str]]


def icews_quad(root: str) -> str:
    """Give the quad that ICEWS derives from a CAMEO root."""
    bounds = (5, 8, 13, 20)
    return next(quad for quad, last in zip(QUADS, bounds, strict=True) if int(root) <= last)


def tenths(score: str) -> str:
    """Write a score with one decimal as an integer number of tenths."""
    value = round(float(score) * 10)
    if abs(value - float(score) * 10) > 1e-6:
        raise ValueError(f"{score!r} has more than one decimal, so tenths would round it.")
    return str(value)


def read_crosswalk(raw: Path) -> Rows:
    """Read CAMEO to PLOVER, corrected.

    The header lines of a root ("03: AGREE") are passed over: root 08 has two of
    them, and each root's type follows from its "0" code instead.
    """
    text = (raw / "gold_events" / f"{CROSSWALK}.txt").read_text("utf-8")
    rows: Rows = {}
    for match in LINE.finditer(text):
        parts = [part.strip() for part in match["context"].split(";")]
        row = {
            "event_type": match["type"],
            "mode": match["mode"].strip(),
            "context": ";".join(parts),
        }
        if rows.setdefault(match["code"], row) != row:
            raise ValueError(f"{CROSSWALK}: {match['code']} is mapped in two ways.")
    return apply_corrections("cameo2plover", CROSSWALK, rows)


def read_scores(path: Path, column: str) -> Rows:
    """Read a provider's scores by code."""
    with path.open(encoding="latin-1", newline="") as lines:
        return {row["code"]: {"score": row[column]} for row in csv.DictReader(lines)}


def cameo_rows(raw: Path) -> list[list[str]]:
    """Join codes, PLOVER types and Goldstein values, ordered by code."""
    plover = read_crosswalk(raw)
    icews = read_scores(raw / "icews_native" / "cameo-codes.csv", "goldstein")
    keds = read_scores(raw / "keds" / "cameo_scale.csv", "score")
    check_corrections("keds", "cameo_scale", keds)
    rows = []
    for code in sorted(icews | plover):
        act = plover.get(code, {})
        if len(code) == 2 and code + "0" in plover:
            # A bare root ("20") has the type of its unspecific code, and nothing more.
            act = {"event_type": plover[code + "0"]["event_type"]}
        scores = [
            tenths(table[code]["score"]) if code in table else "" for table in (icews, keds)
        ]
        typed = [act.get(column, "") for column in ("event_type", "mode", "context")]
        rows.append([code, code[:2], *typed, *scores, icews_quad(code[:2])])
    return rows


def weis_rows(raw: Path) -> list[list[str]]:
    """Read Goldstein's values for WEIS, ordered by code."""
    scores = read_scores(raw / "keds" / "weis_goldstein_scale.csv", "score")
    return [[code, tenths(scores[code]["score"])] for code in sorted(scores)]


def write(path: Path, header: str, rows: list[list[str]]) -> None:
    """Write a CSV with Unix line ends, so that every machine writes the same bytes."""
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(header.split(","))
        table.writerows(rows)


def build(raw: Path, out: Path) -> None:
    """Write `cameo.csv` and `weis.csv`."""
    header = (
        "code,root,event_type,mode,context,goldstein_tenths,keds_goldstein_tenths,icews_quad"
    )
    write(out / "cameo.csv", header, cameo_rows(raw))
    write(out / "weis.csv", "code,goldstein_tenths", weis_rows(raw))


if __name__ == "__main__":
    given = [Path(argument) for argument in sys.argv[1:3]]
    build(*given, *(RAW, OUT)[len(given) :])
