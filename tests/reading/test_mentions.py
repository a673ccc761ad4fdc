"""Actors are found as they are named, with what they do in their state."""

from datetime import date
from itertools import pairwise

import pytest

from cuibono.reading.mentions import Mention, find_mentions
from cuibono.reading.names import with_names
from cuibono.reading.tokens import cut_words


def mentions(text: str, day: date | None = None) -> list[Mention]:
    return find_mentions(cut_words(text, 0, 0, len(text)), day)


def named(text: str) -> list[tuple[str, str]]:
    return [(mention.actor, mention.sector) for mention in mentions(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Kremlin spoke.", [("RUS", "")]),
        ("Egyptian police", [("EGY", "COP")]),
        ("rebels in Mali", [("MLI", "REB")]),
        ("Turkey's foreign minister", [("TUR", "GOV")]),
        ("U.S. Secretary of State John Kerry", [("USA", "GOV")]),
        ("Indo-Russian relations", [("IND", ""), ("RUS", "")]),
        ("the Taliban", [("non_state:taliban", "")]),
        ("Iraqi Kurds", [("IRQ", "")]),
        ("ethnic Albanians in Serbia", [("SRB", "")]),
        ("the South China Sea", []),
        ("turkey and chad and china cups", []),
        ("western Darfur", [("SDN", "")]),
        ("West Darfur", [("SDN", "")]),
        ("in May and June", []),
    ],
)
def test_an_actor_is_read_as_it_is_named(text: str, found: list[tuple[str, str]]) -> None:
    assert named(text) == found


@pytest.mark.parametrize(
    "text", ["Western-backed rebels", "NATO-member Norway", "US-led raids"]
)
def test_what_only_describes_is_marked(text: str) -> None:
    assert mentions(text)[0].modifier


def test_a_leaning_is_no_actor() -> None:
    assert [m.modifier for m in mentions("anti-American protesters")] == [True, False]


def test_ambiguity_is_kept() -> None:
    (congo,) = mentions("Congo")
    assert (congo.actor, congo.others) == ("COD", ("COG",))


def test_names_of_ones_own_are_found_beside_the_registrys() -> None:
    text = "Gondor attacked Russia"
    tokens = cut_words(text, 0, 0, len(text))
    found = find_mentions(tokens, names=with_names({"Gondor": "GON"}))
    assert [mention.actor for mention in found] == ["GON", "RUS"]


def test_mentions_do_not_overlap() -> None:
    found = mentions(
        "Syrian President Bashar al-Assad and Russian officials met Turkish police"
    )
    assert all(a.last <= b.first for a, b in pairwise(found))
