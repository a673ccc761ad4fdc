"""Who holds a claim, and how firmly, is read from the clause it stands in."""

import pytest

from cuibono.model.sourced_record import SourcedRecord
from cuibono.reading.attribution import load_cues, strength_in
from cuibono.reading.document import build_document
from cuibono.reading.read import read_document


def first(text: str) -> SourcedRecord:
    return next(r for r in read_document(build_document(text)) if r.cameo)


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("Russia attacked Georgia.", "S5"),
        ("Russia probably attacked Georgia.", "S4"),
        ("Russia may attack Georgia.", "S3"),
        ("Russia reportedly attacked Georgia.", "S2"),
        ("Iran said Russia attacked Georgia.", "S2"),
        ("Iran claimed Russia attacked Georgia.", "S1"),
        ("Russia allegedly attacked Georgia.", "S1"),
    ],
)
def test_a_hedge_sets_the_strength(text: str, strength: str) -> None:
    assert first(text).strength == strength


def test_a_cue_is_shown_by_its_place() -> None:
    text = "Russia probably attacked Georgia."
    record = first(text)
    assert record.cue is not None
    assert text[slice(*record.cue)] == "probably"


def test_a_hedge_counts_in_its_own_clause() -> None:
    text = "Russia attacked Georgia, although Iran may protest."
    assert first(text).strength == "S5"


@pytest.mark.parametrize(
    ("text", "holders"),
    [
        ("Russia attacked Georgia.", ("author",)),
        ("Iran said Russia attacked Georgia.", ("author", "IRN")),
        ("Russia attacked Georgia, Iran said.", ("author", "IRN")),
        ("Russia attacked Georgia, witnesses said.", ("author", "witnesses")),
    ],
)
def test_holders_are_listed_from_the_author_inwards(text: str, holders: tuple[str]) -> None:
    assert first(text).holders == holders


def test_the_author_is_named_where_the_text_names_one() -> None:
    assert first("By Ann Lee\n\nRussia attacked Georgia.").holders == ("Ann Lee",)


def test_every_cue_is_found_by_its_own_pattern() -> None:
    for strength, pattern in load_cues():
        assert pattern.pattern
        assert strength_in("nothing here", 0, 12)[0] == "S5" != strength
