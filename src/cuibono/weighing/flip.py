"""Flip points: what would put another explanation above the leader."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from cuibono.model.case import Case
from cuibono.model.weight import Comparison, FlipPoint
from cuibono.weighing.balance import Balance
from cuibono.weighing.related import nearest_dependence
from cuibono.weighing.removal import HAIR_DB, smallest_removal
from cuibono.weighing.sentences import list_origins, say

KINDS = ("remove_origins", "reporting_bias", "dependence", "prior")
"""Kinds of change, in the order in which they are printed."""

HALVINGS = 50
"""Steps of bisection: from any weight down to rounding error."""


@dataclass(frozen=True, slots=True)
class _Duel:
    """The leader against one challenger, above whom it stands by `lead` decibans."""

    case: Case
    balance: Balance
    leader: int
    challenger: int
    lead: float
    told_apart: bool

    def point(
        self,
        kind: str,
        amount: float,
        unit: str,
        said: str,
        origins: tuple[str, ...] = (),
        certain: bool = True,
    ) -> FlipPoint:
        """Make a flip point between these two."""
        leader, challenger = (self.case.explanations[j] for j in (self.leader, self.challenger))
        blurred = "" if self.told_apart or self.lead == 0 else say("flip", "not_separable")
        return FlipPoint(
            kind=kind,
            leader=leader.id,
            challenger=challenger.id,
            amount=amount,
            unit=unit,
            origins=origins,
            certain=certain,
            said=said + blurred,
        )

    def say(self, what: str, **values: str) -> str:
        """Fill a sentence with the two names."""
        leader, challenger = (self.case.explanations[j] for j in (self.leader, self.challenger))
        return say("flip", what, leader=leader.name, challenger=challenger.name, **values)


def find_flips(
    case: Case, balance: Balance, comparisons: tuple[Comparison, ...], order: list[int]
) -> tuple[FlipPoint, ...]:
    """Find what would put each other explanation above the leader.

    Parameters
    ----------
    case : Case
        For names.
    balance : Balance
        Its ledger as arrays.
    comparisons : tuple of Comparison
        Which pairs are told apart to begin with.
    order : list of int
        Explanations, strongest first.

    Returns
    -------
    tuple of FlipPoint
        Removals, then reporting bias, then dependence, then priors, the
        smallest change of each kind first. A challenger that no change of a kind was found to
        put first has none of that kind; one that stands level with the leader
        has a prior flip of 0 dB alone.
    """
    leader = order[0]
    told_apart = {(pair.stronger, pair.weaker) for pair in comparisons if pair.separable}
    standing = balance.standing
    found: list[FlipPoint] = []
    for challenger in order[1:]:
        pair = case.explanations[leader].id, case.explanations[challenger].id
        lead = float(standing[leader] - standing[challenger])
        found += _flips(_Duel(case, balance, leader, challenger, lead, pair in told_apart))
    return tuple(sorted(found, key=lambda flip: (KINDS.index(flip.kind), _size(flip, balance))))


def _size(flip: FlipPoint, balance: Balance) -> float:
    """Tell how large a change is; a dependence is one from the stated value."""
    if flip.kind == "dependence":
        return abs(flip.amount - balance.rules.dependence)
    return flip.amount


def _flips(duel: _Duel) -> list[FlipPoint]:
    if duel.lead == 0:
        return [duel.point("prior", 0.0, "dB", duel.say("level"))]
    found = [
        _remove_origins(duel),
        _bias_reports(duel),
        _relate_origins(duel),
        _shift_prior(duel),
    ]
    return [flip for flip in found if flip]


def _remove_origins(duel: _Duel) -> FlipPoint | None:
    balance = duel.balance
    leader, challenger = balance.mid[[duel.leader, duel.challenger]]
    removal = smallest_removal(leader, challenger, duel.lead, balance.clusters, balance.rules)
    if removal is None:
        return None
    columns, certain = removal
    origins = tuple(balance.rows[column].origin for column in columns)
    named = list_origins(origins, balance.rules.origins_listed)
    what = "remove_one" if len(origins) == 1 else "remove_several"
    said = duel.say(what, amount=str(len(origins)), origins=named)
    said += "" if certain else say("flip", "not_proved")
    return duel.point("remove_origins", len(origins), "origins", said, origins, certain)


def _bias_reports(duel: _Duel) -> FlipPoint | None:
    """Weaken every report for the leader by one factor until the lead is gone.

    A report that would have come anyway bears on nothing; it never becomes
    evidence against, so no weight falls below 0. The leader's weight only
    falls with the factor, so bisection finds the smallest one.
    """
    balance = duel.balance
    cells = balance.mid[duel.leader]
    before = float(balance.add(cells))

    def flips(bias_db: float) -> bool:
        """Whether so much over-reporting costs the leader its place."""
        biased = np.where(cells > 0, np.maximum(cells - bias_db, 0), cells)
        return before - float(balance.add(biased)) > duel.lead + HAIR_DB

    low, high = 0.0, float(cells.max(initial=0.0))
    if high <= 0 or not flips(high):
        return None
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if flips(middle) else (middle, high)
    times = 10 ** (high / 10)
    origins = tuple(row.origin for row, db in zip(balance.rows, cells, strict=True) if db > 0)
    said = duel.say("reporting_bias", amount=_shown(times))
    return duel.point("reporting_bias", times, "times", said, origins)


def _relate_origins(duel: _Duel) -> FlipPoint | None:
    balance = duel.balance
    leader, challenger = balance.mid[[duel.leader, duel.challenger]]
    stated = balance.rules.dependence
    dependence = nearest_dependence(
        leader, challenger, duel.lead, balance.clusters, balance.rules
    )
    if dependence is None:
        return None
    what = "less_related" if dependence < stated else "more_related"
    said = duel.say(what, amount=f"{dependence:.2f}", stated=f"{stated:g}")
    return duel.point("dependence", dependence, "dependence", said)


def _shift_prior(duel: _Duel) -> FlipPoint:
    balance, leader, challenger = duel.balance, duel.leader, duel.challenger
    room = balance.prior[leader] - balance.prior_low[leader]
    room += balance.prior_high[challenger] - balance.prior[challenger]
    said = duel.say("prior", amount=_shown(10 ** (duel.lead / 10)))
    said += say("flip", "prior_within" if duel.lead < room else "prior_beyond")
    return duel.point("prior", duel.lead, "dB", said)


def _shown(times: float) -> str:
    """Round up to two figures: at what is printed, the order has changed."""
    if times < 9.9:
        return f"{math.ceil(times * 10 - 1e-6) / 10:.1f}"
    unit = 10 ** (math.floor(math.log10(times)) - 1)
    return f"{math.ceil(times / unit - 1e-6) * unit:,.0f}"
