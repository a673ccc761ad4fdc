"""Declared against done: whom an actor said it strikes, and whom it struck."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from cuibono.errors import EmptyRecordError
from cuibono.lenses.base import place_among
from cuibono.lenses.prose import fill
from cuibono.model.estimate import Estimate
from cuibono.model.finding import Finding, Measured, Rank
from cuibono.model.trace import Trace, equal, on_days
from cuibono.record.record import Record
from cuibono.stats.declared import Shares, distance, draw_shares, weigh_statement
from cuibono.stats.rates import share_interval

NAME = "declared_done"
QUESTION = "Did the actor strike what it said it strikes?"

STRUCK = "ucdp_ged"
MEASURE = "fatalities:named_attacker"
"""Where strikes with a named attacker are counted, by month and opponent."""

CLAIMS = "declared_vs_done"
"""Where an actor's own claims were checked one by one."""

LEAST = 10
"""Recorded strikes below which no share is given."""

ERR, CHECKED = 0.1, 20.0
"""Share of records assumed to name the wrong target, and the checked cases
that this assumption is worth: no provider publishes the figure."""

DECIDES = 5.0
"""Decibans from which a record speaks for or against: three to one."""

HOW_SHARE = (
    "share of events, errors of the record undone and clustering within months paid for;"
    " mean and 90 % interval"
)
HOW_DEATHS = "best estimates with the provider's lower and upper bounds, added"
HOW_APART = "total variation distance between the drawn shares and the declaration"
HOW_CLAIM = "as published, out of the largest figure of the same batch; Jeffreys interval"


class _Row(TypedDict):
    """What is read of a row of the table "measures"."""

    row: str
    start: date
    actor: str | None
    recipient: str | None
    recipient_name: str
    measure: str
    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class DeclaredDone:
    """Hold what an actor said it strikes against what it struck.

    Attributes
    ----------
    name, question : str
        As every lens has them.
    """

    name: str = NAME
    question: str = QUESTION

    def look(self, record: Record) -> tuple[Finding, ...]:
        """Count the focal actor's strikes and claims, with their denominators.

        Parameters
        ----------
        record : Record
            The case, and what is known in its days.

        Returns
        -------
        tuple of Finding
            One from recorded strikes and one from checked claims, where there
            are any of the actor's.
        """
        found = (_find_claims(record), _find_strikes(record))
        return tuple(finding for finding in found if finding)


def _trace(record: Record, source: str, **columns: str) -> Trace:
    where = equal(**columns) + on_days("start", record.case.period)
    return Trace("measures", source, where, 0)


def _fetch(record: Record, trace: Trace) -> list[_Row]:
    if trace.source not in record.sources("measures"):
        return []
    try:
        rows: list[_Row] = record.rows(trace).to_pylist()
    except EmptyRecordError:
        return []
    return rows


def _find_claims(record: Record) -> Finding | None:
    actor = record.case.relation.actor.id
    trace = _trace(record, CLAIMS, actor=actor)
    rows = _fetch(record, trace)
    if not rows:
        return None
    totals: dict[str, float] = {}
    for row in rows:
        totals[_batch(row)] = max(totals.get(_batch(row), 0.0), row["value"])
    return Finding(
        lens=NAME,
        question=QUESTION,
        about=actor,
        source=CLAIMS,
        span=record.case.period,
        specifications=(fill(NAME, "declared_claims"),),
        said=(fill(NAME, "claims"),),
        could_see=fill(NAME, "could_see_claims"),
        measured=tuple(
            _claim(row, totals[_batch(row)], number) for number, row in enumerate(rows)
        ),
    )


def _batch(row: _Row) -> str:
    return row["row"].partition("|")[0]


def _claim(row: _Row, total: float, number: int) -> Measured:
    value = row["value"]
    key = "claim" if value < total else "claim_total"
    return Measured(
        id=f"claim.{number + 1}",
        label=f"{_publication(row)}: {row['measure']}",
        estimate=_share_of_batch(value, total),
        how=HOW_CLAIM,
        verdict=key,
        said=fill(NAME, key, share=f"{value:.0f}", total=total),
        traces=(Trace("measures", CLAIMS, equal(row=row["row"]), 1),),
    )


