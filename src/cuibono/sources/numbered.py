"""Measures by year between states that a source tells by number."""

from __future__ import annotations

import ibis

from cuibono.model.tables import MEASURES
from cuibono.sources.codes import resolve_in_year, steady_lookup
from cuibono.vocab.actors import code_table


def number_text(number: ibis.Value) -> ibis.Value:
    """Write a state's number as code lists do.

    Parameters
    ----------
    number : ibis.Value
        A number, whole but often stored as a float.

    Returns
    -------
    ibis.Value
        "365" for 365.0; null for null.
    """
    return number.cast("int64").cast("string")


def measures_by_year(
    table: ibis.Table, *, source: str, system: str, unit: str, alone: bool = False
) -> ibis.Table:
    """Make canonical measures of whole years from numbered states.

    Parameters
    ----------
    table : ibis.Table
        With `line`, `text`, `row`, `first_year`, `last_year`, `actor_number`,
        `recipient_number` (as text), `measure`, `value`, `n` and `reject`.
        Where `alone`, also `recipient_name` for rows without a number.
    source, system, unit : str
        Source, code system of the numbers, unit of the value.
    alone : bool, default False
        Whether a row may have no recipient number.

    Returns
    -------
    ibis.Table
        Canonical measures with `line`, `text` and `reject`; a number that
        meant no known state in the last year of its row is a reason to refuse
        it.
    """
    lookup = steady_lookup(code_table(system))
    for side in ("actor", "recipient"):
        table = resolve_in_year(
            table, lookup, table[f"{side}_number"], table.last_year, f"_{side}"
        )
    refused = [
        (
            table[f"{side}_number"].notnull() & table[f"_{side}"].isnull(),
            ibis.literal(f"no such {system.upper()} number that year: ")
            + table[f"{side}_number"],
        )
        for side in ("actor", "recipient")
    ]
    unnumbered = table.actor_number.isnull()
    if not alone:
        unnumbered |= table.recipient_number.isnull()
    label = ibis.literal(f"{system.upper()} ")
    recipient_name = label + table.recipient_number
    return table.mutate(
        source=ibis.literal(source),
        start=ibis.date(table.first_year, 1, 1),
        end=ibis.date(table.last_year + 1, 1, 1),
        actor=table["_actor"],
        recipient=table["_recipient"],
        actor_name=label + table.actor_number,
        recipient_name=ibis.coalesce(recipient_name, table.recipient_name)
        if alone
        else recipient_name,
        low=ibis.null("float64"),
        high=ibis.null("float64"),
        unit=ibis.literal(unit),
        reject=ibis.cases(
            (table.reject.notnull(), table.reject),
            (unnumbered, "no number of a state"),
            (table.last_year.isnull() | table.first_year.isnull(), "no year"),
            (table.last_year < table.first_year, "ends before it starts"),
            *refused,
            (table.value.isnull(), "no value"),
            else_=None,
        ),
    ).select(*MEASURES, "line", "text", "reject")
