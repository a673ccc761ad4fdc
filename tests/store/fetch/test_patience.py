from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.store.fetch.replica import Calm

from cuibono.store.fetch.patience import LONGEST_WAIT_S, Patience, asked_wait, http_date

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DATE = "Mon, 23 Nov 2026 12:00:00 GMT"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0.0),
        ("120", 120.0),
        (" 7 ", 7.0),
        ("Mon, 23 Nov 2026 12:02:00 GMT", 120.0),
        ("Mon, 23 Nov 2026 11:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("", None),
        ("٣", None),
    ],
)
def test_a_wait_is_seconds_or_a_moment(text: str, seconds: float | None) -> None:
    assert asked_wait({"Retry-After": text}, NOW) == seconds


def test_a_moment_is_measured_from_the_hosts_own_date() -> None:
    headers = {"Retry-After": "Mon, 23 Nov 2026 12:01:00 GMT", "Date": DATE}
    assert asked_wait(headers, NOW - timedelta(days=400)) == 60.0


@given(st.text(max_size=40))
def test_no_text_whatever_breaks_the_reading_of_a_date(text: str) -> None:
    moment = http_date(text)
    assert moment is None or moment.utcoffset() == timedelta(0)


@given(st.integers(1, 60), st.floats(0, 1, exclude_max=True))
def test_a_wait_after_failures_is_bounded(failures: int, jitter: float) -> None:
    calm = Calm(jitter=jitter)
    calm.patience().back_off(failures)
    assert 1.0 <= calm.slept[0] <= 1.5 * LONGEST_WAIT_S


@given(st.floats(0, 600), st.floats(0, 1, exclude_max=True))
def test_nobody_comes_back_before_the_time_that_was_asked_for(
    asked: float, jitter: float
) -> None:
    calm = Calm(jitter=jitter)
    calm.patience().obey(asked)
    assert asked <= calm.slept[0] <= asked + 1


def test_this_machines_clock_is_read_in_utc() -> None:
    assert Patience().now().utcoffset() == timedelta(0)
