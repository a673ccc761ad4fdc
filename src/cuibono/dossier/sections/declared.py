"""Declared against done: what the actor said it struck, and what it struck."""

from __future__ import annotations

import pyarrow as pa

from cuibono.dossier.gather import Gathered
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.phrases import sentence
from cuibono.model.dossier import Section, Sentence, Span, Table
from cuibono.model.estimate import Estimate
from cuibono.model.trace import Condition
from cuibono.store.rows import fetch_rows

LEVEL = 0.9


def declared(gathered: Gathered, numbers: Numbers) -> Section | None:
    """Write the section on declared and struck targets.

    Parameters
    ----------
    gathered : Gathered
        What was found.
    numbers : Numbers
        Keeps the figures that the section quotes.

    Returns
    -------
    Section or None
        None where no source checks a claim of the focal actor.
    """
    claims = _fetch(gathered, numbers, "declared_vs_done")
    struck = _fetch(gathered, numbers, "ucdp_ged", measure="fatalities:named_attacker")
    if not claims.num_rows and not struck.num_rows:
        return None
    tables = [_claims(numbers, claims)] if claims.num_rows else []
    tables += [_struck(gathered, numbers, struck)] if struck.num_rows else []
    lead = sentence(
        "The claimant chose which strikes to film; an attacker is booked only where the"
        " report's headline names one and no other. Neither is a sample of all strikes, so"
        " these are counts with their denominators and no rate of all that was done."
    )
    return Section(
        id="declared", title="Declared against done", lead=(lead,), tables=tuple(tables)
    )


def _where(gathered: Gathered, measure: str = "") -> tuple[Condition, ...]:
    period = gathered.case.period
    named = (Condition("measure", "=", measure),) if measure else ()
    return (
        Condition("actor", "=", gathered.case.relation.actor.id),
        *named,
        Condition("start", ">=", period.start.isoformat()),
        Condition("start", "<", period.end.isoformat()),
    )


def _fetch(gathered: Gathered, numbers: Numbers, source: str, measure: str = "") -> pa.Table:
    trace = numbers.rows("measures", source, *_where(gathered, measure))
    return fetch_rows(gathered.store, trace)


def _claims(numbers: Numbers, rows: pa.Table) -> Table:
    body = []
    for row in rows.to_pylist():
        span = numbers.figure(
            f"declared.{row['row']}",
            row["measure"],
            row["value"],
            row["unit"],
            "as published; the two batches overlap and do not add up",
            numbers.rows("measures", "declared_vs_done", Condition("row", "=", row["row"])),
            text=f"{row['value']:.0f}",
        )
        body.append(
            (sentence(row["row"].split("|")[0]), sentence(row["measure"]), sentence(span))
        )
    return Table(("Published", "Filmed strike claims", "Videos"), tuple(body))


def _struck(gathered: Gathered, numbers: Numbers, rows: pa.Table) -> Table:
    """Count events and deaths by whom the named attacker fought, all months together."""
    sides: dict[str, list[dict[str, float]]] = {}
    for row in rows.to_pylist():
        sides.setdefault(row["recipient_name"], []).append(row)
    ordered = sorted(sides.items(), key=lambda side: -sum(row["n"] for row in side[1]))
    body = tuple(_side(gathered, numbers, name, months) for name, months in ordered)
    return Table(("Opponent", "Fatal events", "Deaths, best estimate with bounds"), body)


def _side(
    gathered: Gathered, numbers: Numbers, name: str, months: list[dict[str, float]]
) -> tuple[Sentence, ...]:
    actor = gathered.case.relation.actor.id
    where = (
        *_where(gathered, "fatalities:named_attacker"),
        Condition("recipient_name", "=", name),
    )
    trace = numbers.rows("measures", "ucdp_ged", *where)
    events = sum(month["n"] for month in months)
    best, low, high = (sum(month[key] for month in months) for key in ("value", "low", "high"))
    said_events: Span = numbers.figure(
        f"struck.{actor}.{name}.events", f"{actor} against {name}: fatal events", events,
        "events", "events of UCDP whose headline names the attacker and no other", trace,
        text=f"{events:,.0f}",
    )  # fmt: skip
    said_deaths: Span = numbers.figure(
        f"struck.{actor}.{name}.deaths", f"{actor} against {name}: deaths",
        Estimate(best, low, high, "deaths", LEVEL), "deaths",
        "best estimates with the provider's lower and upper bounds, added", trace,
        text=f"{best:,.0f} ({low:,.0f}–{high:,.0f})",
    )  # fmt: skip
    return (sentence(name), sentence(said_events), sentence(said_deaths))
