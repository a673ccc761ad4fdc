"""Invented rows: the same for the same seed, with the holes and gaps that they promise."""

from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from cuibono.model.tables import TABLES
from cuibono.store.engine import IN_MEMORY
from cuibono.store.manifest import data_file, read_manifest
from cuibono.testing.canonical import (
    AGREEMENT,
    DEATHS,
    EVENTS,
    FILES_PER_CELL,
    GAP,
    KNOWN_SHARE,
    SAME_CELL,
    TYPED_SHARE,
    WITHIN,
    open_written,
    write_store,
)

N = 4000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made: Path = tmp_path_factory.mktemp("made")
    write_store(made, N)
    return made


def rows(folder: Path, source: str) -> pa.Table:
    files = [data_file(folder, s) for s in read_manifest(folder) if s.source == source]
    return pa.concat_tables([pq.read_table(path) for path in files])


def contents(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_the_same_seed_writes_the_same_bytes_and_another_does_not(
    folder: Path, tmp_path: Path
) -> None:
    write_store(tmp_path / "again", N)
    write_store(tmp_path / "other", N, seed=1)
    assert contents(tmp_path / "again") == contents(folder)
    assert contents(tmp_path / "other").keys() == contents(folder).keys()
    assert not rows(tmp_path / "other", EVENTS).equals(rows(folder, EVENTS))


@pytest.mark.parametrize(("n", "files"), [(10, 1), (10, 3), (7, 7), (2, 5), (0, 1)])
def test_as_many_events_as_asked_are_spread_over_as_many_files(
    n: int, files: int, tmp_path: Path
) -> None:
    write_store(tmp_path, n, n_files=files)
    kept = [s for s in read_manifest(tmp_path) if s.source == EVENTS]
    assert len(kept) == files
    assert sum(s.accepted for s in kept) == n
    assert max(s.accepted for s in kept) - min(s.accepted for s in kept) <= 1
    assert sorted(rows(tmp_path, EVENTS)["row"].to_pylist()) == sorted(
        f"e{k}" for k in range(n)
    )


@pytest.mark.parametrize("source", [EVENTS, AGREEMENT, DEATHS])
def test_every_file_has_the_columns_of_its_table_and_says_how_many_rows(
    source: str, folder: Path
) -> None:
    for snapshot in read_manifest(folder):
        if snapshot.source == source:
            table = pq.read_table(data_file(folder, snapshot))
            assert table.column_names == list(TABLES[snapshot.table])
            assert table.num_rows == snapshot.accepted == snapshot.rows_in


def test_no_event_lies_in_the_gap_or_outside_the_days_covered(folder: Path) -> None:
    days = rows(folder, EVENTS)["day"].to_pylist()
    assert all(WITHIN.start <= day < WITHIN.end for day in days)
    assert not any(GAP.start <= day < GAP.end for day in days)
    covered = {span for s in read_manifest(folder) for span in s.covered}
    assert all(any(span.start <= day < span.end for span in covered) for day in days)
    assert not any(span.overlap(GAP) for span in covered)


@pytest.mark.parametrize(
    ("column", "known"),
    [("actor", KNOWN_SHARE), ("recipient", KNOWN_SHARE), ("event_type", TYPED_SHARE)],
)
def test_as_many_are_unknown_as_is_said(column: str, known: float, folder: Path) -> None:
    values = rows(folder, EVENTS)[column]
    spread = (known * (1 - known) / N) ** 0.5
    assert 1 - values.null_count / N == pytest.approx(known, abs=4 * spread)


def test_what_has_no_type_has_no_class_and_no_score_either(folder: Path) -> None:
    table = rows(folder, EVENTS)
    untyped = pc.is_null(table["event_type"])
    for column in ("quad", "goldstein_tenths"):
        assert pc.is_null(table[column]).equals(untyped)


def test_attention_follows_zipfs_law(folder: Path) -> None:
    """The second actor is named half as often as the first, the fourth a quarter."""
    named = Counter(rows(folder, EVENTS)["actor_name"].to_pylist())
    for name, place in (("RUS", 2), ("PAK", 4)):
        spread = named["USA"] ** 0.5
        assert named[name] == pytest.approx(named["USA"] / place, abs=4 * spread)
    known = [name for name in named if name]
    assert len(known) > 100


def test_one_cell_of_deaths_has_several_fractions_in_every_file(folder: Path) -> None:
    table = rows(folder, DEATHS)
    pairs = zip(table["actor"].to_pylist(), table["recipient"].to_pylist(), strict=True)
    assert set(Counter(pairs).values()) == {FILES_PER_CELL * SAME_CELL}
    values = table["value"].to_pylist()
    assert len(set(values)) == len(values)
    assert min(values) > 0


def test_agreement_is_a_share_of_whole_votes_for_pairs_in_order(folder: Path) -> None:
    table = rows(folder, AGREEMENT)
    for value, votes in zip(table["value"].to_pylist(), table["n"].to_pylist(), strict=True):
        assert 0 <= value <= 1
        assert value * votes == pytest.approx(round(value * votes), abs=1e-9)
    assert pc.all(pc.less(table["actor"], table["recipient"])).as_py()


def test_an_opened_folder_holds_what_was_written_and_nothing_of_the_pack(folder: Path) -> None:
    store = open_written(folder, IN_MEMORY)
    assert store.embedded == ()
    assert store.engine.collect(store.table("events")).num_rows == N
    deaths = store.engine.collect(store.table("measures", DEATHS))
    assert sorted(deaths["row"].to_pylist()) == sorted(rows(folder, DEATHS)["row"].to_pylist())
