"""Which checks there are, and which of them every run can afford."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from typing import Literal

from cuibono.checks.base import Check
from cuibono.checks.coverage_drift import CoverageDrift
from cuibono.checks.leave_one_out import LEAVE_ONE_OUT
from cuibono.checks.other_source import OtherSource
from cuibono.checks.placebo_time import PLACEBO_TIME
from cuibono.checks.placebo_world import PLACEBO_WORLD
from cuibono.checks.spike_in import SpikeIn
from cuibono.checks.thinning import THINNING

GROUP = "cuibono.checks"
"""Entry points under which another package offers a class without arguments."""

AFFORDABLE = 3
"""Looks that a check may take in every run; those that take more are asked for."""

Choice = Literal["usual", "all", "none"]


@cache
def known_checks(choice: Choice = "usual") -> tuple[Check, ...]:
    """List checks in the order in which a dossier shows them.

    Parameters
    ----------
    choice : {"usual", "all", "none"}
        Those that every run can afford, all, or none.

    Returns
    -------
    tuple of Check
        Ours first, then those of installed packages by name.
    """
    ours: tuple[Check, ...] = (
        PLACEBO_WORLD,
        PLACEBO_TIME,
        OtherSource(),
        CoverageDrift(),
        LEAVE_ONE_OUT,
        THINNING,
        SpikeIn(),
    )
    theirs = sorted(entry_points(group=GROUP), key=lambda entry: entry.name)
    every: tuple[Check, ...] = (*ours, *(entry.load()() for entry in theirs))
    most = {"usual": AFFORDABLE, "none": -1}
    return every if choice == "all" else tuple(c for c in every if c.looks <= most[choice])
