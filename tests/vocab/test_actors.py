"""One id per actor, and codes that never put a dead state's acts on a living one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.errors import UnknownActorError
from cuibono.model.actor import Actor, Kind
from cuibono.vocab.actors import (
    actor_of_code,
    code_table,
    holds,
    load_actors,
    load_codes,
    load_profiles,
    resolve_actor,
)

DAYS = st.dates(date(1945, 1, 1), date(2030, 12, 31))


def id_of(system: str, code: str, day: date | None = None) -> str | None:
    actor = actor_of_code(system, code, day)
    return actor.id if actor else None


def test_an_actor_stands_under_its_own_id() -> None:
    assert all(actor.id == key for key, actor in load_actors().items())


def test_a_living_state_is_found_by_its_iso3() -> None:
    assert resolve_actor("PAK") == Actor("PAK", "Pakistan", Kind.STATE)


def test_an_id_is_accepted_only_in_its_own_spelling() -> None:
    with pytest.raises(UnknownActorError, match=r"Did you mean RUS"):
        resolve_actor("rus")


def test_an_unknown_id_is_refused_with_the_nearest_and_the_next_command() -> None:
    with pytest.raises(
        UnknownActorError,
        match=r"case\.toml:4: no actor 'RUSS'\. Did you mean RUS.*actors RUSS",
    ):
        resolve_actor("RUSS", "case.toml:4")


def test_a_name_is_not_an_id() -> None:
    with pytest.raises(UnknownActorError, match="cuibono actors Taliban"):
        resolve_actor("Taliban")


def test_a_dead_state_has_its_gleditsch_ward_number() -> None:
    assert resolve_actor("GW:265").name == "German Democratic Republic"


def test_a_number_that_continues_makes_no_second_state() -> None:
    assert "GW:365" not in load_actors()


@pytest.mark.parametrize(
    ("system", "code", "actor"),
    [
        ("iso3", "SUN", "RUS"),
        ("iso3", "ZAR", "COD"),
        ("iso3", "TMP", "TLS"),
        ("iso3", "BUR", "MMR"),
        ("iso3", "CSK", "GW:315"),
        ("iso3", "YMD", "GW:680"),
        ("iso2", "NA", "NAM"),
        ("fips", "CH", "CHN"),
        ("fips", "WA", "NAM"),
        ("cow", "200", "GBR"),
        ("cow_letters", "ROK", "KOR"),
        ("gw", "678", "YEM"),
        ("gw", "260", "DEU"),
        ("cameo", "KSV", "XKX"),
        ("gdelt", "COD", "COD"),
        ("icews", "Russian Federation", "RUS"),
        ("icews", "Taliban", "non_state:taliban"),
        ("icews", "Islamic State of Iraq and the Levant", "non_state:islamic-state"),
        ("icews", "North Atlantic Treaty Organization", "igo:nato"),
        ("un", "Federal Republic of Germany", "DEU"),
        ("un", "Yemen Arab Republic", "YEM"),
        ("un", "Zanzibar", "GW:511"),
        ("ucdp", "234", "non_state:islamic-state"),
        ("ucdp_name", "Government of Syria", "SYR"),
    ],
)
def test_a_code_leads_to_its_actor(system: str, code: str, actor: str) -> None:
    assert id_of(system, code) == actor


def test_a_code_means_different_states_in_different_systems() -> None:
    assert (id_of("iso2", "CH"), id_of("fips", "CH")) == ("CHE", "CHN")


@pytest.mark.parametrize(
    ("day", "actor"),
    [(date(2006, 6, 4), "GW:345"), (date(2006, 6, 5), "SRB"), (date(1900, 1, 1), None)],
)
def test_a_code_that_changed_hands_follows_the_day(day: date, actor: str | None) -> None:
    assert id_of("cow", "345", day) == actor


@pytest.mark.parametrize(
    ("system", "code"), [("cow", "345"), ("cow", "255"), ("un", "Yugoslavia")]
)
def test_a_code_that_changed_hands_is_not_guessed_without_a_day(system: str, code: str) -> None:
    assert id_of(system, code) is None


def test_a_code_of_one_meaning_keeps_it_before_the_list_counts_the_state() -> None:
    assert id_of("cow", "369", date(1950, 1, 1)) == "UKR"


def test_an_unknown_code_is_no_actor() -> None:
    assert id_of("iso3", "QQQ") is None


def test_an_association_of_publishers_is_not_india() -> None:
    assert id_of("icews", "Association of American Publishers") is None


def test_the_lists_disagree_and_both_are_kept() -> None:
    cow = next(c for c in code_table("cow") if c.code == "678")
    gw = next(c for c in code_table("gw") if c.code == "678")
    assert (cow.end, gw.end) == (date(1990, 5, 22), None)


def test_where_a_list_was_released_is_not_where_its_states_end() -> None:
    assert all(c.end is None for c in code_table("cow") if c.code == "2")


def test_an_unknown_system_is_refused_with_those_there_are() -> None:
    with pytest.raises(
        ValueError, match=r"No code system 'nato'; the registry holds cameo, cow"
    ):
        code_table("nato")


def test_a_group_knows_where_it_is_based() -> None:
    assert load_profiles()["non_state:taliban"].home == "AFG"


@given(start=DAYS, end=DAYS)
def test_a_span_holds_its_first_day_and_not_its_end(start: date, end: date) -> None:
    assert (holds(start, end, start), holds(start, end, end)) == (start < end, False)


@given(day=DAYS)
def test_no_code_means_two_actors_on_one_day(day: date) -> None:
    for system, codes in load_codes().items():
        held: dict[str, str] = {}
        for code in codes:
            if holds(code.start, code.end, day):
                assert held.setdefault(code.code, code.actor) == code.actor, (system, code)
