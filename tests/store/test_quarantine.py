"""Refused rows: counted by reason, kept byte for byte, mended, replayed, never lost."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.store.made_files import (
    event,
    load_lines,
    loaded_only,
    made_store,
    propose_few,
    rows_of,
    snapshot,
    tab_file,
)

from cuibono.errors import SourceError, StoreError
from cuibono.store.load import LoadReport, load
from cuibono.store.manifest import Snapshot, read_manifest, rejected_file
from cuibono.store.quarantine import (
    count_reasons,
    find_waiting,
    read_refused,
    replay,
    waiting,
    write_refused,
)
from cuibono.store.store import open_store
from cuibono.vocab import events as vocabulary

UNKNOWN = event(2, CAMEO_Code="13y")
SHORT = b"Malm\xf6\tand \x00 nothing else"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with one row of three accepted."""
    load_lines(tmp_path, [event(1), UNKNOWN, SHORT])
    return tmp_path / "store"


def the_one(folder: Path) -> Snapshot:
    (found,) = waiting(folder)
    return found


def lines_of(folder: Path) -> list[tuple[int, bytes]]:
    return [(row.line, row.data) for row in read_refused(folder, the_one(folder))]


def test_reasons_are_counted(store: Path) -> None:
    assert count_reasons(store, the_one(store)) == {
        "not 20 fields": 1,
        "unknown CAMEO code 13y": 1,
    }


def test_a_refused_row_keeps_file_line_reason_and_bytes(store: Path) -> None:
    first, second = read_refused(store, the_one(store))
    assert (first.file, first.line) == ("events.tab", 3)
    assert first.reason == "unknown CAMEO code 13y"
    assert (second.line, second.data) == (4, SHORT)


@propose_few
@given(st.lists(st.binary(min_size=1, max_size=30), min_size=1, max_size=20))
def test_refused_bytes_come_back_whatever_they_are(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes]
) -> None:
    folder = tmp_path_factory.mktemp("store")
    clean = [line.replace(b"\n", b"").rstrip(b"\r") for line in lines]
    load_lines(folder, clean)
    assert [data for _, data in lines_of(folder / "store")] == clean


def test_a_sound_file_leaves_no_quarantine(tmp_path: Path) -> None:
    done = load_lines(tmp_path, [event(1)]).snapshot
    assert not rejected_file(tmp_path / "store", done).exists()
    assert waiting(tmp_path / "store") == ()


def mend(store: Path, folder: Path, *lines: str | bytes) -> LoadReport | None:
    path = folder / "mended.tab"
    path.write_bytes(b"".join((x.encode() if isinstance(x, str) else x) + b"\n" for x in lines))
    return replay(store, the_one(store), path)


def test_a_mended_row_moves_into_the_store(store: Path, tmp_path: Path) -> None:
    done = mend(store, tmp_path, event(2), SHORT)
    assert done is not None
    assert str(done) == (
        "events.tab: 2 rows = 1 accepted + 0 duplicates + 1 quarantined; origins: 1"
    )
    assert [row["row"] for row in rows_of(loaded_only(tmp_path))] == [
        "1|2015-03-02",
        "2|2015-03-02",
    ]


def test_what_is_refused_again_waits_under_its_own_line(store: Path, tmp_path: Path) -> None:
    mend(store, tmp_path, event(2), SHORT)
    assert lines_of(store) == [(4, SHORT)]


def test_rows_as_they_first_came_stay_where_they_are(store: Path, tmp_path: Path) -> None:
    first = the_one(store)
    before = rejected_file(store, first).read_bytes()
    mend(store, tmp_path, event(2), event(3))
    assert waiting(store) == ()
    assert rejected_file(store, first).read_bytes() == before


def test_a_mended_row_that_is_known_is_a_duplicate(store: Path, tmp_path: Path) -> None:
    done = mend(store, tmp_path, event(1), SHORT)
    assert done is not None
    assert (done.snapshot.accepted, done.snapshot.duplicates) == (0, 1)


def test_nothing_changes_while_nothing_passes(store: Path) -> None:
    before = read_manifest(store)
    assert replay(store, the_one(store)) is None
    assert read_manifest(store) == before


def test_a_code_that_was_learnt_lets_its_rows_pass(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = vocabulary.cameo_codes()
    learnt = {**known, "13y": known["130"].__class__(**{**fields(known["130"]), "code": "13y"})}
    monkeypatch.setattr("cuibono.sources.icews.reader.cameo_codes", lambda: learnt)
    done = replay(store, the_one(store))
    assert done is not None
    assert (done.snapshot.accepted, done.snapshot.quarantined) == (1, 1)


def fields(code: vocabulary.CameoCode) -> dict[str, object]:
    return {name: getattr(code, name) for name in code.__slots__}


def test_mended_rows_cover_what_the_whole_file_covers(tmp_path: Path) -> None:
    days = [event(n, Event_Date=f"2015-03-0{1 + n % 7}") for n in range(140)]
    bad = event(999, Event_Date="2011-03-01", CAMEO_Code="13y")
    load_lines(tmp_path, [*days, bad])
    done = mend(tmp_path / "store", tmp_path, event(999, Event_Date="2011-03-01"))
    assert done is not None
    assert [str(span) for span in done.snapshot.covered] == ["2015-03-01 to 2015-03-07"]


@pytest.mark.parametrize("lines", [(), (event(2),), (event(2), event(3), event(4))])
def test_every_refused_line_needs_its_own(
    store: Path, tmp_path: Path, lines: tuple[str, ...]
) -> None:
    with pytest.raises(SourceError, match=f"{len(lines)} lines where 2 were refused"):
        mend(store, tmp_path, *lines)


def test_lines_written_out_are_the_bytes_that_came(store: Path, tmp_path: Path) -> None:
    assert write_refused(store, the_one(store), tmp_path / "out.tab") == 2
    assert (tmp_path / "out.tab").read_bytes() == UNKNOWN.encode() + b"\n" + SHORT + b"\n"


def test_lines_are_written_over_no_file(store: Path, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="File exists"):
        write_refused(store, the_one(store), tmp_path / "events.tab")


def test_a_snapshot_is_found_by_the_name_of_its_file(store: Path) -> None:
    assert find_waiting(store, "events.tab") == the_one(store)


def test_an_unknown_name_is_answered_with_the_list(store: Path) -> None:
    with pytest.raises(StoreError, match=r"No snapshot has refused rows.*quarantine list"):
        find_waiting(store, "evens.tab")


def test_a_missing_mended_file_is_one_line(store: Path, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"gone\.tab: no such file"):
        replay(store, the_one(store), tmp_path / "gone.tab")


def test_what_was_no_text_cannot_be_replayed(tmp_path: Path) -> None:
    made_store(tmp_path, [])
    with pytest.raises(StoreError, match="no lines of text"):
        replay(tmp_path, snapshot(quarantined=1, accepted=1))


def test_loading_the_file_again_after_a_replay_changes_nothing(
    store: Path, tmp_path: Path
) -> None:
    mend(store, tmp_path, event(2), event(3))
    again = tab_file(tmp_path / "events.tab", [event(1), UNKNOWN, SHORT])
    assert load(open_store(store), "icews", again).already
    assert len(rows_of(loaded_only(tmp_path))) == 3
