"""A number has an interval and a unit, and does not exist without rows."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.errors import UntracedError
from cuibono.model.finding import Estimate, Finding
from cuibono.model.trace import Condition, Trace

ROWS = Trace("events", "icews", (Condition("actor", "=", "RUS"),), 412)
SEEN = Finding(
    lens="third_party",
    about="IND→USA → RUS→PAK",
    estimate=Estimate(1.25, 0.4, 2.1, "standard deviations"),
    rank=(311, 37_830),
    said="cannot be told",
    trace=(ROWS,),
)

numbers = st.floats(allow_nan=False, allow_infinity=False, width=32)


def test_estimate_reads_with_interval_and_unit() -> None:
    assert str(Estimate(1.25, 0.4, 2.1, "dB")) == "1.25 [0.4, 2.1] dB"


def test_estimate_claims_nine_in_ten_unless_said_otherwise() -> None:
    assert Estimate(1, 0, 2, "days").level == 0.9


@pytest.mark.parametrize(("low", "high"), [(2, 3), (0, 1), (2, 1)])
def test_interval_that_misses_its_value_is_refused(low: float, high: float) -> None:
    with pytest.raises(ValueError, match=r"does not hold 1\.5 days"):
        Estimate(1.5, low, high, "days")


@pytest.mark.parametrize("place", ["value", "low", "high"])
def test_interval_with_a_hole_is_refused(place: str) -> None:
    numbers = {"value": 1.0, "low": 0.0, "high": 2.0, place: float("nan")}
    with pytest.raises(ValueError, match="nan"):
        Estimate(**numbers, unit="days")


@given(st.tuples(numbers, numbers, numbers).map(sorted))
def test_interval_that_holds_its_value_is_accepted(ordered: list[float]) -> None:
    low, value, high = ordered
    assert Estimate(value, low, high, "dB").value == value


def test_finding_reads_as_one_line() -> None:
    assert str(SEEN) == (
        "IND→USA → RUS→PAK third_party: 1.25 [0.4, 2.1] standard deviations; 311 of 37,830"
    )


def test_number_without_rows_is_refused() -> None:
    with pytest.raises(UntracedError, match=r"third_party on .*RUS→PAK: .* no source"):
        replace(SEEN, trace=())


def test_refusal_says_what_to_return() -> None:
    with pytest.raises(UntracedError, match="Return the Trace of the panel cells"):
        replace(SEEN, trace=())
