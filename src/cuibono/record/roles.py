"""Who plays which role for a relation: found in the world's data, with the rows that say so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import ibis

from cuibono.model.actor import Actor, DirectedDyad
from cuibono.model.period import Period
from cuibono.model.trace import Condition, Trace
from cuibono.store.rows import count_rows
from cuibono.store.store import Store
from cuibono.vocab.actors import load_actors
from cuibono.vocab.explanations import RoleTemplate, Sign, load_roles

SPAN_COLUMNS = {"events": ("day", "day"), "measures": ("start", "end")}
VALUE_COLUMN = {"events": "events", "measures": "value"}

LEAST_SHARE = 0.02
"""Below this share of all that a source counts of its kind of actor nobody is taken."""


@dataclass(frozen=True, slots=True)
class Player:
    """Who plays a role, and why we think so.

    Attributes
    ----------
    role : str
        The role.
    actor : Actor
        Who plays it.
    said : str
        Why, in a sentence without full stop.
    traces : tuple of Trace
        The rows that say so, one trace for each party they were counted for.
    """

    role: str
    actor: Actor
    said: str
    traces: tuple[Trace, ...]


def resolve_roles(
    store: Store, relation: DirectedDyad, period: Period
) -> tuple[Mapping[str, Player], Mapping[str, str]]:
    """Find who plays which role for a relation.

    Parameters
    ----------
    store : Store
        What is loaded and embedded.
    relation : DirectedDyad
        The focal relation; neither party plays a further role.
    period : Period
        Days to use.

    Returns
    -------
    tuple of (mapping of str to Player, mapping of str to str)
        Players by role, and for roles that nobody plays the reason.
    """
    players: dict[str, Player] = {}
    missing: dict[str, str] = {}
    for role in load_roles():
        taken = set(relation.ids)
        taken |= {player.actor.id for player in players.values()}
        player = _cast(store, role, relation, period, taken)
        if player:
            players[role.name] = player
        else:
            sources = ", ".join(dict.fromkeys(sign.source for sign in role.signs))
            missing[role.name] = f"nobody stands out in {sources}"
    return players, missing


def _cast(
    store: Store,
    role: RoleTemplate,
    relation: DirectedDyad,
    period: Period,
    taken: set[str],
) -> Player | None:
    """Ask the role's sources in turn; the first that names somebody decides."""
    known = load_actors()
    parties = {"actor": relation.actor, "recipient": relation.recipient}
    for sign in role.signs:
        if not _is_there(store, sign):
            continue
        tallies = [
            {
                name: amount
                for name, amount in _tally(store, sign, parties[of], period).items()
                if name in known and known[name].kind == role.kind
            }
            for of in role.of
        ]
        joined = _join(tallies, role, sign)
        fit = {name: score for name, score in joined.items() if name not in taken}
        if not fit:
            continue
        best = max if sign.most else min
        # of two that count alike the first by id, so that every run names the same one
        name = best(sorted(fit), key=lambda one: fit[one])
        return _player(store, role, sign, known[name], [parties[of] for of in role.of], period)
    return None


def _is_there(store: Store, sign: Sign) -> bool:
    return any(s.source == sign.source and s.table == sign.table for s in store.snapshots)


def _rows(store: Store, sign: Sign, of: Actor, period: Period) -> ibis.Table:
    """Narrow a source to the rows of one party in the days asked about."""
    table = store.table(sign.table, sign.source)
    mine = table.filter(
        ((table.actor == of.id) | (table.recipient == of.id))
        & table[sign.column].isin(sign.codes + sign.less)
        & table.actor.notnull()
        & table.recipient.notnull()
    )
    first, last = SPAN_COLUMNS[sign.table]
    return mine.filter((mine[first] < period.end) & (mine[last] >= period.start))


def _tally(store: Store, sign: Sign, of: Actor, period: Period) -> dict[str, float]:
    """Add up what a party has with each other one."""
    mine = _rows(store, sign, of, period)
    other = (mine.actor == of.id).ifelse(mine.recipient, mine.actor)
    amount = mine[VALUE_COLUMN[sign.table]]
    amount = mine[sign.column].isin(sign.codes).ifelse(amount, -amount)
    how = amount.sum() if sign.most else amount.mean()
    found = store.engine.collect(mine.group_by(other=other).agg(amount=how.cast("float64")))
    return dict(zip(found["other"].to_pylist(), found["amount"].to_pylist(), strict=True))


def _join(tallies: list[dict[str, float]], role: RoleTemplate, sign: Sign) -> dict[str, float]:
    """Put two parties' tallies together, as shares of the whole where amounts count."""
    names = set[str]().union(*tallies)
    if role.join == "sum":
        tallies = [{name: sum(tally.get(name, 0.0) for tally in tallies) for name in names}]
    if sign.most:
        totals = [sum(abs(one) for one in tally.values()) for tally in tallies]
        tallies = [
            {name: one / total for name, one in tally.items() if total > 0}
            for tally, total in zip(tallies, totals, strict=True)
        ]
    shared = [name for name in names if all(name in tally for tally in tallies)]
    least = LEAST_SHARE if sign.most else float("-inf")
    joined = {name: min(tally[name] for tally in tallies) for name in shared}
    return {name: share for name, share in joined.items() if share >= least}


def _player(
    store: Store,
    role: RoleTemplate,
    sign: Sign,
    actor: Actor,
    parties: list[Actor],
    period: Period,
) -> Player:
    first, last = SPAN_COLUMNS[sign.table]
    traces = []
    for of in parties:
        pair = (of.id, actor.id)
        trace = Trace(
            sign.table,
            sign.source,
            (
                Condition("actor", "in", pair),
                Condition("recipient", "in", pair),
                Condition(sign.column, "in", sign.codes),
                Condition(first, "<", period.end.isoformat()),
                Condition(last, ">=", period.start.isoformat()),
            ),
            0,
        )
        n_rows = count_rows(store, trace)
        if n_rows:
            traces.append(Trace(sign.table, sign.source, trace.where, n_rows))
    counted = " and ".join(f"{trace.n_rows:,}" for trace in traces)
    said = (
        f"{role.name}: {actor.name} ({actor.id}), by {sign.say} with"
        f" {' and '.join(of.name for of in parties)} in {sign.source}"
        f" ({counted} rows)"
    )
    return Player(role.name, actor, said, tuple(traces))
