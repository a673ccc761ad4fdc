"""Sentences that no rule was written for are read as their labels say, as often as we claim.

The floors are what was measured when they were set, less the chance in so many sentences.
"""

import pytest
from tests.reading.held_out import communique, essay, plain, statement, wire
from tests.reading.held_out.labelled import Labelled

from cuibono.model.sourced_record import RecordKind, SourcedRecord
from cuibono.reading.crosswalk import action_of
from cuibono.reading.document import build_document
from cuibono.reading.read import read_document
from cuibono.vocab.actors import load_actors

REGISTERS = {
    "wire": wire.SENTENCES,
    "communique": communique.SENTENCES,
    "statement": statement.SENTENCES,
    "essay": essay.SENTENCES,
}
EVERYTHING = [each for sentences in REGISTERS.values() for each in sentences]
SENTENCES = [*EVERYTHING, *plain.SENTENCES]
PAIR_AND_TYPE_FLOOR = {"wire": 0.65, "communique": 0.5, "statement": 0.4, "essay": 0.3}


def records_of(sentence: Labelled) -> list[SourcedRecord]:
    return read_document(build_document(sentence.text))


def ids(sides: str) -> set[str]:
    return {side for side in sides.split("+") if side}


def agrees(record: SourcedRecord, sentence: Labelled) -> bool:
    """Say whether a record has the label's type and shares an actor on each side."""
    actors = {party.actor for party in record.actors}
    recipients = {party.actor for party in record.recipients}
    wanted, reached = ids(sentence.actors), ids(sentence.recipients)
    sides = (not wanted or wanted & actors) and (not reached or reached & recipients)
    action = action_of(sentence.says)
    same = (record.event_type, record.cameo[:2]) == (action.event_type, sentence.says[:2])
    return bool(sides) and (same or bool(action.event_type == record.event_type != ""))


def is_act(sentence: Labelled) -> bool:
    return sentence.says[:1].isdigit()


def test_no_sentence_is_there_twice() -> None:
    texts = [sentence.text for sentence in SENTENCES]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence.text[:40])
def test_every_label_is_in_the_vocabulary(sentence: Labelled) -> None:
    assert ids(sentence.actors) | ids(sentence.recipients) <= set(load_actors())
    if is_act(sentence):
        assert action_of(sentence.says).event_type or sentence.says.startswith("01")
    elif sentence.says:
        assert RecordKind(sentence.says)


@pytest.mark.parametrize("register", REGISTERS)
def test_acts_are_read_with_both_sides(register: str) -> None:
    acts = [sentence for sentence in REGISTERS[register] if is_act(sentence)]
    right = sum(any(agrees(r, each) for r in records_of(each)) for each in acts)
    assert right / len(acts) >= PAIR_AND_TYPE_FLOOR[register]


def test_most_plain_sentences_give_nothing() -> None:
    silent = sum(not records_of(sentence) for sentence in plain.SENTENCES)
    assert silent / len(plain.SENTENCES) >= 0.8


def test_every_quote_is_verbatim() -> None:
    for sentence in SENTENCES:
        for record in records_of(sentence):
            assert sentence.text[record.start : record.end] == record.quote
