"""Counts from the codes of files: bit for bit what the engine counts, whatever lies in them."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.made_events import DAY, FEBRUARY, MONDAY, Event, event_store
from tests.store.made_files import made_store, propose

from cuibono.errors import StoreError
from cuibono.model.panel import Panel
from cuibono.model.period import Grid, Period
from cuibono.record.counting import Counting, ask
from cuibono.record.instruments import instrument_panel
from cuibono.record.panel import event_panel
from cuibono.store.engine import Engine
from cuibono.store.manifest import data_file
from cuibono.store.store import Store, open_store
from cuibono.testing.engines import bits
from cuibono.vocab.events import event_types

WINTER = Period(date(2021, 1, 4), date(2021, 4, 1))
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "day": st.dates(date(2020, 12, 20), date(2021, 4, 10)),
            "actor": st.sampled_from(["RUS", "PAK", "IND", None]),
            "recipient": st.sampled_from(["PAK", "RUS", "USA", None]),
            "event_type": st.sampled_from(["CONSULT", "AID", "ASSAULT", None]),
            "events": st.sampled_from([1, 1, 1, 2, 2**40]),
            "available": st.sampled_from([None, date(2021, 2, 10), date(2021, 5, 1)]),
        }
    ),
    min_size=1,
    max_size=40,
)


def files_of(folder: Path, rows: list[dict[str, object]], n_files: int, group: int) -> Store:
    """A store of these rows over so many files, in row groups of so many."""
    for number, row in enumerate(rows):
        kind = event_types().get(str(row["event_type"]))
        row |= {"row": f"{number:04}", "quad": kind.quad if kind else None}
    size = -(-len(rows) // n_files)
    for first in range(0, len(rows), size):
        part = rows[first : first + size]
        store = made_store(folder, part, WINTER, name=f"icews-made-{first}")
        path = data_file(folder, store.snapshots[-1])
        pq.write_table(pq.read_table(path), path, row_group_size=group)
    return store


def by_engine(ask_for: object, *args: object, **options: object) -> object:
    """The same question with every row left to the engine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Engine, "local", False)
        return ask_for(*args, **options)  # type: ignore[operator]


def alike(panel: Panel, other: object) -> bool:
    return bits(panel) == bits(other)


@propose
@given(
    rows=ROWS,
    n_files=st.integers(1, 3),
    group=st.sampled_from([2, 5, 1000]),
    grid=st.sampled_from(list(Grid)[:2]),
    had_before=st.sampled_from([None, date(2021, 2, 11), date(2021, 3, 1)]),
)
def test_a_panel_has_the_bits_that_the_engine_gives(
    rows: list[dict[str, object]],
    n_files: int,
    group: int,
    grid: Grid,
    had_before: date | None,
) -> None:
    whole = {"row": "sure", "day": date(2021, 2, 9), "actor": "CHN", "recipient": "USA"}
    rows = [*rows, {**whole, "event_type": "AID", "events": 1}]
    with TemporaryDirectory() as folder:
        store = files_of(Path(folder), rows, n_files, group)
        question = (store, "icews", grid, WINTER)
        panel = event_panel(*question, had_before=had_before)
        assert alike(panel, by_engine(event_panel, *question, had_before=had_before))


def test_a_panel_of_whole_years_has_the_bits_that_the_engine_gives(tmp_path: Path) -> None:
    years = Period(date(2020, 1, 1), date(2022, 1, 1))
    events: list[Event] = [(days, "RUS", "PAK", "AID", 2) for days in (-32, -31, 0, 333)]
    store = event_store(tmp_path, events, years)
    panel = event_panel(store, "icews", Grid.YEAR, years)
    assert panel.channels["all"].tolist() == [[2, 6]]
    assert alike(panel, by_engine(event_panel, store, "icews", Grid.YEAR, years))


def test_instruments_have_the_bits_that_the_engine_gives(tmp_path: Path) -> None:
    kinds = ("CONSULT", "AID", "ASSAULT", "AID", None)
    events: list[Event] = [(day, "RUS", "PAK", kind, day + 1) for day, kind in enumerate(kinds)]
    store = event_store(tmp_path, events)
    question = (store, "icews", Grid.WEEK, FEBRUARY)
    assert alike(instrument_panel(*question), by_engine(instrument_panel, *question))


