"""A forecast from like cases: who is alike is learned from what foretold an end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.stats.hazard import fit_hazard, measure_doubt, weigh_alike
from cuibono.stats.survival import (
    PSEUDO_CASES,
    Survival,
    doubt,
    effective_number,
    estimate_survival,
    shrink,
)

BANDWIDTH = 0.25
"""Difference in log hazard at which a case weighs 0.61: a hazard a quarter higher."""


KNOTS = 101
"""Scores at which forecasts are made when many are asked for."""


@dataclass(frozen=True, slots=True, eq=False)
class Prognosis:
    """Cases whose course is known, ordered by what foretold its end.

    Attributes
    ----------
    centre, scale : float array, shape (n_features,)
        What the features are standardised by.
    beta : float array, shape (n_features,)
        Log hazard ratios of the standardised features.
    covariance : float array, shape (n_features, n_features)
        Of `beta`, for as many independent cases as there are.
    scores : float array, shape (n_cases,)
        Standardised features times `beta`.
    durations : float array, shape (n_cases,)
        Whole steps, at least 1.
    ended : bool array, shape (n_cases,)
        Whether the course ended then.
    clusters : tuple of int arrays, each shape (n_cases,)
        Members that cases share.
    """

    centre: NDArray[np.float64]
    scale: NDArray[np.float64]
    beta: NDArray[np.float64]
    covariance: NDArray[np.float64]
    scores: NDArray[np.float64]
    durations: NDArray[np.float64]
    ended: NDArray[np.bool_]
    clusters: tuple[NDArray[np.int64], ...]

    def score(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """Score cases by how early an end their features foretell.

        Parameters
        ----------
        features : float array, shape (n_asked, n_features)
            As they are measured.

        Returns
        -------
        float array, shape (n_asked,)
            Log hazard against the average case.
        """
        standard: NDArray[np.float64] = (features - self.centre) / self.scale
        return standard @ self.beta

    def weigh(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """Weigh the cases by how alike they are to one that is asked about.

        Parameters
        ----------
        features : float array, shape (n_features,)
            As they are measured.

        Returns
        -------
        float array, shape (n_cases,)
            In (0, 1].
        """
        return weigh_alike(self.scores, float(self.score(features[None])[0]), BANDWIDTH)

    def shares(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """Share out one forecast among the cases, drawn towards all of them alike.

        Parameters
        ----------
        features : float array, shape (n_features,)
            Of the course that is asked about.

        Returns
        -------
        float array, shape (n_cases,)
            Adds up to 1; the fewer independent cases are alike, the more even.
        """
        weights = self.weigh(features)
        worth = effective_number(weights, self.clusters)
        own = worth / (worth + PSEUDO_CASES)
        even = (1 - own) / weights.size
        shared: NDArray[np.float64] = own * weights / weights.sum() + even
        return shared

    def base(self, horizons: NDArray[np.float64]) -> Survival:
        """Give the base rate.

        Parameters
        ----------
        horizons : float array, shape (n_horizons,)
            Ascending.

        Returns
        -------
        Survival
            Of all cases.
        """
        ones = np.ones(self.scores.size)
        worth = effective_number(ones, self.clusters)
        return estimate_survival(self.durations, self.ended, horizons, ones, worth)

    def forecast(
        self, features: NDArray[np.float64], horizons: NDArray[np.float64]
    ) -> Survival:
        """Forecast one course from like cases.

        Parameters
        ----------
        features : float array, shape (n_features,)
            Of the course that is asked about.
        horizons : float array, shape (n_horizons,)
            Ascending.

        Returns
        -------
        Survival
            Drawn towards the base rate where few independent cases are alike;
            its interval counts chance among the like cases and what is not
            known of the hazards that say which are alike.
        """
        weights = self.weigh(features)
        worth = effective_number(weights, self.clusters)
        near = estimate_survival(self.durations, self.ended, horizons, weights, worth)
        standard = (features - self.centre) / self.scale
        spread = float(np.sqrt(standard @ self.covariance @ standard))
        return shrink(doubt(near, spread), self.base(horizons), worth)

    def forecast_many(
        self, features: NDArray[np.float64], horizons: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Forecast many courses at once, without their bounds.

        Parameters
        ----------
        features : float array, shape (n_asked, n_features)
            Of the courses.
        horizons : float array, shape (n_horizons,)
            Whole steps, ascending.

        Returns
        -------
        float array, shape (n_asked, n_horizons)
            As `forecast` gives them, but for two short cuts: cases count as
            independent when they are drawn towards the base rate, and
            forecasts are interpolated between a hundred scores.
        """
        asked = self.score(features)
        knots = np.unique(np.quantile(asked, np.linspace(0, 1, KNOTS)))
        weights = weigh_alike(self.scores[None, :], knots[:, None], BANDWIDTH)
        steps = np.arange(1.0, horizons[-1] + 1)
        at_risk = weights @ (self.durations[:, None] >= steps)
        fell = weights @ (self.ended[:, None] & (self.durations[:, None] == steps))
        lasting = np.cumprod(1 - fell / np.maximum(at_risk, 1e-300), axis=1)
        worth = (weights.sum(axis=1) ** 2 / (weights**2).sum(axis=1))[:, None]
        own = worth / (worth + PSEUDO_CASES)
        near = lasting[:, horizons.astype(int) - 1]
        mixed = own * near + (1 - own) * self.base(horizons).share
        return np.stack([np.interp(asked, knots, column) for column in mixed.T], axis=1)


def learn(
    features: NDArray[np.float64],
    durations: NDArray[np.float64],
    ended: NDArray[np.bool_],
    clusters: tuple[NDArray[np.int64], ...],
) -> Prognosis:
    """Learn from cases what foretells an end.

    Parameters
    ----------
    features : float array, shape (n_cases, n_features)
        What was known when the case began to be watched.
    durations, ended : arrays, shape (n_cases,)
        As in `cuibono.stats.survival.estimate_survival`.
    clusters : tuple of int arrays, each shape (n_cases,)
        Members that cases share.

    Returns
    -------
    Prognosis
        For forecasts of other cases.

    References
    ----------
    .. [1] Hansen, B. B. (2008). "The prognostic analogue of the propensity
       score". *Biometrika* 95(2), 481-488. https://doi.org/10.1093/biomet/asn004

    Examples
    --------
    Restless relations end sooner; of a restless one less is foretold to last:

    >>> restless = np.array([[2.0], [1.0], [0.0], [-1.0], [-2.0], [-3.0]])
    >>> years = np.array([1.0, 1.0, 2.0, 3.0, 3.0, 4.0])
    >>> known = learn(restless, years, np.ones(6, dtype=bool), (np.arange(6),))
    >>> soon, late = (known.forecast(np.array([x]), np.array([2.0])).share[0] for x in (2, -3))
    >>> bool(soon < late)
    True
    """
    centre, scale = features.mean(axis=0), features.std(axis=0)
    scale = np.where(scale > 0, scale, 1.0)
    standard = (features - centre) / scale
    beta = fit_hazard(standard, durations, ended)
    shared = durations.size / effective_number(np.ones(durations.size), clusters)
    return Prognosis(
        centre=centre,
        scale=scale,
        beta=beta,
        covariance=shared * measure_doubt(standard, durations, ended, beta),
        scores=standard @ beta,
        durations=durations,
        ended=ended,
        clusters=clusters,
    )
