"""A case file to begin with: every mechanism of the library that has its players."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from importlib.resources import files

from cuibono.model.actor import Actor, DirectedDyad
from cuibono.model.period import Period
from cuibono.record.roles import Player, resolve_roles
from cuibono.record.written import quote
from cuibono.store.store import Store
from cuibono.vocab.explanations import (
    ExplanationTemplate,
    PredictionTemplate,
    load_explanations,
)
from cuibono.vocab.terms import load_terms

PRIOR = "[0.15, 0.5]"
"""The same for all, so that none has a head start."""

RULERS = {"effective leader", "president", "prime minister"}
"""Offices whose change makes a new leader."""


def name_case(relation: DirectedDyad) -> str:
    """Name the case of a relation, as a file is named.

    Parameters
    ----------
    relation : DirectedDyad
        Any two actors.

    Returns
    -------
    str
        Letters, digits and hyphens.

    Examples
    --------
    >>> from cuibono.vocab.actors import resolve_actor
    >>> name_case(DirectedDyad(resolve_actor("RUS"), resolve_actor("non_state:taliban")))
    'rus-taliban'
    """
    ids = (one.id.rpartition(":")[2] for one in (relation.actor, relation.recipient))
    return "-".join(re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-") for part in ids)


def draft_case(store: Store, relation: DirectedDyad, period: Period) -> str:
    """Write a case file for a relation that nobody has studied yet.

    Parameters
    ----------
    store : Store
        What is loaded and embedded; the players of the roles come from it.
    relation : DirectedDyad
        The focal relation.
    period : Period
        The days asked about.

    Returns
    -------
    str
        TOML with comments, readable by `read_case` at once.
    """
    players, missing = resolve_roles(store, relation, period)
    usable = [
        template
        for template in load_explanations().values()
        if all(role in players for role in {*template.needs, *template.roles})
    ]
    roles = [f"#   {player.said}" for player in players.values()]
    roles += [f"#   {role}: {why}" for role, why in missing.items()]
    left_out = [t.id for t in load_explanations().values() if t not in usable]
    if left_out:
        roles.append(f"# Left out for want of a player: {', '.join(left_out)}.")
    head = _parts()["case"].format(
        actor=relation.actor.name,
        recipient=relation.recipient.name,
        name=name_case(relation),
        roles="\n".join(roles),
        quoted_name=quote(name_case(relation)),
        title=quote(f"{relation.actor.name} and {relation.recipient.name}"),
        question=quote(
            f"Why does {relation.actor.name} act towards {relation.recipient.name} as it does?"
        ),
        actor_id=quote(relation.actor.id),
        recipient_id=quote(relation.recipient.id),
        start=period.start,
        end=period.end,
        compare=_compare(relation, players),
    )
    known = {template.id for template in usable}
    windows = _windows(relation, period)
    return head + "".join(_explanation(t, relation, players, known, windows) for t in usable)


@cache
def _parts() -> dict[str, str]:
    """Read what a drafted file says, part by part."""
    text = files("cuibono.record").joinpath("draft.toml").read_text("utf-8")
    parts: dict[str, str] = tomllib.loads(text)
    return parts


def _compare(relation: DirectedDyad, players: Mapping[str, Player]) -> str:
    """Set the recipient's rival beside it, whom the actor may treat otherwise."""
    if "rival" not in players:
        return ""
    rival = players["rival"].actor.id
    return f"compare = [[{quote(relation.actor.id)}, {quote(rival)}]]\n"


def _windows(relation: DirectedDyad, period: Period) -> dict[str, str]:
    """List the year after each change of leader in the days asked about."""
    parties = set(relation.ids)
    starts = sorted(
        {
            term.start
            for term in load_terms()
            if term.state in parties
            and term.office in RULERS
            and term.start
            and term.start in period
        }
    )
    days = [f"[{start}, {start + timedelta(days=365)}]" for start in starts]
    return {"leaders": f"[{', '.join(days)}]" if days else ""}


def _explanation(
    template: ExplanationTemplate,
    relation: DirectedDyad,
    players: Mapping[str, Player],
    known: set[str],
    windows: Mapping[str, str],
) -> str:
    parties = {"actor": relation.actor, "recipient": relation.recipient}
    cast = parties | {role: player.actor for role, player in players.items()}
    name, mechanism, discriminator = template.fill({r: a.name for r, a in cast.items()})
    rivals = (template.nearest_rival, *sorted(known - {template.id}))
    text = _parts()["explanation"].format(
        id=quote(template.id),
        name=quote(name),
        mechanism=quote(mechanism),
        nearest_rival=quote(next(rival for rival in rivals if rival in known)),
        discriminator=quote(discriminator),
        prior=PRIOR,
        sources="\n# ".join(template.sources),
    )
    return text + "".join(_prediction(p, cast, windows) for p in template.predictions)


def _prediction(
    prediction: PredictionTemplate, cast: Mapping[str, Actor], windows: Mapping[str, str]
) -> str:
    """Write a prediction; empty where a role has no player or no day fits."""
    roles = [role for role in (*prediction.driver, prediction.party) if role]
    days = windows[prediction.windows] if prediction.windows else ""
    if not set(roles) <= set(cast) or (prediction.windows and not days):
        return ""
    named = ""
    if prediction.driver:
        named += f"driver = [{', '.join(quote(cast[r].id) for r in prediction.driver)}]\n"
    if prediction.party:
        named += f"party = {quote(cast[prediction.party].id)}\n"
    if prediction.item:
        named += f"item = {quote(prediction.item)}\n"
    if days:
        named += f"windows = {days}\n"
    return _parts()["prediction"].format(
        lens=quote(prediction.lens),
        named=named,
        sign=prediction.sign,
        why=quote(prediction.why),
    )
