"""The command that reviews what was read."""

import io
import shutil
from pathlib import Path

import pytest
from tests.cli.calling import Said, call

from cuibono.store.readings import read_records

SHIPPED = Path(__file__).parents[2] / "cases" / "russia-pakistan.toml"
NOTE = "MOSCOW, July 18, 2016 (Tass) - Russia attacked Georgia. Iran bombed Iraq.\n"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    (tmp_path / "note.txt").write_text(NOTE, "utf-8")
    call("read", tmp_path / "note.txt", "--keep", "--store", tmp_path / "store")
    return tmp_path / "store"


def answer(monkeypatch: pytest.MonkeyPatch, answers: str, *words: object) -> Said:
    monkeypatch.setattr("sys.stdin", io.StringIO(answers))
    return call("review", *words)


def statuses(store: Path) -> list[str]:
    return [record.status for record in read_records(store)]


def test_each_answer_is_kept(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = answer(monkeypatch, "a\nr\n", "--store", store)
    assert statuses(store) == ["accepted", "rejected"]
    assert "2 reviewed, 0 left." in said.err


def test_the_words_around_the_quote_are_shown(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = answer(monkeypatch, "q\n", "--store", store)
    assert "[Russia attacked Georgia]" in said.out
    assert statuses(store) == ["proposed", "proposed"]


def test_an_edit_is_typed_field_by_field(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, "e\nrecipients=UKR\nstrength=S3\n\nq\n", "--store", store)
    (edited,) = [each for each in read_records(store) if each.status == "edited"]
    assert (edited.recipients[0].actor, edited.strength) == ("UKR", "S3")


def test_a_refused_edit_is_asked_again(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = answer(monkeypatch, "e\nrecipients=UKRR\n\na\nq\n", "--store", store)
    assert "no actor 'UKRR'" in said.err
    assert statuses(store)[0] == "accepted"


def test_an_end_of_input_ends_the_review(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert answer(monkeypatch, "a\n", "--store", store).code == 0
    assert statuses(store) == ["accepted", "proposed"]


def test_accepted_records_enter_the_case(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = Path(shutil.copy(SHIPPED, tmp_path / "case.toml"))
    said = answer(monkeypatch, "a\nr\n", "--store", store, "--case", case)
    assert said.out.count("entered as E") == 1
    assert 'document = "note"' in case.read_text("utf-8")


def test_another_document_has_nothing_to_review(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = answer(monkeypatch, "", "--store", store, "--document", "other.txt")
    assert "0 records wait" in said.err
