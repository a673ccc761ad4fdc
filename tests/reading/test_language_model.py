"""A model adds to what the rules read; it changes nothing of it and cannot make words up."""

from typing import Any

import pytest
from tests.reading.made_server import completion, serving

from cuibono.errors import ProposerError
from cuibono.reading.document import build_document
from cuibono.reading.endpoint import Endpoint
from cuibono.reading.language_model import CHUNK_CHARACTERS, answer_schema, propose_records
from cuibono.reading.proposals import LISTS, TEXTS
from cuibono.reading.read import read_document

TEXT = "Russia attacked Georgia. Moscow gave Tbilisi the cold shoulder."
DOCUMENT = build_document(TEXT)
NEW = {
    "quote": "Moscow gave Tbilisi the cold shoulder",
    "kind": "event",
    "cameo": "120",
    "actors": ["Moscow"],
    "recipients": ["Tbilisi"],
    "when": "",
    "holder": "",
    "factuality": "occurred",
    "strength": "S5",
}
SAME = NEW | {"quote": "Russia attacked Georgia", "cameo": "190"}
SAME |= {"actors": ["Russia"], "recipients": ["Georgia"]}
MADE_UP = NEW | {"quote": "Moscow bombed Tbilisi"}


def proposed(*proposals: Any) -> tuple[list[str], list[str]]:
    with serving(completion({"records": [*proposals]})) as server:
        more, refused = propose_records(
            DOCUMENT, read_document(DOCUMENT), Endpoint(server.url, "small")
        )
    return [record.quote for record in more], [refusal.reason for refusal in refused]


def test_what_is_new_is_added() -> None:
    assert proposed(NEW) == ([NEW["quote"]], [])


def test_what_the_rules_read_is_not_told_twice() -> None:
    assert proposed(SAME, NEW, NEW) == ([NEW["quote"]], [])


def test_a_quote_that_was_made_up_is_refused() -> None:
    assert proposed(MADE_UP) == ([], ["the quote is not in the text"])


@pytest.mark.parametrize("answer", [[], {}, {"records": 7}, "7", "null"])
def test_an_answer_of_another_form_is_refused(answer: object) -> None:
    with serving(completion(answer)) as server:
        more, refused = propose_records(DOCUMENT, [], Endpoint(server.url, "small"))
    assert more == []
    assert [refusal.reason for refusal in refused] == ["the answer holds no list of records"]


def test_a_long_text_goes_in_parts_and_offsets_hold() -> None:
    text = "The road was long and dusty. " * 300 + TEXT
    document = build_document(text)
    with serving(completion({"records": [NEW]})) as server:
        more, refused = propose_records(document, [], Endpoint(server.url, "small"))
    assert len(server.asked) == 2 == len(refused) + len(more)
    assert [text[record.start : record.end] for record in more] == [NEW["quote"]]
    sent = [asked["messages"][1]["content"] for asked in server.asked]
    assert all(len(each) < CHUNK_CHARACTERS + 100 for each in sent)


def test_nothing_is_half_taken_where_the_server_fails() -> None:
    document = build_document("The road was long and dusty. " * 300 + TEXT)
    with (
        serving(completion({"records": []}), (500, b"")) as server,
        pytest.raises(ProposerError),
    ):
        propose_records(document, [], Endpoint(server.url, "small"))


def test_the_model_is_told_every_field_and_kind() -> None:
    with serving(completion({"records": []})) as server:
        propose_records(DOCUMENT, [], Endpoint(server.url, "small"))
    told = server.asked[0]["messages"][0]["content"]
    assert all(name in told for name in (*TEXTS, *LISTS))
    assert "{" not in told.replace('{"records": [...]}', "")
    assert "claim:attributed_motive" in told


def test_the_schema_asks_for_each_field_and_no_other() -> None:
    record = answer_schema()["properties"]["records"]["items"]
    assert set(record["required"]) == {*TEXTS, *LISTS} == set(record["properties"])
    assert record["additionalProperties"] is False