def test_weeks_of_the_pack_and_loaded_ones_make_the_panel_that_the_engine_gives(
    tmp_path: Path,
) -> None:
    """An event of a week that the pack tells counts as the pack has it, not as the file."""
    event_store(tmp_path, [(-20, "RUS", "PAK", "AID", 7000), (3, "RUS", "PAK", "AID", 5)])
    store = open_store(tmp_path)
    question = (store, "icews", Grid.WEEK, WINTER)
    panel = event_panel(*question)
    assert alike(panel, by_engine(event_panel, *question))
    assert panel.channels["all"][panel.index["RUS", "PAK"]].max() < 7000


def test_rows_without_a_day_of_arrival_could_be_had_on_their_own_day(tmp_path: Path) -> None:
    store = event_store(tmp_path, [(0, "RUS", "PAK", "AID", 1), (9, "RUS", "PAK", "AID", 1)])
    path = data_file(tmp_path, store.snapshots[0])
    pq.write_table(pq.read_table(path).drop_columns(["available"]), path)
    panel = event_panel(store, "icews", Grid.WEEK, FEBRUARY, had_before=MONDAY + DAY)
    assert panel.channels["all"].tolist() == [[1, 0, 0, 0]]


def test_a_value_of_two_kinds_is_counted_in_both(tmp_path: Path) -> None:
    events: list[Event] = [(0, "RUS", "PAK", kind, 1) for kind in ("AID", "CONSULT", "ASSAULT")]
    store = event_store(tmp_path, events)
    kinds = [("AID", "CONSULT"), ("AID",), ("RALLY",)]
    counting = Counting(ask(FEBRUARY.cut(Grid.MONTH), Grid.MONTH, "event_type", kinds))
    counting.add_file(data_file(tmp_path, store.snapshots[0]))
    relations, channels, rows = counting.lay_out()
    assert (relations, rows.tolist()) == ((("RUS", "PAK"),), [3])
    assert [channel.tolist() for channel in channels] == [[[3]], [[2]], [[1]], [[0]]]


def test_counts_that_outgrow_four_bytes_go_on_in_eight(tmp_path: Path) -> None:
    events: list[Event] = [(0, "RUS", "PAK", "AID", 2**31 - 1), (1, "RUS", "PAK", "AID", 2**31)]
    store = event_store(tmp_path, events)
    panel = event_panel(store, "icews", Grid.WEEK, FEBRUARY)
    assert panel.channels["all"].tolist() == [[2**32 - 1, 0, 0, 0]]


def test_more_relations_than_there_was_room_for_are_all_counted(tmp_path: Path) -> None:
    names = [f"A{number:03}" for number in range(90)]
    events: list[Event] = [
        (0, one, two, "AID", 1) for one in names for two in names[::7] if one != two
    ]
    store = event_store(tmp_path, events)
    path = data_file(tmp_path, store.snapshots[0])
    pq.write_table(pq.read_table(path), path, row_group_size=50)
    question = (store, "icews", Grid.WEEK, FEBRUARY)
    panel = event_panel(*question)
    assert panel.rows.sum() == len(events)
    assert alike(panel, by_engine(event_panel, *question))


def test_nothing_counted_is_no_relation() -> None:
    starts = FEBRUARY.cut(Grid.WEEK)
    assert Counting(ask(starts, Grid.WEEK, "quad", [("a",)])).lay_out()[0] == ()


def test_days_outside_of_periods_and_days_left_out_count_nowhere() -> None:
    starts = np.array(["2021-02-01", "2021-02-15"], "datetime64[D]")
    left_out = [Period(date(2021, 2, 3), date(2021, 2, 5))]
    asked = ask(starts, Grid.WEEK, "quad", [], left_out=left_out)
    assert "".join(map(str, asked.place)) == "0110011100000002222222" + "0"


def test_days_left_out_far_from_all_periods_change_nothing() -> None:
    starts = FEBRUARY.cut(Grid.WEEK)
    far = [Period(date(year, 1, 1), date(year, 3, 1)) for year in (1990, 2050)]
    plain, other = (ask(starts, Grid.WEEK, "quad", [], left_out=x) for x in ((), far))
    assert np.array_equal(plain.place, other.place)


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    store = event_store(tmp_path, [(0, "RUS", "PAK", "AID", 1)])
    path = data_file(tmp_path, store.snapshots[0])
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(StoreError, match=r"icews-made.parquet: cannot be read as Parquet"):
        event_panel(store, "icews", Grid.WEEK, FEBRUARY)