def _publication(row: _Row) -> str:
    """Name a batch as it was published: by whom, and when."""
    publisher, _, day = _batch(row).partition("-")
    return f"{publisher.capitalize()}, {day}"


def _share_of_batch(value: float, total: float) -> Estimate:
    """Give a figure as a share of its batch; the batch itself is a count, and certain."""
    if value >= total:
        return Estimate(total, total, total, "videos")
    low, high = (float(bound) for bound in share_interval(value, total))
    return Estimate(value / total, low, high, "share of videos")


@dataclass(frozen=True, slots=True, eq=False)
class _Strikes:
    """One attacker's strikes by month and opponent."""

    opponents: tuple[str, ...]
    names: tuple[str, ...]
    months: NDArray[np.float64]
    deaths: NDArray[np.float64]

    @property
    def judged(self) -> NDArray[np.float64]:
        n = len(self.opponents)
        wrong = np.full((n, n), ERR / max(1, n - 1))
        np.fill_diagonal(wrong, 1 - ERR)
        return CHECKED * wrong


def _count(rows: Sequence[_Row]) -> _Strikes:
    known = [(row["recipient"], row) for row in rows if row["recipient"] is not None]
    struck: Counter[str] = Counter()
    for opponent, row in known:
        struck[opponent] += row["n"]
    # The most struck first: the order decides the draws, and names may not decide numbers.
    opponents = tuple(sorted(struck, key=lambda name: (-struck[name], name)))
    starts = sorted({row["start"] for _, row in known})
    months, deaths = np.zeros((len(starts), len(opponents))), np.zeros((3, len(opponents)))
    names = dict.fromkeys(opponents, "")
    for opponent, row in known:
        at = opponents.index(opponent)
        names[opponent] = row["recipient_name"]
        months[starts.index(row["start"]), at] += row["n"]
        deaths[:, at] += row["value"], row["low"], row["high"]
    return _Strikes(opponents, tuple(names.values()), months, deaths)


def _find_strikes(record: Record) -> Finding | None:
    actor, declared = record.case.relation.actor.id, record.case.declared
    world = _trace(record, STRUCK, measure=MEASURE)
    by_attacker: dict[str, list[_Row]] = {}
    for row in _fetch(record, world):
        if row["actor"] is not None:
            by_attacker.setdefault(row["actor"], []).append(row)
    if actor not in by_attacker:
        return None
    strikes = _count(by_attacker[actor])
    trace = _trace(record, STRUCK, actor=actor, measure=MEASURE)
    events = int(strikes.months.sum())
    facts = {"actor": actor, "events": events, "source": STRUCK, "least": LEAST}
    if events < LEAST:
        silence = _measured("share", "shares", None, HOW_SHARE, "few", trace, **facts)
        return _strikes_finding(record, (), "", (silence,))
    shares = draw_shares(strikes.months, strikes.judged)
    stated = declared.target.id if declared else ""
    measured = [
        *_shares(strikes, shares, trace, stated, _world(by_attacker, actor, stated)),
        *_deaths(strikes, trace),
    ]
    facts |= {"months": strikes.months.shape[0], "worth": shares.worth}
    said = [fill(NAME, "summary", **facts)]
    if stated in strikes.opponents:
        told, apart = _hold_against(strikes, shares, stated, trace)
        measured.insert(0, told)
        said.insert(0, apart)
    return _strikes_finding(record, tuple(said), _power(strikes, stated), tuple(measured))


def _strikes_finding(
    record: Record,
    said: tuple[str, ...],
    could_see: str,
    measured: tuple[Measured, ...],
) -> Finding:
    return Finding(
        lens=NAME,
        question=QUESTION,
        about=record.case.relation.actor.id,
        source=STRUCK,
        span=record.case.period,
        specifications=(fill(NAME, "declared"),),
        said=said or (measured[0].said + ".",),
        could_see=could_see,
        measured=measured,
    )


