"""Acts of a relation turned into other acts, so that an effect is known to be there."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from cuibono.model.panel import Panel
from cuibono.model.period import Grid
from cuibono.record.record import Record


def move_acts(record: Record, one: str, other: str, share: float) -> Record:
    """Turn acts of one instrument into as many of another.

    Parameters
    ----------
    record : Record
        As it is.
    one, other : str
        Instruments.
    share : float
        How many of the relation's acts of `one` become `other`, in [0, 1].

    Returns
    -------
    Record
        Only the case's relation is changed, and as many acts are left.
    """
    focal = (record.case.relation.actor.id, record.case.relation.recipient.id)

    def changed(source: str, grid: Grid) -> Panel:
        panel = record.instruments(source, grid)
        if focal not in panel.index:
            return panel
        row = panel.index[focal]
        channels = {name: values.copy() for name, values in panel.channels.items()}
        moved = np.round(share * channels[one][row].cumsum())
        moved = np.diff(moved, prepend=0.0)
        channels[one][row] -= moved
        channels[other][row] += moved
        return replace(panel, channels=channels)

    return replace(record, instruments=cache(changed))
