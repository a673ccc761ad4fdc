"""`cuibono coverage` lists what is known, and when."""

import json
from pathlib import Path

from tests.cli.calling import assert_one_line_of_error, call

from cuibono.store.store import Store


def test_every_source_fits_a_terminal_of_eighty_columns(
    pack_store: Store, tmp_path: Path
) -> None:
    out = call("coverage", "--store", tmp_path).out
    assert max(map(len, out.splitlines())) <= 80
    assert "…" not in out
    for snapshot in pack_store.snapshots:
        for span in snapshot.covered:
            assert str(span) in out


def test_the_numbers_are_the_manifest_s(pack_store: Store, tmp_path: Path) -> None:
    rows = json.loads(call("coverage", "--store", tmp_path, "--json").out)
    assert [(row["snapshot"], row["accepted"], row["quarantined"]) for row in rows] == [
        (s.name, s.accepted, s.quarantined) for s in pack_store.snapshots
    ]


def test_json_names_the_licence_of_each_file(tmp_path: Path) -> None:
    rows = json.loads(call("coverage", "--store", tmp_path, "--json").out)
    assert all(row["licence"] and row["covered"] for row in rows)


def test_a_damaged_manifest_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "manifest").mkdir()
    (tmp_path / "manifest" / "icews-1.json").write_text("{", "utf-8")
    said = call("coverage", "--store", tmp_path)
    assert_one_line_of_error(said, "icews-1.json", "damaged manifest", "load its file again")
