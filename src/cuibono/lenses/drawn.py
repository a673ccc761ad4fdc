"""The world as a picture: how all relations score, with the case's own marked."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cuibono.model.dossier import Chart, Distribution
from cuibono.model.trace import Trace

BINS = 40

NARROW = 1e-6
"""Width that a picture has at least, where all score alike."""


def draw_world(
    name: str,
    label: str,
    unit: str,
    scores: NDArray[np.float64],
    threshold: float,
    *traces: Trace,
) -> Distribution:
    """Count how many relations score how much.

    Parameters
    ----------
    name : str
        Id of the distribution.
    label, unit : str
        What is counted, and in what.
    scores : float array, shape (n_relations,)
        Finite; at least one.
    threshold : float
        Score that the best twentieth reaches.
    *traces : Trace
        Rows behind all of it.

    Returns
    -------
    Distribution
        In forty bins.
    """
    low, high = float(scores.min()), float(scores.max())
    room = max(NARROW - (high - low), 0.0) / 2
    counts, edges = np.histogram(scores, bins=BINS, range=(low - room, high + room))
    return Distribution(
        id=name,
        label=label,
        unit=unit,
        how=f"{label}, every relation that could be measured",
        edges=tuple(edges.tolist()),
        counts=tuple(counts.tolist()),
        threshold=threshold,
        traces=traces,
    )


def mark_world(world: Distribution, title: str, caption: str, *figures: str) -> Chart:
    """Draw a distribution with figures marked on it.

    Parameters
    ----------
    world : Distribution
        What is drawn.
    title, caption : str
        What it shows; how to read it.
    *figures : str
        Ids of the figures marked.

    Returns
    -------
    Chart
        Of the kind "world".
    """
    return Chart(f"{world.id}.chart", "world", title, caption, figures, world.id)
