"""Answers are kept, the latest ones, and faults are not."""

import pytest

from cuibono.web.recall import Recall


def refuse() -> str:
    raise AssertionError("asked again")


def test_a_question_is_asked_once() -> None:
    recall = Recall()
    assert recall.give("a", lambda: "answer") == "answer"
    assert recall.give("a", refuse) == "answer"


def test_the_one_asked_for_longest_ago_goes_first() -> None:
    recall = Recall(most=2)
    for question in "abac":
        recall.give(question, lambda question=question: question.upper())
    assert recall.give("a", refuse) == "A"
    assert recall.give("b", lambda: "asked again") == "asked again"


def test_a_fault_is_not_kept() -> None:
    recall = Recall()
    with pytest.raises(AssertionError):
        recall.give("a", refuse)
    assert recall.give("a", lambda: "answer") == "answer"
