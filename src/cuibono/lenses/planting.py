"""Acts of a relation turned into other acts, so that an effect is known to be there."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from cuibono.model.actor import Relation
from cuibono.model.panel import Panel
from cuibono.model.period import Grid
from cuibono.record.record import Record


def move_acts(
    record: Record, relation: Relation, one: str, other: str, share: float = 1.0
) -> Record:
    """Turn acts of one instrument into as many of another.

    Parameters
    ----------
    record : Record
        As it is.
    relation : tuple of str
        Whose acts.
    one, other : str
        Instruments.
    share : float, default 1.0
        How many of its acts of `one` become `other`, in [0, 1].

    Returns
    -------
    Record
        No other relation is changed, and as many acts are left.
    """

    def changed(source: str, grid: Grid) -> Panel:
        panel = record.instruments(source, grid)
        if relation not in panel.index:
            return panel
        row = panel.index[relation]
        channels = {name: values.copy() for name, values in panel.channels.items()}
        moved = np.round(share * channels[one][row].cumsum())
        moved = np.diff(moved, prepend=0.0)
        channels[one][row] -= moved
        channels[other][row] += moved
        return replace(panel, channels=channels)

    return replace(record, instruments=cache(changed))
