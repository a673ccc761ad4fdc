"""One set of tables over what ships and what was loaded, with no day told twice."""

import shutil
import socket
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

import ibis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.store.made_files import (
    as_version_2,
    event,
    load_lines,
    loaded_only,
    made_store,
    propose,
    rows_of,
    snapshot,
)

from cuibono.errors import StoreError
from cuibono.model.period import Period, gaps
from cuibono.model.tables import EVENTS
from cuibono.model.trace import Trace
from cuibono.store.engine import Engine
from cuibono.store.manifest import data_file, read_manifest
from cuibono.store.rows import count_rows
from cuibono.store.store import PACK, Store, open_store

FIRST, LAST = date(2022, 2, 14), date(2022, 2, 20)  # Monday and Sunday
DAY = timedelta(days=1)


def acts(*days: date, start: int = 0) -> list[dict[str, object]]:
    """Ten events of Russia towards Pakistan on each day."""
    return [
        {"row": f"{number}|{day}", "day": day, "actor": "RUS", "recipient": "PAK", "events": 10}
        for number, day in enumerate(days, start=start)
    ]


def events(store: Store, start: date, end: date) -> int:
    """Events of Russia towards Pakistan from `start` to before `end`."""
    table = store.table("events", "icews")
    found = table.filter(
        (table.actor == "RUS")
        & (table.recipient == "PAK")
        & (table.day >= start)
        & (table.day < end)
    )
    cells = store.engine.collect(found.aggregate(n=found.events.sum().fill_null(0)))
    return int(cells["n"][0].as_py())


def loaded(folder: Path, rows: Iterable[dict[str, object]], *covered: Period) -> Store:
    made_store(folder, list(rows), *covered)
    return open_store(folder)


def test_the_pack_opens_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("asked for a network")

    monkeypatch.setattr(socket, "socket", refuse)
    store = open_store()
    assert count_rows(store, Trace("measures", "declared_vs_done", (), 10)) == 10


def test_a_store_that_is_not_there_yet_is_the_pack_alone(tmp_path: Path) -> None:
    store = open_store(tmp_path / "new")
    assert store.snapshots == read_manifest(PACK)


def test_loaded_files_take_the_place_of_the_weeks_they_cover(tmp_path: Path) -> None:
    week = [FIRST + n * DAY for n in range(7)]
    store = loaded(tmp_path, acts(*week), Period(FIRST, LAST + DAY))
    assert events(store, FIRST, LAST + DAY) == 70


def test_elsewhere_the_pack_stays(tmp_path: Path, pack_store: Store) -> None:
    store = loaded(tmp_path, acts(FIRST), Period(FIRST, LAST + DAY))
    for start, end in ((date(2021, 1, 1), FIRST), (LAST + DAY, date(2022, 9, 1))):
        assert events(store, start, end) == events(pack_store, start, end)


def test_of_a_week_loaded_in_part_the_pack_says_nothing(tmp_path: Path) -> None:
    thursday = FIRST + 3 * DAY
    store = loaded(tmp_path, acts(thursday), Period(thursday, thursday + DAY))
    assert events(store, FIRST, LAST + DAY) == 10
    assert not any(FIRST in span for s in store.snapshots for span in s.covered)


# Russia's seven events towards Pakistan from 28 to 31 March and five from 1 to 3 April 2022
# fall into one week, which the pack cuts in two.
MARCH, APRIL, NEXT = date(2022, 3, 28), date(2022, 4, 1), date(2022, 4, 4)


@pytest.mark.parametrize(("day", "in_march", "in_april"), [(MARCH, 10, 5), (APRIL, 7, 10)])
def test_weeks_are_cut_at_the_month_as_the_pack_cuts_them(
    tmp_path: Path, day: date, in_march: int, in_april: int
) -> None:
    store = loaded(tmp_path, acts(day), Period(day, day + DAY))
    assert (events(store, MARCH, APRIL), events(store, APRIL, NEXT)) == (in_march, in_april)


def test_a_back_dated_row_adds_nothing_to_a_day_the_pack_tells(
    tmp_path: Path, pack_store: Store
) -> None:
    january = date(2022, 1, 20)
    store = loaded(tmp_path, acts(FIRST, january), Period(FIRST, LAST + DAY))
    assert events(store, date(2022, 1, 1), date(2022, 2, 1)) == events(
        pack_store, date(2022, 1, 1), date(2022, 2, 1)
    )


SPANS = st.lists(
    st.tuples(st.dates(date(2020, 12, 1), date(2022, 10, 1)), st.integers(1, 40)),
    min_size=1,
    max_size=5,
)


@propose
@given(spans=SPANS)
def test_no_day_is_told_twice_and_none_loaded_is_lost(
    tmp_path_factory: pytest.TempPathFactory, spans: list[tuple[date, int]]
) -> None:
    covered = [Period(day, day + n * DAY) for day, n in spans]
    store = loaded(tmp_path_factory.mktemp("store"), [], *covered)
    embedded = [span for s in store.embedded if s.source == "icews" for span in s.covered]
    assert not any(mine.overlap(theirs) for mine in embedded for theirs in covered)
    for span in embedded:
        assert gaps([p for s in read_manifest(PACK) for p in s.covered], span) == []


