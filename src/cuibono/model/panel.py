"""Relations by periods as arrays: what is left of a source once Ibis has done its part."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.model.period import Grid, Period


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """One source as arrays of relations by periods.

    Attributes
    ----------
    source : str
        Provider name.
    grid : Grid
        Length of a period.
    starts : array of datetime64[D], shape (n_periods,)
        First day of each covered period, ascending; periods that no file
        covers whole are absent, so consecutive starts may lie apart.
    relations : tuple of (str, str), length n_relations
        (actor id, recipient id), sorted; each once.
    channels : dict of str to float array, shape (n_relations, n_periods)
        Counts per channel for events ("verbal_cooperation", ..., "all"), or
        "value" with NaN where nothing was observed for measures.
    exposure : float array, shape (n_relations, n_periods)
        What each cell could have held: events of all kinds, or joint votes.
    rows : int array, shape (n_relations,)
        Source rows behind each relation.
    span : Period
        From the first day covered to the last.
    """

    source: str
    grid: Grid
    starts: NDArray[np.datetime64]
    relations: tuple[tuple[str, str], ...]
    channels: dict[str, NDArray[np.float64]]
    exposure: NDArray[np.float64]
    rows: NDArray[np.int64]
    span: Period

    @property
    def index(self) -> dict[tuple[str, str], int]:
        """Place of each relation in the arrays.

        Returns
        -------
        dict of (str, str) to int
            Row number by (actor id, recipient id).
        """
        return {relation: place for place, relation in enumerate(self.relations)}

    @property
    def steps(self) -> NDArray[np.int64]:
        """Whole grid steps from the first period to each, gaps included.

        Returns
        -------
        int array, shape (n_periods,)
            Ascending from 0; a jump above 1 is a gap in the source.
        """
        unit = {Grid.WEEK: "D", Grid.MONTH: "M", Grid.YEAR: "Y"}[self.grid]
        ordinal = self.starts.astype(f"datetime64[{unit}]").astype(np.int64)
        steps: NDArray[np.int64] = ordinal - ordinal[0]
        return steps // 7 if self.grid is Grid.WEEK else steps
