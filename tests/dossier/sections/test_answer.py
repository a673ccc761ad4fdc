"""Three lines carry the whole dossier, and quote only what the sections keep."""

from dataclasses import replace

import pytest
from tests.dossier.sections.reading import refs, text

from cuibono.dossier.gather import Gathered
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.sections.answer import answer


@pytest.fixture
def numbers(gathered: Gathered) -> Numbers:
    return Numbers(gathered.case, gathered.store)


def test_the_strongest_explanation_is_named_with_its_probability(
    gathered: Gathered, numbers: Numbers
) -> None:
    line = answer(gathered, numbers)[0]
    first = gathered.weighing.weights[0]
    names = {e.id: e.name for e in gathered.case.explanations}
    assert names[first.explanation] in text(line)
    assert numbers.figures[f"posterior.{first.explanation}"].value == first.posterior.value
    assert f"posterior.{first.explanation}" in refs(line)


def test_what_would_overturn_it_is_quoted(gathered: Gathered, numbers: Numbers) -> None:
    quoted = refs(answer(gathered, numbers)[1])
    assert quoted
    assert all(name.startswith("flip.") for name in quoted)


def test_an_order_that_nothing_changes_is_said_to_stand(
    gathered: Gathered, numbers: Numbers
) -> None:
    steady = replace(gathered, weighing=replace(gathered.weighing, flips=()))
    line = answer(steady, numbers)[1]
    assert refs(line) == []
    assert "Nothing" in text(line)


def test_days_without_events_are_named_with_the_way_to_fill_them(
    gathered: Gathered, numbers: Numbers
) -> None:
    line = text(answer(gathered, numbers)[2])
    assert "1992-01-01 to 2020-12-31" in line
    assert "cuibono load icews" in line


def test_full_coverage_is_said(gathered: Gathered, numbers: Numbers) -> None:
    full = tuple(replace(one, covered=(one.asked,), missing=()) for one in gathered.coverage)
    line = text(answer(replace(gathered, coverage=full), numbers)[2])
    assert str(gathered.case.period) in line
    assert "cuibono load" not in line


def test_where_nothing_was_judged_or_measured_the_answer_says_so(
    gathered: Gathered, numbers: Numbers
) -> None:
    empty = replace(gathered, case=replace(gathered.case, evidence=()), ledger=())
    support, _, _ = answer(empty, numbers)
    said = text(support)
    assert said.startswith("In short: Nothing has been judged and nothing could be measured")
    assert "Best supported" not in said
