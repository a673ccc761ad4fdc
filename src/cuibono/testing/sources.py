"""The contract of a source: what its card must say and its reader must hold to."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from importlib import import_module
from inspect import getmembers, isfunction
from pathlib import Path

import ibis
import pyarrow as pa

from cuibono.errors import DriftError
from cuibono.model.period import Grid
from cuibono.model.tables import TABLES
from cuibono.sources.base import EMBEDDED, Card, Layout, provider_layouts, read_card, read_with
from cuibono.store.engine import Engine
from cuibono.store.raw import open_raw
from cuibono.testing.copies import copy_shuffled, copy_widened
from cuibono.vocab.actors import load_codes

COVERAGES = ("busy_days", "rows", "span")
# Without a value in these an accepted row could be neither found nor counted.
NEVER_NULL = {
    "events": ("source", "row", "day", "precision", "events"),
    "measures": ("source", "row", "start", "end", "measure", "value", "unit"),
    "reports": ("source", "row", "day", "event", "added", "story", "medium"),
}
PACKER = "pack"


def check_source(name: str, samples: Mapping[str, Path]) -> list[str]:
    """Hold a source to the contract that every source keeps.

    Parameters
    ----------
    name : str
        Folder name of the source.
    samples : mapping of str to Path
        For each layout of its provider, a small file or folder of files in
        that layout, without a duplicate.

    Returns
    -------
    list of str
        What the source breaks, one line each; empty for a sound source.
    """
    card = read_card(name)
    broken = [*_card_breaks(card), *_layout_breaks(card, samples)]
    engine = Engine()
    for layout, path in sorted(samples.items()):
        for said in _sample_breaks(engine, card, layout, path):
            broken.append(f"{name}, {layout}: {said}")
    return broken


def _card_breaks(card: Card) -> Iterator[str]:
    """Say what a card leaves out or misspells."""
    words = {"label": card.label, "title": card.title, "provider": card.provider,
             "licence": card.licence, "citation": card.citation}  # fmt: skip
    yield from (f"{card.name}: {field} is empty" for field, said in words.items() if not said)
    if f"`cuibono load {card.name} " not in card.obtain:
        yield f"{card.name}: obtain names no command `cuibono load {card.name} ...`"
    if card.table not in TABLES:
        yield f"{card.name}: no canonical table {card.table!r}"
    if card.coverage not in COVERAGES:
        yield f"{card.name}: no rule of coverage {card.coverage!r}"
    if card.grid not in [grid.value for grid in Grid]:
        yield f"{card.name}: no grid {card.grid!r}"
    if card.system not in load_codes():
        yield f"{card.name}: the registry has no code system {card.system!r}"
    if card.doi and not card.doi.startswith("10."):
        yield f"{card.name}: {card.doi!r} is no DOI"
    yield from (
        f"{card.name}: a blind spot is no sentence: {spot!r}"
        for spot in card.blind_spots
        if not spot.endswith(".")
    )


def _layout_breaks(card: Card, samples: Mapping[str, Path]) -> Iterator[str]:
    """Compare the layouts of a card with the functions of its reader and the samples."""
    reader = import_module(f"cuibono.sources.{card.name}.reader")
    functions = {
        name
        for name, value in getmembers(reader, isfunction)
        if value.__module__ == reader.__name__ and not name.startswith("_")
    }
    layouts = {layout.name for layout in card.layouts}
    if functions - {PACKER} != layouts:
        yield f"{card.name}: reader has {sorted(functions)}, card has {sorted(layouts)}"
    if (PACKER in functions) != (EMBEDDED in layouts):
        yield f"{card.name}: what ships needs both {PACKER!r} and {EMBEDDED!r}"
    unsampled = {layout.name for layout in provider_layouts(card)} - set(samples)
    yield from (f"{card.name}: no sample in layout {name!r}" for name in sorted(unsampled))


def _sample_breaks(engine: Engine, card: Card, layout: str, path: Path) -> Iterator[str]:
    """Say what a reader does wrong on one sample."""
    found, raw = open_raw(engine, card, path)
    if found.name != layout:
        yield f"the sample is taken for layout {found.name!r}"
        return
    rows = engine.collect(read_with(card.name, layout)(raw))
    wanted = (*TABLES[card.table], "line", "text", "reject")
    missing = [name for name in wanted if name not in rows.column_names]
    if missing:
        yield f"rows lack {', '.join(missing)}"
        return
    yield from _row_breaks(card, rows)
    if len(raw) == 1:
        (table,) = raw.values()
        yield from _loss_breaks(engine, table, rows, found.format)
    with tempfile.TemporaryDirectory() as folder:
        yield from _copy_breaks(engine, card, found, path, rows, Path(folder))


def _copy_breaks(
    engine: Engine, card: Card, layout: Layout, path: Path, rows: pa.Table, folder: Path
) -> Iterator[str]:
    """Say what a reader does wrong on the same rows in another order or with a column more."""
    shuffled, wider = folder / "shuffled" / path.name, folder / "wider" / path.name
    copy_shuffled(path, layout, shuffled)
    copy_widened(path, layout, wider)
    again = read_with(card.name, layout.name)(open_raw(engine, card, shuffled)[1])
    if _content(card, engine.collect(again)) != _content(card, rows):
        yield "the order of the rows changes what is read"
    try:
        open_raw(engine, card, wider)
    except DriftError:
        return
    yield "an unknown column is not refused"


def _row_breaks(card: Card, rows: pa.Table) -> Iterator[str]:
    """Say which rows are neither whole nor refused with a reason."""
    columns = ibis.schema(TABLES[card.table]).to_pyarrow()
    try:
        rows.select(columns.names).cast(columns)
    except pa.ArrowInvalid as error:
        yield f"a column is not of its canonical type: {error}"
    cells = rows.to_pylist()
    accepted = [cell for cell in cells if cell["reject"] is None]
    if not accepted:
        yield "no row of the sample is accepted"
    yield from (
        f"an accepted row has no {name}"
        for name in NEVER_NULL[card.table]
        if any(cell[name] is None for cell in accepted)
    )
    if any(cell["source"] != card.name for cell in accepted):
        yield "a row names another source"
    if len({cell["row"] for cell in accepted}) != len(accepted):
        yield "two accepted rows have one key"
    if any(cell["reject"] is not None and not cell["reject"].strip() for cell in cells):
        yield "a row is refused without a reason"


def _loss_breaks(engine: Engine, raw: ibis.Table, rows: pa.Table, kind: str) -> Iterator[str]:
    """Compare what came in with what came out: of a text, one row for each of its lines."""
    came = engine.collect(raw.aggregate(n=raw.count()))["n"][0].as_py() - (kind == "lines")
    read = len(set(rows["line"].to_pylist()))
    if read != came:
        yield f"{came} raw rows came in, rows of {read} came out"
    if kind != "parquet" and rows.num_rows != came:
        yield f"{came} lines became {rows.num_rows} rows"


def _content(card: Card, rows: pa.Table) -> list[tuple[object, ...]]:
    """List what rows say, without the place that some sources have to use as their key."""
    kept = [name for name in TABLES[card.table] if name != "row"]
    cells = zip(*(rows[name].to_pylist() for name in [*kept, "reject"]), strict=True)
    return sorted(cells, key=repr)
