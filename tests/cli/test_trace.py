"""`cuibono trace` prints the rows behind a number."""

import json
import os
import shutil
from pathlib import Path

import pytest
from tests.cli.calling import assert_one_line_of_error, call

from cuibono.dossier.write import read_dossier

POINT = "record.icews.TUR-GRC.all@2021-03-01"


def traced(written: Path, *words: object, columns: int = 200) -> str:
    said = call("trace", *words, "--dossier", written, columns=columns)
    assert (said.code, said.err) == (0, "")
    return said.out


def test_the_rows_of_a_point_stand_under_their_trace(written: Path) -> None:
    first, shared, head, *rows = traced(written, POINT, "--limit", "1000").splitlines()
    assert first.split()[1:5] == ["rows", "of", "events", "from"]
    assert "in every row: source icews" in shared
    assert head.split()[:2] == ["row", "day"]
    assert rows[0].split()[0].startswith("2021-03-01|TUR|GRC|")


def test_a_narrow_terminal_loses_nothing(written: Path) -> None:
    wide = traced(written, "weight.fear", columns=2000)
    narrow = traced(written, "weight.fear", columns=60)
    assert max(map(len, narrow.splitlines())) <= 60
    assert "…" not in narrow
    assert set(wide.replace("·", "").split()) <= set(narrow.split()) | {"·"}


def test_items_with_different_likelihoods_print_all_of_them(written: Path) -> None:
    out = traced(written, "weight.fear")
    for explanation in ("trade", "fear", "purpose"):
        assert f"likelihood of {explanation}" in out


def test_a_limit_is_said(written: Path) -> None:
    out = traced(written, POINT, "--limit", "1")
    assert out.count("more with --limit.") == 2
    assert "1 of " in out


def test_json_is_whole_and_counts_then_and_now(written: Path) -> None:
    parts = json.loads(traced(written, POINT, "--limit", "3", "--json"))
    assert len(parts) == 2
    for part in parts:
        assert part["rows_then"] == part["rows_now"] >= len(part["rows"])
        assert {row["actor"] for row in part["rows"]} == {"TUR"}


def test_every_figure_of_the_dossier_can_be_traced(written: Path) -> None:
    figures = read_dossier(written).figures
    for figure in figures[:: len(figures) // 12]:
        assert json.loads(traced(written, figure.id, "--limit", "1", "--json"))


def test_the_newest_dossier_is_read_where_none_is_named(
    written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, age in (("older", 10), ("newer", 20)):
        shutil.copytree(written, tmp_path / "dossiers" / name)
        os.utime(tmp_path / "dossiers" / name / "dossier.json", (age, age))
    (tmp_path / "dossiers" / "older" / "dossier.json").write_text("{}", "utf-8")
    os.utime(tmp_path / "dossiers" / "older" / "dossier.json", (10, 10))
    monkeypatch.chdir(tmp_path)
    assert call("trace", "evidence.E1").code == 0


def test_without_a_dossier_the_way_to_one_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert_one_line_of_error(call("trace", "x"), "dossiers: no dossier here", "cuibono explain")


def test_a_store_that_has_changed_is_said(written: Path, tmp_path: Path) -> None:
    plain = json.loads((written / "dossier.json").read_text("utf-8"))
    (figure,) = (f for f in plain["figures"] if f["id"].startswith("rows.icews."))
    figure["traces"][0]["n_rows"] += 5
    (tmp_path / "dossier.json").write_text(json.dumps(plain), "utf-8")
    said = call("trace", figure["id"], "--dossier", tmp_path, "--limit", "1")
    assert (said.code, said.err.startswith("The store has changed: ")) == (0, True)


def test_a_hostile_dossier_cannot_act_on_the_terminal(written: Path, tmp_path: Path) -> None:
    text = (written / "dossier.json").read_text("utf-8")
    hostile = text.replace("They met on the matter.", "\\u001b[2J[red]They\\u202e met[/red]")
    hostile = hostile.replace('"holder":', '"[red]\\u001bholder":', 1)
    (tmp_path / "dossier.json").write_text(hostile, "utf-8")
    out = traced(tmp_path, "evidence.E1")
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "[red]They" in out
