"""Records are appended and reviewed, and nothing that was once kept is lost."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cuibono.errors import StoreError
from cuibono.model.sourced_record import SourcedRecord
from cuibono.reading.document import Document, build_document
from cuibono.reading.read import read_document
from cuibono.reading.review import accept, edit
from cuibono.store.readings import (
    FOLDER,
    history_of,
    keep_reading,
    read_document_of,
    read_records,
    read_text_of,
    revise,
)

TEXT = "On 3 May 2016 Israel attacked Syria. Turkey condemned the attack by Israel.\n"


@pytest.fixture
def document() -> Document:
    return build_document(TEXT, "note.txt", published=date(2016, 5, 4), author="Ann Lee")


@pytest.fixture
def records(document: Document, tmp_path: Path) -> list[SourcedRecord]:
    found = read_document(document)
    assert keep_reading(tmp_path, document, found) == len(found) > 1
    return found


def test_what_is_kept_comes_back_unchanged(
    records: list[SourcedRecord], tmp_path: Path
) -> None:
    assert sorted(read_records(tmp_path), key=str) == sorted(records, key=str)


def test_reading_twice_adds_nothing(
    records: list[SourcedRecord], document: Document, tmp_path: Path
) -> None:
    assert keep_reading(tmp_path, document, records) == 0
    assert len(read_records(tmp_path)) == len(records)


def test_a_review_adds_a_version_and_keeps_the_first(
    records: list[SourcedRecord], tmp_path: Path
) -> None:
    revise(tmp_path, accept(records[0]))
    versions = history_of(tmp_path, records[0].id)
    assert [(each.version, each.status) for each in versions] == [
        (1, "proposed"),
        (2, "accepted"),
    ]
    (held,) = [each for each in read_records(tmp_path) if each.id == records[0].id]
    assert held.status == "accepted"


def test_reading_again_does_not_undo_a_review(
    records: list[SourcedRecord], document: Document, tmp_path: Path
) -> None:
    revise(tmp_path, edit(records[0], {"recipients": "LBN"}))
    keep_reading(tmp_path, document, records)
    (held,) = [each for each in read_records(tmp_path) if each.id == records[0].id]
    assert (held.status, held.recipients[0].actor) == ("edited", "LBN")


def test_two_reviews_of_one_version_collide(
    records: list[SourcedRecord], tmp_path: Path
) -> None:
    revise(tmp_path, accept(records[0]))
    with pytest.raises(StoreError, match="version 2 does not follow on 2"):
        revise(tmp_path, accept(records[0]))


def test_a_record_that_was_never_kept_cannot_be_revised(
    records: list[SourcedRecord], tmp_path: Path
) -> None:
    with pytest.raises(StoreError, match="does not follow on 0"):
        revise(tmp_path, replace(accept(records[0]), id="unknown"))


def test_the_document_is_told_beside_its_records(
    records: list[SourcedRecord], tmp_path: Path
) -> None:
    about = read_document_of(tmp_path, records[0].document)
    assert (about.name, about.author, about.written) == (
        "note.txt",
        "Ann Lee",
        date(2016, 5, 4),
    )


def test_the_text_is_kept_with_the_quotes_it_holds(
    records: list[SourcedRecord], tmp_path: Path
) -> None:
    text = read_text_of(tmp_path, records[0].document)
    assert all(text[each.start : each.end] == each.quote for each in records)


def test_a_changed_text_is_not_trusted(records: list[SourcedRecord], tmp_path: Path) -> None:
    path = tmp_path / FOLDER / records[0].document / "text.txt"
    path.write_text(TEXT.replace("Israel", "Jordan"), "utf-8")
    with pytest.raises(StoreError, match="was changed"):
        read_text_of(tmp_path, records[0].document)


def test_an_unknown_document_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cuibono read"):
        read_document_of(tmp_path, "0" * 64)


def test_records_of_one_document_are_found_by_its_hash(
    records: list[SourcedRecord], tmp_path: Path
) -> None:
    other = build_document("Iran bombed Iraq.", "other.txt")
    keep_reading(tmp_path, other, read_document(other))
    found = read_records(tmp_path, other.sha256[:12])
    assert {each.document for each in found} == {other.sha256}
