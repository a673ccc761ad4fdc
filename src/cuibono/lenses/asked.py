"""What a case asks of the world's record: which relations, in which sources."""

from __future__ import annotations

from typing import TypeAlias

from cuibono.lenses.channels import MEASURE, QUADS
from cuibono.lenses.opened import open_events, open_votes
from cuibono.model.actor import Relation
from cuibono.model.case import Case
from cuibono.model.panel import Panel
from cuibono.record.record import Record

Driver: TypeAlias = tuple[Relation, int]

LONGEST = 420
"""Weeks above which a source is read by the month: eight years."""


def listed_drivers(case: Case, panel: Panel) -> dict[Driver, tuple[str, ...]]:
    """Give the third-party relations that explanations name.

    Parameters
    ----------
    case : Case
        What is asked.
    panel : Panel
        One source; where its pairs have no direction, the two directions of a
        relation are one driver.

    Returns
    -------
    dict of ((str, str), {-1, 1}) to tuple of str
        The relation with its predicted sign, and the ids of the explanations
        that predict it; in the order of the case.
    """
    found: dict[Driver, tuple[str, ...]] = {}
    for explanation in case.explanations:
        for prediction in explanation.predictions:
            driver = orient(panel, prediction.driver.ids), int(prediction.sign)
            named = (*found.get(driver, ()), explanation.id)
            found[driver] = tuple(dict.fromkeys(named))
    return found


def orient(panel: Panel, relation: Relation) -> Relation:
    """Write a relation as a panel has it.

    Parameters
    ----------
    panel : Panel
        One source.
    relation : tuple of str
        (actor id, recipient id).

    Returns
    -------
    tuple of str
        The same, sorted where the panel's pairs have no direction.
    """
    unordered = MEASURE in panel.channels
    return (min(relation), max(relation)) if unordered else relation


def write_relation(panel: Panel, relation: Relation) -> str:
    """Write a relation for a reader.

    Parameters
    ----------
    panel : Panel
        One source.
    relation : tuple of str
        As the panel has it.

    Returns
    -------
    str
        "RUS→PAK", or "PAK–RUS" where there is no direction.
    """
    return ("–" if MEASURE in panel.channels else "→").join(relation)


def driver_id(driver: Driver) -> str:
    """Name a driver in a finding.

    Parameters
    ----------
    driver : ((str, str), {-1, 1})
        A relation as the panel has it, and the predicted sign.

    Returns
    -------
    str
        Such as "IND-USA.warm".

    Examples
    --------
    >>> driver_id((("RUS", "org:taliban"), -1))
    'RUS-org_taliban.cool'
    """
    (actor, recipient), sign = driver
    return f"{actor}-{recipient}.{'warm' if sign > 0 else 'cool'}".replace(":", "_")


def panels_of(record: Record) -> tuple[Panel, ...]:
    """Lay out each source in which the relations of the world can be compared.

    Parameters
    ----------
    record : Record
        The case, and what is known in its days.

    Returns
    -------
    tuple of Panel
        Sources of events that code cooperation and conflict, by the week or,
        where that is long, by the month; then yearly agreement.
    """
    events = (
        panel
        for panel in open_events(record, LONGEST)
        if all(panel.channels[quad].any() for quad in QUADS if quad in panel.channels)
    )
    return (*events, *open_votes(record.measures, record))
