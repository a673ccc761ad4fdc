"""`cuibono explain` answers in three lines and leaves three files."""

import json
from pathlib import Path

import pytest
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


@pytest.mark.with_lenses
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


SECOND = """\
case = "small"
judge = "a sceptic"
judged = 2026-11-25

[[judgement]]
evidence = "E2"
blank = ["trade", "purpose"]
[judgement.likelihoods]
fear = { if_true = [0.1, 0.2], if_false = [0.6, 0.8], why = "They would say so anyway." }
"""


def with_sceptic(folder: Path, text: str = SECOND) -> Said:
    case = write_case(folder, small_case(drivers=()))
    (folder / "sceptic.toml").write_text(text, "utf-8")
    return call("explain", case, "--judgements", folder / "sceptic.toml", "--out", folder)


def test_a_further_judge_s_file_is_merged_and_named(tmp_path: Path) -> None:
    assert with_sceptic(tmp_path).code == 0
    dossier = read_dossier(tmp_path / "small")
    assert dossier.provenance[f"judgements {tmp_path / 'sceptic.toml'}"].startswith("sha256 ")
    (row,) = [row for row in dossier.evidence if row["id"] == "E2"]
    assert row["likelihood of fear by a sceptic"].endswith("They would say so anyway.")
    assert any(f.id == "disagreement.alarm.fear" for f in dossier.figures)


def test_a_faulty_file_of_judgements_is_one_line(tmp_path: Path) -> None:
    said = with_sceptic(tmp_path, SECOND.replace('"E2"', '"E9"'))
    assert said.code == 1
    assert said.err.startswith(f"cuibono: {tmp_path / 'sceptic.toml'}:6: no evidence 'E9'")
    assert said.err.count("\n") == 1


def test_a_case_without_evidence_is_explained_from_its_priors(tmp_path: Path) -> None:
    text = small_case(drivers=())
    asked = write_case(tmp_path, text[: text.index("[[evidence]]")])
    assert call("explain", asked, "--out", tmp_path).code == 0
    dossier = read_dossier(tmp_path / "small")
    assert dossier.evidence == ()
    weights = [f for f in dossier.figures if f.id.startswith("weight.")]
    assert [figure.value for figure in weights] == [0.0, 0.0, 0.0]


def test_what_nobody_looked_for_has_a_row_that_a_number_leads_to(tmp_path: Path) -> None:
    absence = """
[[absence]]
id = "A1"
text = "a treaty in writing"
from = 2021-01-01
to = 2022-01-01
judge = "the tests"
blank = ["fear", "purpose"]
[absence.expected]
trade = { if_true = [0.6, 0.8], if_false = [0.1, 0.2], why = "Traders write." }
"""
    asked = write_case(tmp_path, small_case(drivers=()) + absence)
    assert call("explain", asked, "--out", tmp_path).code == 0
    said = call("trace", "found.A1.trade", "--dossier", tmp_path / "small", "--json")
    (part,) = json.loads(said.out)
    assert [row["looked"] for row in part["rows"]] == ["nobody looked for it"]


def test_checks_that_do_not_exist_are_refused(tmp_path: Path) -> None:
    said = call("explain", write_case(tmp_path, small_case(drivers=())), "--checks", "some")
    assert said.code == 2
    assert "usual" in said.err
