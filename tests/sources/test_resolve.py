"""Codes become actors on the day they were used, never twice and never by guess."""

from datetime import date

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.made_tables import ENGINE

from cuibono.model.actor import Kind
from cuibono.sources.resolve import LOOKUP, code_lookup, lookup_table, resolve
from cuibono.vocab.actors import Code

SPLIT = date(1990, 10, 3)


def code(actor: str, text: str, start: date | None = None, end: date | None = None) -> Code:
    return Code(actor=actor, system="made", code=text, start=start, end=end, source="made")


CODES = [
    code("GW:265", "265", date(1954, 3, 25), SPLIT),
    code("DEU", "260", date(1955, 5, 5), SPLIT),
    code("DEU", "255", SPLIT),
    code("AAA", "same", None, date(2000, 1, 1)),
    code("BBB", "same", date(1999, 1, 1)),
    code("CCC", "joined", date(1950, 1, 1), date(1960, 1, 1)),
    code("CCC", "joined", date(1955, 1, 1)),
    code("DDD", "passed on", None, SPLIT),
    code("EEE", "passed on", SPLIT),
]


def found(*asked: tuple[str | None, date | None]) -> list[str | None]:
    """Actor ids that the codes stood for on the days, in the order asked."""
    texts, days = zip(*asked, strict=True)
    table = ibis.memtable(
        pa.table(
            {
                "place": range(len(asked)),
                "code": pa.array(texts, pa.string()),
                "on": pa.array(days, pa.date32()),
            }
        )
    )
    done = resolve(table, lookup_table(CODES), table.code, table.on, "actor")
    cells = ENGINE.collect(done.order_by("place")).to_pylist()
    assert [cell["place"] for cell in cells] == list(range(len(asked)))
    return [cell["actor"] for cell in cells]


@pytest.mark.parametrize(
    ("text", "day", "actor"),
    [
        ("265", date(1975, 1, 1), "GW:265"),
        ("265", SPLIT, None),
        ("255", SPLIT, "DEU"),
        ("255", date(1990, 10, 2), None),
        ("passed on", date(1990, 10, 2), "DDD"),
        ("passed on", SPLIT, "EEE"),
        ("joined", date(1957, 1, 1), "CCC"),
        ("same", date(1980, 1, 1), None),
        ("nobody", date(1980, 1, 1), None),
        (None, date(1980, 1, 1), None),
        ("255", None, None),
    ],
)
def test_a_code_is_the_actor_of_its_day(
    text: str | None, day: date | None, actor: str | None
) -> None:
    assert found((text, day)) == [actor]


ASKED = st.tuples(
    st.sampled_from([None, "265", "260", "255", "same", "joined", "passed on"]),
    st.dates(date(1950, 1, 1), date(2020, 1, 1)),
)


@settings(max_examples=5, deadline=None, derandomize=True)
@given(st.lists(ASKED, min_size=1, max_size=200))
def test_no_row_is_lost_or_doubled(asked: list[tuple[str | None, date]]) -> None:
    assert len(found(*asked)) == len(asked)


def test_kinds_of_actor_can_be_left_out() -> None:
    groups = ENGINE.collect(code_lookup("icews", kinds=[Kind.NON_STATE]))
    ids = set(groups["lookup_id"].to_pylist())
    assert "non_state:taliban" in ids
    assert "RUS" not in ids


def test_no_code_gives_a_table_of_no_rows() -> None:
    empty = ENGINE.collect(lookup_table([]))
    assert (empty.num_rows, tuple(empty.column_names)) == (0, LOOKUP)
