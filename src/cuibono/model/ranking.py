"""Where third-party relations stand in the world as drivers of one focal relation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.model.period import Grid, Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one third-party relation does against every rival in the world.

    Attributes
    ----------
    driver : tuple of str
        (actor id, recipient id) of the third-party relation.
    sign : {-1, 1}
        The sign that was predicted.
    score : float
        Largest signed z over the declared specifications; NaN where the
        driver's series never varies in the covered periods.
    best : str
        The specification that gave `score`, in words.
    place, of : int
        1 is the strongest among all visible relations scored by the same
        rule with the same sign; both 0 where `score` is NaN.
    matched_place, matched_of : int
        The same among relations of like volume.
    together : float
        Signed z at lag 0: moves together, direction not identified.
    verdict : str
        Name of the sentence in the lens's prose file: "stands_out", "leans",
        "against", "middle", or one of the ways in which nothing can be told.
    said : str
        Verdict in words, "cannot be told" included.
    """

    driver: tuple[str, str]
    sign: int
    score: float
    best: str
    place: int
    of: int
    matched_place: int
    matched_of: int
    together: float
    verdict: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ranking:
    """One focal relation against the world, in one source.

    Attributes
    ----------
    target : tuple of str
        (actor id, recipient id) of the focal relation.
    source : str
        Provider name.
    grid : Grid
        Length of a period.
    span : Period
        Days the scan used.
    n_periods : int
        Periods used, gaps excluded.
    specifications : tuple of str
        Every specification declared before looking, in words.
    standings : tuple of Standing
        The listed third-party relations, in the case's order.
    rivals : tuple of Standing
        The strongest relations nobody listed, best first.
    world : dict of int to float array
        By sign, the score of every visible relation, unsorted.
    threshold : dict of int to float
        By sign, the score that the best twentieth of the world reaches.
    detectable_share : float
        Share of the focal series' whitened variance, in [0, 1], that a driver
        must carry to reach the threshold: what this source could have shown.
    """

    target: tuple[str, str]
    source: str
    grid: Grid
    span: Period
    n_periods: int
    specifications: tuple[str, ...]
    standings: tuple[Standing, ...]
    rivals: tuple[Standing, ...]
    world: dict[int, NDArray[np.float64]]
    threshold: dict[int, float]
    detectable_share: float
