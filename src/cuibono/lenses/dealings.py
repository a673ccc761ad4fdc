"""What the two actors of each relation have with all others, for many relations at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from cuibono.lenses.channels import MEASURE, tally
from cuibono.model.actor import Relation
from cuibono.model.panel import Panel

Sums = tuple[NDArray[np.float64], NDArray[np.float64]]


def sum_dealings(
    panel: Panel, rows: NDArray[np.int64], but: Sequence[Relation] = ()
) -> tuple[Sums, Sums]:
    """Sum what each relation's actor does to all others, then what its recipient meets.

    Where pairs have no direction, it is what either of the two has with all others.

    Parameters
    ----------
    panel : Panel
        One source.
    rows : int array, shape (n_rows,)
        Relations; each is left out of its own sums.
    but : sequence of (str, str), optional
        Relations that are left out of all sums.

    Returns
    -------
    tuple of (favourable, other), each float array, shape (n_rows, n_periods)
        First the actor's, then the recipient's, as `tally` counts them.

    Raises
    ------
    NotCoveredError
        If the panel lacks a channel.
    """
    parties, ends = panel.number_parties()
    out = [panel.index[relation] for relation in but if relation in panel.index]
    counts = [np.nan_to_num(part) for part in tally(panel, np.arange(len(ends)))]
    for part in counts:
        part[out] = 0.0
    ones, places, shape = np.ones(len(ends)), np.arange(len(ends)), (len(parties), len(ends))
    has = [csr_array((ones, (end, places)), shape=shape) for end in ends.T]
    if MEASURE in panel.channels:
        has = [has[0] + has[1]] * 2

    def leave_out(side: int, part: NDArray[np.float64]) -> NDArray[np.float64]:
        total = has[side] @ part
        # Shares times votes are whole but for rounding, which must not look like votes.
        alone: NDArray[np.float64] = np.round(total[ends[rows, side]] - part[rows], 6)
        return alone

    favourable, other = counts
    return (
        (leave_out(0, favourable), leave_out(0, other)),
        (leave_out(1, favourable), leave_out(1, other)),
    )
