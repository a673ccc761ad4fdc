"""A question has so much time, is stopped after it, and leaves the engine fit for the next."""

from threading import Event, active_count

import ibis
import pyarrow as pa
import pytest

from cuibono.errors import SlowError, StoreError
from cuibono.store.engine import Engine
from cuibono.web.deadline import stop_after


def endless() -> ibis.Table:
    """Ask for the sum of so many products that no machine is done before it is stopped."""
    one, two, three, four = (
        ibis.memtable(pa.table({name: list(range(10_000))})) for name in ("a", "b", "c", "d")
    )
    many = one.cross_join(two).cross_join(three).cross_join(four)
    return many.aggregate(sum=((many.a * many.b + many.c * many.d) % 7).sum())


def test_a_question_that_takes_too_long_is_stopped_and_told() -> None:
    engine = Engine()
    with (
        pytest.raises(SlowError, match=r"more than 0\.2 seconds and was stopped"),
        stop_after(engine, 0.2),
    ):
        engine.collect(endless())
    one = ibis.memtable(pa.table({"n": [1]}))
    assert engine.collect(one)["n"].to_pylist() == [1]


def test_a_question_that_begins_late_is_stopped_as_well() -> None:
    engine = Engine()
    with pytest.raises(SlowError), stop_after(engine, 0.0):
        _ask_late(engine)


def _ask_late(engine: Engine) -> None:
    Event().wait(0.05)
    engine.collect(endless())


def test_an_answer_in_time_is_given_and_nothing_stays_behind() -> None:
    engine, before = Engine(), active_count()
    with stop_after(engine, 60):
        found = engine.collect(ibis.memtable(pa.table({"n": [3]})))
    assert found["n"].to_pylist() == [3]
    assert active_count() <= before


def test_another_fault_stays_what_it_is() -> None:
    with pytest.raises(StoreError, match="gone") as raised, stop_after(Engine(), 60):
        raise StoreError("gone")
    assert not isinstance(raised.value, SlowError)
