import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cuibono.errors import StoreError
from cuibono.model.period import Period
from cuibono.store.fetch.holdings import (
    Holding,
    Holdings,
    missing_slots,
    read_holdings,
    write_holdings,
)
from cuibono.store.fetch.slots import Slot

START = datetime(2014, 12, 30, tzinfo=UTC)
days = st.integers(0, 30)


def slot(start: int, end: int) -> Slot:
    """So many days after 30 December 2014."""
    return Slot(START + timedelta(days=start), START + timedelta(days=end))


spans = st.tuples(days, days).filter(lambda pair: pair[0] < pair[1]).map(lambda p: slot(*p))


def held(span: Slot | None, state: str = "got", name: str = "") -> Holding:
    start, end = (span.start.isoformat(), span.end.isoformat()) if span else ("", "")
    return Holding(name=name or str(span), state=state, start=start, end=end)


def made(
    store: Path, asked: list[Slot], files: list[Holding], kind: str = "events"
) -> Holdings:
    holdings = read_holdings(store, "gdelt", kind)
    for span in asked:
        holdings.ask(span)
    holdings.files |= {each.name: each for each in files}
    return holdings


def recorded(
    store: Path, asked: list[Slot], files: list[Holding], kind: str = "events"
) -> Holdings:
    holdings = made(store, asked, files, kind)
    write_holdings(holdings, [2014, 2015])
    return read_holdings(store, "gdelt", kind)


def test_where_nothing_was_asked_nothing_is_missing(tmp_path: Path) -> None:
    assert missing_slots(tmp_path / "none", "gdelt") == ()


def test_what_was_asked_and_did_not_come_is_missing(tmp_path: Path) -> None:
    recorded(tmp_path, [slot(0, 4)], [held(slot(0, 1)), held(slot(2, 4), "missing")])
    assert missing_slots(tmp_path, "gdelt") == (Period(date(2014, 12, 31), date(2015, 1, 3)),)


@pytest.mark.parametrize("state", ["missing", "unreachable", "quarantined"])
def test_a_file_counts_only_if_it_came(tmp_path: Path, state: str) -> None:
    assert recorded(tmp_path, [slot(0, 1)], [held(slot(0, 1), state)]).missing() == (
        slot(0, 1),
    )


def test_a_file_about_everything_leaves_nothing_missing(tmp_path: Path) -> None:
    assert recorded(tmp_path, [slot(0, 9)], [held(None, name="all.csv")]).missing() == ()


def test_gaps_of_every_kind_are_told(tmp_path: Path) -> None:
    recorded(tmp_path, [slot(0, 1)], [])
    recorded(tmp_path, [slot(5, 6)], [], kind="mentions")
    assert len(missing_slots(tmp_path, "gdelt")) == 2


def test_an_hour_that_is_missing_makes_its_day_a_gap(tmp_path: Path) -> None:
    night = Slot(START + timedelta(hours=23), START + timedelta(hours=24))
    recorded(tmp_path, [night], [])
    assert missing_slots(tmp_path, "gdelt") == (Period(date(2014, 12, 30), date(2014, 12, 31)),)


def test_a_years_file_says_what_was_expected_got_and_missing(tmp_path: Path) -> None:
    recorded(tmp_path, [slot(0, 4)], [held(slot(0, 1)), held(slot(1, 2), "missing")])
    path = tmp_path / "fetched" / "gdelt" / "events" / "2014.json"
    record = json.loads(path.read_text("utf-8"))
    assert (record["expected"], record["got"]) == (2, 1)
    assert record["missing"] == [["2014-12-31T00:00:00+00:00", "2015-01-01T00:00:00+00:00"]]


settings_here = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@settings_here
@given(asked=st.lists(spans, max_size=4), came=st.lists(spans, max_size=6))
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, asked: list[Slot], came: list[Slot]
) -> None:
    folder = tmp_path_factory.mktemp("store")
    holdings = made(folder, asked, [held(span) for span in came])
    write_holdings(holdings, [2014, 2015])
    again = read_holdings(folder, "gdelt", "events")
    assert (again.asked, again.files) == (holdings.asked, holdings.files)


@given(asked=st.lists(spans, max_size=5))
def test_spans_asked_for_are_joined_in_any_order(asked: list[Slot]) -> None:
    forth, back = Holdings(Path()), Holdings(Path())
    for span in asked:
        forth.ask(span)
    for span in reversed(asked):
        back.ask(span)
    assert forth.asked == back.asked
    assert all(a.end < b.start for a, b in zip(forth.asked, forth.asked[1:], strict=False))


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version": 1}', '{"version": 1, "asked": [["x", "y"]]}']
)
def test_a_damaged_record_is_named_with_what_to_do(tmp_path: Path, text: str) -> None:
    recorded(tmp_path, [slot(0, 1)], [])
    path = tmp_path / "fetched" / "gdelt" / "events" / "2014.json"
    path.write_text(text)
    with pytest.raises(StoreError, match=r"2014\.json: damaged .*fetch that year again"):
        missing_slots(tmp_path, "gdelt")


def test_a_record_of_a_later_version_is_refused(tmp_path: Path) -> None:
    recorded(tmp_path, [slot(0, 1)], [])
    path = tmp_path / "fetched" / "gdelt" / "events" / "2014.json"
    path.write_text('{"version": 99}')
    with pytest.raises(StoreError, match="version 99, this program reads version 1"):
        missing_slots(tmp_path, "gdelt")


def test_a_record_that_was_being_written_is_not_read(tmp_path: Path) -> None:
    recorded(tmp_path, [slot(0, 1)], [held(slot(0, 1))])
    (tmp_path / "fetched" / "gdelt" / "events" / "2014.partial").write_text("{")
    assert missing_slots(tmp_path, "gdelt") == ()
