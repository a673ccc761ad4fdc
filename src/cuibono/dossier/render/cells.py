"""Text as a reader scans it: numbers right-aligned, lines under their opening words."""

from __future__ import annotations

from dataclasses import replace

from cuibono.model.dossier import Sentence, Table

_STARTS = frozenset("0123456789+-−<>±")

# A cell longer than this says something about its number, and is read as text.
_LONGEST_NUMBER = 24
# An opening longer than this is a sentence of its own, not a label.
_LONGEST_LABEL = 40


def is_number(cell: Sentence) -> bool:
    """Tell a cell that quotes a number from one that says something.

    Parameters
    ----------
    cell : tuple of Span
        Content of the cell.

    Returns
    -------
    bool
        True where the first span has rows and opens with a digit or sign, and
        little follows.
    """
    if not cell or not cell[0].ref or cell[0].text[:1] not in _STARTS:
        return False
    return sum(len(span.text) for span in cell) <= _LONGEST_NUMBER


def number_columns(table: Table) -> tuple[bool, ...]:
    """Find the columns that hold numbers only.

    Parameters
    ----------
    table : Table
        Any table.

    Returns
    -------
    tuple of bool
        One for each column; the first, which names the row, is never one.
    """
    columns = range(len(table.columns))
    filled = [[row[i] for row in table.rows if row[i]] for i in columns]
    return tuple(
        i > 0 and bool(cells) and all(is_number(cell) for cell in cells)
        for i, cells in enumerate(filled)
    )


def split_label(sentence: Sentence) -> tuple[str, Sentence]:
    """Part a line from the label that it opens with.

    Parameters
    ----------
    sentence : tuple of Span
        Such as "What would overturn it: without the origin dawn-2015 ...".

    Returns
    -------
    label : str
        What stands before the first colon; empty where no label opens it.
    rest : tuple of Span
        What follows it, opened with a capital.
    """
    if not sentence or sentence[0].ref:
        return "", sentence
    label, colon, rest = sentence[0].text.partition(": ")
    if not colon or len(label) > _LONGEST_LABEL:
        return "", sentence
    opened = rest[:1].upper() + rest[1:]
    return label, (replace(sentence[0], text=opened), *sentence[1:])
