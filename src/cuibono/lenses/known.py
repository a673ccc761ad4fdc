"""Which lenses look at a case: ours, and those that other packages bring."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points

from cuibono.lenses.analogues import Analogues
from cuibono.lenses.base import Lens
from cuibono.lenses.declared_done import DeclaredDone
from cuibono.lenses.double_standard import DoubleStandard
from cuibono.lenses.goals import Goals
from cuibono.lenses.instruments import Instruments
from cuibono.lenses.latency import Latency
from cuibono.lenses.linkage import Linkage
from cuibono.lenses.motives import Motives
from cuibono.lenses.path import PathLens
from cuibono.lenses.third_party import ThirdParty
from cuibono.lenses.turning_points import TurningPoints

GROUP = "cuibono.lenses"
"""Entry points under which another package offers a class without arguments."""


@cache
def known_lenses() -> tuple[Lens, ...]:
    """List the lenses in the order in which a dossier shows them.

    Returns
    -------
    tuple of Lens
        Ours first, then those of installed packages by name.
    """
    ours: tuple[Lens, ...] = (
        TurningPoints(),
        ThirdParty(),
        Motives(),
        Linkage(),
        Latency(),
        DeclaredDone(),
        Instruments(),
        PathLens(),
        DoubleStandard(),
        Analogues(),
        Goals(),
    )
    theirs = sorted(entry_points(group=GROUP), key=lambda entry: entry.name)
    return (*ours, *(entry.load()() for entry in theirs))