def fatalities(folder: Path, country: str, start: date) -> Store:
    row = {
        "row": "1",
        "start": start,
        "end": start + DAY,
        "measure": "fatalities",
        "actor": None,
        "actor_name": f"Government of {country}",
        "recipient_name": "Syrian insurgents",
        "value": 5.0,
        "n": 1,
    }
    if country == "Syria":
        row |= {"actor": "SYR", "recipient": "non_state:syrian-insurgents"}
    facts = {"source": "ucdp_ged", "table": "measures", "name": "ucdp_ged-made"}
    made_store(folder, [row], Period(start, start + DAY), **facts)
    return open_store(folder)


def measured(store: Store) -> list[dict[str, object]]:
    rows = store.table("measures", "ucdp_ged").select(
        "start", "measure", "actor", "actor_name", "recipient", "recipient_name", "value"
    )
    listed: list[dict[str, object]] = store.engine.collect(rows).to_pylist()
    return listed


def test_another_countrys_file_hides_no_measure(tmp_path: Path, pack_store: Store) -> None:
    store = fatalities(tmp_path, "Mexico", date(2016, 3, 5))
    assert len(measured(store)) == len(measured(pack_store)) + 1


def test_a_loaded_measure_takes_the_place_of_the_same_one(
    tmp_path: Path, pack_store: Store
) -> None:
    old = [row for row in measured(pack_store) if same_as_made(row)]
    new = measured(fatalities(tmp_path, "Syria", date(2016, 3, 5)))
    assert len(old) == 1
    assert [row["value"] for row in new if same_as_made(row)] == [5.0]
    assert len(new) == len(measured(pack_store))


def test_the_first_day_of_april_hides_nothing_of_march(
    tmp_path: Path, pack_store: Store
) -> None:
    rows = measured(fatalities(tmp_path, "Syria", date(2016, 4, 1)))
    march = [row["value"] for row in measured(pack_store) if same_as_made(row)]
    assert [row["value"] for row in rows if same_as_made(row)] == march


def same_as_made(row: dict[str, object]) -> bool:
    start = row["start"]
    assert isinstance(start, date)
    return (
        (start.year, start.month) == (2016, 3)
        and row["measure"] == "fatalities"
        and row["actor"] == "SYR"
        and row["recipient_name"] == "Syrian insurgents"
    )


def test_a_source_without_rows_is_named_with_the_next_step(tmp_path: Path) -> None:
    store = made_store(tmp_path, [])
    with pytest.raises(StoreError, match=r"No measures of polecat .*`cuibono coverage`"):
        store.table("measures", "polecat")


def test_files_of_two_versions_are_read_as_one_table(tmp_path: Path) -> None:
    """The earlier one lacks columns; whichever comes first, its rows have null there."""
    load_lines(tmp_path, [event(1)], "first")
    load_lines(tmp_path, [event(2)], "second")
    for old in read_manifest(tmp_path / "store"):
        folder = tmp_path / f"old-{old.name}"
        shutil.copytree(tmp_path / "store", folder / "store")
        as_version_2(folder / "store", old)
        rows = rows_of(loaded_only(folder))
        assert [row["story"] for row in rows].count(None) == len(rows) == 2
        assert [tuple(row) for row in rows] == [tuple(EVENTS)] * 2


def test_files_of_one_source_are_one_read_however_many_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        load_lines(tmp_path, [event(number)], f"file-{number}")
    store, opened = loaded_only(tmp_path), list[int]()
    together = Engine.read_together

    def counted(engine: Engine, paths: Sequence[Path]) -> ibis.Table:
        opened.append(len(paths))
        return together(engine, paths)

    monkeypatch.setattr(Engine, "read_together", counted)
    assert (len(rows_of(store)), opened) == (3, [3])


def test_a_store_of_a_hundred_files_can_be_asked(tmp_path: Path) -> None:
    """Read one by one, their union was a question too deep to be written down."""
    for number in range(100):
        made_store(tmp_path, acts(FIRST, start=number), name=f"icews-made-{number}")
    store = open_store(tmp_path)
    assert (
        count_rows(
            Store(store.engine, tmp_path, (), store.loaded), Trace("events", "icews", (), 0)
        )
        == 100
    )


def test_of_several_files_the_damaged_one_is_named(tmp_path: Path) -> None:
    for number in range(3):
        load_lines(tmp_path, [event(number)], f"file-{number}")
    store = loaded_only(tmp_path)
    path = data_file(tmp_path / "store", store.loaded[1])
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(StoreError, match=f"{path.name}: cannot be read as Parquet"):
        store.table("events")


def test_damaged_rows_are_named(tmp_path: Path) -> None:
    store = made_store(tmp_path, acts(FIRST))
    data_file(tmp_path, snapshot()).write_bytes(b"PAR1 cut off")
    with pytest.raises(StoreError, match=r"icews-made\.parquet: cannot be read as Parquet"):
        store.table("events")


def test_another_engine_can_be_asked_of_a_hundred_files_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(100):
        made_store(tmp_path, acts(FIRST, start=number), name=f"icews-made-{number}")
    store = open_store(tmp_path)
    monkeypatch.setattr(Engine, "local", False)
    asked = Store(store.engine, tmp_path, (), store.loaded)
    assert count_rows(asked, Trace("events", "icews", (), 0)) == 100
