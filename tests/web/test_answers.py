"""The store is asked as it stands, and what was asked before is not asked again."""

from threading import Thread

import pytest

from cuibono.web.answers import Answers
from cuibono.web.recall import MOST
from cuibono.web.settings import Settings


@pytest.fixture
def answers(settings: Settings) -> Answers:
    return Answers(settings)


def grow(settings: Settings) -> None:
    (settings.store / "manifest").mkdir(parents=True)


def test_a_store_that_has_grown_is_opened_again(answers: Answers, settings: Settings) -> None:
    with answers.ask() as before:
        pass
    grow(settings)
    with answers.ask() as after:
        assert after is not before
    with answers.ask() as again:
        assert again is after


def test_an_answer_is_kept_until_the_store_has_grown(
    answers: Answers, settings: Settings
) -> None:
    first = answers.recall("name", "who", lambda: ["one"])
    assert answers.recall("name", "who", lambda: ["two"]) is first
    grow(settings)
    assert answers.recall("name", "who", lambda: ["two"]) == ["two"]


def test_nothing_is_counted_before_it_is_asked_for(answers: Answers) -> None:
    assert answers.tally("icews") is None


def test_what_is_asked_by_two_at_once_is_answered_one_after_the_other(
    answers: Answers,
) -> None:
    order: list[str] = []

    def ask() -> None:
        with answers.ask():
            order.append("second")

    with answers.ask():
        other = Thread(target=ask)
        other.start()
        order.append("first")
    other.join()
    assert order == ["first", "second"]


def test_what_fails_is_asked_again(answers: Answers) -> None:
    with pytest.raises(ZeroDivisionError):
        answers.recall("name", "who", lambda: 1 // 0)
    assert answers.recall("name", "who", lambda: "one") == "one"


def test_many_questions_of_one_kind_leave_the_answers_of_another(answers: Answers) -> None:
    first = answers.recall("name", "who", lambda: ["one"])
    for number in range(MOST + 1):
        answers.recall("number", number, lambda number=number: number)
    assert answers.recall("name", "who", lambda: ["two"]) is first
    assert answers.recall("number", 0, lambda: -1) == -1
