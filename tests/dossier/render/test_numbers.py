"""Numbers print with the digits that mean something."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.dossier.render.numbers import (
    decimals_of,
    in_percent,
    say_figure,
    say_interval,
    say_number,
    say_quantity,
)
from cuibono.model.dossier import Figure
from cuibono.model.trace import Trace

numbers = st.floats(-1e9, 1e9)
ROWS = (Trace("events", "icews", (), 3),)


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (91_402, "91,402"),
        (-0.62, "−0.62"),
        (2.3149, "2.31"),
        (0.00012, "0.00012"),
        (0, "0"),
        (-0.0, "0"),
        (1e-12, "0"),
    ],
)
def test_a_plain_number_has_three_digits(value: float, printed: str) -> None:
    assert say_number(value) == printed


def test_an_interval_rounds_the_number_with_it() -> None:
    assert say_interval(11.234, 5.123, 18.039) == "11 [5, 18]"


def test_a_narrow_interval_keeps_its_digits() -> None:
    assert say_interval(0.01234, 0.0101, 0.0149) == "0.0123 [0.0101, 0.0149]"


def test_what_is_known_for_certain_stands_without_an_interval() -> None:
    assert say_interval(4.0, 4.0, 4.0) == "4"


def test_decimals_can_be_set_for_a_column() -> None:
    assert say_interval(11.234, 5.123, 18.039, 1) == "11.2 [5.1, 18.0]"


def test_a_number_without_interval_has_no_brackets() -> None:
    assert say_interval(3.0, None, None) == "3"


def test_a_share_reads_in_percents() -> None:
    assert say_quantity(0.5, 0.45, 0.55, "share of votes") == "50 [45, 55] % of votes"


def test_a_probability_reads_in_percents() -> None:
    assert say_quantity(0.47, 0.17, 0.78, "probability") == "47 [17, 78] % probability"


def test_decibans_keep_one_decimal_whatever_their_band() -> None:
    assert say_quantity(1.76, -4.02, 7.18, "dB") == "1.8 [−4.0, 7.2] dB"


@pytest.mark.parametrize("unit", ["dB", "z", "shares", "ideal points apart"])
def test_any_other_unit_is_left_alone(unit: str) -> None:
    assert in_percent(unit) == (1.0, unit)


def test_a_figure_says_its_level_and_its_words() -> None:
    figure = Figure("w", "W", 11.2, 5.1, 18.0, 0.9, "dB", "sum", ROWS, "likely")
    assert say_figure(figure) == "11.2 [5.1, 18.0] dB (90 %): likely"


def test_a_count_claims_no_level() -> None:
    assert say_figure(Figure("n", "N", 3, None, None, None, "videos", "", ROWS)) == "3 videos"


@given(numbers)
def test_no_number_is_printed_as_a_power(value: float) -> None:
    assert "e" not in say_number(value)


@given(numbers, st.integers(0, 6))
def test_no_minus_stands_before_zero(value: float, decimals: int) -> None:
    printed = say_number(value, decimals)
    assert printed.strip("0.") != "−"


@given(numbers, st.floats(1e-6, 1e9))
def test_rounding_moves_a_number_by_less_than_a_tenth_of_its_band(
    value: float, width: float
) -> None:
    assert 0.5 * 10.0 ** -decimals_of(value, width) <= max(0.5, 0.051 * width)
