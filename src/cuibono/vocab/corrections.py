"""What is known to be wrong upstream, and what we do about it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, TypeAlias

from cuibono.errors import CorrectionError

Action: TypeAlias = Literal["flag", "blank", "replace"]
Table: TypeAlias = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One wrong value, where it stands and what is done with it.

    Attributes
    ----------
    id : str
        Name of the correction ("icews-aap").
    source, table, column, key : str
        Where the value stands: provider, table, column, and the row's key.
    action : {"flag", "blank", "replace"}
        `flag` keeps the value and only names the doubt.
    expect : str
        What upstream says today.
    reason : str
        Why we hold it to be wrong.
    value : str
        What takes its place; empty unless `action` is "replace".
    """

    id: str
    source: str
    table: str
    column: str
    key: str
    action: Action
    expect: str
    reason: str
    value: str = ""

    def __post_init__(self) -> None:
        if (self.action == "replace") != bool(self.value):
            raise CorrectionError(
                f"corrections.toml: {self.id} has action {self.action!r} and value"
                f" {self.value!r}; give a value with 'replace' and with no other action."
            )


@cache
def _all_corrections() -> tuple[Correction, ...]:
    text = files("cuibono.vocab").joinpath("data/corrections.toml").read_text("utf-8")
    return tuple(Correction(**entry) for entry in tomllib.loads(text)["correction"])


def load_corrections(source: str) -> tuple[Correction, ...]:
    """List what we correct in one source.

    Parameters
    ----------
    source : str
        Provider name, as on its card ("icews").

    Returns
    -------
    tuple of Correction
        In the order of the file; empty where nothing is known to be wrong.

    Examples
    --------
    >>> [(c.id, c.action) for c in load_corrections("plover")]
    [('plover-accuse-score', 'flag')]
    """
    return tuple(each for each in _all_corrections() if each.source == source)


def check_corrections(
    source: str, table: str, rows: Table, *, whole: bool = True
) -> tuple[Correction, ...]:
    """Check that upstream still says what its corrections expect.

    A correction written against last year's file must not touch a value that
    has since been mended, so a mismatch stops the load.

    Parameters
    ----------
    source, table : str
        Provider name and the table that `rows` were read from.
    rows : mapping of str to mapping of str to str
        By key, the row's values by column.
    whole : bool, default True
        Whether `rows` are the whole table. Where they are only a part, such
        as one week of events, a key that does not occur is no mismatch.

    Returns
    -------
    tuple of Correction
        Those that apply to `rows`.

    Raises
    ------
    CorrectionError
        If a value is not the expected one, or its row or column is gone.
    """
    applying = []
    for each in load_corrections(source):
        if each.table != table or (each.key not in rows and not whole):
            continue
        found = rows.get(each.key, {}).get(each.column)
        if found != each.expect:
            said = "nothing" if found is None else repr(found)
            raise CorrectionError(
                f"{source}, {table}: correction {each.id} expects {each.column} of"
                f" {each.key!r} to be {each.expect!r}, but upstream says {said}."
                " Look at the row and change or delete the entry in corrections.toml."
            )
        applying.append(each)
    return tuple(applying)


def apply_corrections(
    source: str, table: str, rows: Table, *, whole: bool = True
) -> dict[str, dict[str, str]]:
    """Blank or replace what is wrong; leave flagged values as they are.

    Parameters
    ----------
    source, table : str
        Provider name and the table that `rows` were read from.
    rows : mapping of str to mapping of str to str
        By key, the row's values by column; not changed.
    whole : bool, default True
        As for `check_corrections`, which runs first.

    Returns
    -------
    dict of str to dict of str to str
        Corrected copy.
    """
    corrected = {key: dict(row) for key, row in rows.items()}
    for each in check_corrections(source, table, rows, whole=whole):
        if each.action != "flag":
            corrected[each.key][each.column] = each.value
    return corrected
