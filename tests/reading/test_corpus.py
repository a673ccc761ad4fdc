"""Our own labelled sentences: a thousand and more from the whole world, half held out."""

import csv
from pathlib import Path

import pytest
from tests.reading.test_held_out import REGISTERS, SENTENCES, ids

from cuibono.model.sourced_record import RecordKind
from cuibono.reading.crosswalk import action_of
from cuibono.vocab.actors import load_actors

RULE_WRITING = Path(__file__).parents[2] / "bench" / "gold" / "rule_writing.csv"
with RULE_WRITING.open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines))
LEAST = 1_000
LEAST_STATES = 150
LEAST_OF_A_REGISTER = 100


def test_there_are_a_thousand_and_half_are_held_out() -> None:
    total = len(ROWS) + len(SENTENCES)
    assert total >= LEAST
    assert abs(len(SENTENCES) - total / 2) <= total / 50


def test_no_sentence_of_one_half_is_in_the_other() -> None:
    texts = [row["text"] for row in ROWS]
    assert len(set(texts)) == len(texts)
    assert not {sentence.text for sentence in SENTENCES}.intersection(texts)


@pytest.mark.parametrize("register", REGISTERS)
def test_every_register_is_there(register: str) -> None:
    written = sum(row["register"] == register for row in ROWS)
    assert written + len(REGISTERS[register]) >= LEAST_OF_A_REGISTER


def test_most_states_of_the_world_act_or_are_acted_on() -> None:
    sides = [row["actors"] + "+" + row["recipients"] for row in ROWS]
    sides += [sentence.actors + "+" + sentence.recipients for sentence in SENTENCES]
    states = {side for each in sides for side in ids(each) if ":" not in side}
    assert len(states) >= LEAST_STATES


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:40])
def test_every_label_of_the_other_half_is_in_the_vocabulary(row: dict[str, str]) -> None:
    assert ids(row["actors"]) | ids(row["recipients"]) <= set(load_actors())
    says = row["says"]
    if says[:1].isdigit():
        assert action_of(says).event_type or says.startswith("01")
    elif says:
        assert RecordKind(says)
