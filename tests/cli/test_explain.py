"""`cuibono explain` answers in three lines and leaves three files."""

import json
from pathlib import Path

from tests.cli.calling import Said, call
from tests.dossier.small_case import small_case, write_case

from cuibono.dossier.write import read_dossier

ESCAPE = "\\u001b[31m"


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def test_the_answer_is_three_lines_and_the_page_a_fourth(
    explained: Said, written: Path
) -> None:
    lines = explained.out.splitlines()
    assert len(lines) == 4
    assert "Trade" in lines[0]
    assert "Reported events of " in lines[2]
    assert lines[3] == f"Dossier: {written / 'dossier.html'}"


def test_the_printed_answer_is_the_dossier_s(explained: Said, written: Path) -> None:
    answer = read_dossier(written).answer
    assert explained.out.splitlines()[:3] == ["".join(s.text for s in a) for a in answer]


def test_nothing_but_the_answer_is_printed_where_no_one_watches(explained: Said) -> None:
    assert (explained.code, explained.err) == (0, "")


def test_a_page_a_markdown_and_a_json_file_are_left(written: Path) -> None:
    assert list(contents(written)) == ["dossier.html", "dossier.json", "dossier.md"]
    assert json.loads((written / "dossier.json").read_text("utf-8"))["schema"]


def test_the_store_that_was_only_read_is_not_made(workplace: Path, written: Path) -> None:
    assert written.is_dir()
    assert not (workplace / "store").exists()


def test_a_second_run_gives_the_same_bytes(workplace: Path, written: Path) -> None:
    before = contents(written)
    call(
        "explain", workplace / "small.toml", "--out", workplace, "--store", workplace / "store"
    )
    assert contents(written) == before


def test_nothing_in_a_case_acts_on_the_terminal(tmp_path: Path) -> None:
    text = small_case(drivers=()).replace('name = "Trade"', f'name = "{ESCAPE}Trade"')
    said = call("explain", write_case(tmp_path, text), "--out", tmp_path)
    assert said.code == 0
    assert "\x1b" not in said.out
    assert "\ufffd[31mTrade" in said.out
