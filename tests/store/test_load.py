"""Loading: nothing twice, in any order, and nothing lost or half done when it fails."""

import errno
import random
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.store.made_files import (
    event,
    events_on,
    load_lines,
    loaded_only,
    made_store,
    rows_of,
    tab_file,
)

from cuibono.errors import CuibonoError, DriftError, SourceError, StoreError
from cuibono.store import commit as committing
from cuibono.store.engine import Engine
from cuibono.store.fingerprint import take_fingerprint
from cuibono.store.load import _reading, load
from cuibono.store.manifest import read_manifest
from cuibono.store.store import open_store

MONDAY = date(2015, 3, 2)
WEEK = {MONDAY + timedelta(days=n): 20 for n in range(7)}


def content(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_loading_a_file_twice_changes_nothing(tmp_path: Path) -> None:
    load_lines(tmp_path, [event(1), event(2)])
    before = content(tmp_path / "store")
    assert load_lines(tmp_path, [event(1), event(2)]).already
    assert content(tmp_path / "store") == before


def test_a_report_says_that_nothing_was_done(tmp_path: Path) -> None:
    load_lines(tmp_path, [event(1), "bad"])
    assert str(load_lines(tmp_path, [event(1), "bad"])) == (
        "events.tab: 2 rows = 1 accepted + 0 duplicates + 1 quarantined; origins: 1"
        " (already loaded)"
    )


def test_a_row_in_two_files_counts_once(tmp_path: Path) -> None:
    load_lines(tmp_path, [event(n) for n in (1, 2, 3)])
    second = load_lines(tmp_path, [event(n) for n in (2, 3, 4)], "more").snapshot
    assert (second.accepted, second.duplicates) == (1, 2)
    keys = [row["row"] for row in rows_of(loaded_only(tmp_path))]
    assert keys == [f"{n}|2015-03-02" for n in (1, 2, 3, 4)]


def test_of_two_versions_of_a_row_the_first_line_is_kept(tmp_path: Path) -> None:
    countries = ("Russian Federation", "India", "China", "Nowhere")
    others = [event(n, Source_Country=countries[n % 4]) for n in range(100, 400)]
    first = [event(n, CAMEO_Code="190", Source_Country=countries[n % 4]) for n in range(40)]
    second = [event(n, CAMEO_Code="040", Source_Country=countries[-n % 4]) for n in range(40)]
    report = load_lines(tmp_path, [*others[:150], *first, *others[150:], *second])
    kept = {row["row"]: row["code"] for row in rows_of(loaded_only(tmp_path))}
    assert report.snapshot.duplicates == 40
    assert [kept[f"{n}|2015-03-02"] for n in range(40)] == ["190"] * 40


def test_one_id_on_two_days_is_two_events(tmp_path: Path) -> None:
    lines = [event(1), event(1, Event_Date="2015-03-03"), event(1)]
    done = load_lines(tmp_path, lines).snapshot
    assert (done.accepted, done.duplicates) == (2, 1)


def test_a_copy_with_one_old_event_covers_no_old_day(tmp_path: Path) -> None:
    lines = events_on(WEEK)
    load_lines(tmp_path, lines)
    copy = load_lines(tmp_path, [*lines, event(999, Event_Date="2011-03-01")], "copy").snapshot
    assert [str(span) for span in copy.covered] == ["2015-03-02 to 2015-03-08"]


def test_the_order_of_lines_and_of_files_changes_no_row(tmp_path: Path) -> None:
    lines = [event(n, Target_Country=c) for n, c in enumerate(["India", "Pakistan"] * 10)]
    mixed = random.Random(5).sample(lines, len(lines))
    tables = []
    for number, (first, second) in enumerate([(lines[:12], lines[8:]), (mixed[5:], mixed[:9])]):
        folder = tmp_path / str(number)
        load_lines(folder, first, "first")
        load_lines(folder, second, "second")
        tables.append(rows_of(loaded_only(folder)))
    assert tables[0] == tables[1]


def test_a_manifest_keeps_hash_size_terms_and_command(tmp_path: Path) -> None:
    done = load_lines(tmp_path, [event(1)]).snapshot
    taken = take_fingerprint(tmp_path / "events.tab")
    assert (done.sha256, done.input_bytes) == (taken.sha256, taken.size)
    assert done.command == "cuibono load icews events.tab"
    assert "CC0" in done.licence
    assert read_manifest(tmp_path / "store") == (done,)


def test_the_hash_of_a_folder_is_of_its_files_by_name(tmp_path: Path) -> None:
    whole, folder = tmp_path / "whole", tmp_path / "parts"
    whole.write_bytes(b"onetwo")
    folder.mkdir()
    (folder / "b").write_bytes(b"two")
    (folder / "a").write_bytes(b"one")
    assert take_fingerprint(folder).sha256 == take_fingerprint(whole).sha256


def refused(folder: Path, source: str, path: Path) -> str:
    """The one line with which a load is refused, leaving no store behind."""
    with pytest.raises(CuibonoError) as caught:
        load(open_store(folder / "store"), source, path)
    assert not (folder / "store" / "manifest").exists()
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_missing_file_is_answered_with_how_to_get_it(tmp_path: Path) -> None:
    said = refused(tmp_path, "icews", tmp_path / "2014.tab")
    assert "2014.tab: no such file. To get it: download" in said
    assert "`cuibono load icews FILE...`" in said


def test_an_empty_file_is_no_layout(tmp_path: Path) -> None:
    (tmp_path / "empty.tab").write_bytes(b"")
    assert "no column names" in refused(tmp_path, "icews", tmp_path / "empty.tab")


def test_an_error_page_saved_as_data_is_no_layout(tmp_path: Path) -> None:
    (tmp_path / "page.tab").write_bytes(b"<html>\n<body>503</body>\n</html>\n")
    with pytest.raises(DriftError, match="unknown <html>"):
        load(open_store(tmp_path / "store"), "icews", tmp_path / "page.tab")


def test_a_broken_parquet_input_is_refused(tmp_path: Path) -> None:
    (tmp_path / "points.parquet").write_bytes(b"PAR1, cut off")
    said = refused(tmp_path, "ideal_points", tmp_path / "points.parquet")
    assert "cannot be read as Parquet" in said


def test_a_folder_that_lacks_a_table_is_told_what_belongs_in_it(tmp_path: Path) -> None:
    (tmp_path / "votes").mkdir()
    (tmp_path / "votes" / "un_votes.parquet").write_bytes(b"")
    said = refused(tmp_path, "un_votes", tmp_path / "votes")
    assert "*votes.parquet, *calls.parquet, *issues.parquet" in said


def test_a_folder_within_a_folder_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "votes" / "older").mkdir(parents=True)
    assert "cannot be read" in refused(tmp_path, "un_votes", tmp_path / "votes")


