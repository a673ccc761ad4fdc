"""A migration rewrites what is old, seals what never was sealed, and touches no row."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from tests.store.made_files import as_version_1, as_version_2

from cuibono.errors import StoreError
from cuibono.store.manifest import VERSION, data_file, manifest_file, read_manifest, version_of
from cuibono.store.migrate import migrate, seal


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_store_of_this_version_is_not_written_to(store: Path) -> None:
    before = contents(store)
    assert migrate(store) == 0
    assert contents(store) == before


def test_a_folder_that_is_no_store_yet_has_nothing_to_migrate(tmp_path: Path) -> None:
    assert migrate(tmp_path / "none") == 0
    assert not (tmp_path / "none").exists()


def test_only_what_is_old_is_rewritten_and_a_second_time_nothing(store: Path) -> None:
    old, new = read_manifest(store)
    as_version_1(manifest_file(store, old))
    kept = manifest_file(store, new).read_bytes()
    assert [migrate(store), migrate(store)] == [1, 0]
    assert manifest_file(store, new).read_bytes() == kept
    assert {version_of(manifest_file(store, each)) for each in (old, new)} == {VERSION}


def test_a_migration_from_version_1_takes_the_hashes_that_a_load_takes(store: Path) -> None:
    loaded = read_manifest(store)
    for each in loaded:
        as_version_1(manifest_file(store, each))
    assert {each.rows_sha256 for each in read_manifest(store)} == {""}
    migrate(store)
    for before, after in zip(loaded, read_manifest(store), strict=True):
        assert after.rows_sha256 == before.rows_sha256 == sha256(data_file(store, before))
        assert after.rejected_sha256 == before.rejected_sha256


def test_a_migration_from_version_2_keeps_the_hashes_that_it_has(store: Path) -> None:
    made = read_manifest(store)[0]
    as_version_2(store, made)
    sealed = read_manifest(store)[0].rows_sha256
    data_file(store, made).write_bytes(b"damaged")
    migrate(store)
    assert read_manifest(store)[0].rows_sha256 == sealed != sha256(data_file(store, made))


def test_a_migration_writes_manifests_and_nothing_else(store: Path) -> None:
    for each in read_manifest(store):
        as_version_1(manifest_file(store, each))
    before = contents(store)
    migrate(store)
    after = contents(store)
    changed = {path for path in after if after[path] != before.get(path)}
    assert after.keys() == before.keys()
    assert {path.parent.name for path in changed} == {"manifest"}


def test_a_store_with_one_damaged_manifest_is_left_as_it_is(store: Path) -> None:
    first, second = read_manifest(store)
    as_version_1(manifest_file(store, first))
    manifest_file(store, second).write_text("{", "utf-8")
    before = contents(store)
    with pytest.raises(StoreError, match=manifest_file(store, second).name):
        migrate(store)
    assert contents(store) == before


def test_a_seal_adds_hashes_and_changes_no_other_fact(store: Path) -> None:
    for made in read_manifest(store):
        bare = replace(made, rows_sha256="", rejected_sha256="")
        assert seal(store, bare) == made
        assert bool(made.rejected_sha256) is bool(made.quarantined)
