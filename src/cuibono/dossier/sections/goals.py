"""Goals audited, and what was delivered against what was claimed and asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cuibono.dossier.gather import Gathered
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.phrases import sentence
from cuibono.dossier.sections.findings import write_found
from cuibono.lenses.goals import NAME as LENS
from cuibono.model.audit import AddedValue, Goal
from cuibono.model.dossier import Section, Sentence, Span, Table

GOALS = ("Goal", "Declared by", "Declared", "Could be told by", "Outcome", "Items")
VALUES = ("What is offered", "Asked for", "Claimed", "Delivered")


def goals(gathered: Gathered, numbers: Numbers) -> Section | None:
    """Write the section on goals and added value.

    How the case judges its goals stands first, then what the lens goals
    counted of those that events can tell.

    Parameters
    ----------
    gathered : Gathered
        What was found.
    numbers : Numbers
        Keeps the figures that the section quotes.

    Returns
    -------
    Section or None
        None where the case audits neither.
    """
    case = gathered.case
    tables = []
    if case.goals:
        tables.append(Table(GOALS, tuple(_goal(goal) for goal in case.goals)))
    if case.added_values:
        tables.append(Table(VALUES, tuple(_value(value) for value in case.added_values)))
    if not tables:
        return None
    lead = []
    if case.goals:
        count = dict.fromkeys(("met", "not met", "unclear"), 0)
        for goal in case.goals:
            count[goal.outcome] += 1
        found = ", ".join(f"{word} {n}" for word, n in count.items())
        lead.append(sentence(f"Goals that were declared with a day: {found}."))
    if case.added_values:
        lead.append(
            sentence(
                "What a partner adds is what it delivered, beside what it said it would and"
                " what it wanted for it. An empty cell is one that no item fills."
            )
        )
    judged = Section(
        id="goals", title="Goals and added value", lead=tuple(lead), tables=tuple(tables)
    )
    counted = [finding for finding in gathered.findings if finding.lens == LENS]
    return _join(judged, write_found(numbers, counted)) if counted else judged


def _join(judged: Section, counted: Section) -> Section:
    return replace(
        judged,
        answer=counted.answer,
        lead=(*judged.lead, *counted.lead),
        tables=(*judged.tables, *counted.tables),
        charts=counted.charts,
    )


def _goal(goal: Goal) -> tuple[Sentence, ...]:
    return (
        sentence(goal.text),
        sentence(goal.holder),
        sentence(goal.declared.isoformat()),
        sentence(goal.due.isoformat()),
        sentence(goal.outcome),
        _items(goal.evidence),
    )


def _value(value: AddedValue) -> tuple[Sentence, ...]:
    columns = (value.asked, value.claimed, value.delivered)
    return (sentence(value.text), *(_items(names) for names in columns))


def _items(names: Sequence[str]) -> Sentence:
    parts: list[str | Span] = []
    for name in names:
        parts += [", " if parts else "", Span(name, f"evidence.{name}")]
    return sentence(*parts)