def _measured(
    name: str,
    label: str,
    estimate: Estimate | None,
    how: str,
    key: str,
    trace: Trace,
    *ranks: Rank,
    **facts: object,
) -> Measured:
    return Measured(
        id=name,
        label=label,
        estimate=estimate,
        how=how,
        verdict=key,
        said=fill(NAME, key, **facts),
        traces=(trace,),
        ranks=ranks,
    )


def _world(by_attacker: Mapping[str, Sequence[_Row]], actor: str, stated: str) -> Rank | None:
    """Rank the actor by the share of its strikes that went to the declared target."""
    shares = {}
    for attacker, rows in by_attacker.items():
        strikes = _count(rows)
        if strikes.months.sum() >= LEAST and stated in strikes.opponents:
            by_opponent = strikes.months.sum(axis=0)
            shares[attacker] = float(
                by_opponent[strikes.opponents.index(stated)] / by_opponent.sum()
            )
    if actor not in shares:
        return None
    others = np.array([share for attacker, share in shares.items() if attacker != actor])
    return Rank(*place_among(shares[actor], others), fill(NAME, "among"))


def _shares(
    strikes: _Strikes, shares: Shares, trace: Trace, stated: str, rank: Rank | None
) -> list[Measured]:
    measured = []
    for at, (opponent, name) in enumerate(zip(strikes.opponents, strikes.names, strict=True)):
        hit = opponent == stated
        key = "other_share" if not stated else "declared_share" if hit else "struck_share"
        share = Estimate(*shares.interval(at), "share of strikes")
        measured.append(
            _measured(
                f"share.{opponent}".replace(":", "_"),
                fill(NAME, "share_label", name=name, n=f"{strikes.months[:, at].sum():.0f}"),
                share,
                HOW_SHARE,
                key,
                trace.narrow(*equal(recipient=opponent)),
                *((rank,) if rank and hit else ()),
            )
        )
    return measured


def _deaths(strikes: _Strikes, trace: Trace) -> list[Measured]:
    measured = []
    for at, (opponent, name) in enumerate(zip(strikes.opponents, strikes.names, strict=True)):
        best, low, high = strikes.deaths[:, at].tolist()
        measured.append(
            _measured(
                f"deaths.{opponent}".replace(":", "_"),
                fill(NAME, "deaths_label", name=name),
                Estimate(best, min(low, best), max(high, best), "deaths"),
                HOW_DEATHS,
                "deaths",
                trace.narrow(*equal(recipient=opponent)),
            )
        )
    return measured


def _hold_against(
    strikes: _Strikes, shares: Shares, stated: str, trace: Trace
) -> tuple[Measured, str]:
    at = strikes.opponents.index(stated)
    letter = np.eye(len(strikes.opponents))[at]
    apart = distance(shares.draws, letter)
    low, high = np.quantile(apart, (0.05, 0.95))
    estimate = Estimate(
        float(np.clip(apart.mean(), low, high)), float(low), float(high), "share"
    )
    weight = weigh_statement(strikes.months, strikes.judged, at)
    key = (
        "as_stated"
        if weight >= DECIDES
        else "not_stated"
        if weight <= -DECIDES
        else "undecided"
    )
    shown = _band(estimate.value, estimate.low, estimate.high)
    said = fill(NAME, "summary_stated", statement=fill(NAME, f"{key}_sentence"), apart=shown)
    told = _measured(
        "apart", fill(NAME, "distance"), estimate, HOW_APART, key, trace,
        weight=f"{weight:+.0f}".replace("-", "−"),
    )  # fmt: skip
    return told, said


def _power(strikes: _Strikes, stated: str) -> str:
    if stated not in strikes.opponents:
        return fill(NAME, "could_see_shares", err=f"{100 * ERR:.0f} %", cases=CHECKED)
    certain = 1e6 * np.eye(len(strikes.opponents)) + 1e-3
    at = strikes.opponents.index(stated)
    perfect = _band(*draw_shares(strikes.months, certain).interval(at))
    return fill(
        NAME, "could_see", err=f"{100 * ERR:.0f} %", cases=CHECKED,
        target=strikes.names[at], perfect=perfect,
    )  # fmt: skip


def _band(value: float, low: float, high: float) -> str:
    return f"{100 * value:.0f} % ({100 * low:.0f}–{100 * high:.0f} %)"
