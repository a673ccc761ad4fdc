"""Evidence that the level of a series stepped on given dates, whatever its noise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cuibono.stats.noise import PRIOR, persistence
from cuibono.stats.whiten import whiten

PERSISTENCE = (0.5, 0.65, 0.8, 0.9)
"""Correlation of a relation with itself one period before. Above 0.9 a level
wanders for years, which is what its turning points are there to describe."""

MOVING = (0.03, 0.1, 0.2, 0.35, 0.6)
"""Share of a series' roughness, counting apart, that is the relation moving
and not chance beyond counting."""

SCALES = (0.25, 1.0, 2.25)
"""Prior variance of a step of either sign, in noise variances: what noise
states are judged with, where a step has only to be allowed for."""

SIZES = ((1.5, 0.36), (3.0, 1.44))
"""Mean and variance of the size of a turn, up or down, in noise deviations
and variances. A level that moves by less than the noise does from one period
to the next wanders; with such sizes possible, most evidence against a turn is
lost, and most turns of quiet series are found among them."""

REACH = 8.0
"""Nats below the best noise state at which one still counts."""

KEPT = 12
"""Noise states that are summed over."""


@dataclass(frozen=True, slots=True, eq=False)
class StepModel:
    """A series with a step at each place, whitened under each noise state.

    Attributes
    ----------
    places, steps : int arrays, shape (n_places,)
        Periods that may be the first of a new level, and their grid steps.
    gram : float array, shape (n_states, n_places, n_places)
        Inner products of the whitened steps.
    moment : float array, shape (n_states, n_places)
        Inner products of the whitened steps and the whitened series.
    squares, log_volume : float arrays, shape (n_states,)
        Sum of squares of the whitened series; what the state costs.
    freedom : int
        Periods less controls.
    unit : float, default 1
        Standard deviation that sizes of steps are in.
    """

    places: NDArray[np.int64]
    steps: NDArray[np.int64]
    gram: NDArray[np.float64]
    moment: NDArray[np.float64]
    squares: NDArray[np.float64]
    log_volume: NDArray[np.float64]
    freedom: int
    unit: float = 1.0

    def allowed(self, chosen: Sequence[int], apart: int) -> NDArray[np.bool_]:
        """Tell which places lie far enough from those chosen.

        Parameters
        ----------
        chosen : sequence of int
            Numbers of places.
        apart : int
            Grid steps, at least.

        Returns
        -------
        bool array, shape (n_places,)
            True where a further change may be.
        """
        distance = np.abs(self.steps[:, None] - self.steps[list(chosen)])
        return np.asarray((distance >= apart).all(axis=1))

    def keep_likely(self, prior: float, apart: int) -> StepModel:
        """Keep the noise states that matter, each judged with its steps taken out.

        Judged without, a series with a step looks merely persistent.

        Parameters
        ----------
        prior : float
            Log odds of a change at one place.
        apart : int
            Grid steps between two changes, at least.

        Returns
        -------
        StepModel
            At most `KEPT` states within `REACH` nats of the best.
        """
        chosen: list[int] = []
        best = np.full(self.squares.size, -np.inf)
        while True:
            without, added, _, _ = weigh_additions(self, chosen)
            reached = np.logaddexp.reduce(without, axis=1) + prior * len(chosen)
            gained = bool((reached > best).any())
            best = np.maximum(best, reached)
            free = self.allowed(chosen, apart)
            if not gained or not free.any():
                break
            total = np.logaddexp.reduce(added, axis=(0, 1))
            chosen.append(int(np.where(free, total, -np.inf).argmax()))
        kept = np.argsort(-best, kind="stable")[:KEPT]
        kept = kept[best[kept] >= best[kept[0]] - REACH]
        return replace(
            self,
            gram=self.gram[kept],
            moment=self.moment[kept],
            squares=self.squares[kept],
            log_volume=self.log_volume[kept],
        )


def find_places(steps: NDArray[np.int64], apart: int) -> NDArray[np.int64]:
    """List the periods that may be the first of a new level.

    Parameters
    ----------
    steps : int array, shape (n_periods,)
        Whole grid steps, ascending.
    apart : int
        Grid steps that each level lasts at least, the first and last included.

    Returns
    -------
    int array, shape (n_places,)
        Periods; empty where the series holds no two levels.

    Examples
    --------
    >>> find_places(np.array([0, 1, 2, 3, 4, 9]), 2).tolist()
    [2, 3, 4]
    """
    lasted, lasts = steps - steps[0], steps[-1] + 1 - steps
    return np.flatnonzero((lasted >= apart) & (lasts >= apart))


def build_step_model(
    y: NDArray[np.float64],
    v: NDArray[np.float64],
    steps: NDArray[np.int64],
    controls: NDArray[np.float64],
    places: NDArray[np.int64],
) -> StepModel:
    """Whiten a series and a step at every place, under every noise state.

    The unit is the root of the series' roughness, half the mean square from
    one period to the next, so that a rescaled series gives the same evidence.

    Parameters
    ----------
    y : float array, shape (n_periods,)
        The series, without gaps in the array; not constant.
    v : float array, shape (n_periods,)
        Variance that counting alone puts on it.
    steps : int array, shape (n_periods,)
        Whole grid steps, ascending.
    controls : float array, shape (n_periods, n_controls)
        Independent columns, the intercept among them. A step that is one of
        them, such as a known break of the source, gets no evidence.
    places : int array, shape (n_places,)
        Periods that may be the first of a new level; at least one.

    Returns
    -------
    StepModel
        All noise states.

    Raises
    ------
    ValueError
        If the series never moves.
    """
    if not np.diff(y).any():
        raise ValueError("The series never moves; no level of it can have changed.")
    unit = _roughness(y, steps)
    whitening = whiten(_covariances(v / unit**2, steps), controls)
    series = whitening.operator @ (y / unit)
    columns = whitening.operator @ (np.arange(y.size)[:, None] >= places).astype(float)
    turned = np.swapaxes(columns, 1, 2)
    return StepModel(
        places=places,
        steps=steps[places],
        gram=turned @ columns,
        moment=(turned @ series[:, :, None])[:, :, 0],
        squares=(series**2).sum(axis=1),
        log_volume=whitening.log_volume,
        freedom=whitening.freedom,
        unit=unit,
    )


def _roughness(y: NDArray[np.float64], steps: NDArray[np.int64]) -> float:
    """Measure how far a series moves by itself from one period to the next.

    It is hardly touched by a few steps, while the variance is: what is laid
    out by variances would have to guess how much of them the steps are.
    """
    change = np.diff(y)
    next_to = change[np.diff(steps) == 1]
    return float(np.sqrt(((next_to if next_to.any() else change) ** 2).mean() / 2))


def _covariances(v: NDArray[np.float64], steps: NDArray[np.int64]) -> NDArray[np.float64]:
    """Lay out noise states that are all as rough as the series, whose roughness is 1."""
    beyond = max(1 - float(v.mean()), 0.1)
    states = []
    for rho in PERSISTENCE:
        shape = persistence(steps, rho)
        for moving in MOVING:
            noise = np.diag(v + (1 - moving) * beyond)
            states.append(moving * beyond / (1 - rho) * shape + noise)
    return np.array(states)


def weigh_additions(
    model: StepModel, chosen: Sequence[int]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Weigh a set of steps, and the same set with one more at every place.

    Sizes of steps are integrated out under a normal prior, the noise variance
    under an inverse gamma with mean near 1. A further step only needs the
    inverse for the set without it, so all places cost one product.

    Parameters
    ----------
    model : StepModel
        The series.
    chosen : sequence of int
        Numbers of the places in the set; may be empty.

    Returns
    -------
    without : float array, shape (n_states, n_scales)
        Log density of the series with the set's steps, up to a constant.
    added : float array, shape (n_states, n_scales, n_places)
        The same with one more step.
    mean, variance : float arrays, shape (n_states, n_scales, n_places)
        Of that step's size.

    References
    ----------
    .. [1] Zellner, A. (1971). *An Introduction to Bayesian Inference in
       Econometrics*, ch. 8. Wiley.
    """
    at, scale, n = list(chosen), np.array(SCALES), model.freedom + PRIOR
    rows = model.gram[:, None, at, :]
    inverse = np.linalg.inv(rows[..., at] + np.eye(len(at)) / scale[:, None, None])
    shift = inverse @ rows
    size = (inverse @ model.moment[:, None, at, None])[..., 0]
    fitted = (size * model.moment[:, None, at]).sum(axis=-1)
    spread = -np.linalg.slogdet(inverse)[1] + len(at) * np.log(scale)
    diagonal = np.diagonal(model.gram, axis1=1, axis2=2)[:, None, :]
    precision = diagonal + 1 / scale[:, None] - (rows * shift).sum(axis=2)
    pull = model.moment[:, None, :] - (size[..., None] * rows).sum(axis=2)
    left = PRIOR + model.squares[:, None] - fitted
    less = left[..., None] - pull**2 / precision
    without = -model.log_volume[:, None] - spread / 2 - n / 2 * np.log(left)
    wider = spread[..., None] + np.log(precision) + np.log(scale)[:, None]
    added = -model.log_volume[:, None, None] - wider / 2 - n / 2 * np.log(less)
    return without, added, pull / precision, less / n / precision
