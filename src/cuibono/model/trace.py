"""The way back from a number to the rows behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from cuibono.model.period import Period

Operator: TypeAlias = Literal["=", "!=", "in", ">=", "<"]
Operand: TypeAlias = str | tuple[str, ...]

EVIDENCE = "evidence"
"""The table of a case's own items."""


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


def equal(**columns: str) -> tuple[Condition, ...]:
    """Ask that columns hold these values.

    Parameters
    ----------
    **columns : str
        Value by column.

    Returns
    -------
    tuple of Condition
        In the order given.

    Examples
    --------
    >>> print(*equal(actor="RUS", recipient="PAK"), sep=" and ")
    actor = RUS and recipient = PAK
    """
    return tuple(Condition(column, "=", value) for column, value in columns.items())


def on_days(column: str, days: Period) -> tuple[Condition, Condition]:
    """Ask that a column of days lies in a span.

    Parameters
    ----------
    column : str
        A column of days.
    days : Period
        The span, its end left out.

    Returns
    -------
    tuple of Condition
        From its first day, and before its end.

    Examples
    --------
    >>> from datetime import date
    >>> print(*on_days("day", Period(date(2021, 1, 4), date(2022, 9, 1))), sep=" and ")
    day >= 2021-01-04 and day < 2022-09-01
    """
    return (
        Condition(column, ">=", days.start.isoformat()),
        Condition(column, "<", days.end.isoformat()),
    )


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

    def narrow(self, *tests: Condition) -> Trace:
        """Lead to those of its rows that pass more tests.

        Parameters
        ----------
        *tests : Condition
            Tests that hold as well.

        Returns
        -------
        Trace
            Not counted yet.
        """
        return Trace(self.table, self.source, (*self.where, *tests), 0)

    def __str__(self) -> str:
        tests = " and ".join(str(test) for test in self.where) or "all rows"
        return f"{self.n_rows:,} rows of {self.table} from {self.source} where {tests}"
