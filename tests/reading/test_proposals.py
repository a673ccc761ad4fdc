"""A proposal becomes a record only if the text bears it out, field by field."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.model.sourced_record import RecordKind, SourcedRecord
from cuibono.reading.document import build_document
from cuibono.reading.proposals import Refusal, check_proposal

TEXT = "In May 2016 Fiji rebuffed Tonga, Samoa said. It is to meet Tonga in 2017."
DOCUMENT = build_document(TEXT, published=date(2016, 7, 18), author="Ann Lee")
SENTENCES = {(0, 44): 3, (45, len(TEXT)): 4}
GOOD: dict[str, Any] = {
    "quote": "Fiji rebuffed Tonga",
    "kind": "event",
    "cameo": "120",
    "actors": ["Fiji"],
    "recipients": ["Tonga"],
    "when": "May 2016",
    "holder": "Samoa",
    "factuality": "occurred",
    "strength": "S2",
}
PLANNED = {"quote": "It is to meet Tonga", "cameo": "036", "when": "2017", "holder": ""}


def check(**changed: Any) -> SourcedRecord | Refusal:
    return check_proposal(DOCUMENT, SENTENCES, GOOD | changed, "llm:small")


def record(**changed: Any) -> SourcedRecord:
    made = check(**changed)
    assert isinstance(made, SourcedRecord), made
    return made


def test_a_good_proposal_is_a_record_like_any_other() -> None:
    made = record()
    assert TEXT[made.start : made.end] == made.quote == "Fiji rebuffed Tonga"
    assert (made.sentence, made.extractor, made.status) == (3, "llm:small", "proposed")
    assert (made.actors[0].actor, made.recipients[0].actor) == ("FJI", "TON")
    assert (made.event_type, made.cameo) == ("REJECT", "120")
    assert (made.day_from, made.day_to) == (date(2016, 5, 1), date(2016, 6, 1))
    assert made.holders == ("Ann Lee", "WSM")


def test_a_name_may_stand_in_another_sentence() -> None:
    made = record(**PLANNED, factuality="planned")
    assert (made.sentence, made.actors[0].actor) == (4, "FJI")


def test_a_claim_has_no_code() -> None:
    made = record(kind="claim:causal", cameo="190")
    assert (made.kind, made.cameo) == (RecordKind.CAUSAL, "")


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"quote": "Fiji rebuffed Samoa"}, "the quote is not in the text"),
        ({"quote": "fiji rebuffed Tonga"}, "the quote is not in the text"),
        ({"quote": "said. It is"}, "the quote is not in the text"),
        ({"quote": " "}, "the quote is empty or very long"),
        ({"quote": "F" * 601}, "the quote is empty or very long"),
        ({"quote": 7}, "a field is no text"),
        ({"kind": "gossip"}, "no such kind"),
        ({"cameo": "999"}, "no such CAMEO code"),
        ({"cameo": ""}, "no such CAMEO code"),
        ({"factuality": "surely"}, "no such factuality"),
        ({"strength": "S9"}, "no such strength"),
        ({"actors": "Fiji"}, "a side is no list of names"),
        ({"actors": [1]}, "a side is no list of names"),
        ({"actors": ["France"]}, "a name is not in the text"),
        ({"actors": ["Fij"]}, "a name is not in the text"),
        ({"actors": ["rebuffed"]}, "a name is no one actor"),
        ({"actors": ["Tonga, Samoa"]}, "a name is no one actor"),
        ({"holder": "Nobody"}, "a name is not in the text"),
        ({"actors": [], "recipients": []}, "it names nobody"),
        ({"when": "June 2015"}, "the words that say when are not in the sentence"),
        ({"when": "rebuffed"}, "the words that say when are no date"),
        (PLANNED, "it came about after the text was written"),
    ],
)
def test_each_check_refuses(changed: dict[str, Any], reason: str) -> None:
    refused = check(**changed)
    assert isinstance(refused, Refusal)
    assert refused.reason == reason


@pytest.mark.parametrize("proposal", [None, 7, "text", [], {}])
def test_what_is_no_proposal_is_refused(proposal: object) -> None:
    assert isinstance(check_proposal(DOCUMENT, SENTENCES, proposal, "llm:small"), Refusal)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=8,
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(GOOD, JSON)))
def test_whatever_is_proposed_the_text_decides(changed: dict[str, Any]) -> None:
    made = check(**changed)
    if isinstance(made, SourcedRecord):
        assert TEXT[made.start : made.end] == made.quote
