"""Accepted records enter a case file, and nothing else in it moves."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from cuibono.errors import CaseError, CaseSyntaxError
from cuibono.model.sourced_record import SourcedRecord
from cuibono.reading.document import build_document
from cuibono.reading.read import read_document
from cuibono.reading.review import accept
from cuibono.record.case_file import read_case
from cuibono.record.evidence_entry import add_evidence, document_id

SHIPPED = Path(__file__).parents[2] / "cases" / "russia-pakistan.toml"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return Path(shutil.copy(SHIPPED, tmp_path / "case.toml"))


@pytest.fixture
def record() -> SourcedRecord:
    text = "In December 2016 Russia convened discussions with Pakistan."
    return accept(read_document(build_document(text, "note.txt"))[0])


def enter(case: Path, record: SourcedRecord) -> str:
    return add_evidence(
        case,
        record,
        name="note (2016).txt",
        title="A note",
        author="Ann Lee",
        published=date(2016, 12, 30),
    )


def test_the_case_reads_as_before_with_one_item_more(case: Path, record: SourcedRecord) -> None:
    before = read_case(case)
    new = enter(case, record)
    after = read_case(case)
    assert {each.id for each in after.evidence} == {*(each.id for each in before.evidence), new}
    assert after.explanations == before.explanations


def test_every_line_that_was_there_is_there_still(case: Path, record: SourcedRecord) -> None:
    before = case.read_text("utf-8")
    enter(case, record)
    lines = iter(case.read_text("utf-8").splitlines())
    assert all(line in lines for line in before.splitlines())


def test_the_entry_keeps_origin_place_and_holder(case: Path, record: SourcedRecord) -> None:
    new = enter(case, record)
    (item,) = [each for each in read_case(case).evidence if each.id == new]
    assert (item.document, item.origin) == ("note-2016", "note-2016")
    assert item.locator == f"characters {record.start}-{record.end}"
    assert (item.holder, item.day, item.precision) == ("author", date(2016, 12, 1), "month")


def test_a_record_enters_once(case: Path, record: SourcedRecord) -> None:
    first = enter(case, record)
    written = case.read_text("utf-8")
    assert enter(case, record) == first
    assert case.read_text("utf-8") == written


def test_what_was_not_accepted_stays_out(case: Path) -> None:
    (proposed,) = read_document(build_document("Iran bombed Iraq in May 2015."))
    with pytest.raises(CaseError, match="only accepted records"):
        enter(case, proposed)


def test_a_broken_file_is_named_with_its_line(tmp_path: Path, record: SourcedRecord) -> None:
    path = tmp_path / "broken.toml"
    path.write_text('[case]\nname = "a\n', "utf-8")
    with pytest.raises(CaseSyntaxError, match=r"broken\.toml:2"):
        enter(path, record)


def test_a_missing_file_is_named(tmp_path: Path, record: SourcedRecord) -> None:
    with pytest.raises(CaseError, match=r"none\.toml"):
        enter(tmp_path / "none.toml", record)


@pytest.mark.parametrize(
    ("name", "slug"), [("Essay (2016).txt", "essay-2016"), ("Россия.md", "document")]
)
def test_a_file_name_becomes_an_id(name: str, slug: str) -> None:
    assert document_id(name) == slug
