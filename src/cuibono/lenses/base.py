"""What every lens is, and how a score is ranked against the whole world."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from cuibono.model.finding import Finding
from cuibono.model.period import Grid
from cuibono.record.record import Record


@dataclass(frozen=True, slots=True)
class Specification:
    """One declared way of looking.

    Attributes
    ----------
    channel : str
        Which series is compared: "tone", "net", "cooperation" or "agreement".
    lag : int
        Periods by which the driver comes first.
    grid : Grid
        Length of a period.
    """

    channel: str
    lag: int
    grid: Grid

    def __str__(self) -> str:
        return f"{self.channel} after {self.lag} {self.grid}{'s' if self.lag > 1 else ''}"


class Lens(Protocol):
    """One question an analyst asks, answered for every relation at once."""

    @property
    def name(self) -> str:
        """Name the lens.

        Returns
        -------
        str
            As in the case file and on its page of the documentation.
        """

    @property
    def question(self) -> str:
        """Say what it asks.

        Returns
        -------
        str
            One sentence an analyst would say.
        """

    def look(self, record: Record) -> tuple[Finding, ...]:
        """Measure the case's relation, and the world beside it.

        Parameters
        ----------
        record : Record
            The case, and what is known in its days.

        Returns
        -------
        tuple of Finding
            One for each source that could be asked; none where the case asks
            nothing of this lens. What cannot be told is a finding that says
            so, never a missing one.
        """


def place_among(score: float, rivals: NDArray[np.float64]) -> tuple[int, int]:
    """Rank a score among its rivals, ties counting against it.

    Parameters
    ----------
    score : float
        Not NaN.
    rivals : float array, shape (n_rivals,)
        Scores by the same rule, the score's own not among them.

    Returns
    -------
    place : int
        1 is the strongest.
    of : int
        How many were ranked, the score itself counted, so that `place / of`
        is a share of the world that is never 0.

    References
    ----------
    .. [1] Phipson, B. and Smyth, G. K. (2010). "Permutation P-values Should
       Never Be Zero". *Statistical Applications in Genetics and Molecular
       Biology* 9(1), 39. https://doi.org/10.2202/1544-6115.1585

    Examples
    --------
    >>> place_among(2.0, np.array([3.0, 2.0, 1.0]))
    (3, 4)
    """
    return 1 + int((rivals >= score).sum()), rivals.size + 1


def strongest(z: NDArray[np.float64], sign: int) -> NDArray[np.float64]:
    """Take each relation's best specification in the predicted direction.

    The maximum is taken for every relation in the world by the same rule, so
    that searching over specifications is paid for in the rank.

    Parameters
    ----------
    z : float array, shape (n_relations, n_specifications)
        Signed z; NaN where a specification says nothing.
    sign : {-1, 1}
        The predicted direction.

    Returns
    -------
    float array, shape (n_relations,)
        Largest `sign * z`; NaN where every specification is NaN.

    Examples
    --------
    >>> strongest(np.array([[1.0, -2.5, np.nan], [np.nan] * 3]), -1).tolist()
    [2.5, nan]
    """
    best = np.where(np.isnan(z), -np.inf, sign * z).max(axis=1)
    return np.where(np.isneginf(best), np.nan, best)


def deciles(volume: NDArray[np.float64]) -> NDArray[np.int64]:
    """Sort relations into ten classes of like volume.

    Parameters
    ----------
    volume : float array, shape (n_relations,)
        Events or votes behind each.

    Returns
    -------
    int array, shape (n_relations,)
        0 is the quietest tenth; equal volumes share a class.

    Examples
    --------
    >>> deciles(np.array([5.0, 1.0, 1.0, 9.0])).tolist()
    [5, 0, 0, 7]
    """
    below = np.searchsorted(np.sort(volume), volume, side="left")
    return below * 10 // volume.size
