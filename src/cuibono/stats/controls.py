"""Columns a relation is adjusted for before anyone is credited with moving it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh


def independent_columns(*columns: NDArray[np.float64]) -> NDArray[np.float64]:
    """Join columns with an intercept and drop what the others already say.

    Redundant columns are common here (a world that never changes, a gap that
    never comes) and would make the regression's scale meaningless.

    Parameters
    ----------
    *columns : float arrays, shape (n_periods,) or (n_periods, n_columns)
        Any scale; a missing value takes its column's mean.

    Returns
    -------
    float array, shape (n_periods, n_independent)
        Orthonormal columns that span the intercept and all of `columns`.

    Examples
    --------
    >>> trend = np.arange(4.0)
    >>> independent_columns(trend, 2 * trend + 1).shape
    (4, 2)
    """
    table = np.column_stack(columns)
    seen = np.isfinite(table)
    mean = np.where(seen, table, 0).sum(axis=0) / np.maximum(1, seen.sum(axis=0))
    table = np.where(seen, table - mean, 0)
    spread = np.sqrt((table**2).sum(axis=0))
    table = table[:, spread > 1e-9 * (1 + np.abs(mean))]
    table /= np.sqrt((table**2).sum(axis=0))
    intercept = np.full((table.shape[0], 1), table.shape[0] ** -0.5)
    left, weight, _ = np.linalg.svd(table, full_matrices=False)
    return np.hstack([intercept, left[:, weight > 1e-8]])


def leading_components(series: NDArray[np.float64], n: int) -> NDArray[np.float64]:
    """Find the movements that most of the world shares.

    Parameters
    ----------
    series : float array, shape (n_relations, n_periods)
        NaN where nothing was observed; such cells count as average.
    n : int
        How many components.

    Returns
    -------
    float array, shape (n_periods, n)
        Principal components of the standardised series, the largest first.

    References
    ----------
    .. [1] Price, A. L. et al. (2006). "Principal components analysis corrects
       for stratification in genome-wide association studies". *Nature
       Genetics* 38, 904-909. https://doi.org/10.1038/ng1847
    """
    seen = np.isfinite(series)
    count = np.maximum(1, seen.sum(axis=1, keepdims=True))
    mean = np.where(seen, series, 0).sum(axis=1, keepdims=True) / count
    centred = np.where(seen, series - mean, 0)
    spread = np.sqrt((centred**2).sum(axis=1, keepdims=True))
    scaled = centred / np.where(spread > 0, spread, 1)
    periods = series.shape[1]
    _, vectors = eigh(scaled.T @ scaled, subset_by_index=(max(0, periods - n), periods - 1))
    leading: NDArray[np.float64] = vectors[:, ::-1]
    return leading


def annual_cycle(steps: NDArray[np.int64], per_year: float) -> NDArray[np.float64]:
    """Draw one wave a year.

    Parameters
    ----------
    steps : int array, shape (n_periods,)
        Whole grid steps.
    per_year : float
        Steps in a year.

    Returns
    -------
    float array, shape (n_periods, 2)
        Sine and cosine.
    """
    angle = 2 * np.pi * steps / per_year
    return np.column_stack([np.sin(angle), np.cos(angle)])


def gap_levels(steps: NDArray[np.int64], longest: int) -> NDArray[np.float64]:
    """Let the level start anew after each long gap in a source.

    A provider that falls silent for months seldom comes back unchanged.

    Parameters
    ----------
    steps : int array, shape (n_periods,)
        Whole grid steps, ascending.
    longest : int
        Steps a gap may last without a new level.

    Returns
    -------
    float array, shape (n_periods, n_gaps)
        0 before the gap, 1 after it.

    Examples
    --------
    >>> gap_levels(np.array([0, 1, 9, 10]), 4).T.tolist()
    [[0.0, 0.0, 1.0, 1.0]]
    """
    first = np.flatnonzero(np.diff(steps) > longest + 1) + 1
    return (np.arange(steps.size)[:, None] >= first).astype(float)
