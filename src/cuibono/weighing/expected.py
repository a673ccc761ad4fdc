"""What an explanation expects of a lens, found in what the lens measured, with its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cuibono.lenses.asked import driver_id
from cuibono.lenses.verdict import COMMON
from cuibono.model.case import Case, Expectation
from cuibono.model.finding import Finding, Measured
from cuibono.model.period import Period

BLIND = ("blind", "dim", "lead", *COMMON)
"""Verdicts of a step under which a low place says nothing against it."""

COUNTED = ".changes"
"""How the ids of what counts the changes of a level end; those of a change end in its day."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the world something stands that an explanation expects.

    Attributes
    ----------
    name : str
        The fact, whichever lens told it: what two lenses tell of one fact has
        one name and counts once.
    one : Measured
        What was measured.
    share : float
        Share of the world that does as well in the direction expected, in (0, 1].
    """

    name: str
    one: Measured
    share: float


def find_place(case: Case, finding: Finding, expected: Expectation) -> Place | None:
    """Find what an explanation expects among what a lens measured.

    Parameters
    ----------
    case : Case
        Whose paths and recipient the expectation may name.
    finding : Finding
        What one lens found in one source.
    expected : Expectation
        What should be there.

    Returns
    -------
    Place or None
        None where the lens is another, or could not tell.
    """
    if finding.lens != expected.lens:
        return None
    return FIND[expected.lens](_Sought(case, finding, expected))


@dataclass(frozen=True, slots=True)
class _Sought:
    """What is expected of a case's lens, and what that lens found in one source."""

    case: Case
    finding: Finding
    expected: Expectation

    @property
    def there(self) -> dict[str, Measured]:
        """Give what has a place, by its id."""
        return {one.id: one for one in self.finding.measured if one.estimate and one.ranks}

    @property
    def party(self) -> str:
        return self.expected.party.id if self.expected.party else ""

    def place(self, name: str, *fact: str) -> Place | None:
        """Give the place of what has a name, among sizes."""
        one = self.there.get(name)
        return self.fact(one, _two_sided(one, self.expected.sign), *fact) if one else None

    def fact(self, one: Measured, share: float, *fact: str) -> Place:
        """Name a fact by its lens, source and parts."""
        return Place(".".join((self.finding.lens, self.finding.source, *fact)), one, share)


def _two_sided(one: Measured, sign: int) -> float:
    """Halve a place among sizes where the sign is as expected; else it is the other end."""
    share = max(rank.share for rank in one.ranks)
    value = one.estimate.value if one.estimate else 0.0
    return share / 2 if value * sign > 0 else 1 - share / 2


def _one_sided(one: Measured, sign: int) -> float:
    """Count from the top where more is expected, from the bottom where less."""
    if sign > 0:
        return max(rank.share for rank in one.ranks)
    return max((rank.of - rank.place + 1) / rank.of for rank in one.ranks)


def _linkage(sought: _Sought) -> Place | None:
    """Find an answer to a relation, or what the actor concedes to who presses it."""
    expected = sought.expected
    if not expected.relation:
        name = f"episodes.{sought.party}".replace(":", ".")
        return sought.place(name, "episodes", sought.party)
    pair = expected.relation.ids
    found = sought.place(f"answers.{'-'.join(pair)}".replace(":", "."))
    # moving after that relation is one fact, told by this lens and by third_party
    fact = f"third_party.{sought.finding.source}.{driver_id((pair, expected.sign))}"
    return found and replace(found, name=fact)


def _instruments(sought: _Sought) -> Place | None:
    return sought.place(sought.expected.item, sought.expected.item)


def _latency(sought: _Sought) -> Place | None:
    """Find how soon a group of shocks was answered: the one day that is ranked."""
    item, sign = sought.expected.item, sought.expected.sign
    ranked = [one for name, one in sought.there.items() if name.startswith(f"{item}.by-")]
    return sought.fact(ranked[0], _one_sided(ranked[0], sign), item) if ranked else None


def _declared_done(sought: _Sought) -> Place | None:
    shares = [one for one in sought.there.values() if one.verdict == "declared_share"]
    sign = sought.expected.sign
    return sought.fact(shares[0], _one_sided(shares[0], sign)) if shares else None


def _double_standard(sought: _Sought) -> Place | None:
    """Find how the recipient was held against the party: more is harder on the recipient."""
    name = f"{sought.case.relation.recipient.id}-{sought.party}"
    return sought.place(name, name)


def _path(sought: _Sought) -> Place | None:
    """Find the weakest step of a path: the whole is no better supported."""
    chains, there = sought.case.chains, sought.there
    names = [chain.name for chain in chains]
    if sought.expected.item not in names:
        return None
    at = names.index(sought.expected.item)
    wanted = [f"step-{at + 1}.{n}" for n in range(1, len(chains[at].signs) + 1)]
    steps = [there[name] for name in wanted if name in there]
    if len(steps) < len(wanted) or any(step.verdict in BLIND for step in steps):
        return None
    weakest = max(steps, key=lambda step: _one_sided(step, 1))
    return sought.fact(weakest, _one_sided(weakest, sought.expected.sign), str(at + 1))


def _turning_points(sought: _Sought) -> Place | None:
    """Find the strongest change in the windows; looking at several levels is paid for.

    Where the source covers no day of any window, nothing could be seen.
    """
    expected = sought.expected
    way = "rose" if expected.sign > 0 else "fell"
    asked = {n: one for n, one in sought.there.items() if expected.item in ("", _level(n))}
    levels = [one for name, one in asked.items() if name.endswith(COUNTED)]
    seen = [window for window in expected.windows if window.overlap(sought.finding.span)]
    if not levels or (expected.windows and not seen):
        return None
    turned = [
        one
        for name, one in asked.items()
        if one.verdict == way and _is_within(_day(name), expected.windows)
    ]
    if not turned:
        return sought.fact(levels[0], 1.0, way)
    best = min(turned, key=lambda one: one.ranks[0].share)
    return sought.fact(best, min(1.0, len(levels) * best.ranks[0].share / 2), way)


def _level(name: str) -> str:
    return name.partition(".")[0]


def _day(name: str) -> date:
    """Read the day of a change from its id."""
    return date.fromisoformat(name.partition(".")[2])


def _is_within(day: date, windows: Sequence[Period]) -> bool:
    return not windows or any(day in window for window in windows)


FIND: Mapping[str, Callable[[_Sought], Place | None]] = {
    "linkage": _linkage,
    "instruments": _instruments,
    "latency": _latency,
    "declared_done": _declared_done,
    "double_standard": _double_standard,
    "path": _path,
    "turning_points": _turning_points,
}
"""How each lens is read."""
