"""Kinds of test, checked by hand on the field's examples and by symmetry."""

import pytest
from hypothesis import given
from tests.weighing.made_cases import judged, probabilities, propose

from cuibono.weighing.diagnose import diagnose


@pytest.mark.parametrize(
    ("if_true", "if_false", "kind"),
    [
        (0.8, 0.2, "straw_in_the_wind"),
        (0.3, 0.01, "smoking_gun"),
        (0.98, 0.5, "hoop"),
        (0.95, 0.05, "doubly_decisive"),
    ],
)
def test_kind_follows_from_the_two_likelihoods(
    if_true: float, if_false: float, kind: str
) -> None:
    assert diagnose(judged(if_true, if_false)) == kind


def test_ten_to_one_is_a_smoking_gun() -> None:
    assert diagnose(judged(0.5, 0.05)) == "smoking_gun"


def test_failed_hoop_is_a_hoop_test() -> None:
    assert diagnose(judged(0.02, 0.5)) == "hoop"


def test_disagreeing_judges_get_what_all_allow() -> None:
    assert diagnose(judged(0.95, 0.05), judged(0.98, 0.5)) == "hoop"
    assert diagnose(judged(0.3, 0.01), judged(0.98, 0.5)) == "straw_in_the_wind"


@propose
@given(if_true=probabilities, if_false=probabilities)
def test_a_test_is_of_one_kind_however_it_came_out(if_true: float, if_false: float) -> None:
    contrary = judged(1 - if_true, 1 - if_false)
    assert diagnose(judged(if_true, if_false)) == diagnose(contrary)


@propose
@given(if_true=probabilities, if_false=probabilities)
def test_hoop_for_one_side_is_smoking_gun_for_the_other(
    if_true: float, if_false: float
) -> None:
    swapped = {"hoop": "smoking_gun", "smoking_gun": "hoop"}
    kind = diagnose(judged(if_true, if_false))
    assert diagnose(judged(if_false, if_true)) == swapped.get(kind, kind)
