"""Which explanations the evidence tells apart, and which it cannot."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from cuibono.model.case import Case
from cuibono.model.weight import Comparison
from cuibono.weighing.balance import Balance
from cuibono.weighing.sentences import say


def probability_above(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Give the share of pairs of draws in which `one` lies above `other`.

    Every draw of one meets every draw of the other, as if the two were
    judged by different people: a judge's errors on two explanations are
    related in a way nobody states, and taking them as one would call an
    order certain wherever two overlapping bands are shifted by a hair.

    Parameters
    ----------
    one, other : array of float, shape (n_draws,)
        Draws.

    Returns
    -------
    float
        In [0, 1]; ties count half, so that equal draws give exactly 0.5.

    References
    ----------
    .. [1] Mann, H. B. and Whitney, D. R. (1947). On a test of whether one of
       two random variables is stochastically larger than the other. *Annals
       of Mathematical Statistics* 18, 50-60. DOI 10.1214/aoms/1177730491.

    Examples
    --------
    >>> probability_above(np.array([1.0, 3.0]), np.array([0.0, 2.0]))
    0.75
    """
    ordered = np.sort(other)
    below = np.searchsorted(ordered, one, side="left")
    not_above = np.searchsorted(ordered, one, side="right")
    return float((below + not_above).sum() / (2 * one.size * other.size))


def compare_explanations(
    case: Case, balance: Balance, draws: NDArray[np.float64], order: list[int]
) -> tuple[Comparison, ...]:
    """Compare each pair of explanations once.

    The priors enter at their centres: how far they would have to move is a
    flip point, not a matter of what the evidence says.

    Parameters
    ----------
    case : Case
        For names and discriminators.
    balance : Balance
        Its ledger as arrays.
    draws : array of float, shape (n_explanations, n_draws)
        Weights of the evidence.
    order : list of int
        Explanations, strongest first.

    Returns
    -------
    tuple of Comparison
        Pairs in that order.
    """
    # In order: every draw of one meets every draw of the other, and order is found faster.
    stands = np.sort(np.round(draws + balance.prior[:, np.newaxis], 9), axis=1)
    return tuple(
        _compare(case, balance, stands, stronger, weaker)
        for stronger, weaker in combinations(order, 2)
    )


def _compare(
    case: Case, balance: Balance, stands: NDArray[np.float64], stronger: int, weaker: int
) -> Comparison:
    same = bool(
        np.array_equal(balance.low[stronger], balance.low[weaker])
        and np.array_equal(balance.high[stronger], balance.high[weaker])
        and np.array_equal(balance.blank[stronger], balance.blank[weaker])
    )
    probability = probability_above(stands[stronger], stands[weaker])
    separable = not same and probability >= balance.rules.separable_from
    return Comparison(
        stronger=case.explanations[stronger].id,
        weaker=case.explanations[weaker].id,
        probability=probability,
        separable=separable,
        same_predictions=same,
        said=_verdict(case, stronger, weaker, same, separable, probability),
    )


def _verdict(
    case: Case, stronger: int, weaker: int, same: bool, separable: bool, probability: float
) -> str:
    one, other = case.explanations[stronger], case.explanations[weaker]
    named = [
        a.discriminator for a, b in ((one, other), (other, one)) if a.nearest_rival == b.id
    ]
    discriminator = next((text.strip().rstrip(".") for text in named if text.strip()), "")
    wanted = say("comparison", "discriminator", discriminator=discriminator)
    wanted = f" {wanted}" if discriminator and not separable else ""
    if same:
        return say("comparison", "same") + wanted
    verdict = say(
        "comparison",
        "separable" if separable else "undecided",
        stronger=one.name,
        weaker=other.name,
        # rounded down: 0.897 does not pass for 0.9, nor finitely many draws for certainty
        probability=f"{min(math.floor(probability * 100) / 100, 0.99):.2f}",
    )
    return verdict + wanted
