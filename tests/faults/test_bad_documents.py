"""Any file is read, read in part with a word on what was left out, or refused in one line."""

from pathlib import Path

import pytest
from tests.cli.calling import assert_one_line_of_error, call

import cuibono
from cuibono.errors import DocumentError
from cuibono.reading.document import build_document
from cuibono.reading.files import LARGEST_BYTES, open_document
from cuibono.reading.read import read_document

SENTENCE = "Russia attacked Georgia. "


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.md", b"\n \t\n", "empty"),
        ("binary.txt", bytes(range(256)) * 20, "NUL bytes"),
        ("picture.png", b"\x89PNG\r\n", "cannot read .png"),
        ("page.html", b"<html><script>1</script></html>", "no prose"),
    ],
    ids=["empty", "blank", "binary", "picture", "page"],
)
def test_what_cannot_be_read_is_one_line(
    tmp_path: Path, name: str, raw: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(raw)
    assert_one_line_of_error(call("read", tmp_path / name), said)


def test_one_bad_file_does_not_stop_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("", "utf-8")
    (tmp_path / "b.txt").write_text(SENTENCE, "utf-8")
    told = call("read", tmp_path)
    assert told.code == 1
    assert "RUS → GEO" in told.out
    assert "a.txt" in told.err.splitlines()[-1]


def test_a_folder_without_documents_says_what_it_knows(tmp_path: Path) -> None:
    assert_one_line_of_error(call("read", tmp_path), "no document", ".docx")


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST_BYTES + 1)
    with pytest.raises(DocumentError, match="Split it"):
        open_document(path)


@pytest.mark.parametrize(
    ("unit", "times", "end"),
    [
        ("a", 1_000_000, ""),
        ("Russia ", 20_000, ""),
        ("(", 100_000, SENTENCE),
        ("[", 50_000, SENTENCE),
        ("*", 100_000, ""),
        ("<", 50_000, SENTENCE),
        ('"', 20_000, SENTENCE),
        ("U.S.", 20_000, ""),
        ("\n", 200_000, SENTENCE),
        ("-", 100_000, ""),
        ("justified it as ", 5_000, ""),
        ("Russia said Iran said ", 300, ""),
        ("1", 100_000, " May 2016"),
    ],
)
def test_text_made_to_exhaust_a_reader_is_answered(unit: str, times: int, end: str) -> None:
    text = unit * times + end
    for record in read_document(build_document(text)):
        assert text[record.start : record.end] == record.quote


@pytest.mark.parametrize(
    "text",
    [
        "\u202eRussia attacked Georgia.\u202c",
        "Россия напала на Грузию. Russia attacked Georgia.",
        "روسيا هاجمت جورجيا. Russia attacked Georgia.",
        "Russia attacked\u00a0Georgia.",
        "Rússia\u0301 said: Russia attacked Georgia.",
        "Russia attacked Georgia.\r\nIt left.\r\n",
        "🛰️ Russia attacked Georgia. 🛰️",
        "<b onclick='x'>Russia attacked Georgia.</b>",
        "{{ 7*7 }} Russia attacked Georgia. =cmd|' /C calc'!A0",
    ],
)
def test_strange_characters_leave_quotes_verbatim(text: str) -> None:
    records = cuibono.read(text)
    assert records
    assert all(text[each.start : each.end] == each.quote for each in records)


def test_terminal_escapes_are_shown_and_not_sent(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("Russia \x1b[31mattacked\x1b[0m Georgia.", "utf-8")
    told = call("read", path)
    assert "\x1b" not in told.out + told.err


@pytest.mark.parametrize("name", ["with space.txt", "Ünïcödé.md", "n" * 200 + ".txt"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(SENTENCE, "utf-8")
    assert "RUS → GEO" in call("read", tmp_path / name).out


def test_another_locale_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = cuibono.read(SENTENCE)
    monkeypatch.setenv("LC_ALL", "tr_TR.UTF-8")
    assert cuibono.read(SENTENCE) == before
