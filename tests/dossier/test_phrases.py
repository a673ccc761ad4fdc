"""How numbers and spans read in a sentence."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.dossier.phrases import (
    decibans,
    decibans_band,
    percent,
    percent_band,
    place,
    sentence,
    spans,
)
from cuibono.model.dossier import Span
from cuibono.model.estimate import Estimate
from cuibono.model.period import Period


def days(number: int, length: int = 1) -> Period:
    start = date(2021, 1, 1) + timedelta(days=10 * number)
    return Period(start, start + timedelta(days=length))


def read_percent(text: str) -> float:
    return float(text.removesuffix(" %")) / 100


def test_a_sentence_keeps_references_and_makes_spans_of_text() -> None:
    quoted = Span("52 %", "posterior.trade")
    assert sentence("at ", quoted) == (Span("at "), quoted)


@pytest.mark.parametrize(
    ("value", "said"), [(4.06, "+4.1 dB"), (-2.34, "−2.3 dB"), (0.0, "+0.0 dB")]
)
def test_decibans_carry_their_sign(value: float, said: str) -> None:
    assert decibans(value) == said


def test_a_band_of_decibans_names_its_unit_once() -> None:
    assert decibans_band(Estimate(4.1, -1.4, 9.0, "dB")) == "+4.1 dB [−1.4, +9.0]"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.0, "0 %"),
        (1.0, "100 %"),
        (0.52, "52 %"),
        (0.0994, "9.9 %"),
        (0.0996, "10 %"),
        (0.034, "3.4 %"),
        (0.00994, "0.99 %"),
        (0.00123, "0.12 %"),
    ],
)
def test_percents_carry_two_digits_below_ten(value: float, said: str) -> None:
    assert percent(value) == said


@given(st.floats(0, 1))
def test_a_percent_reads_back_to_within_its_last_digit(value: float) -> None:
    said = percent(value)
    decimals = len(said.partition(".")[2].removesuffix(" %"))
    assert abs(read_percent(said) - value) <= 0.5001 * 10 ** -(decimals + 2)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_larger_share_never_reads_smaller(one: float, other: float) -> None:
    small, large = sorted((one, other))
    assert read_percent(percent(small)) <= read_percent(percent(large))


def test_a_probability_reads_with_its_band() -> None:
    assert percent_band(Estimate(0.52, 0.18, 0.82, "probability")) == "52 % (18–82 %)"


def test_no_span_reads_as_the_word_given() -> None:
    assert spans([], "nothing") == "nothing"


def test_one_span_reads_with_its_last_day() -> None:
    assert spans([days(0, 31)]) == "2021-01-01 to 2021-01-31"


def test_of_many_spans_the_longest_stand_in_order_of_time() -> None:
    listed = [days(0, 3), days(1), days(2, 5), days(3), days(4, 4)]
    longest = "; ".join(str(listed[n]) for n in (0, 2, 4))
    assert spans(listed) == f"{longest}; and 2 shorter"


@given(st.lists(st.integers(1, 9), max_size=12))
def test_every_span_is_shown_or_counted(lengths: list[int]) -> None:
    said = spans([days(n, length) for n, length in enumerate(lengths)], "")
    counted = int(said.split()[-2]) if said.endswith(" shorter") else 0
    assert said.count(" to ") + counted == len(lengths)


def test_a_place_separates_thousands() -> None:
    assert place(13, 12468) == "13 of 12,468"
