"""The proposer's table is what its command makes of our sentences, to the byte."""

import csv
import random
from importlib.resources import files
from pathlib import Path

from cuibono.reading.proposer import NO_ACT, TABLE, choose_root, parse_weights
from cuibono.reading.training import (
    Lesson,
    dictionary_lessons,
    find_steps,
    format_weights,
    labelled_lessons,
    learn,
    train_table,
)

RULE_WRITING = Path(__file__).parents[2] / "bench" / "gold" / "rule_writing.csv"
LARGEST_BYTES = 200_000
# Two roots told apart by one word each, among words that say nothing.
PLANTED = [
    Lesson(tuple(sorted((word, f"n{i % 7}", f"m{i % 5}"))), root)
    for i in range(60)
    for word, root in (("met", "04"), ("shot", "19"), ("rain", NO_ACT))
]


def row(text: str, says: str, register: str = "wire") -> dict[str, str]:
    return {"text": text, "says": says, "register": register}


def test_the_table_that_ships_is_learnt_from_our_sentences_to_the_byte() -> None:
    shipped = (files("cuibono.reading") / "data" / TABLE).read_bytes()
    with RULE_WRITING.open(encoding="utf-8", newline="") as lines:
        learnt = train_table(csv.DictReader(lines)).encode()
    assert learnt == shipped, "run `python tools/train_proposer.py`"
    assert len(shipped) <= LARGEST_BYTES


def test_planted_words_are_learnt() -> None:
    weights = learn(PLANTED)
    words = ("met", "shot", "rain")
    roots = [choose_root([word, "n1", "m1"], weights)[0] for word in words]
    assert roots == ["04", "19", NO_ACT]


def test_the_order_of_lessons_does_not_matter() -> None:
    mixed = PLANTED.copy()
    random.Random(7).shuffle(mixed)
    assert learn(mixed) == learn(PLANTED)


def test_labels_become_roots_and_open_ones_are_left_out() -> None:
    rows = [
        row("Fiji expelled two diplomats from Tonga.", "161"),
        row("Fiji's aim is to please Tonga.", "claim:attributed_motive"),
        row("Fiji and Tonga exchanged prisoners.", ""),
        row("The bread was good.", "", "plain"),
    ]
    lessons = list(labelled_lessons(rows))
    assert [lesson.root for lesson in lessons] == ["16", NO_ACT, NO_ACT]
    assert not any(lesson.silent for lesson in lessons)


def test_every_lesson_of_the_dictionary_has_a_root() -> None:
    lessons = list(dictionary_lessons())
    assert len(lessons) > 3_000
    assert all(len(lesson.root) == 2 and lesson.features for lesson in lessons)


def test_steps_say_how_often_silence_was_rightly_broken() -> None:
    right = [lesson._replace(silent=True) for lesson in PLANTED]
    (last, *_) = reversed(find_steps(right, []))
    assert last[1] >= 90
    wrong = [each._replace(silent=True, root="14") for each in PLANTED if "met" in each[0]]
    assert find_steps(wrong, [*PLANTED] * 3) == ()


def test_a_table_that_is_written_can_be_read() -> None:
    weights = learn(PLANTED)
    known = parse_weights(format_weights(weights, ((9, 80),)))
    assert (dict(known.weights), known.steps) == (weights, ((9, 80),))
