"""A snapshot is real once its manifest is there whole, and only if its counts add up."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.store.made_files import as_version_1, propose, snapshot

from cuibono.errors import StoreError
from cuibono.model.period import Period
from cuibono.store.manifest import (
    VERSION,
    Snapshot,
    data_file,
    read_manifest,
    write_manifest,
)

COUNTS = st.integers(0, 10**9)


def put(folder: Path, made: Snapshot) -> Path:
    """Write a snapshot's manifest and a file where its rows would lie."""
    write_manifest(folder, made)
    rows = data_file(folder, made)
    rows.parent.mkdir(parents=True, exist_ok=True)
    rows.write_bytes(b"")
    return folder / "manifest" / f"{made.name}.json"


def rewrite(path: Path, **changes: object) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


@propose
@given(accepted=COUNTS, duplicates=COUNTS, quarantined=COUNTS, licence=st.text())
def test_a_snapshot_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory,
    accepted: int,
    duplicates: int,
    quarantined: int,
    licence: str,
) -> None:
    made = snapshot(
        rows_in=accepted + duplicates + quarantined,
        accepted=accepted,
        duplicates=duplicates,
        quarantined=quarantined,
        licence="".join(c for c in licence if not 0xD800 <= ord(c) < 0xE000),
        covered=(
            Period(date(2015, 1, 1), date(2015, 1, 2)),
            Period(date(2016, 1, 1), date(2017, 1, 1)),
        ),
    )
    folder = tmp_path_factory.mktemp("store")
    put(folder, made)
    assert read_manifest(folder) == (made,)


@propose
@given(COUNTS, COUNTS, COUNTS, st.integers(-3, 3).filter(bool))
def test_counts_that_do_not_add_up_make_no_snapshot(
    accepted: int, duplicates: int, quarantined: int, missing: int
) -> None:
    with pytest.raises(StoreError, match="do not add up"):
        snapshot(
            rows_in=accepted + duplicates + quarantined + missing,
            accepted=accepted,
            duplicates=duplicates,
            quarantined=quarantined,
        )


def test_a_manifest_that_was_changed_is_damage(tmp_path: Path) -> None:
    rewrite(put(tmp_path, snapshot()), licence="another")
    with pytest.raises(StoreError, match="its seal does not fit"):
        read_manifest(tmp_path)


def test_a_manifest_whose_counts_do_not_add_up_is_refused(tmp_path: Path) -> None:
    path = as_version_1(put(tmp_path, snapshot()))
    rewrite(path, accepted=3)
    with pytest.raises(StoreError, match="do not add up"):
        read_manifest(tmp_path)


def test_a_manifest_of_a_later_version_is_refused(tmp_path: Path) -> None:
    rewrite(put(tmp_path, snapshot()), version=VERSION + 1)
    with pytest.raises(StoreError, match=r"reads version 3\. Use the newer cuibono"):
        read_manifest(tmp_path)


DAMAGED = {
    "nothing": "",
    "half of it": '{"version": 1, "source": "ic',
    "no object": "[]",
    "a text": '"manifest"',
    "a number": "7",
    "null": "null",
    "no version": "{}",
    "no facts": '{"version": 1, "covered": []}',
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_manifest_is_named_with_the_next_step(tmp_path: Path, damage: str) -> None:
    path = put(tmp_path, snapshot())
    path.write_text(DAMAGED[damage])
    with pytest.raises(StoreError, match=r"damaged manifest .* load its file again") as caught:
        read_manifest(tmp_path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


FALSE_FACTS: dict[str, object] = {
    "rows_in": "3",
    "covered": [["2015-02-01", "2015-01-01"]],
    "unknown": 1,
}


@pytest.mark.parametrize("fact", FALSE_FACTS)
def test_a_fact_of_the_wrong_kind_is_damage(tmp_path: Path, fact: str) -> None:
    rewrite(put(tmp_path, snapshot()), **{fact: FALSE_FACTS[fact]})
    with pytest.raises(StoreError, match="damaged manifest"):
        read_manifest(tmp_path)


def test_a_snapshot_without_its_rows_names_file_and_input(tmp_path: Path) -> None:
    write_manifest(tmp_path, snapshot())
    with pytest.raises(StoreError, match=r"icews-made\.parquet is gone.* load made\.tab again"):
        read_manifest(tmp_path)


def test_rows_without_a_manifest_are_no_snapshot(tmp_path: Path) -> None:
    put(tmp_path, snapshot()).unlink()
    assert read_manifest(tmp_path) == ()


def test_an_unfinished_manifest_is_no_snapshot(tmp_path: Path) -> None:
    path = put(tmp_path, snapshot())
    path.rename(path.with_suffix(".partial"))
    assert read_manifest(tmp_path) == ()


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert read_manifest(tmp_path / "nowhere") == ()


def test_snapshots_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("icews-c", "icews-a", "icews-b"):
        put(tmp_path, snapshot(name=name))
    assert [made.name for made in read_manifest(tmp_path)] == ["icews-a", "icews-b", "icews-c"]
