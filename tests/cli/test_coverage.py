"""`cuibono coverage` lists what is known, and when."""

import json
from datetime import date
from pathlib import Path

import pytest
from tests.cli.calling import assert_one_line_of_error, call

from cuibono.model.period import Period
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


def test_actors_are_told_source_by_source(pack_store: Store, tmp_path: Path) -> None:
    rows = json.loads(
        call("coverage", "RUS", "non_state:taliban", "--store", tmp_path, "--json").out
    )
    covered = {(row["source"], row["actor"]): row["covered"] for row in rows}
    assert set(covered) == {
        (s.source, actor) for s in pack_store.snapshots for actor in ("Russia", "Taliban")
    }
    assert covered["un_votes", "Russia"] == ["1946-01-01 to 2019-12-31"]
    assert covered["un_votes", "Taliban"] == []


def test_an_unknown_actor_is_one_line(tmp_path: Path) -> None:
    said = call("coverage", "RUSS", "--store", tmp_path)
    assert_one_line_of_error(said, "no actor 'RUSS'", "RUS")


def test_a_name_or_a_capital_tells_what_the_id_does(tmp_path: Path) -> None:
    told = [
        call("coverage", named, "--store", tmp_path, "--json").out
        for named in ("PAK", "Pakistan", "Islamabad")
    ]
    assert told[0] == told[1] == told[2]
    assert '"actor": "Pakistan"' in told[0]


def test_a_name_that_several_may_bear_is_one_line(tmp_path: Path) -> None:
    said = call("coverage", "Georgia", "--store", tmp_path)
    assert_one_line_of_error(said, "'Georgia' may mean", "GEO", "USA", "Write the id")


def test_the_picture_has_a_line_for_each_source_and_actor(tmp_path: Path) -> None:
    call("coverage", "RUS", "--store", tmp_path, "--picture", tmp_path / "known.svg")
    drawn = (tmp_path / "known.svg").read_text("utf-8")
    assert drawn.startswith("<svg")
    assert "un_votes: Russia: 1946-01-01 to 2020-01-01" in drawn


def test_a_picture_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    said = call("coverage", "--store", tmp_path, "--picture", tmp_path / "no" / "known.svg")
    assert_one_line_of_error(said, "known.svg", "cannot draw there")


def test_files_that_were_asked_for_and_did_not_come_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fetched" / "gdelt").mkdir(parents=True)
    lost = Period(date(2016, 7, 14), date(2016, 7, 15))
    monkeypatch.setattr(
        "cuibono.store.fetch.holdings.missing_slots", lambda store, source: (lost,)
    )
    rows = json.loads(call("coverage", "--store", tmp_path, "--json").out)
    assert rows[-1] == {
        "source": "gdelt",
        "kind": "not fetched",
        "covered": ["2016-07-14 to 2016-07-14"],
    }


def test_a_damaged_manifest_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "manifest").mkdir()
    (tmp_path / "manifest" / "icews-1.json").write_text("{", "utf-8")
    said = call("coverage", "--store", tmp_path)
    assert_one_line_of_error(said, "icews-1.json", "damaged manifest", "load its file again")


def sketch(*words: object) -> dict[str, str]:
    """The lines drawn below the table, by name."""
    drawn = call("coverage", *words).out.split("\n\n")[-1].splitlines()[1:-1]
    lines = [each.rsplit("  ", 1) for each in drawn]
    return {each[0]: each[1] for each in lines}


def test_every_source_is_drawn_below_the_table(pack_store: Store, tmp_path: Path) -> None:
    lines = sketch("--store", tmp_path)
    assert {name.strip() for name in lines} == {s.source for s in pack_store.snapshots}
    assert {len(line) for line in lines.values()} == {40}


def test_what_is_known_whole_in_part_and_not_at_all_is_told_apart(tmp_path: Path) -> None:
    lines = {name.strip(): line for name, line in sketch("--store", tmp_path).items()}
    assert lines["un_votes"] == "█" * 38 + "▒·"
    assert lines["icews"] == "·" * 39 + "▒"


def test_an_actor_that_no_source_knows_has_an_empty_line(tmp_path: Path) -> None:
    lines = sketch("non_state:taliban", "--store", tmp_path)
    assert lines["un_votes: Taliban        "] == "·" * 40


def test_files_are_listed_with_the_origins_behind_their_rows(
    pack_store: Store, tmp_path: Path
) -> None:
    rows = json.loads(call("coverage", "--store", tmp_path, "--json").out)
    assert [row["origins"] for row in rows] == [s.origins for s in pack_store.snapshots]


def test_the_way_to_fill_a_gap_is_said_aside(tmp_path: Path) -> None:
    assert "cuibono fetch SOURCE --from YEAR" in call("coverage", "--store", tmp_path).err
