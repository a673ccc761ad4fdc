"""A likelihood band becomes a band in decibans."""

import math
from dataclasses import replace
from datetime import date
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.model.evidence import Absence, Document, Evidence, Judgement, Likelihood
from cuibono.model.period import Period

probabilities = st.floats(0.001, 0.999)
bands = st.tuples(probabilities, probabilities).map(lambda two: (min(two), max(two)))


def test_ten_to_one_is_ten_decibans() -> None:
    assert Likelihood((0.5, 0.5), (0.05, 0.05), "rarely seen without it").decibans == (
        pytest.approx((10, 10))
    )


def test_equally_likely_either_way_weighs_nothing() -> None:
    assert Likelihood((0.3, 0.3), (0.3, 0.3), "seen anyway").decibans == (0, 0)


def test_less_likely_if_true_counts_against() -> None:
    low, high = Likelihood((0.1, 0.2), (0.4, 0.8), "would have been hidden").decibans
    assert low <= high < 0


@given(bands, bands)
def test_band_is_ordered(if_true: tuple[float, float], if_false: tuple[float, float]) -> None:
    low, high = Likelihood(if_true, if_false, "why").decibans
    assert low <= high


@given(bands, bands)
def test_swapping_the_two_worlds_mirrors_the_band(
    if_true: tuple[float, float], if_false: tuple[float, float]
) -> None:
    low, high = Likelihood(if_true, if_false, "why").decibans
    mirrored = Likelihood(if_false, if_true, "why").decibans
    assert mirrored == pytest.approx((-high, -low))


@given(bands, bands, st.floats(0, 1), st.floats(0, 1))
def test_band_holds_every_ratio_that_the_judge_left_open(
    if_true: tuple[float, float], if_false: tuple[float, float], one: float, other: float
) -> None:
    low, high = Likelihood(if_true, if_false, "why").decibans
    true = if_true[0] + one * (if_true[1] - if_true[0])
    false = if_false[0] + other * (if_false[1] - if_false[0])
    assert low - 1e-9 <= 10 * math.log10(true / false) <= high + 1e-9


def test_day_is_taken_at_its_word_unless_said_otherwise() -> None:
    item = Evidence(
        id="E01",
        text="Joint exercises were held for the first time.",
        day=date(2016, 9, 24),
        document="B",
        locator="paragraph 3",
        holder="both ministries of defence",
        origin="joint statement",
        judge="us",
        likelihoods={},
    )
    assert (item.precision, item.cluster) == ("day", "")


def test_document_needs_no_address() -> None:
    assert Document("B", "An essay", "An author", date(2017, 2, 1)).url == ""


def observed(precision: Literal["day", "month", "year"]) -> Evidence:
    return Evidence(
        id="E1",
        text="It was seen.",
        day=date(2016, 12, 5),
        precision=precision,
        document="essay",
        locator="par. 2",
        holder="the author",
        origin="essay",
        judge="an analyst",
        likelihoods={},
    )


@pytest.mark.parametrize(
    ("precision", "start", "end"),
    [
        ("day", date(2016, 12, 5), date(2016, 12, 6)),
        ("month", date(2016, 12, 1), date(2017, 1, 1)),
        ("year", date(2016, 1, 1), date(2017, 1, 1)),
    ],
)
def test_what_is_known_of_the_day_is_a_span(
    precision: Literal["day", "month", "year"], start: date, end: date
) -> None:
    assert observed(precision).span == Period(start, end)


LEFT = Likelihood((0.6, 0.8), (0.1, 0.2), "Urging leaves a note.")
MEMO = Absence(id="A1", text="a note", expected={"urging": LEFT})


def test_not_having_seen_what_would_be_seen_is_the_contrary() -> None:
    unseen = MEMO.unseen("urging", (1.0, 1.0))
    assert unseen.if_true == pytest.approx((0.2, 0.4))
    assert unseen.if_false == pytest.approx((0.8, 0.9))


@given(st.floats(0.01, 1), st.floats(0.01, 1))
def test_the_less_would_be_found_the_less_an_absence_weighs(one: float, other: float) -> None:
    low, high = sorted((one, other))
    weak, strong = (sum(MEMO.unseen("urging", (c, c)).decibans) / 2 for c in (low, high))
    assert strong <= weak <= 0


def test_a_judge_who_leaves_an_item_blank_does_not_make_it_so_for_others() -> None:
    item = replace(
        observed("day"), others=(Judgement(judge="Zoë", likelihoods={"urging": LEFT}),)
    )
    assert item.bears_on("urging")
    assert not observed("day").bears_on("urging")


def test_what_lasted_spans_its_days() -> None:
    lasted = replace(observed("year"), until=date(2017, 3, 1))
    assert lasted.span == Period(date(2016, 12, 5), date(2017, 3, 1))
