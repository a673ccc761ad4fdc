"""Tables as files that other programs open: CSV that runs no formula, Parquet, JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date

import pyarrow as pa
import pyarrow.parquet

from cuibono.model.dossier import Chart, Dossier, Table

FORMS = {
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
}
# What a spreadsheet takes for the start of a formula, the full-width forms included.
FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
MARK = "'"


def write_sheet(table: pa.Table, form: str) -> bytes:
    """Write a table in one of the forms that are offered.

    Parameters
    ----------
    table : pyarrow.Table
        Any table.
    form : {"csv", "parquet", "json"}
        Which form.

    Returns
    -------
    bytes
        The whole file; the same bytes each time.
    """
    if form == "parquet":
        file = io.BytesIO()
        pyarrow.parquet.write_table(table, file, compression="zstd")
        return file.getvalue()
    if form == "json":
        text = json.dumps(table.to_pylist(), default=_plain, ensure_ascii=False, indent=1)
        return text.encode()
    return _csv(table.column_names, (row.values() for row in table.to_pylist())).encode()


def escape_cell(value: object) -> object:
    """Write a cell so that a spreadsheet shows it and does not run it.

    A text that a spreadsheet would take for a formula, and one that opens
    with the mark itself, gets the mark in front: taking one mark away gives
    back every text that was written. Numbers stay numbers.

    Parameters
    ----------
    value : object
        Any cell.

    Returns
    -------
    object
        The same, or a text with a mark in front.

    Examples
    --------
    >>> escape_cell("=1+1"), escape_cell(-2.5), escape_cell("Moscow")
    ("'=1+1", -2.5, 'Moscow')
    """
    if not isinstance(value, str):
        return value
    opens = value.lstrip(" ")[:1]
    return MARK + value if opens == MARK or (opens in FORMULA and opens) else value


def sheet_of_table(table: Table) -> pa.Table:
    """Lay out a table of a dossier as text.

    Parameters
    ----------
    table : Table
        Of any section.

    Returns
    -------
    pyarrow.Table
        A column for each heading, and one for each that quotes numbers, with their ids.
    """
    columns: dict[str, list[str]] = {}
    for number, name in enumerate(table.columns):
        cells = [row[number] for row in table.rows]
        columns[name] = ["".join(span.text for span in cell) for cell in cells]
        ids = [" ".join(span.ref for span in cell if span.ref) for cell in cells]
        if any(ids):
            columns[f"{name}: id"] = ids
    return pa.table(columns)


def sheet_of_chart(chart: Chart, dossier: Dossier) -> pa.Table:
    """Lay out the numbers that a chart draws.

    Parameters
    ----------
    chart : Chart
        One of the dossier's.
    dossier : Dossier
        Where its numbers are.

    Returns
    -------
    pyarrow.Table
        One row for each drawn point, band or bar.
    """
    if chart.bars:
        return _rows([{"row": b.row, "start": b.start, "end": b.end} for b in chart.bars])
    drawn = [
        {"series": s.id, "label": s.label, "unit": s.unit, "level": s.level,
         "start": p.start, "end": p.end, "value": p.value, "low": p.low, "high": p.high,
         "rows": sum(p.rows[:1])}
        for s in dossier.series if s.id in chart.series for p in s.points
    ]  # fmt: skip
    if drawn:
        return _rows(drawn)
    figures: list[dict[str, object]] = [
        {"id": f.id, "label": f.label, "value": f.value, "low": f.low, "high": f.high,
         "level": f.level, "unit": f.unit, "said": f.said}
        for f in dossier.figures if f.id in chart.series
    ]  # fmt: skip
    bins = [
        {"id": w.id, "label": w.label, "unit": w.unit, "from": low, "until": high,
         "relations": n}
        for w in dossier.distributions if w.id == chart.world
        for low, high, n in zip(w.edges[:-1], w.edges[1:], w.counts, strict=True)
    ]  # fmt: skip
    return _rows([*figures, *bins])


def _rows(rows: Sequence[dict[str, object]]) -> pa.Table:
    names = dict.fromkeys(name for row in rows for name in row)
    return pa.table({name: [row.get(name) for row in rows] for name in names})


def _csv(names: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([escape_cell(name) for name in names])
    writer.writerows([escape_cell(cell) for cell in row] for row in rows)
    return file.getvalue()


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
