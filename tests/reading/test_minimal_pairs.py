"""Said another way, a sentence changes its record as it changes its meaning, and no more."""

import pytest
from tests.reading.made_pairs import STORIES, Story

from cuibono.model.sourced_record import Factuality, RecordKind, SourcedRecord
from cuibono.reading.document import build_document
from cuibono.reading.read import read_document

EVENTS = (RecordKind.EVENT, RecordKind.EVENT_SPAN, RecordKind.EVENT_NOT)
QUADS = (
    ("AGREE", "CONSULT", "SUPPORT"),
    ("COOPERATE", "AID", "CONCEDE", "RETREAT"),
    ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
)
every_story = pytest.mark.parametrize("story", STORIES, ids=[s.plain[:32] for s in STORIES])


def events_of(text: str) -> list[SourcedRecord]:
    return [r for r in read_document(build_document(text)) if r.kind in EVENTS]


def joins(record: SourcedRecord, story: Story) -> bool:
    """Say whether a record has the story's sides, in its direction."""
    actors = {party.actor for party in record.actors}
    recipients = {party.actor for party in record.recipients}
    return story.actor in actors and story.recipient in recipients


def told(text: str, story: Story) -> SourcedRecord:
    """Give the one record that joins the story's sides."""
    joined = [record for record in events_of(text) if joins(record, story)]
    assert joined, [(r.event_type, r.actors, r.recipients) for r in events_of(text)]
    return joined[0]


def quad(event_type: str) -> int:
    return next(i for i, types in enumerate(QUADS) if event_type in types)


@every_story
def test_the_plain_sentence_is_read(story: Story) -> None:
    record = told(story.plain, story)
    assert record.event_type == story.event_type
    assert record.factuality is Factuality.OCCURRED
    assert record.holders == ("author",)


@every_story
def test_passive_keeps_who_did_it(story: Story) -> None:
    if story.passive.startswith("Algeria's ambassador was"):
        pytest.skip("a passive without its agent names no one who acts")
    assert told(story.passive, story).event_type == story.event_type


@every_story
def test_a_noun_says_the_same_sort_of_act(story: Story) -> None:
    assert quad(told(story.nominal, story).event_type) == quad(story.event_type)


@every_story
def test_a_capital_stands_for_its_state(story: Story) -> None:
    assert told(story.metonym, story).event_type == story.event_type


@every_story
def test_negation_leaves_no_event_that_occurred(story: Story) -> None:
    record = told(story.negated, story)
    assert record.kind is RecordKind.EVENT_NOT
    assert record.factuality is Factuality.NEGATED
    assert record.event_type == story.event_type


@every_story
def test_what_another_says_is_his_to_hold(story: Story) -> None:
    record = told(story.attributed, story)
    assert len(record.holders) == 2
    assert record.strength == "S2"
    assert record.event_type == story.event_type


@every_story
def test_what_will_be_is_planned(story: Story) -> None:
    record = told(story.future, story)
    assert record.factuality is Factuality.PLANNED
    assert record.event_type != story.event_type or record.event_type in {"REQUEST", "ACCUSE"}
