"""A repair says what became of each snapshot, deletes nothing and asks for what it lacks."""

from pathlib import Path

from tests.store.made_files import event, loaded_only, rows_of, tab_file

from cuibono.store.manifest import data_file, manifest_file, read_manifest
from cuibono.store.repair import ASIDE, Repaired, repair
from cuibono.store.verify import verify


def spoil(path: Path) -> bytes:
    """Overwrite the middle of a file, and give what it holds now."""
    whole = path.read_bytes()
    path.write_bytes(whole[:20] + b"spoilt" + whole[26:])
    return path.read_bytes()


def test_a_repair_leaves_sound_snapshots_where_they_are(store: Path) -> None:
    first, second = read_manifest(store)
    spoil(data_file(store, first))
    kept = {path: path.stat().st_mtime_ns for path in store.rglob(f"{second.name}.*")}
    (done,) = repair(store)
    assert done.name == first.name
    assert {path: path.stat().st_mtime_ns for path in store.rglob(f"{second.name}.*")} == kept


def test_a_whole_snapshot_is_set_aside_and_not_the_spoilt_file_alone(store: Path) -> None:
    first = next(each for each in read_manifest(store) if each.quarantined)
    files = {path.relative_to(store) for path in store.rglob(f"{first.name}.*")}
    spoilt = spoil(data_file(store, first))
    (done,) = repair(store)
    assert done.aside == store / ASIDE / first.name
    assert {path.relative_to(done.aside) for path in done.aside.rglob("*.*")} == files
    assert (done.aside / "events" / data_file(store, first).name).read_bytes() == spoilt


def test_an_input_that_came_back_is_loaded_by_a_later_repair(store: Path) -> None:
    before = rows_of(loaded_only(store.parent))
    for each in read_manifest(store):
        spoil(data_file(store, each))
    path = store.parent / "first.tab"
    path.rename(store.parent / "moved")
    assert sorted(done.report is None for done in repair(store)) == [False, True]
    assert list(verify(store)) == []
    (late,) = repair(store, [store.parent / "moved"])
    assert late.report is not None
    assert rows_of(loaded_only(store.parent)) == before
    assert list(repair(store)) == []


def test_a_file_of_another_content_is_not_taken_for_the_input(store: Path) -> None:
    made = next(each for each in read_manifest(store) if each.input_name == "second.tab")
    spoil(data_file(store, made))
    tab_file(store.parent / "second.tab", [event(3)])
    (done,) = repair(store)
    assert done.report is None
    assert manifest_file(store, made).exists() is False


def test_a_manifest_that_cannot_be_read_still_says_where_its_input_lay(store: Path) -> None:
    made = read_manifest(store)[0]
    path = manifest_file(store, made)
    path.write_bytes(path.read_bytes().replace(b'"source"', b'"s\xffurce"'))
    (done,) = repair(store)
    assert done.report is not None
    assert str(done) == f"{made.name}: loaded again. {done.report}"
    assert list(verify(store)) == []


def test_what_was_not_found_is_asked_for_by_name_and_place(tmp_path: Path) -> None:
    said = str(Repaired("icews-1", tmp_path, None))
    assert said.startswith(f"icews-1: set aside in {tmp_path};")
    assert "`cuibono store repair --from FOLDER`" in said
