"""Lines of comma-separated text become fields: one line, one row, whatever a quote does."""

from __future__ import annotations

from collections.abc import Sequence

import ibis

# A field is what follows a comma: quoted, with doubled quotes inside, or free of commas.
FIELD = r',("(?:[^"]|"")*"|[^",][^,]*|)'


@ibis.udf.scalar.builtin(name="regexp_extract_all")  # type: ignore[untyped-decorator]
def _every(text: str, pattern: str, group: int) -> list[str]:  # type: ignore[empty-body]
    """Name the engine's function that gives every match of a pattern."""


def split_commas(lines: ibis.Table, columns: Sequence[str]) -> ibis.Table:
    """Split lines below a header into named text columns.

    A quoted field ends on its own line. One that does not, or a quote in the
    middle of a field, costs its line and no other.

    Parameters
    ----------
    lines : ibis.Table
        Columns `line` and `text`, the header at line 1.
    columns : sequence of str
        A name for each field, in their order.

    Returns
    -------
    ibis.Table
        The lines below the header with `columns`, unquoted, and with `fault`:
        why a line is no row, or null.
    """
    rows = lines.filter(lines.line > 1)
    cells = _every(ibis.literal(",") + rows.text, ibis.literal(FIELD), ibis.literal(1, "int32"))
    rows = rows.mutate(cells=cells)
    fault = ibis.cases(
        (rows.text == "", "empty line"),
        (rows.cells.join(",") != rows.text, "a quote does not close"),
        (rows.cells.length() != len(columns), f"not {len(columns)} fields"),
        (rows.text.contains("\ufffd"), "not UTF-8 text"),
        else_=None,
    )
    return rows.mutate(
        fault=fault, **{name: _unquoted(rows.cells[at]) for at, name in enumerate(columns)}
    )


def _unquoted(cell: ibis.Value) -> ibis.Value:
    inner = cell.substr(1, cell.length() - 2).replace('""', '"')
    return cell.startswith('"').ifelse(inner, cell)
