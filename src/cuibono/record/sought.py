"""Which events are asked for, and the trace that leads to their rows."""

from __future__ import annotations

from dataclasses import dataclass

from cuibono.model.period import Period
from cuibono.model.trace import Condition, Trace, equal, on_days


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which events are asked for.

    Attributes
    ----------
    source : str
        Provider of events.
    within : Period
        Days to use.
    actor, recipient : str
        Ids; empty for anybody.
    quad : str
        One quad; empty for all events.
    event_types : tuple of str
        PLOVER types; empty for all events.
    """

    source: str
    within: Period
    actor: str = ""
    recipient: str = ""
    quad: str = ""
    event_types: tuple[str, ...] = ()

    @property
    def trace(self) -> Trace:
        """Where the rows lie, not counted yet.

        Returns
        -------
        Trace
            Into the table "events", with 0 rows.
        """
        tests = {"actor": self.actor, "recipient": self.recipient, "quad": self.quad}
        where = equal(**{column: value for column, value in tests.items() if value})
        if self.event_types:
            where += (Condition("event_type", "in", self.event_types),)
        return Trace("events", self.source, (*where, *on_days("day", self.within)), 0)
