"""Numbers align, sentences do not, and a label parts from its line."""

from tests.dossier.sample import ledger, ranking, say

from cuibono.dossier.render.cells import is_number, number_columns, split_label
from cuibono.model.dossier import Span, Table


def test_a_number_with_rows_is_a_number() -> None:
    assert is_number((Span("−2.4", "score"),))


def test_words_with_rows_are_words() -> None:
    assert not is_number((Span("likely (58–86 %)", "weight"),))


def test_a_digit_without_rows_is_text() -> None:
    assert not is_number((Span("2021"),))


def test_a_number_with_a_long_remark_is_text() -> None:
    assert not is_number((Span("+2.38", "score"), Span(" (cooperation after four weeks)")))


def test_columns_of_numbers_are_found() -> None:
    assert number_columns(ranking()) == (False, True, True, False)


def test_empty_cells_do_not_hide_a_column_of_numbers() -> None:
    assert number_columns(ledger()) == (False, False, *[True] * 6)


def test_the_first_column_names_the_row() -> None:
    assert number_columns(Table(("n",), (((Span("1", "n"),),),))) == (False,)


def test_a_column_without_any_cell_holds_no_numbers() -> None:
    assert number_columns(Table(("a", "b"), ((say("x"), ()),))) == (False, False)


def test_a_line_parts_from_its_label() -> None:
    line = say("Not covered: votes after ", ("2019", "votes"))
    assert split_label(line) == ("Not covered", say("Votes after ", ("2019", "votes")))


def test_a_colon_late_in_a_sentence_opens_no_label() -> None:
    line = say("The evidence leaves two readings open after all of this: both may be at work.")
    assert split_label(line) == ("", line)


def test_a_line_that_opens_with_a_number_has_no_label() -> None:
    line = say(("12: of", "n"), " things")
    assert split_label(line) == ("", line)


def test_an_empty_line_has_no_label() -> None:
    assert split_label(()) == ("", ())
