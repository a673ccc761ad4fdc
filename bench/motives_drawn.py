"""The picture of `bench/motives.py --picture FILE`: stated probability and what came true."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import vl_convert
from numpy.typing import NDArray

from cuibono.dossier.render.theme import BLUE, CONFIG, GRAMMAR, MUTED, PAPER, Spec, layer
from cuibono.stats.rates import share_interval

Stated = tuple[NDArray[np.float64], NDArray[np.bool_]]
BINS = 10
SIZE = 210
SHARE = {"domain": [0, 1]}


def draw_calibration(tiers: Mapping[str, Stated], path: Path) -> None:
    """Draw how often candidates came true in each tenth of stated probability.

    Parameters
    ----------
    tiers : mapping of str to (float array, bool array)
        Stated probability and truth of every candidate, by how much is reported.
    path : Path
        The SVG to write.
    """
    spec = {
        "hconcat": [_panel(name, *seen) for name, seen in tiers.items()],
        "config": {**CONFIG, "background": PAPER, "padding": 12},
    }
    path.write_text(vl_convert.vegalite_to_svg(spec, vl_version=GRAMMAR), "utf-8")


def _panel(tier: str, stated: NDArray[np.float64], truth: NDArray[np.bool_]) -> Spec:
    tenth = np.minimum((BINS * stated).astype(int), BINS - 1)
    rows = []
    for which in np.unique(tenth):
        came = truth[tenth == which]
        low, high = share_interval(came.sum(), came.size)
        rows.append(
            {
                "stated": float(stated[tenth == which].mean()),
                "true": float(came.mean()),
                "low": float(low),
                "high": float(high),
                "n": int(came.size),
            }
        )
    x = {"field": "stated", "type": "quantitative", "scale": SHARE, "title": "stated"}
    y = {"field": "true", "type": "quantitative", "scale": SHARE, "title": "came true"}
    ends = {"y": {**y, "field": "low"}, "y2": {"field": "high"}}
    even = [{"stated": 0, "true": 0}, {"stated": 1, "true": 1}]
    return {
        "title": {"text": tier, "subtitle": f"{truth.size} candidates"},
        "width": SIZE,
        "height": SIZE,
        "layer": [
            layer(even, "line", {"color": MUTED, "strokeDash": [3, 3]}, {"x": x, "y": y}),
            layer(rows, "rule", {"color": BLUE}, {"x": x, **ends}),
            layer(rows, "circle", {"size": 50}, {"x": x, "y": y}),
            layer(
                rows,
                "text",
                {"dx": 6, "dy": 8, "align": "left", "fontSize": 10, "color": MUTED},
                {"x": x, "y": y, "text": {"field": "n", "type": "quantitative"}},
            ),
        ],
    }
