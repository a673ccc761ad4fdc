"""What ships: figures computed from open sources, small, dated, cited and rebuilt alike."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from cuibono.errors import SourceError
from cuibono.sources.base import read_card
from cuibono.store import pack
from cuibono.store.fingerprint import take_fingerprint
from cuibono.store.pack import PARTS, Part, build_pack
from cuibono.store.store import PACK, Store

FIGURES = """source,period_from,period_to,category,n,url
b-1,2015-09-30,2015-10-06,videos published,14,https://example.org/1
b-1,2015-09-30,2015-10-06,geolocated,12,https://example.org/1
b-1,2015-09-30,2015-10-06,no number,none,https://example.org/1
"""

every_snapshot = pytest.mark.parametrize("name", [part.name for part in PARTS])


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def events(store: Store, actor: str, recipient: str, start: date, end: date) -> int:
    table = store.table("events", "icews")
    found = table.filter(
        (table.actor == actor)
        & (table.recipient == recipient)
        & (table.day >= start)
        & (table.day < end)
    )
    return int(store.engine.collect(found.aggregate(n=found.events.sum()))["n"][0].as_py())


def test_the_pack_has_one_snapshot_for_each_part(pack_store: Store) -> None:
    assert [s.name for s in pack_store.embedded] == [part.name for part in PARTS]


def test_the_pack_holds_nothing_but_its_snapshots(pack_store: Store) -> None:
    named = {f"manifest/{s.name}.json" for s in pack_store.embedded}
    named |= {f"{s.table}/{s.name}.parquet" for s in pack_store.embedded}
    assert set(hashes(PACK)) == named


def test_the_pack_has_at_most_eight_megabytes() -> None:
    assert sum(path.stat().st_size for path in PACK.rglob("*") if path.is_file()) <= 8_000_000


@every_snapshot
def test_a_shipped_file_says_whose_it_is_and_how_it_was_made(
    pack_store: Store, name: str
) -> None:
    (snapshot,) = (s for s in pack_store.embedded if s.name == name)
    card = read_card(snapshot.source)
    assert (snapshot.licence, snapshot.citation) == (card.licence, card.citation)
    assert card.doi in snapshot.citation
    assert snapshot.command == "cuibono pack build"
    assert len(snapshot.sha256) == 64


@pytest.mark.parametrize("table", ["events", "measures"])
def test_a_key_is_there_and_is_unique_within_its_source(pack_store: Store, table: str) -> None:
    rows = pack_store.table(table)
    copies = rows.group_by("source", "row").agg(n=rows.count())
    wrong = copies.filter((copies.n > 1) | copies.row.isnull())
    assert pack_store.engine.collect(wrong.limit(3)).to_pylist() == []


# Facts of the news, as ../shared/DATA.md counts them in the providers' own files.
FACES = {
    "Khan goes to Moscow": ("RUS", "PAK", date(2022, 2, 1), date(2022, 3, 1), 22),
    "Khan comes from Islamabad": ("PAK", "RUS", date(2022, 2, 1), date(2022, 3, 1), 34),
    "Lavrov goes to Islamabad": ("RUS", "PAK", date(2021, 4, 1), date(2021, 5, 1), 30),
    "Islamabad receives Lavrov": ("PAK", "RUS", date(2021, 4, 1), date(2021, 5, 1), 25),
    "invasion": ("RUS", "UKR", date(2022, 3, 1), date(2022, 4, 1), 1750),
}


@pytest.mark.parametrize("face", FACES)
def test_the_pack_shows_what_happened(pack_store: Store, face: str) -> None:
    actor, recipient, start, end, count = FACES[face]
    assert events(pack_store, actor, recipient, start, end) == count


def test_the_pack_says_when_it_is_silent(pack_store: Store) -> None:
    (icews_2021,) = (s for s in pack_store.embedded if s.name == "icews_2021")
    assert icews_2021.covered[0].end == date(2021, 1, 19)
    assert icews_2021.covered[-1].end == date(2021, 9, 1)


@pytest.fixture
def small_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A raw data folder of one file, and a pack of one part."""
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "figures.csv").write_text(FIGURES)
    monkeypatch.setattr(
        pack, "PARTS", (Part("declared_vs_done", "declared_vs_done", "figures.csv"),)
    )
    return raw


def test_the_same_input_gives_the_same_bytes(small_part: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        list(build_pack(small_part, tmp_path / name))
    assert hashes(tmp_path / "one") == hashes(tmp_path / "two")


def test_building_over_a_pack_leaves_nothing_else(small_part: Path, tmp_path: Path) -> None:
    for _ in range(2):
        list(build_pack(small_part, tmp_path / "pack"))
    assert set(hashes(tmp_path / "pack")) == {
        "manifest/declared_vs_done.json",
        "measures/declared_vs_done.parquet",
    }


def test_what_cannot_be_read_is_counted(small_part: Path, tmp_path: Path) -> None:
    (made,) = build_pack(small_part, tmp_path / "pack")
    assert (made.rows_in, made.accepted, made.quarantined) == (3, 2, 1)


def test_a_shipped_file_names_the_bytes_it_came_from(small_part: Path, tmp_path: Path) -> None:
    (made,) = build_pack(small_part, tmp_path / "pack")
    taken = take_fingerprint(small_part / "figures.csv")
    assert (made.sha256, made.input_bytes) == (taken.sha256, taken.size)


def test_a_missing_raw_file_is_answered_with_how_to_get_it(
    small_part: Path, tmp_path: Path
) -> None:
    (small_part / "figures.csv").unlink()
    with pytest.raises(SourceError, match=r"figures\.csv: missing\. To get it: the table"):
        list(build_pack(small_part, tmp_path / "pack"))


def test_the_pack_is_what_the_raw_files_give(raw: Path, tmp_path: Path) -> None:
    list(build_pack(raw, tmp_path / "pack"))
    assert hashes(tmp_path / "pack") == hashes(PACK)
