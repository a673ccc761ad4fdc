"""`cuibono load` adds up, and `cuibono coverage` shows what came of it."""

import json
from datetime import date
from pathlib import Path

import pytest
from tests.cli.calling import Said, assert_one_line_of_error, call
from tests.cli.icews_file import write_icews

from cuibono.model.trace import Condition, Trace
from cuibono.store.rows import count_rows
from cuibono.store.store import open_store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="module")
def loaded(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Said:
    """Load two weeks of March 2021, which the pack covers too."""
    folder = tmp_path_factory.mktemp("raw")
    file = write_icews(folder / "march.tab", date(2021, 3, 8), 14)
    return call("load", "icews", file, "--store", store)


def test_what_was_read_adds_up(loaded: Said) -> None:
    said = "march.tab: 42 rows = 42 accepted + 0 duplicates + 0 quarantined; origins: 14\n"
    assert loaded == (0, said, "")


def test_loading_twice_changes_nothing(loaded: Said, store: Path, tmp_path: Path) -> None:
    file = write_icews(tmp_path / "march.tab", date(2021, 3, 8), 14)
    assert call("load", "icews", file, "--store", store).out == loaded.out.replace(
        "\n", " (already loaded)\n"
    )


def test_a_loaded_file_stands_in_the_table(loaded: Said, store: Path) -> None:
    out = call("coverage", "--store", store).out
    (line,) = (line for line in out.splitlines() if " loaded " in line)
    # Three rows a day tell of one happening: fourteen origins.
    assert line.split() == [
        "icews", "loaded", "42", "0", "14", "2021-03-08", "to", "2021-03-21",
    ]  # fmt: skip


def test_days_that_were_loaded_replace_the_embedded_ones(loaded: Said, store: Path) -> None:
    rows = json.loads(call("coverage", "--store", store, "--json").out)
    (embedded,) = (row for row in rows if row["snapshot"] == "icews_2021")
    assert "2021-03-05 to 2021-03-07" in embedded["covered"]
    assert "2021-03-22 to 2021-06-25" in embedded["covered"]


def test_no_day_is_told_twice(loaded: Said, store: Path) -> None:
    where = (
        Condition("actor", "=", "TUR"),
        Condition("day", ">=", "2021-03-08"),
        Condition("day", "<", "2021-03-22"),
    )
    assert count_rows(open_store(store), Trace("events", "icews", where, 0)) == 42


def test_the_store_of_another_folder_is_untouched(loaded: Said, tmp_path: Path) -> None:
    rows = json.loads(call("coverage", "--store", tmp_path, "--json").out)
    assert {row["kind"] for row in rows} == {"embedded"}


def test_several_files_are_told_apart(store: Path, tmp_path: Path) -> None:
    files = [
        write_icews(tmp_path / f"{year}.tab", date(year, 5, 1), 7) for year in (2014, 2015)
    ]
    said = call("load", "icews", *files, "--store", tmp_path / "fresh")
    assert [line.split(":")[0] for line in said.out.splitlines()] == ["2014.tab", "2015.tab"]


def test_a_file_named_twice_in_one_command_is_loaded_once(tmp_path: Path) -> None:
    file = write_icews(tmp_path / "may.tab", date(2013, 5, 1), 7)
    first, again = call(
        "load", "icews", file, file, "--store", tmp_path / "fresh"
    ).out.splitlines()
    assert again == f"{first} (already loaded)"
    assert len(open_store(tmp_path / "fresh").loaded) == 1


def test_rows_that_say_nothing_are_set_aside_and_counted(tmp_path: Path) -> None:
    file = write_icews(tmp_path / "bad.tab", date(2014, 5, 1), 7)
    file.write_text(file.read_text("utf-8") + "99\tsome day\n", "utf-8")
    said = call("load", "icews", file, "--store", tmp_path / "fresh")
    assert said.out.endswith(
        "22 rows = 21 accepted + 0 duplicates + 1 quarantined; origins: 7\n"
    )


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("nosuch", ("No source 'nosuch'", "icews")),
        ("icews", ("missing.tab: no such file", "doi:10.7910")),
    ],
)
def test_what_cannot_be_loaded_is_one_line(
    source: str, parts: tuple[str, ...], tmp_path: Path
) -> None:
    said = call("load", source, tmp_path / "missing.tab", "--store", tmp_path / "fresh")
    assert_one_line_of_error(said, *parts)


def test_a_file_of_another_layout_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "notes.tab"
    file.write_text("day\twho\n2014-05-01\tnobody\n", "utf-8")
    said = call("load", "icews", file, "--store", tmp_path / "fresh")
    assert_one_line_of_error(said, "notes.tab", "layout")
    assert not (tmp_path / "fresh").exists()
