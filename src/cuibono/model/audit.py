"""What is audited beside the explanations: claims, goals, and what a partner adds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from cuibono.model.actor import Actor, DirectedDyad
from cuibono.model.period import Period
from cuibono.model.trace import Trace

Statistic = Literal["sum", "mean", "largest", "smallest", "rows"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What somebody said of a matter on a later day.

    Attributes
    ----------
    day : date
        When.
    speaker : str
        Who.
    text : str
        What, in the analyst's own words.
    """

    day: date
    speaker: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A series of the record that a claimed number can be held against.

    Attributes
    ----------
    source : str
        Provider.
    measure, quad : str
        Which measure, or which kind of event; one of them is empty.
    actor, recipient : Actor or None
        Whose rows; None for everybody's.
    period : Period
        In which days.
    statistic : {"sum", "mean", "largest", "smallest", "rows"}
        What is taken of the rows' values, or how many rows there are; of
        events the sum counts them.
    within : tuple of float
        Factors by which the truth may lie below and above what is recorded;
        1 and 1 where the record is taken at its word.
    """

    source: str
    measure: str
    quad: str
    actor: Actor | None
    recipient: Actor | None
    period: Period
    statistic: Statistic
    within: tuple[float, float] = (1.0, 1.0)

    def __str__(self) -> str:
        joined = "→".join(one.id if one else "anybody" for one in (self.actor, self.recipient))
        what = self.measure or f"events of {self.quad.replace('_', ' ')}"
        scope = f"{self.statistic} of {what}, {joined}, {self.period}, in {self.source}"
        low, high = self.within
        return scope if (low, high) == (1, 1) else f"{scope}, times {low:g} to {high:g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Something that was asserted and can be checked.

    Attributes
    ----------
    id, text, speaker : str
        Short id, the claim in the analyst's own words, who made it.
    day : date
        When it was said first.
    hedge : str
        The hedging words, as quoted; empty where there were none.
    number : float or None
        The number that was claimed.
    unit : str
        What the number counts; empty without one.
    plausible : tuple of float or None
        Bounds between which the number can lie, from data.
    bound : str
        Where the bounds come from; empty without them.
    supports : tuple of str
        Evidence items that bear it out.
    later : tuple of Saying
        What was said of it since, oldest first.
    series : Bound or None
        The series that sets the bounds; None where they were written down.
    rows : Trace or None
        The rows that set them; None until they are computed.
    """

    id: str
    text: str
    speaker: str
    day: date
    hedge: str = ""
    number: float | None = None
    unit: str = ""
    plausible: tuple[float, float] | None = None
    bound: str = ""
    supports: tuple[str, ...] = ()
    later: tuple[Saying, ...] = ()
    series: Bound | None = None
    rows: Trace | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """Events by whose count it can be told whether a goal was met.

    Attributes
    ----------
    relation : DirectedDyad
        Who should do more or less of it to whom.
    kind : str
        "cooperation" or "conflict", or one of the four quads.
    aim : {"more", "less"}
        What was wanted of it.
    """

    relation: DirectedDyad
    kind: Literal[
        "cooperation",
        "conflict",
        "verbal_cooperation",
        "material_cooperation",
        "verbal_conflict",
        "material_conflict",
    ]
    aim: Literal["more", "less"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """An aim that was declared, with a day by which it could be told whether it was met.

    Attributes
    ----------
    id, text, holder : str
        Short id, the aim, who declared it.
    declared, due : date
        When it was declared, and by when it could be told.
    outcome : {"met", "not met", "unclear"}
        How it came out.
    evidence : tuple of str
        Items that say so; none only where it is unclear.
    measured_by : Yardstick or None
        Events whose count tells it too; None where none could.
    """

    id: str
    text: str
    holder: str
    declared: date
    due: date
    outcome: Literal["met", "not met", "unclear"]
    evidence: tuple[str, ...] = ()
    measured_by: Yardstick | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedValue:
    """One thing that a partner offers: what it asked, what it claimed, what it delivered.

    Attributes
    ----------
    id, text : str
        Short id, and what is offered.
    asked, claimed, delivered : tuple of str
        Evidence items, by what they show; empty where nothing shows it.
    """

    id: str
    text: str
    asked: tuple[str, ...] = ()
    claimed: tuple[str, ...] = ()
    delivered: tuple[str, ...] = ()
