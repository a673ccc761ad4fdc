"""Shocks of a case, and who dealt with those they struck on which day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from cuibono.lenses.prose import fill
from cuibono.model.case import Case, Shock
from cuibono.model.panel import Panel
from cuibono.model.trace import Trace, equal, on_days
from cuibono.record.record import Record
from cuibono.stats.latency import HORIZON, Reaction, draw_reaction, first_after

SEEN = 5
"""Days with an event towards those struck below which an actor is no rival."""

MOVES = 99
"""Times the shocks are moved to other days."""

Days = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Group:
    """Shocks that are timed together.

    Attributes
    ----------
    name, label : str
        "recipient", "elsewhere" or "home", and how it reads.
    shocks : tuple of Shock
        Those on covered days, by day.
    traces : tuple of Trace
        Events towards those struck.
    """

    name: str
    label: str
    shocks: tuple[Shock, ...]
    traces: tuple[Trace, ...]

    @property
    def n(self) -> int:
        """Count its shocks.

        Returns
        -------
        int
            On covered days.
        """
        return len(self.shocks)


def group_shocks(case: Case, panel: Panel) -> tuple[Group, ...]:
    """Group the shocks that a source covers by whom they struck.

    Parameters
    ----------
    case : Case
        With its shocks.
    panel : Panel
        Whose covered weeks count.

    Returns
    -------
    tuple of Group
        The recipient's own, those elsewhere and those at home; a group that
        the case has no shock of is left out.
    """
    actor, recipient = case.relation.ids
    names = {recipient: "recipient", actor: "home"}
    covered = set(covered_days(panel).tolist())
    groups = []
    for name in ("recipient", "elsewhere", "home"):
        mine = [s for s in case.shocks if names.get(s.where.id, "elsewhere") == name]
        if mine:
            struck = tuple(sorted({shock.where.id for shock in mine}))
            groups.append(
                Group(
                    name,
                    fill("latency", f"group_{name}", recipient=recipient),
                    tuple(shock for shock in mine if _number(shock.day) in covered),
                    tuple(_trace(panel, where) for where in struck),
                )
            )
    return tuple(groups)


def covered_days(panel: Panel) -> Days:
    """List the days of a panel's covered periods.

    Parameters
    ----------
    panel : Panel
        One source.

    Returns
    -------
    int array, shape (n_days,)
        Ordinals, ascending.
    """
    spans = [(start, panel.grid.next(start)) for start in panel.starts.tolist()]
    return np.concatenate([np.arange(a.toordinal(), b.toordinal()) for a, b in spans])


def _number(day: date) -> int:
    return day.toordinal()


def _trace(panel: Panel, where: str) -> Trace:
    struck = equal(recipient=where) + on_days("day", panel.span)
    return Trace("events", panel.source, struck, 0)


@dataclass(frozen=True, slots=True, eq=False)
class Traffic:
    """Who dealt with those struck, on which covered days.

    Attributes
    ----------
    group : Group
        The shocks.
    covered : int array, shape (n_days,)
        Covered days as ordinals, ascending.
    shocks : dict of str to int array
        Days of the shocks by whom they struck.
    days : dict of str to dict of str to int array
        By actor and by whom it dealt with, the days with an event.
    """

    group: Group
    covered: Days
    shocks: dict[str, Days]
    days: dict[str, dict[str, Days]]

    def traces(self, actor: str) -> tuple[Trace, ...]:
        """Lead to an actor's events towards those struck.

        Parameters
        ----------
        actor : str
            Its id.

        Returns
        -------
        tuple of Trace
            One for each of those struck.
        """
        return tuple(
            replace(trace, where=equal(actor=actor) + trace.where)
            for trace in self.group.traces
        )

    def usual(self, actor: str) -> tuple[int, int]:
        """Count days far from any shock, and those on which an actor was at it anyway.

        Parameters
        ----------
        actor : str
            Its id.

        Returns
        -------
        quiet : int
            Days in the mean over the shocks.
        busy : int
            Of these, days with an event.
        """
        quiet, busy, weights = [], [], []
        for where, shocks in self.shocks.items():
            after = (self.covered[:, None] >= shocks) & (
                self.covered[:, None] < shocks + HORIZON
            )
            free = self.covered[~after.any(axis=1)]
            quiet.append(free.size)
            busy.append(np.isin(free, self.days[actor].get(where, np.empty(0, np.int64))).sum())
            weights.append(shocks.size)
        return int(np.average(quiet, weights=weights)), int(np.average(busy, weights=weights))

    def react(self, actor: str) -> Reaction:
        """Time an actor's answers.

        Parameters
        ----------
        actor : str
            One of `days`.

        Returns
        -------
        Reaction
            Over all shocks of the group.
        """
        timed = []
        for where, shocks in self.shocks.items():
            days = self.days[actor].get(where, np.empty(0, np.int64))
            timed.append(first_after(days, shocks, self._until(shocks)))
        first, watched = (np.concatenate(parts) for parts in zip(*timed, strict=True))
        return draw_reaction(first, watched, *self.usual(actor))

    def _until(self, shocks: Days) -> Days:
        """Give the first day after each shock that is not covered."""
        last = np.append(np.flatnonzero(np.diff(self.covered) > 1), self.covered.size - 1)
        ends = self.covered[last] + 1
        return np.asarray(ends[np.searchsorted(ends, shocks, side="right")], dtype=np.int64)

    def moved(self) -> Iterator[Traffic]:
        """Move the shocks to other covered days, all by the same number of days.

        Yields
        ------
        Traffic
            `MOVES` times; the distances between the shocks stay.
        """
        n = self.covered.size
        for by in np.linspace(0, n, MOVES + 2)[1:-1].astype(int):
            moved = {
                where: np.sort(self.covered[(np.searchsorted(self.covered, shocks) + by) % n])
                for where, shocks in self.shocks.items()
            }
            yield replace(self, shocks=moved)


def read_traffic(record: Record, panel: Panel, group: Group) -> Traffic:
    """Read who dealt with those struck, day by day.

    Parameters
    ----------
    record : Record
        Where the rows are.
    panel : Panel
        Whose covered weeks count.
    group : Group
        The shocks.

    Returns
    -------
    Traffic
        Actors seen on fewer than `SEEN` days are left out.
    """
    covered = covered_days(panel)
    days: dict[str, dict[str, set[int]]] = {}
    shocks: dict[str, Days] = {}
    for trace in group.traces:
        where = str(trace.where[0].value)
        shocks[where] = np.array(
            sorted(_number(s.day) for s in group.shocks if s.where.id == where), dtype=np.int64
        )
        rows = record.rows(trace)
        for actor, day in zip(rows["actor"].to_pylist(), rows["day"].to_pylist(), strict=True):
            days.setdefault(str(actor), {}).setdefault(where, set()).add(_number(day))
    known = {
        actor: {
            where: np.intersect1d(np.array(sorted(on)), covered)
            for where, on in towards.items()
        }
        for actor, towards in days.items()
        if sum(map(len, towards.values())) >= SEEN and actor != "None"
    }
    return Traffic(group, covered, {w: s for w, s in shocks.items() if s.size}, known)
