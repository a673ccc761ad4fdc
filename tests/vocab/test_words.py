"""Words of estimative probability: by hand, by property and by their error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.vocab.words import likelihood_words

WORDS = [
    "almost no chance",
    "very unlikely",
    "unlikely",
    "roughly even chance",
    "likely",
    "very likely",
    "almost certainly",
]
bands = st.lists(st.floats(0, 1), min_size=3, max_size=3).map(sorted)


def places(phrase: str) -> list[int]:
    said = phrase.rpartition(" (")[0].removeprefix("between ")
    return [] if said == "cannot be told" else [WORDS.index(w) for w in said.split(" and ")]


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.01, 0.05, "almost no chance (1–5 %)"),
        (0.05, 0.20, "very unlikely (5–20 %)"),
        (0.20, 0.45, "unlikely (20–45 %)"),
        (0.45, 0.55, "roughly even chance (45–55 %)"),
        (0.55, 0.80, "likely (55–80 %)"),
        (0.80, 0.95, "very likely (80–95 %)"),
        (0.95, 0.99, "almost certainly (95–99 %)"),
    ],
)
def test_the_directives_own_bands_get_their_own_words(
    low: float, high: float, said: str
) -> None:
    assert likelihood_words(low, high, (low + high) / 2) == said


def test_a_band_over_several_words_names_the_outer_two() -> None:
    said = likelihood_words(0.25, 0.70, 0.5)
    assert said == "between unlikely and likely (25–70 %)"


def test_a_band_over_nearly_everything_cannot_be_told() -> None:
    assert likelihood_words(0.04, 0.90, 0.6) == "cannot be told (4–90 %)"


def test_a_band_from_unlikely_to_nearly_certain_can_still_be_told() -> None:
    said = likelihood_words(0.20, 0.97, 0.6)
    assert said == "between unlikely and almost certainly (20–97 %)"


def test_a_point_on_a_bound_belongs_to_the_upper_word() -> None:
    assert likelihood_words(0.55, 0.55, 0.55) == "likely (55 %)"


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.001, 0.04, "almost no chance (under 1–4 %)"),
        (0.97, 0.999, "almost certainly (97 to over 99 %)"),
        (0.999, 1.0, "almost certainly (over 99 %)"),
        (0.0, 0.005, "almost no chance (under 1 %)"),
        (0.0, 0.0, "almost no chance (under 1 %)"),
    ],
)
def test_no_band_is_printed_as_impossible_or_certain(
    low: float, high: float, said: str
) -> None:
    assert likelihood_words(low, high, low) == said


@given(bands)
def test_the_phrase_opens_with_words_of_the_scale(band: list[float]) -> None:
    low, value, high = band
    found = places(likelihood_words(low, high, value))
    assert len(found) <= 2
    assert found == sorted(set(found))


@given(bands)
def test_where_the_estimate_lies_in_its_band_changes_no_word(band: list[float]) -> None:
    low, value, high = band
    assert likelihood_words(low, high, value) == likelihood_words(low, high, low)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_higher_probability_never_gets_a_weaker_word(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert places(likelihood_words(low, low, low)) <= places(likelihood_words(high, high, high))


@given(bands)
def test_nothing_is_told_exactly_where_both_sides_stay_open(band: list[float]) -> None:
    low, value, high = band
    silent = likelihood_words(low, high, value).startswith("cannot be told")
    assert silent == (low < 0.2 and high > 0.8)


@given(st.integers(1, 99), st.integers(1, 99))
def test_whole_percents_are_printed_as_they_are(one: int, other: int) -> None:
    low, high = sorted((one, other))
    shown = f"({low} %)" if low == high else f"({low}–{high} %)"
    assert likelihood_words(low / 100, high / 100, low / 100).endswith(shown)


@pytest.mark.parametrize(
    ("low", "high", "value"),
    [
        (0.5, 0.4, 0.45),
        (-0.1, 0.4, 0.2),
        (0.2, 1.1, 0.3),
        (0.2, 0.4, 0.5),
        (float("nan"), 0.4, 0.3),
    ],
)
def test_a_band_that_does_not_hold_its_estimate_is_refused(
    low: float, high: float, value: float
) -> None:
    with pytest.raises(ValueError, match="0 <= low <= value <= high <= 1"):
        likelihood_words(low, high, value)
