"""Weigh the evidence between concurrent explanations, with bands and flip points."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cuibono.model.case import Case
from cuibono.model.estimate import Estimate
from cuibono.model.weight import Weighing, Weight
from cuibono.vocab.words import likelihood_words
from cuibono.weighing.balance import Balance, read_balance
from cuibono.weighing.draws import draw_prior_positions
from cuibono.weighing.flip import find_flips
from cuibono.weighing.rules import DEFAULT_RULES, Rules
from cuibono.weighing.separable import compare_explanations


def weigh(case: Case, rules: Rules = DEFAULT_RULES) -> Weighing:
    """Weigh each explanation of a case against its own absence.

    Explanations may be at work together, so each has a probability of its
    own, and they need not add up to one. The estimate is what comes out with
    every judgement at the centre of its band, which a reader can redo by
    hand; the band comes from drawing the judgements within their bands.

    Parameters
    ----------
    case : Case
        With at least one explanation; without evidence the priors stand.
    rules : Rules, optional
        Dependence, over-confidence and caps.

    Returns
    -------
    Weighing
        Weights, strongest first; the order of the case's items and the names
        of its explanations do not matter.

    Raises
    ------
    CaseSyntaxError
        If there is no explanation or a judgement is no probability band.

    References
    ----------
    .. [1] Good, I. J. (1950). *Probability and the Weighing of Evidence*,
       ch. 6. Griffin.
    .. [2] Fairfield, T. and Charman, A. E. (2022). *Social Inquiry and
       Bayesian Inference*. Cambridge University Press.
       DOI 10.1017/9781108377522.
    """
    balance = read_balance(case, rules)
    draws = balance.draw()
    standing = balance.standing
    named = [explanation.id for explanation in case.explanations]
    order = sorted(range(len(named)), key=lambda j: (-standing[j], named[j]))
    comparisons = compare_explanations(case, balance, draws, order)
    return Weighing(
        weights=tuple(_weight(named[j], balance, j, draws[j]) for j in order),
        comparisons=comparisons,
        flips=find_flips(case, balance, comparisons, order),
    )


def _weight(name: str, balance: Balance, j: int, draws: NDArray[np.float64]) -> Weight:
    rules = balance.rules
    cap = rules.total_cap_db
    # one array, so that no rounding can put the centre outside its own bounds
    bounds = balance.add(np.array([balance.low[j], balance.mid[j], balance.high[j]]))
    lowest, centre, highest = np.clip(bounds, -cap, cap)
    drawn = np.clip(draws, lowest, highest)
    prior_band = balance.prior_high[j] - balance.prior_low[j]
    priors = balance.prior_low[j] + draw_prior_positions(rules) * prior_band
    evidence = _band(drawn, float(centre), rules.level)
    odds = _band(drawn + priors, float(centre + balance.prior[j]), rules.level)
    low, value, high = (_probability(db) for db in (odds[0], odds[1], odds[2]))
    bearing = zip(balance.rows, balance.blank[j], strict=True)
    return Weight(
        explanation=name,
        evidence=Estimate(evidence[1], evidence[0], evidence[2], "dB", rules.level),
        posterior=Estimate(value, low, high, "probability", rules.level),
        hull=(float(lowest), float(highest)),
        said=likelihood_words(low, high, value),
        origins=tuple(row.origin for row, blank in bearing if not blank),
    )


def _band(
    draws: NDArray[np.float64], centre: float, level: float
) -> tuple[float, float, float]:
    """Give the band and its centre, which caps and sorting may push past a quantile."""
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2])
    return min(float(low), centre), centre, max(float(high), centre)


def _probability(log_odds_db: float) -> float:
    return float(1 / (1 + 10 ** (-log_odds_db / 10)))
