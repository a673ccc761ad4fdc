"""A text becomes records whose quotes are its own words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cuibono
from cuibono.model.sourced_record import RecordKind, SourcedRecord
from cuibono.reading.document import build_document
from cuibono.reading.read import read_document


def one(text: str) -> SourcedRecord:
    records = read_document(build_document(text, published=date(2016, 7, 18)))
    (record,) = [r for r in records if r.kind in {"event", "event_span", "event_not"}]
    return record


def test_a_plain_act_names_who_did_what_to_whom() -> None:
    record = one("Turkey expelled two Syrian diplomats on Friday.")
    assert (record.actors[0].actor, record.event_type) == ("TUR", "SANCTION")
    assert record.recipients[0].actor == "SYR"
    assert record.day_from == date(2016, 7, 15)


def test_the_passive_turns_no_act_round() -> None:
    record = one("Two Syrian diplomats were expelled by Turkey.")
    assert (record.actors[0].actor, record.recipients[0].actor) == ("TUR", "SYR")


def test_what_did_not_happen_is_an_event_not() -> None:
    assert one("Turkey did not expel Syrian diplomats.").kind is RecordKind.EVENT_NOT


def test_a_speaker_holds_what_he_says() -> None:
    record = one("Iran said that Iraq had attacked Kuwait.")
    assert record.holders == ("author", "IRN")
    assert record.strength == "S2"


@pytest.mark.parametrize("text", ["", "   ", "The weather was mild and the bread was good."])
def test_nothing_recognised_gives_no_record(text: str) -> None:
    assert read_document(build_document(text)) == []


@given(st.text(max_size=400))
def test_every_quote_is_the_text_at_its_offsets(text: str) -> None:
    document = build_document("Russia attacked Georgia. " + text)
    for record in read_document(document):
        assert record.quote == document.text[record.start : record.end]


def test_the_same_text_gives_the_same_records() -> None:
    text = "China urged Japan to lift sanctions on Iran, Xinhua said on 3 May 2015."
    assert cuibono.read(text) == cuibono.read(text)
