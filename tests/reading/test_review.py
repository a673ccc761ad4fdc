"""A person's answer makes the next version of a record."""

import pytest

from cuibono.errors import CuibonoError, DocumentError, UnknownActorError
from cuibono.model.sourced_record import SourcedRecord
from cuibono.reading.document import build_document
from cuibono.reading.read import read_document
from cuibono.reading.review import accept, edit, reject


@pytest.fixture
def record() -> SourcedRecord:
    (found,) = read_document(build_document("Iran bombed Iraq."))
    return found


def test_accepting_changes_nothing_but_the_status(record: SourcedRecord) -> None:
    accepted = accept(record)
    assert (accepted.status, accepted.version) == ("accepted", 2)
    assert accepted.quote == record.quote


def test_rejecting_keeps_the_record(record: SourcedRecord) -> None:
    assert reject(record).status == "rejected"
    assert reject(record).id == record.id


def test_an_edit_is_a_persons(record: SourcedRecord) -> None:
    edited = edit(record, {"recipients": "KWT, SAU", "cameo": "042", "strength": "S3"})
    assert [party.actor for party in edited.recipients] == ["KWT", "SAU"]
    assert (edited.event_type, edited.mode) == ("CONSULT", "visit")
    assert (edited.extractor, edited.status, edited.strength) == ("person", "edited", "S3")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("quote", "x", "no field that can be edited"),
        ("strength", "S9", "no strength 'S9'"),
        ("kind", "evnt", "Did you mean event"),
        ("event_type", "ASSULT", "Did you mean ASSAULT?"),
        ("day_from", "yesterday", "is no day"),
        ("cameo", "999", "no CAMEO code"),
    ],
)
def test_what_cannot_be_is_refused(
    record: SourcedRecord, field: str, value: str, said: str
) -> None:
    with pytest.raises(CuibonoError, match=said):
        edit(record, {field: value})


def test_an_actor_must_be_known(record: SourcedRecord) -> None:
    with pytest.raises(UnknownActorError, match="Did you mean IRN"):
        edit(record, {"actors": "IRNN"})


def test_days_can_be_taken_away(record: SourcedRecord) -> None:
    assert edit(record, {"day_to": ""}).day_to is None


def test_the_quote_cannot_be_touched(record: SourcedRecord) -> None:
    with pytest.raises(DocumentError, match="start"):
        edit(record, {"start": "0"})
