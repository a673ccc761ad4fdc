"""How probable each explanation is, at a glance: a band from 0 to 100 % for each."""

from __future__ import annotations

from dataclasses import dataclass

from cuibono.model.dossier import Dossier

POSTERIOR, WEIGHT = "posterior.", "weight."


@dataclass(frozen=True, slots=True)
class Band:
    """One explanation on the first page.

    Attributes
    ----------
    id : str
        The figure that the band shows.
    name : str
        The explanation.
    said : str
        The probability in words; empty where the dossier has none.
    text : str
        The probability with its band, in percent.
    low, value, high : float
        The same in percent, 0 to 100.
    """

    id: str
    name: str
    said: str
    text: str
    low: float
    value: float
    high: float


def read_bands(dossier: Dossier) -> tuple[Band, ...]:
    """Read how probable each explanation is.

    Parameters
    ----------
    dossier : Dossier
        Any dossier.

    Returns
    -------
    tuple of Band
        In the dossier's order, the strongest first; empty where nothing was weighed.
    """
    weights = {one.id: one for one in dossier.figures if one.id.startswith(WEIGHT)}
    bands = []
    for one in dossier.figures:
        weight = weights.get(one.id.replace(POSTERIOR, WEIGHT, 1))
        if one.id.startswith(POSTERIOR) and weight and None not in (one.low, one.high):
            low, value, high = (100 * float(x or 0) for x in (one.low, one.value, one.high))
            text = f"{value:.0f} % ({low:.0f}–{high:.0f} %)"
            said = weight.said.partition(" (")[0]
            bands.append(Band(one.id, weight.label, said, text, low, value, high))
    return tuple(bands)
