"""The way back from a number to the rows behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Operator: TypeAlias = Literal["=", "!=", "in", ">=", "<"]
Operand: TypeAlias = str | tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Condition:
    """One test that a source row passes: a column, an operator, a value.

    Conditions are data, never SQL, so a dossier that somebody else wrote
    cannot make the store run anything but this comparison.

    Attributes
    ----------
    column : str
        A column of the canonical table.
    operator : {"=", "!=", "in", ">=", "<"}
        How the column is compared; a null passes none of them.
    value : str or tuple of str
        ISO 8601 for days; several only with "in".
    """

    column: str
    operator: Operator
    value: Operand

    def __str__(self) -> str:
        shown = self.value if isinstance(self.value, str) else "{" + ", ".join(self.value) + "}"
        return f"{self.column} {self.operator} {shown}"


@dataclass(frozen=True, slots=True, order=True)
class Trace:
    """Where the rows of a number lie and how many there were.

    Attributes
    ----------
    table : str
        Canonical table: "events", "measures" or the case's own "evidence".
    source : str
        Provider name in the store, or the case's name for "evidence".
    where : tuple of Condition
        Tests that all hold for a row of the number.
    n_rows : int
        Rows when the number was computed; a later trace compares.
    """

    table: str
    source: str
    where: tuple[Condition, ...]
    n_rows: int

    def __str__(self) -> str:
        tests = " and ".join(str(test) for test in self.where) or "all rows"
        return f"{self.n_rows:,} rows of {self.table} from {self.source} where {tests}"
