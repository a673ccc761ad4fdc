"""A file that people write is read within limits, and names its own lines."""

from pathlib import Path

import pytest

from cuibono.errors import CaseError, CaseSyntaxError
from cuibono.record.case_format import DocumentEntry
from cuibono.record.written import MAX_BYTES, read_written

TEXT = """\
# a note
id = "essay"
title = "An essay"
author = "An author"
published = 2017-02-08
"""


def written(folder: Path, text: str = TEXT) -> Path:
    path = folder / "note.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_key_is_named_by_file_and_line(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert read_written(path).where("author") == f"{path}:4"


def test_the_hash_is_of_the_bytes(tmp_path: Path) -> None:
    one = read_written(written(tmp_path)).sha256
    other = read_written(written(tmp_path, TEXT + "\n")).sha256
    assert (len(one), one == other) == (64, False)


def test_a_file_of_the_asked_shape_is_read(tmp_path: Path) -> None:
    assert read_written(written(tmp_path)).parse(DocumentEntry).author == "An author"


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "marked.toml"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    assert read_written(path).parse(DocumentEntry).id == "essay"


def test_a_key_of_another_shape_is_refused_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, TEXT + "holder = 1\n")
    with pytest.raises(CaseSyntaxError, match=r"note\.toml:6: holder: no such key"):
        read_written(path).parse(DocumentEntry)


def test_a_reference_to_nothing_says_what_there_is(tmp_path: Path) -> None:
    file = read_written(written(tmp_path))
    with pytest.raises(CaseError, match=r":2: no document 'esay'\. Did you mean essay\?"):
        file.known("esay", ["essay", "report"], "document", "id")


def test_a_reference_to_something_is_let_pass(tmp_path: Path) -> None:
    read_written(written(tmp_path)).known("essay", ["essay"], "document", "id")


def test_what_the_file_should_be_is_said_where_it_is_missing(tmp_path: Path) -> None:
    written(tmp_path)
    with pytest.raises(CaseError, match=r"no such forecast log\. Did you mean note\.toml"):
        read_written(tmp_path / "noet.toml", "forecast log")


def test_more_than_a_case_file_can_hold_is_not_read(tmp_path: Path) -> None:
    path = written(tmp_path, "#" * (MAX_BYTES + 1))
    with pytest.raises(CaseError, match="larger than 4,194,304 bytes"):
        read_written(path)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="no such case file"):
        read_written(tmp_path)
