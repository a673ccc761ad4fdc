"""What an explanation expects of a lens, found in what the lens measured, with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from cuibono.lenses.asked import driver_id
from cuibono.lenses.verdict import COMMON
from cuibono.model.case import Case, Expectation
from cuibono.model.finding import Finding, Measured

BLIND = ("blind", "dim", "lead", *COMMON)
"""Verdicts of a step under which a low place says nothing against it."""


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
    there = {one.id: one for one in finding.measured if one.estimate and one.ranks}
    return FIND[expected.lens](case, there, expected, finding)


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


def _named(
    there: Mapping[str, Measured], name: str, fact: str, share: Callable[[Measured], float]
) -> Place | None:
    one = there.get(name.replace(":", "."))
    return Place(fact, one, share(one)) if one else None


def _linkage(
    case: Case, there: Mapping[str, Measured], expected: Expectation, finding: Finding
) -> Place | None:
    """Find an answer to a relation, or what the actor concedes to who presses it."""
    sign = expected.sign
    if expected.relation:
        pair = expected.relation.ids
        # moving after that relation is one fact, told by this lens and by third_party
        fact = f"third_party.{finding.source}.{driver_id((pair, sign))}"
        return _named(there, f"answers.{'-'.join(pair)}", fact, lambda x: _two_sided(x, sign))
    party = expected.party.id if expected.party else ""
    fact = f"linkage.{finding.source}.episodes.{party}"
    return _named(there, f"episodes.{party}", fact, lambda x: _two_sided(x, sign))


def _instruments(
    case: Case, there: Mapping[str, Measured], expected: Expectation, finding: Finding
) -> Place | None:
    fact = f"instruments.{finding.source}.{expected.item}"
    return _named(there, expected.item, fact, lambda x: _two_sided(x, expected.sign))


def _latency(
    case: Case, there: Mapping[str, Measured], expected: Expectation, finding: Finding
) -> Place | None:
    """Find how soon a group of shocks was answered: the one day that is ranked."""
    ranked = [one for name, one in there.items() if name.startswith(f"{expected.item}.by-")]
    if not ranked:
        return None
    fact = f"latency.{finding.source}.{expected.item}"
    return Place(fact, ranked[0], _one_sided(ranked[0], expected.sign))


def _declared_done(
    case: Case, there: Mapping[str, Measured], expected: Expectation, finding: Finding
) -> Place | None:
    shares = [one for one in there.values() if one.verdict == "declared_share"]
    if not shares:
        return None
    fact = f"declared_done.{finding.source}"
    return Place(fact, shares[0], _one_sided(shares[0], expected.sign))


def _double_standard(
    case: Case, there: Mapping[str, Measured], expected: Expectation, finding: Finding
) -> Place | None:
    """Find how the recipient was held against the party: more is harder on the recipient."""
    name = f"{case.relation.recipient.id}-{expected.party.id if expected.party else ''}"
    one = there.get(name)
    if one is None:
        return None
    fact = f"double_standard.{finding.source}.{name}"
    return Place(fact, one, _two_sided(one, expected.sign))


def _path(
    case: Case, there: Mapping[str, Measured], expected: Expectation, finding: Finding
) -> Place | None:
    """Find the weakest step of a path: the whole is no better supported."""
    names = [chain.name for chain in case.chains]
    if expected.item not in names:
        return None
    number = names.index(expected.item) + 1
    wanted = [f"step-{number}.{n}" for n in range(1, len(case.chains[number - 1].signs) + 1)]
    steps = [there[name] for name in wanted if name in there]
    if len(steps) < len(wanted) or any(step.verdict in BLIND for step in steps):
        return None
    weakest = max(steps, key=lambda step: _one_sided(step, 1))
    fact = f"path.{finding.source}.{number}"
    return Place(fact, weakest, _one_sided(weakest, expected.sign))


def _turning_points(
    case: Case, there: Mapping[str, Measured], expected: Expectation, finding: Finding
) -> Place | None:
    """Find the strongest change in the windows; looking at several levels is paid for.

    Where the source covers no day of any window, nothing could be seen.
    """
    levels = [
        one
        for name, one in there.items()
        if name.endswith(".changes") and expected.item in ("", _level(name))
    ]
    seen = [window for window in expected.windows if window.overlap(finding.span)]
    if not levels or (expected.windows and not seen):
        return None
    turned = [
        one
        for name, one in there.items()
        if expected.item in ("", _level(name))
        and one.verdict == ("rose" if expected.sign > 0 else "fell")
        and _is_within(_days(name), expected)
    ]
    fact = f"turning_points.{finding.source}.{'rose' if expected.sign > 0 else 'fell'}"
    if not turned:
        return Place(fact, levels[0], 1.0)
    best = min(turned, key=lambda one: one.ranks[0].share)
    return Place(fact, best, min(1.0, len(levels) * best.ranks[0].share / 2))


def _level(name: str) -> str:
    return name.partition(".")[0]


def _days(name: str) -> Iterator[date]:
    """Give the day of a change from its id; none where it counts changes."""
    text = name.partition(".")[2]
    if text != "changes":
        yield date.fromisoformat(text)


def _is_within(days: Iterator[date], expected: Expectation) -> bool:
    return any(
        not expected.windows or any(day in window for window in expected.windows)
        for day in days
    )


FIND: Mapping[
    str, Callable[[Case, Mapping[str, Measured], Expectation, Finding], Place | None]
] = {
    "linkage": _linkage,
    "instruments": _instruments,
    "latency": _latency,
    "declared_done": _declared_done,
    "double_standard": _double_standard,
    "path": _path,
    "turning_points": _turning_points,
}
"""How each lens is read."""
