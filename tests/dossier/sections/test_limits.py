"""Limits and sources name every source in use, and every document."""

from dataclasses import replace

from tests.dossier.sections.reading import text

from cuibono.dossier.gather import Gathered
from cuibono.dossier.sections.limits import limits, sources
from cuibono.sources.base import read_card


def used(gathered: Gathered) -> set[str]:
    return {one.source for one in gathered.coverage if one.covered}


def test_what_each_source_cannot_see_is_listed(gathered: Gathered) -> None:
    rows = [row for table in limits(gathered).tables for row in table.rows]
    said = "\n".join(text(cell) for row in rows for cell in row)
    blind = [line for name in used(gathered) for line in read_card(name).blind_spots]
    assert blind
    assert [line for line in blind if line not in said] == []


def test_each_source_in_use_is_cited_with_its_licence(gathered: Gathered) -> None:
    data = sources(gathered).tables[0]
    cited = {(text(row[1]), text(row[2])) for row in data.rows}
    cards = [read_card(name) for name in used(gathered)]
    assert cited == {(card.citation, card.licence) for card in cards}


def test_each_document_of_the_case_is_cited(gathered: Gathered) -> None:
    listed = [text(row[0]) for row in sources(gathered).tables[1].rows]
    assert listed == [document.id for document in gathered.case.documents]


def test_a_source_that_covers_nothing_is_not_cited(gathered: Gathered) -> None:
    nothing = tuple(replace(one, covered=()) for one in gathered.coverage)
    assert sources(replace(gathered, coverage=nothing)).tables[0].rows == ()
