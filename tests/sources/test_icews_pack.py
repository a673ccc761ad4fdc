"""ICEWS counts that ship: weeks cut at month ends, relations that cross a border."""

from collections import Counter
from datetime import date, timedelta

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.made_tables import Row, packed, read

START = date(2021, 3, 29)
PARTIES = {"RUS": "Russia", "PAK": "Pakistan", "IND": "India", None: "Somebody"}


def decoded(*events: tuple[int, str | None, str | None, str, float]) -> pa.Table:
    """Events in the decoded layout: days after START, actor, recipient, code, Goldstein."""
    days, actors, recipients, codes, scores = zip(*events, strict=True)
    return pa.table(
        {
            "date": pa.array([START + timedelta(days=n) for n in days], pa.date32()),
            "source": pa.array([PARTIES[a] for a in actors]),
            "target": pa.array([PARTIES[r] for r in recipients]),
            "cameo": pa.array(codes),
            "goldstein": pa.array(scores, pa.float32()),
            "source_iso3": pa.array(actors, pa.string()),
            "target_iso3": pa.array(recipients, pa.string()),
        }
    )


# Monday 29 March to Sunday 11 April: the month ends on the first Wednesday.
MADE = decoded(
    (0, "RUS", "PAK", "040", 1.0),
    (2, "RUS", "PAK", "040", 1.0),
    (3, "RUS", "PAK", "040", 1.0),
    (3, "RUS", "PAK", "195", -10.0),
    (7, "PAK", "RUS", "010", 0.0),
    (8, "RUS", "RUS", "040", 1.0),
    (8, "RUS", None, "040", 1.0),
)


@pytest.fixture(scope="module")
def pack() -> list[Row]:
    rows: list[Row] = packed("icews", "decoded", events=MADE).to_pylist()
    return rows


def test_a_week_with_a_month_end_is_cut_there(pack: list[Row]) -> None:
    days = {row["day"] for row in pack if row["actor"] == "RUS"}
    assert days == {date(2021, 3, 29), date(2021, 4, 1)}


def test_events_of_one_kind_in_one_week_are_one_row(pack: list[Row]) -> None:
    (first,) = [row for row in pack if row["day"] == date(2021, 3, 29)]
    assert (first["events"], first["goldstein_tenths"]) == (2, 20)


def test_what_a_state_does_to_itself_does_not_ship(pack: list[Row]) -> None:
    assert [row for row in pack if row["actor"] == row["recipient"]] == []


def test_a_party_nobody_knows_does_not_ship(pack: list[Row]) -> None:
    assert sum(int(str(row["events"])) for row in pack) == 5


def test_an_act_without_a_type_still_counts(pack: list[Row]) -> None:
    (statement,) = [row for row in pack if row["actor"] == "PAK"]
    assert (statement["event_type"], statement["events"]) == (None, 1)


def test_rows_are_in_one_order_whatever_order_came_in() -> None:
    shuffled = MADE.take([3, 0, 6, 2, 5, 4, 1])
    assert packed("icews", "decoded", events=shuffled) == packed(
        "icews", "decoded", events=MADE
    )


EVENT = st.tuples(
    st.integers(0, 45),
    st.sampled_from(["RUS", "PAK", "IND"]),
    st.sampled_from(["RUS", "PAK", "IND"]),
    st.sampled_from(["010", "040", "112", "195"]),
    st.integers(-100, 100).map(lambda tenths: tenths / 10),
)


def totals(rows: list[Row], *, month: bool) -> Counter[tuple[object, ...]]:
    """Events and tenths by relation, type, and month or ISO week."""
    found: Counter[tuple[object, ...]] = Counter()
    for row in rows:
        day = row["day"]
        assert isinstance(day, date)
        period = day.month if month else day - timedelta(days=day.weekday())
        kind = (row["actor"], row["recipient"], row["event_type"], row["quad"], period)
        for field in ("events", "goldstein_tenths"):
            found[*kind, field] += int(str(row[field]))
    return found


@settings(max_examples=4, deadline=None, derandomize=True)
@given(st.lists(EVENT, min_size=1, max_size=80))
def test_weeks_and_months_add_up_exactly_after_packing(
    events: list[tuple[int, str, str, str, float]],
) -> None:
    raw = decoded(*events)
    plain = [
        row for row in read("icews", "decoded", events=raw) if row["actor"] != row["recipient"]
    ]
    opened = read("icews", "embedded", events=packed("icews", "decoded", events=raw))
    for month in (True, False):
        assert totals(opened, month=month) == totals(plain, month=month)
