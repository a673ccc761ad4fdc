"""A text gives every actor it may mean, and none it does not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.errors import CaseError, UnknownActorError
from cuibono.vocab.search import find_actors, fold, nearest_names, read_actor


def ids(text: str, at: date | None = None) -> list[str]:
    return [candidate.actor.id for candidate in find_actors(text, at)]


@pytest.mark.parametrize(
    ("text", "actor", "role"),
    [
        ("Moscow", "RUS", "capital"),
        ("Islamabad", "PAK", "capital"),
        ("the Kremlin", "RUS", "seat"),
        ("White House", "USA", "seat"),
        ("Downing Street", "GBR", "seat"),
        ("Foggy Bottom", "USA", "seat"),
        ("Quai d'Orsay", "FRA", "seat"),
        ("Zhongnanhai", "CHN", "seat"),
        ("Blue House", "KOR", "seat"),
        ("Taliban", "non_state:taliban", "name"),
        ("Al-Nusra", "non_state:nusra-front", "alias"),
        ("Islamic State", "non_state:islamic-state", "name"),
        ("ISIS", "non_state:islamic-state", "alias"),
        ("ROK", "KOR", "alias"),
        ("DPRK", "PRK", "alias"),
        ("NA", "NAM", "iso2"),
        ("Afghan", "AFG", "demonym"),
        ("NATO", "igo:nato", "alias"),
    ],
)
def test_a_text_finds_the_one_actor_it_means(text: str, actor: str, role: str) -> None:
    assert [(c.actor.id, c.role) for c in find_actors(text)] == [(actor, role)]


def test_rawalpindi_is_pakistan() -> None:
    assert set(ids("Rawalpindi")) == {"PAK"}


def test_georgia_is_a_state_and_a_part_of_another() -> None:
    found = [(c.actor.id, c.role, c.matched) for c in find_actors("Georgia")]
    assert found == [("GEO", "name", "Georgia"), ("USA", "subnational", "Georgia (US state)")]


def test_two_states_named_congo_are_both_candidates() -> None:
    assert set(ids("Congo")) == {"COG", "COD"}


def test_two_letters_mean_what_each_list_says() -> None:
    assert {(c.actor.id, c.role) for c in find_actors("CH")} == {
        ("CHE", "iso2"),
        ("CHN", "fips"),
    }


def test_the_soviet_union_is_russia_under_a_dated_name() -> None:
    (found,) = find_actors("Soviet Union")
    assert (found.actor.id, found.start, found.end) == (
        "RUS",
        date(1922, 12, 30),
        date(1991, 12, 26),
    )


def test_a_dated_name_is_not_found_outside_its_dates() -> None:
    assert ids("Soviet Union", date(2016, 7, 18)) == []


def test_kerry_in_2016_is_the_secretary_of_state() -> None:
    (found,) = find_actors("Kerry", date(2016, 7, 18))
    assert (found.actor.name, found.role, found.note) == (
        "John Kerry",
        "Secretary of State",
        "United States (USA)",
    )


def test_kerry_speaks_for_no_state_after_his_term() -> None:
    assert ids("Kerry", date(2018, 1, 1)) == []


@pytest.mark.parametrize(
    ("text", "day", "state"),
    [
        ("Putin", date(2016, 7, 18), "RUS"),
        ("Vladimir Putin", date(2016, 7, 18), "RUS"),
        ("Hollande", date(2016, 7, 14), "FRA"),
        ("Modi", date(2017, 1, 1), "IND"),
        ("Obama", date(2016, 7, 18), "USA"),
        ("Karzai", date(2013, 6, 1), "AFG"),
        ("Ghani", date(2016, 12, 1), "AFG"),
        ("Lavrov", date(2021, 4, 6), "RUS"),
    ],
)
def test_who_the_essays_name_is_found_on_their_days(text: str, day: date, state: str) -> None:
    assert any(f"({state})" in candidate.note for candidate in find_actors(text, day))


def test_a_person_appears_once_for_each_term() -> None:
    starts = [c.start for c in find_actors("Nawaz Sharif")]
    assert starts == sorted(starts, key=str)
    assert len(starts) == 4


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the Kremlin", "KREMLIN"),
        ("Al-Nusra", "al Nusra"),
        ("Côte d'Ivoire", "Cote d’Ivoire"),
        ("U.S.", "US"),
        ("Türkiye", "Turkiye"),
        ("São Tomé & Príncipe", "Sao Tome and Principe"),
        ("Georgia (US state)", "Georgia"),
        ("Łódź", "Lodz"),
    ],
)
def test_spellings_of_one_name_fold_together(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_an_article_alone_is_kept() -> None:
    assert "ALB" in ids("AL")


@given(st.text())
def test_a_folded_text_folds_to_itself(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=12))
def test_any_text_has_an_answer(text: str) -> None:
    assert isinstance(find_actors(text), tuple)


def test_every_candidate_says_where_it_was_taken_from() -> None:
    texts = ("Georgia", "IS", "Congo", "Sharif", "Korea", "US")
    assert all(candidate.source for text in texts for candidate in find_actors(text))


def test_a_misspelling_is_answered_with_the_nearest_name() -> None:
    assert nearest_names("Talibna")[0] == "Taliban"


def test_nothing_is_near_to_noise() -> None:
    assert nearest_names("xqzwvkj") == ()


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("PAK", "PAK"),
        ("pakistan", "PAK"),
        ("Islamabad", "PAK"),
        ("the Kremlin", "RUS"),
        ("Taliban", "non_state:taliban"),
        ("Nawaz Sharif", "person:pak-sharif"),
    ],
)
def test_what_one_actor_alone_may_bear_is_that_actor(text: str, actor: str) -> None:
    assert read_actor(text).id == actor


def test_what_several_actors_may_bear_is_refused_with_their_ids() -> None:
    with pytest.raises(CaseError, match=r"recipient: 'Georgia' may mean GEO .*USA .*the id"):
        read_actor("Georgia", "recipient")


def test_an_id_is_itself_whatever_else_it_may_mean() -> None:
    assert {c.actor.id for c in find_actors("GEO")} >= {"GEO"}
    assert read_actor("GEO").id == "GEO"


def test_what_nobody_bears_is_refused_as_an_unknown_id_is() -> None:
    with pytest.raises(UnknownActorError, match=r"no actor 'RUSS'.*cuibono actors RUSS"):
        read_actor("RUSS")
