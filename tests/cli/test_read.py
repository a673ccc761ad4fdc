"""The command that reads documents."""

import json
from pathlib import Path

import pytest
from tests.cli.calling import call
from tests.reading.made_server import completion, serving

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


def test_no_model_is_asked_unless_its_address_is_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(completion({"records": []})) as server:
        monkeypatch.setenv("CUIBONO_LLM", server.url)
        monkeypatch.setenv("CUIBONO_LLM_URL", server.url)
        monkeypatch.setenv("CUIBONO_LLM_MODEL", "small")
        assert call("read", written(tmp_path, "note.txt")).code == 0
    assert server.asked == []


def test_a_model_adds_records_and_where_the_text_goes_is_said(tmp_path: Path) -> None:
    more = {
        "quote": "Moscow gave Tbilisi the cold shoulder",
        "kind": "event",
        "cameo": "120",
        "actors": ["Moscow"],
        "recipients": ["Tbilisi"],
    }
    made_up = more | {"quote": "Moscow bombed Tbilisi"}
    note = written(tmp_path, "note.txt", NOTE + more["quote"] + ".\n")
    with serving(completion({"records": [more, made_up]})) as server:
        said = call("read", note, "--llm", server.url, "--llm-model", "small")
    assert "characters go to 127.0.0.1 on this machine" in said.err
    assert "small: 1 more records" in said.err
    assert "refused 1: the quote is not in the text" in said.err
    assert "REJECT\tRUS → GEO\tS5\toccurred\tMoscow gave" in said.out


def test_the_rules_stand_where_the_model_fails(tmp_path: Path) -> None:
    with serving((500, b"")) as server:
        note = written(tmp_path, "note.txt")
        said = call("read", note, "--llm", server.url, "--llm-model", "small")
    assert "ASSAULT\tRUS → GEO" in said.out
    assert said.code != 0
    assert said.err.splitlines()[-1].startswith("cuibono: 127.0.0.1: answered 500.")


def test_a_model_without_a_name_is_one_line(tmp_path: Path) -> None:
    said = call("read", written(tmp_path, "note.txt"), "--llm", "http://127.0.0.1:1/v1")
    assert said.err.startswith("cuibono: No model is named.")
