"""The audits of a case file: claims, goals and added value, and the items they point at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from cuibono.errors import CaseError
from cuibono.model.actor import DirectedDyad
from cuibono.model.audit import AddedValue, Claim, Goal, Saying, Yardstick
from cuibono.record.case_bounds import read_bound
from cuibono.record.case_format import AddedValueEntry, CaseFile, ClaimEntry, GoalEntry
from cuibono.record.locate import Place
from cuibono.record.written import WrittenFile


class Resolve(Protocol):
    """Makes a relation of two actors as they are written in a place."""

    def __call__(self, pair: Sequence[str], *places: Place) -> DirectedDyad:
        """Resolve two actors.

        Parameters
        ----------
        pair : sequence of str
            Actor and recipient, as written.
        *places : Place
            Where.

        Returns
        -------
        DirectedDyad
            Two different actors.
        """


def build_audits(
    file: WrittenFile, entries: CaseFile, items: Sequence[str], resolve: Resolve
) -> tuple[tuple[Claim, ...], tuple[Goal, ...], tuple[AddedValue, ...]]:
    """Build what a case audits.

    Parameters
    ----------
    file : WrittenFile
        Where the entries were written.
    entries : CaseFile
        The whole case file.
    items : sequence of str
        Ids of the case's evidence.
    resolve : callable
        Makes relations of actors as they are written.

    Returns
    -------
    tuple
        Claims, goals and added values, each in the order of the file.

    Raises
    ------
    CaseError
        If an entry points at an item that the case does not have, bounds no
        number, has an outcome without evidence or is due before it is declared.
    """
    return (
        tuple(_claim(file, x, ("claim", n), items) for n, x in enumerate(entries.claim)),
        tuple(_goal(file, x, ("goal", n), items, resolve) for n, x in enumerate(entries.goal)),
        tuple(
            _added_value(file, x, ("added_value", n), items)
            for n, x in enumerate(entries.added_value)
        ),
    )


def _claim(file: WrittenFile, entry: ClaimEntry, place: Place, items: Sequence[str]) -> Claim:
    for name in entry.supports:
        file.known(name, items, "evidence", *place, "supports")
    if entry.plausible is not None and (entry.number is None or not entry.bound):
        raise CaseError(
            f"{file.where(*place, 'plausible')}: {entry.id} bounds a number and needs both"
            " `number` and `bound`, which says what data the bounds come from."
        )
    if (entry.number is None) != (not entry.unit):
        raise CaseError(
            f"{file.where(*place, 'number')}: {entry.id} needs `number` and `unit` together."
        )
    later = sorted((Saying(**one.model_dump()) for one in entry.later), key=lambda one: one.day)
    fields = entry.model_dump(exclude={"later", "supports", "from_rows"})
    series = read_bound(file, entry, place)
    return Claim(later=tuple(later), supports=tuple(entry.supports), series=series, **fields)


def _goal(
    file: WrittenFile,
    entry: GoalEntry,
    place: Place,
    items: Sequence[str],
    resolve: Resolve,
) -> Goal:
    for name in entry.evidence:
        file.known(name, items, "evidence", *place, "evidence")
    if entry.outcome != "unclear" and not entry.evidence:
        raise CaseError(
            f"{file.where(*place, 'outcome')}: {entry.id} is {entry.outcome} by no evidence."
            " Name the items, or write `unclear`."
        )
    if entry.due < entry.declared:
        raise CaseError(
            f"{file.where(*place, 'due')}: {entry.due} lies before {entry.declared}, when the"
            " goal was declared."
        )
    told = entry.measured_by
    yardstick = None
    if told is not None:
        relation = resolve(told.relation, (*place, "measured_by"))
        yardstick = Yardstick(relation=relation, kind=told.kind, aim=told.aim)
    fields = entry.model_dump(exclude={"evidence", "measured_by"})
    return Goal(evidence=tuple(entry.evidence), measured_by=yardstick, **fields)


def _added_value(
    file: WrittenFile, entry: AddedValueEntry, place: Place, items: Sequence[str]
) -> AddedValue:
    columns = {"asked": entry.asked, "claimed": entry.claimed, "delivered": entry.delivered}
    for column, names in columns.items():
        for name in names:
            file.known(name, items, "evidence", *place, column)
    shown = {column: tuple(names) for column, names in columns.items()}
    return AddedValue(id=entry.id, text=entry.text, **shown)
