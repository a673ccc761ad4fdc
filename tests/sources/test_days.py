"""A day of a source is a day of the calendar, in a year of this field."""

from datetime import date

import ibis
import pyarrow as pa
import pytest

from cuibono.sources.days import iso_day
from cuibono.store.engine import Engine


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2015-09-30", date(2015, 9, 30)),
        ("1946-01-01", date(1946, 1, 1)),
        ("20155-09-30", None),
        ("9999-12-31", None),
        ("2015-02-30", None),
        ("2015-9-30", None),
        (" 2015-09-30", None),
        ("", None),
    ],
)
def test_a_day_is_read_or_null(text: str, day: date | None) -> None:
    said = ibis.memtable(pa.table({"text": [text]}))
    found = Engine().collect(said.mutate(day=iso_day(said.text)))
    assert found["day"].to_pylist() == [day]
