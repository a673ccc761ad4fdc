"""Characters that act on a page are shown as a mark; all others pass."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.dossier.render.visible import make_visible


@pytest.mark.parametrize("acting", ["\u202e", "\u2066", "\x00", "\x1b", "\u2028", "\ufeff"])
def test_a_character_that_acts_becomes_a_mark(acting: str) -> None:
    assert make_visible(f"Moscow{acting}") == "Moscow\ufffd"


def test_names_in_arabic_and_russian_stay_as_they_are() -> None:
    assert make_visible("پاکستان، Россия") == "پاکستان، Россия"


def test_a_lone_surrogate_can_be_written_to_a_file() -> None:
    assert make_visible("\udc80").encode("utf-8") == "\ufffd".encode()


@given(st.text())
def test_no_control_is_left_but_tab_and_newline(text: str) -> None:
    kinds = {unicodedata.category(c) for c in make_visible(text) if c not in "\t\n"}
    assert "Cc" not in kinds


@given(st.text())
def test_no_character_is_lost(text: str) -> None:
    assert len(make_visible(text)) == len(text)