def test_loading_needs_a_folder_to_write_to() -> None:
    with pytest.raises(SourceError, match="needs a store"):
        load(open_store(), "icews", Path("events.tab"))


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


STEPS = {"write_parquet": Engine, "settle": committing, "write_manifest": committing}


@pytest.mark.parametrize("step", STEPS)
def test_a_full_disk_is_one_line_and_leaves_the_store_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    made_store(tmp_path / "store", [])
    before = content(tmp_path / "store")
    monkeypatch.setattr(STEPS[step], step, full)
    with pytest.raises(StoreError, match=r"No space left on device.*Free the disk") as caught:
        load_lines(tmp_path, [event(2)], "second")
    assert "\n" not in str(caught.value)
    assert content(tmp_path / "store") == before


def test_a_store_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("a file where the folder should be")
    path = tab_file(tmp_path / "e.tab", [event(1)])
    with pytest.raises(StoreError, match="cannot be written"):
        load(open_store(tmp_path / "store" / "below"), "icews", path)


def stopped(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_a_load_stopped_before_its_manifest_never_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(committing, "write_manifest", stopped)
        with pytest.raises(KeyboardInterrupt):
            load_lines(tmp_path, [event(1)])
    assert open_store(tmp_path / "store").loaded == ()
    assert not load_lines(tmp_path, [event(1)]).already
    assert len(rows_of(loaded_only(tmp_path))) == 1


def test_the_next_file_of_a_layout_is_read_as_the_last_without_working_it_out(
    tmp_path: Path,
) -> None:
    first = load_lines(tmp_path, [event(1)], "first")
    worked_out = _reading.cache_info().misses
    second = load_lines(tmp_path, [event(2), event(3)], "second")
    assert _reading.cache_info().misses == worked_out
    assert (first.snapshot.accepted, second.snapshot.accepted) == (1, 2)
