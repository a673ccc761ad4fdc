"""The kind of test that an observation puts an explanation to."""

from __future__ import annotations

from typing import Literal, TypeAlias

from cuibono.model.evidence import Likelihood

Diagnostic: TypeAlias = Literal["hoop", "smoking_gun", "doubly_decisive", "straw_in_the_wind"]

DECISIVE_DB = 10.0
"""Ten to one: Jeffreys' (1961) line between substantial and strong evidence."""


def diagnose(*judgements: Likelihood) -> Diagnostic:
    """Derive the kind of test from the two likelihoods.

    An observation has two weights: the one it carries as it came out, and
    the one its contrary would have carried. A smoking gun is decisive (10 dB
    or more) for the explanation, a hoop test decisive against it, on
    whichever side it came out; doubly decisive is both, a straw in the wind
    neither. Judges who disagree get the weaker kind that all of them allow.

    Parameters
    ----------
    *judgements : Likelihood
        One, or several of the same observation.

    Returns
    -------
    {"hoop", "smoking_gun", "doubly_decisive", "straw_in_the_wind"}
        The kind, from the centres of the bands.

    References
    ----------
    .. [1] Van Evera, S. (1997). *Guide to Methods for Students of Political
       Science*, 31-32. Cornell University Press.
    .. [2] Humphreys, M. and Jacobs, A. M. (2015). Mixing methods: a Bayesian
       approach. *American Political Science Review* 109, 653-673.
       DOI 10.1017/S0003055415000453.
    .. [3] Fairfield, T. and Charman, A. E. (2017). Explicit Bayesian analysis
       for process tracing. *Political Analysis* 25, 363-380.
       DOI 10.1017/pan.2017.14.

    Examples
    --------
    A plan in writing is rare even where there is one, and rarer where not:

    >>> diagnose(Likelihood((0.3, 0.3), (0.01, 0.01), "who would forge it?"))
    'smoking_gun'

    A partner that buys arms has talked about them before:

    >>> diagnose(Likelihood((0.98, 0.98), (0.5, 0.5), "no sale without talks"))
    'hoop'
    """
    shown = [_decisive(judgement) for judgement in judgements]
    supports = all(supports for supports, _ in shown)
    refutes = all(refutes for _, refutes in shown)
    if supports and refutes:
        return "doubly_decisive"
    if supports:
        return "smoking_gun"
    return "hoop" if refutes else "straw_in_the_wind"


def _decisive(seen: Likelihood) -> tuple[bool, bool]:
    """Tell whether one outcome of the test would be decisive for, and one against."""
    unseen = Likelihood(
        (1 - seen.if_true[1], 1 - seen.if_true[0]),
        (1 - seen.if_false[1], 1 - seen.if_false[0]),
        seen.why,
    )
    # rounded, so that 0.5 against 0.05 is the ten to one that it reads as
    centres = [round(sum(weight.decibans) / 2, 9) for weight in (seen, unseen)]
    return max(centres) >= DECISIVE_DB, min(centres) <= -DECISIVE_DB
