"""Origins: copies of a report count once, and so do the many rows of one story."""

import tomllib
from collections.abc import Sequence
from importlib.resources import files

import ibis
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.store.made_files import propose

from cuibono.model.tables import TABLES
from cuibono.sources.origins import collapse, count_origins, happening
from cuibono.store.engine import Engine

# Act, story; both parties and the day are the same in all.
Row = tuple[str, str | None]
ROWS = st.lists(
    st.tuples(st.sampled_from(["040", "042", "190"]), st.sampled_from([None, "a", "b", "c"])),
    max_size=12,
)
ENGINE = Engine()


def count(rows: Sequence[Row], where: str | None = None) -> int:
    columns = ibis.schema(TABLES["events"]).to_pyarrow()
    cells = [{"actor_name": "Putin", "code": code, "story": story} for code, story in rows]
    told = collapse(ibis.memtable(pa.Table.from_pylist(cells, schema=columns)), "events")
    where_ = None if where is None else told.code == where
    return int(ENGINE.collect(told.aggregate(n=count_origins(told, where_)))["n"][0].as_py())


def by_hand(rows: Sequence[Row]) -> int:
    first: dict[str, str] = {}
    for code, story in rows:
        first[code] = min(first.get(code, "~"), story or "~")
    named = [story for story in first.values() if story != "~"]
    return len(set(named)) + len(first) - len(named)


def test_twenty_copies_of_a_report_are_one_origin() -> None:
    assert count([("040", f"wire-{n:02}") for n in range(20)]) == 1


def test_twenty_acts_read_from_one_story_are_one_origin() -> None:
    assert count([(f"{n:03}", "a") for n in range(20)]) == 1


def test_copies_of_a_story_with_several_acts_are_one_origin() -> None:
    assert count([(code, f"wire-{n}") for n in range(20) for code in ("040", "042")]) == 1


def test_two_stories_of_two_acts_are_two_origins() -> None:
    assert count([("040", "a"), ("190", "b")]) == 2


def test_happenings_that_no_story_is_named_for_are_told_apart_by_what_they_are() -> None:
    assert count([("040", None), ("040", None), ("190", None)]) == 2


def test_no_row_has_no_origin() -> None:
    assert count([]) == 0


def test_only_those_asked_for_are_counted() -> None:
    assert count([("040", "a"), ("190", "b")], where="190") == 1


def test_a_count_that_a_source_ships_brings_its_own_origins() -> None:
    columns = ibis.schema(TABLES["events"]).to_pyarrow()
    cells = [
        {"actor": "RUS", "events": 9, "origins": 5},
        {"actor": "IND", "events": 4, "origins": 4},
    ]
    told = collapse(ibis.memtable(pa.Table.from_pylist(cells, schema=columns)), "events")
    assert ENGINE.collect(told.aggregate(n=count_origins(told)))["n"].to_pylist() == [9]


@propose
@given(ROWS)
def test_origins_are_those_counted_by_hand(rows: list[Row]) -> None:
    assert count(rows) == by_hand(rows)


@propose
@given(ROWS, st.integers(1, 20))
def test_more_copies_change_nothing(rows: list[Row], times: int) -> None:
    copies = [(code, f"z{story}{n}") for code, story in rows if story for n in range(times)]
    assert count(rows + copies) == count(rows)


@propose
@given(ROWS.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
def test_the_order_of_rows_changes_nothing(orders: tuple[list[Row], list[Row]]) -> None:
    assert count(orders[0]) == count(orders[1])


@pytest.mark.parametrize("table", ["events", "reports"])
def test_the_rule_names_columns_of_its_table_and_gives_its_reason(table: str) -> None:
    text = files("cuibono.sources").joinpath("origins.toml").read_text("utf-8")
    assert set(happening(table)) <= set(TABLES[table])
    assert tomllib.loads(text)[table]["why"].endswith(".")
