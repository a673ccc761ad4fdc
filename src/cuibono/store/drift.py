"""Whether a file is what its card promises; one that is not is loaded only knowingly."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq

from cuibono.errors import DriftError
from cuibono.sources.base import Card, Layout
from cuibono.store.commit import settle
from cuibono.store.engine import Engine
from cuibono.store.manifest import Snapshot
from cuibono.store.sorting import KEPT, REJECTED

# Of fewer rows a share says little: one bad line of ten is one bad line.
JUDGED_FROM = 100
# A release holds what the one before held, and never twice as much.
FEWEST, MOST = 0.8, 2.0
FOLDER = "drift"
EXAMPLES = 3
SHOWN = 200


def find_drift(
    engine: Engine, card: Card, layout: Layout, made: Snapshot, work: Path
) -> list[str]:
    """Say which bounds of its card a file breaks.

    Parameters
    ----------
    engine : Engine
        Runs the counts.
    card : Card
        What the source promises.
    layout : Layout
        The one that the file has.
    made : Snapshot
        What became of its rows.
    work : Path
        Workplace that holds the accepted rows.

    Returns
    -------
    list of str
        A sentence without its full stop for each; empty for a usual file.
    """
    found = []
    if layout.rows and not FEWEST * layout.rows <= made.rows_in <= MOST * layout.rows:
        found.append(
            f"{made.rows_in:,} rows where about {layout.rows:,} are expected"
            f" ({FEWEST * layout.rows:,.0f} to {MOST * layout.rows:,.0f})"
        )
    if made.rows_in < JUDGED_FROM:
        return found
    refused = made.quarantined / made.rows_in
    if refused > card.refused_share:
        found.append(
            f"{made.quarantined:,} of {made.rows_in:,} rows refused ({refused:.1%}), where"
            f" {card.refused_share:.0%} is the most that {card.name} has"
        )
    rows = engine.read_parquet(work / KEPT)
    if card.known_share and made.accepted >= JUDGED_FROM:
        known = engine.collect(rows.aggregate(n=rows.actor.count()))["n"][0].as_py()
        if known < card.known_share * made.accepted:
            found.append(
                f"{known:,} of {made.accepted:,} actors known ({known / made.accepted:.1%}),"
                f" where {card.known_share:.0%} is the least that {card.name} has"
            )
    return found


def refuse_drift(folder: Path, made: Snapshot, drift: list[str], work: Path) -> None:
    """Refuse a file that breaks bounds, and leave a report of what is in it.

    Parameters
    ----------
    folder : Path
        The store.
    made : Snapshot
        What would have become of its rows.
    drift : list of str
        Bounds that it breaks; not empty.
    work : Path
        Workplace that holds the refused rows.

    Raises
    ------
    DriftError
        Always; nothing is loaded.
    OSError
        If the report cannot be written.
    """
    draft, report = work / f"{FOLDER}.txt", folder / FOLDER / f"{made.name}.txt"
    draft.write_text("\n".join(_lines(made, drift, work)) + "\n", "utf-8")
    settle(draft, report)
    raise DriftError(
        f"{made.input_name}: {'; '.join(drift)}. Nothing was loaded; reasons and lines are in"
        f" {report}. If you know why, load it with `{made.command} --accept-drift`."
    )


def _lines(made: Snapshot, drift: list[str], work: Path) -> list[str]:
    """Write down what was expected, what came, and a few rows for each reason."""
    lines = [
        f"{made.input_name}, read as {made.source} in layout {made.input_layout}",
        f"sha256 {made.sha256}",
        f"{made.rows_in:,} rows = {made.accepted:,} accepted + {made.duplicates:,} duplicates"
        f" + {made.quarantined:,} quarantined",
        *(f"outside its bounds: {said}" for said in drift),
    ]
    if not made.quarantined:
        return lines
    rows = pq.read_table(work / REJECTED, columns=["line", "reject", "text"]).to_pylist()
    for reason, count in Counter(row["reject"] for row in rows).most_common():
        lines.append(f"{count:,} × {reason}")
        alike = [row for row in rows if row["reject"] == reason][:EXAMPLES]
        lines += [f"    line {row['line']}: {(row['text'] or '')[:SHOWN]!r}" for row in alike]
    return lines
