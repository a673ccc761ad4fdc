"""What foretells an early end: proportional hazards, to say which cases are alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ROUNDS = 25
CLOSE = 1e-9


def fit_hazard(
    features: NDArray[np.float64],
    durations: NDArray[np.float64],
    ended: NDArray[np.bool_],
    ridge: float = 1.0,
) -> NDArray[np.float64]:
    """Estimate how much each feature raises the hazard of ending.

    Cox's partial likelihood with Efron's treatment of ties, by Newton's
    method: years tie all the time, and Breslow's would halve what they tell.
    The ridge keeps a feature that foretells an end without exception
    finite, and leaves a feature that foretells nothing near zero.

    Parameters
    ----------
    features : float array, shape (n_cases, n_features)
        Standardised, finite.
    durations : float array, shape (n_cases,)
        How long each case was watched.
    ended : bool array, shape (n_cases,)
        Whether it ended then.
    ridge : float, default 1
        Precision of the normal prior around zero, at least 0.

    Returns
    -------
    float array, shape (n_features,)
        Log hazard ratios; all zero where nothing ended.

    Raises
    ------
    ValueError
        If a feature is not finite.

    References
    ----------
    .. [1] Cox, D. R. (1972). "Regression Models and Life-Tables". *Journal of
       the Royal Statistical Society B* 34(2), 187-220.
       https://doi.org/10.1111/j.2517-6161.1972.tb00899.x
    .. [2] Efron, B. (1977). "The Efficiency of Cox's Likelihood Function for
       Censored Data". *Journal of the American Statistical Association*
       72(359), 557-565. https://doi.org/10.1080/01621459.1977.10480613

    Examples
    --------
    Rapprochements of restless relations end sooner:

    >>> restless = np.array([[1.0], [1.0], [0.0], [-1.0], [-1.0]])
    >>> years = np.array([1.0, 3.0, 2.0, 4.0, 5.0])
    >>> fit_hazard(restless, years, np.ones(5, dtype=bool)).round(1).tolist()
    [0.8]
    """
    if not np.isfinite(features).all():
        raise ValueError("A feature is not finite: leave out cases that were not observed.")
    x, deaths = _sort(features, durations, ended)
    beta = np.zeros(features.shape[1])
    for _ in range(ROUNDS if ended.any() else 0):
        gradient, curvature = _slopes(x, deaths, beta)
        curvature += (ridge + CLOSE) * np.eye(beta.size)
        step = np.linalg.solve(curvature, gradient - ridge * beta)
        beta = beta + step * min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-300))
        if np.abs(step).max() < CLOSE:
            break
    return beta


def measure_doubt(
    features: NDArray[np.float64],
    durations: NDArray[np.float64],
    ended: NDArray[np.bool_],
    beta: NDArray[np.float64],
    ridge: float = 1.0,
) -> NDArray[np.float64]:
    """Measure how uncertain log hazard ratios are.

    Parameters
    ----------
    features, durations, ended : arrays
        As in `fit_hazard`.
    beta : float array, shape (n_features,)
        What it gave.
    ridge : float, default 1
        As there.

    Returns
    -------
    float array, shape (n_features, n_features)
        Their covariance: the inverse of the curvature at `beta`, as if no two
        cases shared a member.

    Examples
    --------
    >>> restless = np.array([[1.0], [1.0], [0.0], [-1.0], [-1.0]])
    >>> years, all_ended = np.array([1.0, 3.0, 2.0, 4.0, 5.0]), np.ones(5, dtype=bool)
    >>> beta = fit_hazard(restless, years, all_ended)
    >>> measure_doubt(restless, years, all_ended, beta).round(1).tolist()
    [[0.3]]
    """
    prior = (ridge + CLOSE) * np.eye(beta.size)
    if not ended.any():
        return np.asarray(np.linalg.inv(prior))
    x, deaths = _sort(features, durations, ended)
    return np.asarray(np.linalg.inv(_slopes(x, deaths, beta)[1] + prior))


@dataclass(frozen=True, slots=True, eq=False)
class _Deaths:
    """Ends, longest first: which case, who was at risk, and how far through its tie it is."""

    case: NDArray[np.int64]
    last: NDArray[np.int64]
    first: NDArray[np.int64]
    tie: NDArray[np.int64]
    passed: NDArray[np.float64]


def _sort(
    features: NDArray[np.float64], durations: NDArray[np.float64], ended: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], _Deaths]:
    """Put the longest cases first."""
    order = np.argsort(-durations, kind="stable")
    return features[order], _tie(durations[order], ended[order])


def _tie(at: NDArray[np.float64], fell: NDArray[np.bool_]) -> _Deaths:
    """Sort ends into ties; `at` descends."""
    case = np.flatnonzero(fell)
    last = np.searchsorted(-at, -at[case], side="right") - 1
    _, first, tie, many = np.unique(
        -at[case], return_index=True, return_inverse=True, return_counts=True
    )
    passed = (np.arange(case.size) - first[tie]) / many[tie]
    return _Deaths(case, last, first, tie, passed)


def _slopes(
    x: NDArray[np.float64], deaths: _Deaths, beta: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give gradient and curvature of the log partial likelihood; longest cases first."""
    score = x @ beta
    risk = np.exp(score - score.max())
    sums = []
    for power in (risk, risk[:, None] * x, risk[:, None, None] * x[:, :, None] * x[:, None, :]):
        tied = np.add.reduceat(power[deaths.case], deaths.first)[deaths.tie]
        passed = deaths.passed.reshape(-1, *(1,) * (power.ndim - 1))
        sums.append(np.cumsum(power, axis=0)[deaths.last] - passed * tied)
    total, first, second = sums
    mean = first / total[:, None]
    spread = second / total[:, None, None] - mean[:, :, None] * mean[:, None, :]
    gradient: NDArray[np.float64] = (x[deaths.case] - mean).sum(axis=0)
    return gradient, spread.sum(axis=0)


def weigh_alike(
    scores: NDArray[np.float64], asked: float | NDArray[np.float64], bandwidth: float
) -> NDArray[np.float64]:
    """Weigh cases by how alike they are in what foretold an end elsewhere.

    A prognostic score, not the distance in every feature: two histories that
    differ in what never mattered are alike.

    Parameters
    ----------
    scores : float array, shape (n_cases,)
        Features times log hazard ratios.
    asked : float or float array
        The score of the case that is asked about; several broadcast.
    bandwidth : float
        Difference in log hazard at which the weight has fallen to 0.61.

    Returns
    -------
    float array, shape (n_cases,)
        In (0, 1].

    References
    ----------
    .. [1] Hansen, B. B. (2008). "The prognostic analogue of the propensity
       score". *Biometrika* 95(2), 481-488. https://doi.org/10.1093/biomet/asn004

    Examples
    --------
    >>> weigh_alike(np.array([0.0, 0.4]), 0.0, 0.4).round(2).tolist()
    [1.0, 0.61]
    """
    weights: NDArray[np.float64] = np.exp(-((scores - asked) ** 2) / (2 * bandwidth**2))
    return weights
