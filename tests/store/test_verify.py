"""A damaged file is named, whatever byte of it was hit, and a store can be mended."""

import os
import random
from pathlib import Path

import pytest
from tests.store.made_files import (
    as_version_1,
    as_version_2,
    event,
    load_lines,
    loaded_only,
    rows_of,
    tab_file,
)

from cuibono.errors import StoreError
from cuibono.store import manifest as manifests
from cuibono.store import migrate as migrating
from cuibono.store.load import load
from cuibono.store.manifest import VERSION, data_file, read_manifest
from cuibono.store.migrate import migrate
from cuibono.store.repair import repair
from cuibono.store.store import open_store
from cuibono.store.verify import verify

FLIPS = 500 if os.environ.get("CUIBONO_FAULTS") == "full" else 60


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Two files that share a row, one of them with a refused line."""
    load_lines(tmp_path, [event(1), event(2), b"short \xff"], "first")
    load_lines(tmp_path, [event(2), event(3)], "second")
    return tmp_path / "store"


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def damage(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1 << (at % 8)
    path.write_bytes(data)


def named(folder: Path) -> set[Path]:
    return {found.path for found in verify(folder)}


def test_a_sound_store_has_no_damage(store: Path) -> None:
    assert list(verify(store)) == []


def test_every_flipped_bit_is_found_in_its_file(store: Path) -> None:
    draw = random.Random(1915)
    missed = []
    for _ in range(FLIPS):
        path = draw.choice(files_of(store))
        whole, at = path.read_bytes(), draw.randrange(path.stat().st_size)
        damage(path, at)
        if named(store) != {path}:
            missed.append((path.parent.name, at))
        path.write_bytes(whole)
    assert missed == []


def test_a_missing_file_is_named(store: Path) -> None:
    for path in [p for p in files_of(store) if p.suffix == ".parquet"]:
        whole = path.read_bytes()
        path.unlink()
        assert [(d.path, d.what) for d in verify(store)] == [(path, "missing")]
        path.write_bytes(whole)


@pytest.mark.parametrize("place", range(5))
def test_any_damaged_file_is_mended_from_its_input(store: Path, place: int) -> None:
    before, path = rows_of(loaded_only(store.parent)), files_of(store)[place]
    damage(path, 20)
    (done,) = repair(store)
    assert done.report is not None
    assert list(verify(store)) == []
    assert rows_of(loaded_only(store.parent)) == before


def test_a_repair_keeps_the_damaged_files(store: Path) -> None:
    path = next((store / "events").iterdir())
    damage(path, 20)
    damaged = path.read_bytes()
    (done,) = repair(store)
    assert (done.aside / "events" / path.name).read_bytes() == damaged


def lose_inputs(store: Path) -> None:
    for path in store.parent.glob("*.tab"):
        path.unlink()


def test_without_its_input_a_damaged_file_is_set_aside(store: Path) -> None:
    lose_inputs(store)
    damage(next((store / "events").iterdir()), 20)
    (done,) = repair(store)
    assert done.report is None
    assert "its input was not found" in str(done)
    assert len(open_store(store).loaded) == 1


def test_an_input_is_known_by_its_content_wherever_it_lies(store: Path) -> None:
    before = rows_of(loaded_only(store.parent))
    lose_inputs(store)
    for path in (store / "events").iterdir():
        damage(path, 20)
    assert [done.report for done in repair(store)] == [None, None]
    folder = store.parent / "backup" / "older"
    tab_file(folder / "a.tab", [event(1), event(2), b"short \xff"])
    tab_file(folder / "b.tab", [event(2), event(3)])
    tab_file(folder / "c.tab", [event(9)])
    assert all(done.report for done in repair(store, [store.parent / "backup"]))
    assert rows_of(loaded_only(store.parent)) == before


def test_a_sound_store_has_nothing_to_mend(store: Path) -> None:
    assert list(repair(store)) == []


def as_before(store: Path) -> list[dict[str, object]]:
    """Make a store one of version 1, and give its rows."""
    for path in (store / "manifest").iterdir():
        as_version_1(path)
    return rows_of(loaded_only(store.parent))


def read_manifest_of(store: Path) -> manifests.Snapshot:
    return manifests.read_snapshot(sorted((store / "manifest").iterdir())[0])


def versions(store: Path) -> list[str]:
    texts = [path.read_text("utf-8") for path in sorted((store / "manifest").glob("*.json"))]
    return [text.partition(",")[0] for text in texts]


def test_a_store_of_version_1_is_read_as_it_is(store: Path) -> None:
    before = rows_of(loaded_only(store.parent))
    assert as_before(store) == before
    assert set(versions(store)) == {'{\n "version": 1'}


def test_a_load_brings_a_store_to_this_version(store: Path) -> None:
    before = as_before(store)
    load_lines(store.parent, [event(4)], "third")
    assert set(versions(store)) == {f'{{\n "version": {VERSION}'}
    assert list(verify(store)) == []
    assert rows_of(loaded_only(store.parent))[: len(before)] == before


def test_a_file_loaded_by_version_1_is_known_when_it_comes_again(store: Path) -> None:
    as_before(store)
    path = store.parent / "first.tab"
    assert load(open_store(store), "icews", path).already


def test_a_store_of_version_2_is_sound_and_its_rows_have_no_story(store: Path) -> None:
    for made in read_manifest(store):
        as_version_2(store, made)
    assert list(verify(store)) == []
    rows = rows_of(loaded_only(store.parent))
    assert [(row["row"][:1], row["story"], row["available"]) for row in rows] == [
        (key, None, None) for key in "123"
    ]


def test_damage_to_a_store_of_version_2_is_not_taken_for_its_state(store: Path) -> None:
    first = read_manifest_of(store)
    as_version_2(store, first)
    damage(data_file(store, first), 400)
    migrate(store)
    assert named(store) == {data_file(store, first)}
    assert set(versions(store)) == {f'{{\n "version": {VERSION}'}


def test_a_migration_cut_short_goes_on_where_it_stopped(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, write = as_before(store), migrating.write_manifest
    done = []

    def cut_short(*given: object) -> None:
        if done:
            raise KeyboardInterrupt
        done.append(given)
        write(*given)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(migrating, "write_manifest", cut_short)
        with pytest.raises(KeyboardInterrupt):
            migrate(store)
    assert len(set(versions(store))) == 2
    assert rows_of(loaded_only(store.parent)) == before
    assert migrate(store) == 1
    assert list(verify(store)) == []


def test_a_store_of_a_later_version_is_left_alone(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = read_manifest_of(store)
    with monkeypatch.context() as later:
        later.setattr(manifests, "VERSION", VERSION + 1)
        manifests.write_manifest(store, made)
    before = {p: p.read_bytes() for p in files_of(store)}
    with pytest.raises(StoreError, match="Use the newer cuibono"):
        read_manifest(store)
    with pytest.raises(StoreError, match="Use the newer cuibono"):
        list(repair(store))
    assert {p: p.read_bytes() for p in files_of(store)} == before
