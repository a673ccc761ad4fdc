"""Terms of office: who held which on a day, in spans that can be true."""

from datetime import date

import pytest

from cuibono.model.actor import Kind
from cuibono.vocab.actors import holds, load_actors, load_profiles
from cuibono.vocab.terms import load_terms


def leaders(state: str, day: date) -> set[str]:
    actors = load_actors()
    return {
        actors[term.person].name
        for term in load_terms()
        if term.state == state and "leader" in term.office and holds(term.start, term.end, day)
    }


@pytest.mark.parametrize(
    ("state", "day", "surname"),
    [
        ("RUS", date(2010, 6, 1), "Putin"),
        ("USA", date(2009, 1, 19), "Bush"),
        ("USA", date(2009, 1, 21), "Obama"),
        ("DEU", date(2015, 9, 1), "Merkel"),
        ("TUR", date(2016, 7, 15), "Erdogan"),
        ("AFG", date(2003, 1, 1), "Karzai"),
    ],
)
def test_a_state_is_led_by_whom_in_effect_led_it(state: str, day: date, surname: str) -> None:
    assert any(name.endswith(surname) for name in leaders(state, day)), leaders(state, day)


def test_a_term_ends_after_it_starts() -> None:
    wrong = [t for t in load_terms() if t.start and t.end and t.end <= t.start]
    assert wrong == []


def test_a_term_is_held_by_a_person_for_an_actor_that_is_none() -> None:
    actors = load_actors()
    for term in load_terms():
        assert actors[term.person].kind is Kind.PERSON
        assert actors[term.state].kind is not Kind.PERSON


def test_every_term_names_its_office_and_where_it_was_taken_from() -> None:
    assert [term for term in load_terms() if not (term.office and term.source)] == []


def test_no_term_is_listed_twice() -> None:
    terms = [(t.person, t.office, t.state, t.start) for t in load_terms()]
    assert len(set(terms)) == len(terms)


def test_every_person_of_the_registry_has_a_term() -> None:
    persons = {id for id, p in load_profiles().items() if p.actor.kind is Kind.PERSON}
    assert persons == {term.person for term in load_terms()}
