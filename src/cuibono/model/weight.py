"""What the ledger comes to: weights of evidence, orders and what would overturn them."""

from __future__ import annotations

from dataclasses import dataclass

from cuibono.model.estimate import Estimate
from cuibono.model.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """The evidence for one explanation being at work, against its not being.

    Attributes
    ----------
    explanation : str
        Explanation id.
    evidence : Estimate
        Weight of evidence in decibans, with the band that the judged
        likelihoods leave open.
    posterior : Estimate
        Probability that the explanation is at work, prior band included.
    hull : tuple of float
        Decibans if every judgement erred the same way: the outermost bounds.
    said : str
        The posterior in words of estimative probability.
    origins : tuple of str
        Independent origins that bear on it.
    """

    explanation: str
    evidence: Estimate
    posterior: Estimate
    hull: tuple[float, float]
    said: str
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Whether the evidence tells two explanations apart.

    Attributes
    ----------
    stronger, weaker : str
        Explanation ids, in the order of their central weights.
    probability : float
        Share of pairs of draws, one of each, in which `stronger` is indeed the
        stronger, in [0, 1].
    separable : bool
        Whether the order is surer than the bands leave open.
    same_predictions : bool
        Whether every item bears on both alike, so that no judgement could
        separate them.
    said : str
        The verdict in words; "not separable" is one.
    """

    stronger: str
    weaker: str
    probability: float
    separable: bool
    same_predictions: bool
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlipPoint:
    """A change that would put another explanation above the leader.

    Attributes
    ----------
    kind : {"remove_origins", "reporting_bias", "dependence", "prior"}
        What is changed.
    leader, challenger : str
        Who leads now and who would.
    amount : float
        Origins removed, times over-reported, the dependence within clusters
        in [0, 1], or decibans of prior.
    unit : str
        "origins", "times", "dependence" or "dB".
    origins : tuple of str
        The origins concerned, where the change names them.
    certain : bool
        Whether the search proved that nothing smaller would do.
    said : str
        The flip point as a sentence.
    """

    kind: str
    leader: str
    challenger: str
    amount: float
    unit: str
    origins: tuple[str, ...]
    certain: bool
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """Everything that the ledger says, ready to print.

    Attributes
    ----------
    weights : tuple of Weight
        Strongest first.
    comparisons : tuple of Comparison
        Each pair of explanations once.
    flips : tuple of FlipPoint
        Smallest change of each kind first; empty where none was found.
    """

    weights: tuple[Weight, ...]
    comparisons: tuple[Comparison, ...]
    flips: tuple[FlipPoint, ...]


@dataclass(frozen=True, slots=True)
class WeightPath:
    """The probability that one explanation is at work, period by period.

    Attributes
    ----------
    explanation : str
        Explanation id.
    posterior : tuple of Estimate
        One for each period of the timeline, prior band included.
    """

    explanation: str
    posterior: tuple[Estimate, ...]


@dataclass(frozen=True, slots=True)
class Lead:
    """A stretch of time in which one explanation stands first.

    Attributes
    ----------
    explanation : str
        Explanation id.
    span : Period
        Whole periods.
    told_apart : bool
        Whether the evidence tells it apart from the second there.
    """

    explanation: str
    span: Period
    told_apart: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Weights over time.

    Attributes
    ----------
    periods : tuple of Period
        Ascending; they cover the days asked about.
    half_life_years : float
        After which half of what was learnt of a motive still holds.
    paths : tuple of WeightPath
        In the case's order.
    leads : tuple of Lead
        In order of time.
    """

    periods: tuple[Period, ...]
    half_life_years: float
    paths: tuple[WeightPath, ...]
    leads: tuple[Lead, ...]
