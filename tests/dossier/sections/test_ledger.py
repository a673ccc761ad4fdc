"""The ledger shows every origin for every explanation: for, against or blank."""

from dataclasses import replace
from datetime import date

import pytest
from tests.dossier.sections.reading import column, refs, text

from cuibono.dossier.gather import Gathered
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.sections.ledger import ledger
from cuibono.model.dossier import Table
from cuibono.model.evidence import Judgement, Likelihood
from cuibono.weighing.ledger import build_ledger


@pytest.fixture(scope="module")
def numbers(gathered: Gathered) -> Numbers:
    return Numbers(gathered.case, gathered.store)


@pytest.fixture(scope="module")
def tables(gathered: Gathered, numbers: Numbers) -> tuple[Table, ...]:
    return ledger(gathered, numbers).tables


def test_explanations_stand_in_the_order_of_their_weight(
    gathered: Gathered, tables: tuple[Table, ...]
) -> None:
    names = {e.id: e.name for e in gathered.case.explanations}
    ordered = [names[weight.explanation] for weight in gathered.weighing.weights]
    assert [text(cell) for cell in column(tables[0], "Explanation")] == ordered


def test_an_origin_is_for_against_or_blank(
    gathered: Gathered, tables: tuple[Table, ...]
) -> None:
    origins = [row.origin for row in gathered.ledger]
    for weight, row in zip(gathered.weighing.weights, tables[0].rows, strict=True):
        judged = [ref.split(".")[1] for ref in refs(row[1], row[2])]
        blank = [one.origin for one in gathered.ledger if one.cells[weight.explanation] is None]
        assert sorted(judged + blank) == sorted(origins)


def test_what_favours_stands_under_for_and_the_rest_under_against(
    tables: tuple[Table, ...], numbers: Numbers
) -> None:
    favouring = refs(*column(tables[0], "For"))
    against = refs(*column(tables[0], "Against"))
    assert all(numbers.figures[ref].value > 0 for ref in favouring)
    assert all(numbers.figures[ref].value <= 0 for ref in against)
    assert favouring
    assert against


def test_the_heaviest_origin_stands_first(tables: tuple[Table, ...], numbers: Numbers) -> None:
    for cell in (*column(tables[0], "For"), *column(tables[0], "Against")):
        sizes = [abs(numbers.figures[ref].value) for ref in refs(cell)]
        assert sizes == sorted(sizes, reverse=True)


def test_an_origin_traces_to_the_items_that_judge_it(
    gathered: Gathered, tables: tuple[Table, ...], numbers: Numbers
) -> None:
    bearing = {item.id: set(item.likelihoods) for item in gathered.case.evidence}
    for ref in refs(*column(tables[0], "For")):
        _, origin, explanation = ref.split(".")
        (condition,) = numbers.figures[ref].traces[0].where
        own = {i.id for i in gathered.case.evidence if i.origin == origin}
        assert set(condition.value) == {i for i in own if explanation in bearing[i]}


def test_every_item_is_listed_and_leads_to_itself(
    gathered: Gathered, tables: tuple[Table, ...]
) -> None:
    listed = refs(*column(tables[1], "Item"))
    assert listed == [f"evidence.{item.id}" for item in gathered.case.evidence]


def test_an_origin_is_named_by_the_items_that_go_back_to_it(
    gathered: Gathered, tables: tuple[Table, ...]
) -> None:
    items = gathered.case.evidence
    for item, cell in zip(items, column(tables[1], "Origin"), strict=True):
        one = [other.id for other in items if other.origin == item.origin]
        assert text(cell) == "/".join(one)
        assert refs(cell) == [f"evidence.{name}" for name in one]


def test_an_item_names_its_place(gathered: Gathered, tables: tuple[Table, ...]) -> None:
    places = [text(cell) for cell in column(tables[1], "Where")]
    for item, place in zip(gathered.case.evidence, places, strict=True):
        assert item.locator in place


@pytest.mark.parametrize(
    ("precision", "said"), [("day", "2016-07-14"), ("month", "2016-07"), ("year", "2016")]
)
def test_a_day_is_shown_no_more_exactly_than_it_is_known(
    precision: str, said: str, gathered: Gathered
) -> None:
    known = {"day": date(2016, 7, 14), "precision": precision}
    item = replace(gathered.case.evidence[0], **known)  # type: ignore[arg-type]
    case = replace(gathered.case, evidence=(item, *gathered.case.evidence[1:]))
    shown = ledger(replace(gathered, case=case), Numbers(case, gathered.store)).tables[1]
    assert text(column(shown, "Date")[0]) == said


def test_cells_on_which_judges_differ_are_laid_out(
    gathered: Gathered,
) -> None:
    first, *others = gathered.case.evidence
    sceptic = Judgement(
        judge="a sceptic",
        likelihoods={"declared-purpose": Likelihood((0.1, 0.1), (0.9, 0.9), "No.")},
    )
    judged = replace(first, others=(sceptic,))
    case = replace(
        gathered.case, evidence=(judged, *others), judgement_files={"sceptic.toml": "0" * 64}
    )
    doubted = replace(gathered, case=case, ledger=build_ledger(case))
    table = ledger(doubted, Numbers(case, gathered.store)).tables[1]
    (row,) = table.rows
    assert text(row[0]) == first.id
    assert text(row[2]).startswith("a sceptic −9.5 dB; cuibono authors")
    assert float(text(row[3]).split()[0]) > 3


def test_one_judge_makes_no_table_of_disagreement(gathered: Gathered, numbers: Numbers) -> None:
    assert len(ledger(gathered, numbers).tables) == 2
