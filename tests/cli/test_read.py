"""The command that reads documents."""

import json
from pathlib import Path

from tests.cli.calling import call

NOTE = "MOSCOW, July 18, 2016 (Tass) - Russia attacked Georgia.\n"


def written(folder: Path, name: str, text: str = NOTE) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def test_a_document_is_told_record_by_record(tmp_path: Path) -> None:
    said = call("read", written(tmp_path, "note.txt"))
    assert "ASSAULT\tRUS → GEO\tS5\toccurred\tRussia attacked Georgia" in said.out
    assert "note.txt: 1 records, written 2016-07-18" in said.err


def test_json_has_exact_offsets(tmp_path: Path) -> None:
    record = json.loads(call("read", written(tmp_path, "note.txt"), "--json").out)
    assert NOTE[record["start"] : record["end"]] == record["quote"]


def test_a_folder_is_read_file_by_file(tmp_path: Path) -> None:
    written(tmp_path, "b.md", "Iran bombed Iraq.")
    written(tmp_path, "a.txt")
    assert call("read", str(tmp_path)).err.index("a.txt") < 200


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    written(tmp_path, "note.txt")
    said = call("read", str(tmp_path / "notes.txt"))
    assert said.err.startswith("cuibono: ")
    assert "Did you mean note.txt?" in said.err
