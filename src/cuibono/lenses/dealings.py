"""What the two actors of each relation have with all others, for many relations at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

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
    code: dict[str, int] = {}
    codes = np.array(
        [[code.setdefault(name, len(code)) for name in pair] for pair in panel.relations]
    )
    out = [panel.index[relation] for relation in but if relation in panel.index]
    counts = [np.nan_to_num(part) for part in tally(panel, np.arange(len(codes)))]
    for part in counts:
        part[out] = 0.0
    both = MEASURE in panel.channels

    def leave_out(side: int, part: NDArray[np.float64]) -> NDArray[np.float64]:
        total = np.zeros((len(code), panel.starts.size))
        for end in (0, 1) if both else (side,):
            order = np.argsort(codes[:, end], kind="stable")
            found, starts = np.unique(codes[order, end], return_index=True)
            total[found] += np.add.reduceat(part[order], starts, axis=0)
        # Shares times votes are whole but for rounding, which must not look like votes.
        alone: NDArray[np.float64] = np.round(total[codes[rows, side]] - part[rows], 6)
        return alone

    favourable, other = counts
    return (
        (leave_out(0, favourable), leave_out(0, other)),
        (leave_out(1, favourable), leave_out(1, other)),
    )
