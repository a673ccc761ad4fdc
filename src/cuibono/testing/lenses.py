"""The contract of a lens: silent where there is nothing, sure where there is something."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from scipy.stats import binom

from cuibono.checks.alter import alter
from cuibono.checks.base import claims
from cuibono.errors import NotCoveredError
from cuibono.lenses.base import Lens
from cuibono.lenses.verdict import LEANS
from cuibono.model.finding import Finding, Measured
from cuibono.record.record import Record
from cuibono.testing.relabel import relabel

NEVER = 0.001
"""Chance that an honest lens is turned away for claiming too much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """Worlds in which a lens is tried.

    Attributes
    ----------
    null : callable (seed) -> Record
        A world in which there is nothing to find.
    planted : callable (seed, sign) -> Record
        A world with what the lens looks for, in one direction or the other.
    needs : tuple of str
        Channels without which the lens must refuse.
    nulls, plants : int
        How many worlds of each are looked at.
    about_sign : bool
        Whether a mirrored world shows the same thing with the opposite sign;
        False for a lens that asks how much and not which way.
    """

    null: Callable[[int], Record]
    planted: Callable[[int, int], Record]
    needs: tuple[str, ...]
    nulls: int = 40
    plants: int = 6
    about_sign: bool = True


def check_lens(lens: Lens, trial: Trial) -> list[str]:
    """Hold a lens to the contract that every lens keeps.

    Parameters
    ----------
    lens : Lens
        The lens.
    trial : Trial
        Worlds made for it; their seeds count up from 1.

    Returns
    -------
    list of str
        What it breaks, one line each; empty for a sound lens.
    """
    nulls = [lens.look(trial.null(seed)) for seed in range(1, trial.nulls + 1)]
    seeds = range(1, trial.plants + 1)
    planted = [lens.look(trial.planted(seed, 1)) for seed in seeds]
    mirrored = (
        [lens.look(trial.planted(seed, -1)) for seed in seeds] if trial.about_sign else []
    )
    broken = [*_false_alarms(nulls), *_misses(planted), *_unturned(planted, mirrored)]
    broken += _minds_names(lens, trial.planted(1, 1))
    broken += _unrefused(lens, trial)
    for finding in (f for found in (*nulls[:1], *planted[:1]) for f in found):
        broken += _unsound(lens, finding)
    return [f"{lens.name}: {said}" for said in dict.fromkeys(broken)]


def _false_alarms(nulls: list[tuple[Finding, ...]]) -> Iterator[str]:
    """Count claims in worlds without anything to claim."""
    findings = [f for found in nulls for f in found]
    ranked = sum(bool(m.ranks and m.estimate) for f in findings for m in f.measured)
    claimed = sum(len(claims(f)) for f in findings)
    if not ranked:
        yield "nothing is ranked against the world in a null world"
    elif binom.sf(claimed - 1, ranked, LEANS) < NEVER:
        yield f"{claimed} of {ranked} null things stand in the best {LEANS:.0%} of the world"


def _misses(planted: list[tuple[Finding, ...]]) -> Iterator[str]:
    found = sum(any(claims(f) for f in looks) for looks in planted)
    if 2 * found <= len(planted):
        yield f"a planted effect is claimed in {found} of {len(planted)} worlds"


def _unturned(
    planted: list[tuple[Finding, ...]], mirrored: list[tuple[Finding, ...]]
) -> Iterator[str]:
    """Compare the sign of what is claimed with what the mirrored world shows of it."""
    turned = []
    for plain, mirror in zip(planted, mirrored, strict=False):
        there = {(f.source, m.id): m for f in mirror for m in f.measured}
        for finding in plain:
            for claim in claims(finding):
                other = there.get((finding.source, claim.id))
                turned.append(_value(claim) * _value(other) < 0)
    if mirrored and 2 * sum(turned) <= len(turned):
        yield f"{sum(turned)} of {len(turned)} claims turn their sign in the mirrored world"


def _value(one: Measured | None) -> float:
    return one.estimate.value if one and one.estimate else 0.0


def _minds_names(lens: Lens, record: Record) -> Iterator[str]:
    plain, renamed = (_numbers(lens.look(r)) for r in (record, relabel(record)))
    if plain != renamed:
        yield "other names of the actors give other numbers"


def _numbers(found: tuple[Finding, ...]) -> list[tuple[object, ...]]:
    """List every number without the names, to nine digits: sums may be in another order."""
    return sorted(
        (
            f.source,
            m.verdict,
            *((f"{v:.9g}" for v in (m.estimate.value, m.estimate.low, m.estimate.high))
              if m.estimate else ()),
            *((rank.place, rank.of) for rank in m.ranks),
        )
        for f in found
        for m in f.measured
    )  # fmt: skip


def _unrefused(lens: Lens, trial: Trial) -> Iterator[str]:
    for name in trial.needs:
        said = _refusal(lens, _lacking(trial.null(1), name))
        if said is None:
            yield f"a panel without {name!r} is not refused"
        elif repr(name) not in said:
            yield f"the refusal of a panel without {name!r} does not name it: {said}"


def _refusal(lens: Lens, record: Record) -> str | None:
    try:
        lens.look(record)
    except NotCoveredError as error:
        return str(error)
    except KeyError:
        return "it ends in a KeyError"
    return None


def _lacking(record: Record, name: str) -> Record:
    """Give a record whose panels have no such channel."""
    return alter(
        record,
        lambda panel: replace(
            panel, channels={n: values for n, values in panel.channels.items() if n != name}
        ),
    )


def _unsound(lens: Lens, finding: Finding) -> Iterator[str]:
    """Say what a reader of the dossier would miss in a finding."""
    if finding.lens != lens.name or finding.question != lens.question:
        yield "a finding does not carry the lens's name and question"
    if not finding.said:
        yield "a finding says nothing"
    if not finding.could_see:
        yield "a finding does not say what would have been seen"
    if not finding.specifications:
        yield "a finding declares no specification"
    ids = [m.id for m in finding.measured]
    if len(set(ids)) < len(ids):
        yield "two measured things have one id"
    for one in finding.measured:
        if not all(trace.where for trace in one.traces):
            yield f"{one.id} traces to whole tables"
        if one.estimate is None and not one.said:
            yield f"{one.id} cannot be told, and nobody says why"
    drawn = {s.id for s in finding.series} | {finding.figure_id(m) for m in finding.measured}
    worlds = {d.id for d in finding.distributions} | {""}
    for chart in finding.charts:
        if not (set(chart.series) <= drawn and chart.world in worlds):
            yield f"the chart {chart.id} draws what is not there"
