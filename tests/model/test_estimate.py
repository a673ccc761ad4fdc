"""A number has an interval and a unit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.model.estimate import Estimate

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
