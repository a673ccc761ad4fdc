"""Errors say where, what, the nearest valid value and the next command."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono import errors
from cuibono.errors import CaseError, CuibonoError, UnknownActorError, suggest

CODES = ["RUS", "PAK", "IND", "CHN"]
CLASSES = {
    name: kind
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, Exception)
}
words = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=8)


def test_a_slip_gets_the_nearest_spelling() -> None:
    assert suggest("RUSS", CODES) == " Did you mean RUS?"


def test_several_near_spellings_are_all_offered() -> None:
    assert suggest("Pakistn", ["Pakistan", "Pakhtun"]) == " Did you mean Pakistan or Pakhtun?"


def test_case_does_not_hide_a_spelling() -> None:
    assert suggest("PAKISTAN", ["Pakistan"]) == " Did you mean Pakistan?"


def test_nothing_near_suggests_nothing() -> None:
    assert suggest("Xanadu", CODES) == ""


def test_no_known_spelling_suggests_nothing() -> None:
    assert suggest("RUS", []) == ""


@given(text=words, known=st.lists(words, max_size=8))
def test_only_known_spellings_are_suggested(text: str, known: list[str]) -> None:
    hint = suggest(text, known).removeprefix(" Did you mean ").removesuffix("?")
    assert set(hint.split(" or ")) <= {*known, ""}


@given(known=st.lists(words, min_size=1, max_size=8), place=st.integers(0))
def test_a_spelling_that_is_known_is_suggested_first(known: list[str], place: int) -> None:
    text = known[place % len(known)]
    assert suggest(text, known).startswith(f" Did you mean {text}")


def test_unknown_actor_says_where_what_and_what_next() -> None:
    with pytest.raises(UnknownActorError) as caught:
        raise UnknownActorError("RUSS", CODES, "cases/ru-pk.toml:4")
    assert str(caught.value) == (
        "cases/ru-pk.toml:4: no actor 'RUSS'. Did you mean RUS?"
        " Search the known actors with `cuibono actors RUSS`."
    )


def test_unknown_actor_keeps_what_was_written_and_where() -> None:
    error = UnknownActorError("RUSS", CODES, "actor")
    assert (error.text, error.where) == ("RUSS", "actor")


def test_unknown_actor_is_a_fault_of_the_case() -> None:
    assert issubclass(UnknownActorError, CaseError)


@pytest.mark.parametrize("kind", CLASSES.values(), ids=CLASSES)
def test_every_error_is_caught_by_the_base(kind: type[Exception]) -> None:
    assert issubclass(kind, CuibonoError)


@pytest.mark.parametrize("kind", CLASSES.values(), ids=CLASSES)
def test_tree_in_the_docstring_hangs_each_error_below_its_parent(kind: type) -> None:
    drawn = re.findall(r"^( *)[*x+] (\w+)", errors.__doc__ or "", re.MULTILINE)
    depths = [(len(indent) // 2, name) for indent, name in drawn]
    place = [name for _, name in depths].index(kind.__name__)
    above = [name for depth, name in depths[:place] if depth == depths[place][0] - 1]
    assert above[-1:] == [b.__name__ for b in kind.__bases__ if b is not Exception]


def test_tree_in_the_docstring_names_no_error_that_is_gone() -> None:
    drawn = re.findall(r"^ *[*x+] (\w+)", errors.__doc__ or "", re.MULTILINE)
    assert sorted(drawn) == sorted(CLASSES)
