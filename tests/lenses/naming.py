"""A case whose explanations name third parties of a simulated world."""

from collections.abc import Mapping
from datetime import date

from cuibono.model.actor import Actor, DirectedDyad, Relation
from cuibono.model.case import Case, Explanation, Prediction
from cuibono.model.period import Period


def dyad(relation: Relation) -> DirectedDyad:
    return DirectedDyad(*(Actor(name, name) for name in relation))


def name_drivers(
    relation: Relation,
    named: Mapping[str, list[tuple[Relation, int]]],
    prior: tuple[float, float] = (0.2, 0.5),
) -> Case:
    """Ask about a relation; each explanation names third parties and signs."""
    explanations = tuple(
        Explanation(
            id=name,
            name=name.capitalize(),
            mechanism="It moves first.",
            nearest_rival=name,
            discriminator="Who moves first.",
            prior=prior,
            predictions=tuple(
                Prediction(
                    lens="third_party", driver=dyad(pair), sign=sign, why="It moves first."
                )
                for pair, sign in drivers
            ),
        )
        for name, drivers in named.items()
    )
    return Case(
        name="asked",
        title="Asked",
        question="Who moves it?",
        relation=dyad(relation),
        period=Period(date(1950, 1, 1), date(2030, 1, 1)),
        explanations=explanations,
        documents=(),
        evidence=(),
    )
