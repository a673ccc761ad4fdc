"""`cuibono quarantine` from its words to its bytes."""

import json
from pathlib import Path

import pytest
from tests.cli.calling import assert_one_line_of_error, call
from tests.store.made_files import event, tab_file

BAD = event(2, CAMEO_Code="13y")
HOSTILE = b"short \x1b[2J\xff"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    file = tab_file(tmp_path / "march.tab", [event(1), BAD, HOSTILE, HOSTILE])
    assert call("load", "icews", file, "--store", tmp_path / "store").code == 0
    return tmp_path / "store"


def test_rows_are_listed_by_reason_the_most_frequent_first(store: Path) -> None:
    said = call("quarantine", "list", "--store", store)
    first, second = said.out.splitlines()
    assert first.startswith("        2  march.tab  not 20 fields  (icews-")
    assert second.startswith("        1  march.tab  unknown CAMEO code 13y  (icews-")


def test_the_list_is_there_for_programs(store: Path) -> None:
    rows = json.loads(call("quarantine", "list", "--json", "--store", store).out)
    assert [(row["file"], row["rows"]) for row in rows] == [("march.tab", 2), ("march.tab", 1)]


def test_an_empty_quarantine_says_so(tmp_path: Path) -> None:
    said = call("quarantine", "list", "--store", tmp_path)
    assert said == (0, "No row waits in quarantine.\n", "")


def test_a_row_is_shown_with_its_place_and_cannot_act_on_the_terminal(store: Path) -> None:
    lines = call("quarantine", "show", "march.tab", "--store", store).out.splitlines()
    assert lines[0].startswith("march.tab:3: unknown CAMEO code 13y: 2\t2015-03-02")
    assert lines[1].startswith("march.tab:4: not 20 fields: short ")
    assert "\x1b" not in "".join(lines)


def test_a_mended_row_is_taken_in(store: Path, tmp_path: Path) -> None:
    mended = tmp_path / "mended.tab"
    call("quarantine", "show", "march.tab", "--lines", mended, "--store", store)
    mended.write_bytes(mended.read_bytes().replace(b"\t13y\t", b"\t130\t"))
    said = call("quarantine", "replay", "march.tab", "--with", mended, "--store", store)
    assert (
        said.out
        == "march.tab: 3 rows = 1 accepted + 0 duplicates + 2 quarantined; origins: 1\n"
    )


def test_what_does_not_pass_yet_is_said(store: Path) -> None:
    said = call("quarantine", "replay", "march.tab", "--store", store)
    assert said == (0, "march.tab: no row passes yet; nothing was changed.\n", "")


def test_a_misspelt_name_is_told_what_is_near(store: Path) -> None:
    said = call("quarantine", "show", "april.tab", "--store", store)
    assert_one_line_of_error(said, "'april.tab'", "cuibono quarantine list")


def test_too_few_lines_are_one_line_of_error(store: Path, tmp_path: Path) -> None:
    (tmp_path / "mended.tab").write_text(event(2) + "\n")
    said = call(
        "quarantine", "replay", "march.tab", "--with", tmp_path / "mended.tab", "--store", store
    )
    assert_one_line_of_error(said, "1 lines where 3 were refused")
