"""What is said of a rank, case by case."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.lenses.verdict import CLAIMS, COMMON, Sight, decide, say

CLEAR = Sight(movement=0.8, clarity=0.8, detectable=0.1)
DIM = Sight(movement=0.4, clarity=0.4, detectable=0.1)
BLIND = Sight(movement=0.2, clarity=0.2, detectable=0.1)
share = st.floats(0.0001, 1)


@pytest.mark.parametrize(
    ("sight", "above", "alike", "opposite", "said"),
    [
        (CLEAR, 0.01, 0.05, 0.9, "stands_out"),
        (CLEAR, 0.01, 0.06, 0.9, "leans"),
        (CLEAR, 0.05, 0.01, 0.9, "leans"),
        (CLEAR, 0.30, 0.30, 0.01, "against"),
        (CLEAR, 0.30, 0.30, 0.02, "middle"),
        (DIM, 0.01, 0.05, 0.9, "stands_out"),
        (DIM, 0.30, 0.30, 0.9, "dim"),
        (BLIND, 0.30, 0.30, 0.9, "blind"),
        (BLIND, 0.01, 0.05, 0.9, "lead"),
        (BLIND, 0.01, 0.06, 0.9, "blind"),
    ],
)
def test_each_verdict_has_its_place(
    sight: Sight, above: float, alike: float, opposite: float, said: str
) -> None:
    assert decide(sight, above, alike, opposite) == said


@pytest.mark.parametrize(
    ("sight", "above", "opposite", "others", "said"),
    [
        (CLEAR, 0.01, 0.9, (0.05, 0.9), "stands_out"),
        (CLEAR, 0.01, 0.9, (0.06, 0.9), "common"),
        (CLEAR, 0.05, 0.9, (0.06, 0.9), "common"),
        (CLEAR, 0.30, 0.01, (0.9, 0.05), "against"),
        (CLEAR, 0.30, 0.01, (0.9, 0.06), "common_against"),
        (CLEAR, 0.30, 0.9, (0.9, 0.9), "middle"),
        (DIM, 0.30, 0.9, (0.9, 0.9), "dim"),
        (BLIND, 0.01, 0.9, (0.05, 0.9), "lead"),
        (BLIND, 0.01, 0.9, (0.06, 0.9), "blind"),
    ],
)
def test_what_foretells_others_as_well_claims_nothing(
    sight: Sight, above: float, opposite: float, others: tuple[float, float], said: str
) -> None:
    assert decide(sight, above, 0.01, opposite, others) == said


@settings(derandomize=True)
@given(above=share, alike=share, opposite=share, one=share, other=share)
def test_asking_others_never_adds_a_claim(
    above: float, alike: float, opposite: float, one: float, other: float
) -> None:
    alone = decide(CLEAR, above, alike, opposite)
    assert decide(CLEAR, above, alike, opposite, (one, other)) in {alone, *COMMON}
    assert (alone in CLAIMS) or decide(CLEAR, above, alike, opposite, (one, other)) == alone


@settings(derandomize=True)
@given(above=share, alike=share, opposite=share)
def test_nothing_is_found_where_nothing_could_be_seen(
    above: float, alike: float, opposite: float
) -> None:
    assert decide(BLIND, above, alike, opposite) in {"blind", "lead"}


def test_chance_hides_a_driver_twice() -> None:
    assert Sight(movement=0.5, clarity=0.4, detectable=0.1).needed == pytest.approx(0.5)


def test_a_series_that_is_all_chance_shows_nothing() -> None:
    assert Sight(movement=0.0, clarity=0.9, detectable=0.1).needed == float("inf")


@pytest.mark.parametrize(
    ("share", "shown"), [(0.37, "37 %"), (0.052, "5.2 %"), (0.004, "0.40 %")]
)
def test_small_shares_keep_their_digits(share: float, shown: str) -> None:
    assert say("stands_out", top=share, rivals=10).startswith(f"top {shown} of")
