"""What foretells an early end: proportional hazards, to say which cases are alike."""

from __future__ import annotations

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

    Cox's partial likelihood with Breslow's treatment of ties, by Newton's
    method. The ridge keeps a feature that foretells an end without exception
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
    .. [2] Breslow, N. (1974). "Covariance Analysis of Censored Survival Data".
       *Biometrics* 30(1), 89-99. https://doi.org/10.2307/2529620

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
    order = np.argsort(-durations, kind="stable")
    x, fell, at = features[order], ended[order], durations[order]
    last = np.searchsorted(-at, -at, side="right") - 1
    beta = np.zeros(features.shape[1])
    for _ in range(ROUNDS if fell.any() else 0):
        gradient, curvature = _slopes(x, fell, last, beta)
        curvature += (ridge + CLOSE) * np.eye(beta.size)
        step = np.linalg.solve(curvature, gradient - ridge * beta)
        beta = beta + step * min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-300))
        if np.abs(step).max() < CLOSE:
            break
    return beta


def _slopes(
    x: NDArray[np.float64],
    fell: NDArray[np.bool_],
    last: NDArray[np.int64],
    beta: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give gradient and curvature of the log partial likelihood; longest cases first."""
    score = x @ beta
    risk = np.exp(score - score.max())
    at = last[fell]
    total = np.cumsum(risk)[at]
    mean = np.cumsum(risk[:, None] * x, axis=0)[at] / total[:, None]
    square = np.cumsum(risk[:, None, None] * x[:, :, None] * x[:, None, :], axis=0)[at]
    spread = square / total[:, None, None] - mean[:, :, None] * mean[:, None, :]
    gradient: NDArray[np.float64] = (x[fell] - mean).sum(axis=0)
    return gradient, spread.sum(axis=0)


def weigh_alike(
    scores: NDArray[np.float64], asked: float, bandwidth: float
) -> NDArray[np.float64]:
    """Weigh cases by how alike they are in what foretold an end elsewhere.

    A prognostic score, not the distance in every feature: two histories that
    differ in what never mattered are alike.

    Parameters
    ----------
    scores : float array, shape (n_cases,)
        Features times log hazard ratios.
    asked : float
        The score of the case that is asked about.
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
