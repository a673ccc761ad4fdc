"""A name means whom the registry says on the day of the text, in whatever spelling."""

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.reading.names import (
    AMBIGUOUS_SURNAMES,
    SHORTEST_SURNAME,
    Alias,
    bare,
    choose,
    load_names,
    with_names,
    words_of_name,
)
from cuibono.vocab.actors import load_actors

DAY = date(2015, 3, 2)


def alias(
    actor: str,
    role: str = "name",
    start: date | None = None,
    end: date | None = None,
) -> Alias:
    return Alias(actor, (), role, start, end)


@pytest.mark.parametrize(
    ("marked", "plain"),
    [("são", "sao"), ("türkiye", "turkiye"), ("côte", "cote"), ("chad", "chad")],
)
def test_marks_are_stripped_and_letters_kept(marked: str, plain: str) -> None:
    assert bare(marked) == plain


@given(word=st.text(max_size=12))
def test_a_bare_word_has_nothing_left_to_strip(word: str) -> None:
    assert bare(bare(word)) == bare(word)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("The Gambia", ("gambia",)),
        ("the", ("the",)),
        ("Guinea-Bissau", ("guinea", "bissau")),
        ("Côte d'Ivoire", words_of_name("Cote d'Ivoire")),
        ("Congo (Kinshasa)", ("congo", "kinshasa")),
    ],
)
def test_a_name_is_cut_as_a_text_is(name: str, words: tuple[str, ...]) -> None:
    assert words_of_name(name) == words


def test_who_is_valid_on_the_day_goes_before_who_is_not() -> None:
    past = alias("OLD", "name", end=DAY)
    present = alias("NEW", "surname", start=DAY)
    assert choose([past, present], DAY) == (present, ())
    assert choose([past, present], None) == (past, ("NEW",))


def test_if_nobody_is_valid_the_words_still_mean_someone() -> None:
    past = alias("OLD", end=date(1991, 12, 26))
    assert choose([past], DAY) == (past, ())


@pytest.mark.parametrize("order", list(permutations(("name", "place", "surname"))))
def test_a_name_goes_before_a_place_and_a_place_before_a_person(
    order: tuple[str, ...],
) -> None:
    best, others = choose([alias(role, role) for role in order], DAY)
    assert best.role == "name"
    assert sorted(others) == ["place", "surname"]


def test_two_names_of_one_actor_are_no_doubt_about_it() -> None:
    assert choose([alias("RUS", "seat"), alias("RUS", "capital")], DAY)[1] == ()


def test_the_longest_alias_comes_first() -> None:
    for aliases in load_names().values():
        sizes = [len(each.rest) for each in aliases]
        assert sizes == sorted(sizes, reverse=True)


def test_every_alias_means_an_actor_of_the_registry_or_a_thing() -> None:
    meant = {each.actor for aliases in load_names().values() for each in aliases}
    assert meant - load_actors().keys() <= {""}


def test_no_surname_is_short_or_a_word_of_the_language() -> None:
    surnames = {
        first
        for first, aliases in load_names().items()
        if any(each.role == "surname" for each in aliases)
    }
    assert surnames & AMBIGUOUS_SURNAMES == set()
    assert min(map(len, surnames)) >= SHORTEST_SURNAME


@pytest.mark.parametrize(
    ("one", "many"), [("russian", "russians"), ("iraqi", "iraqis"), ("turk", "turks")]
)
def test_a_people_is_named_by_one_and_by_many(one: str, many: str) -> None:
    def people(word: str) -> set[str]:
        return {each.actor for each in load_names().get(word, ()) if not each.rest}

    assert people(one)
    assert people(one) <= people(many)


def test_a_people_that_ends_in_a_hiss_has_no_plural_of_its_own() -> None:
    assert not load_names().keys() & {"britishs", "chineses", "frenchs", "polishs"}


def test_a_name_of_ones_own_is_added_and_the_registrys_are_kept() -> None:
    known = load_names()
    before = dict(known)
    merged = with_names({"Russia House": "non_state:house", "Zubrowka": "ZUB"})
    assert [each.actor for each in merged["zubrowka"]] == ["ZUB"]
    sizes = [len(each.rest) for each in merged["russia"]]
    assert sizes == sorted(sizes, reverse=True)
    assert set(merged["russia"]) == {
        *known["russia"],
        Alias("non_state:house", ("house",), "name", None, None),
    }
    assert known == before
    assert merged.keys() - known.keys() == {"zubrowka"}
