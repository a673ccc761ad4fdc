"""Flip points, checked by making the change and weighing again."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import assume, given
from tests.weighing.made_cases import (
    PLAIN,
    QUICK,
    cases,
    explained,
    item,
    judged,
    made,
    propose,
    without,
)

from cuibono.model.case import Case
from cuibono.model.evidence import Evidence, Likelihood
from cuibono.model.weight import FlipPoint
from cuibono.weighing.balance import read_balance
from cuibono.weighing.weigh import weigh


def flips(case: Case, kind: str) -> list[FlipPoint]:
    return [flip for flip in weigh(case, QUICK).flips if flip.kind == kind]


def lead(case: Case, flip: FlipPoint) -> float:
    names = [explanation.id for explanation in case.explanations]
    standing = read_balance(case, QUICK).standing
    return float(standing[names.index(flip.leader)] - standing[names.index(flip.challenger)])


@propose
@given(cases())
def test_removing_what_a_flip_point_names_flips_the_order(case: Case) -> None:
    for flip in flips(case, "remove_origins"):
        left = without(case, flip.origins)
        assume(left.evidence)
        assert lead(left, flip) < 0


@propose
@given(cases())
def test_no_smaller_set_of_origins_flips_the_order(case: Case) -> None:
    for flip in flips(case, "remove_origins"):
        origins = sorted({e.origin for e in case.evidence})
        smaller = combinations(origins, len(flip.origins) - 1)
        assert flip.certain
        assert all(lead(without(case, gone), flip) >= 0 for gone in smaller)


@propose
@given(cases())
def test_prior_that_a_flip_point_asks_for_makes_it_level(case: Case) -> None:
    for flip in flips(case, "prior"):
        assert flip.amount == pytest.approx(lead(case, flip))


def biased(e: Evidence, leader: str, times: float) -> Evidence:
    """Weaken what favours the leader, at the centre, to nothing at most."""
    if leader not in e.likelihoods:
        return e
    cell = e.likelihoods[leader]
    ratio = cell.if_true[0] / cell.if_false[0]
    weaker = max(ratio / times, 1.0) if ratio > 1 else ratio
    return replace(e, likelihoods={**e.likelihoods, leader: judged(0.09 * weaker, 0.09)})


def reported() -> Case:
    return made(
        ["a", "b"],
        [
            item("E1", {"a": judged(0.8, 0.1)}, cluster="one"),
            item("E2", {"a": judged(0.6, 0.2)}, cluster="one"),
            item("E3", {"a": judged(0.2, 0.3), "b": judged(0.6, 0.3)}),
        ],
    )


def test_reports_as_common_as_a_flip_point_asks_flip_the_order() -> None:
    case = reported()
    (flip,) = flips(case, "reporting_bias")
    for times, flipped in ((flip.amount * 1.001, True), (flip.amount * 0.999, False)):
        worse = replace(case, evidence=tuple(biased(e, "a", times) for e in case.evidence))
        assert (lead(worse, flip) < 0) == flipped


def test_reporting_bias_names_the_reports_that_favour_the_leader() -> None:
    """By hand: 9.03 + 4.77 / 9 - 1.76 - 3.01 = 4.79 = 10 / 9 * 4.31, and 4.31 dB is 2.70."""
    (flip,) = flips(reported(), "reporting_bias")
    assert flip.origins == ("origin-E1", "origin-E2")
    assert flip.said == (
        "Were the reports that favour “A” 2.7 times as common without it as they were judged"
        " to be, “B” would stand above it."
    )


def test_bias_alone_cannot_take_what_the_prior_gave() -> None:
    case = made([explained("a", prior=(0.9, 0.9)), "b"], [item("E1", {"a": judged(0.6, 0.3)})])
    assert flips(case, "reporting_bias") == []


def test_report_that_would_have_come_anyway_is_no_evidence_against() -> None:
    seen = [item("E1", {"a": judged(0.8, 0.2)}), item("E2", {"a": judged(0.5, 0.4)})]
    case = made([explained("a", prior=(0.55, 0.55)), "b"], seen)
    assert flips(case, "reporting_bias") == []


def test_one_decisive_origin_is_named() -> None:
    seen = [item("E1", {"a": judged(0.9, 0.1)}), item("E2", {"b": judged(0.6, 0.3)})]
    (flip,) = flips(made(["a", "b"], seen), "remove_origins")
    assert (flip.amount, flip.unit, flip.certain) == (1, "origins", True)
    assert flip.said == "Without the origin origin-E1, “B” would stand above “A”."


def test_several_origins_are_counted_and_named() -> None:
    seen = [item(f"E{k}", {"a": judged(0.8, 0.4)}) for k in range(7)]
    case = made(["a", "b"], [*seen, item("E8", {"b": judged(0.6, 0.3)})])
    (flip,) = flips(case, "remove_origins")
    assert len(flip.origins) == 7
    assert flip.said.startswith(
        "Without 7 origins (origin-E0, origin-E1, origin-E2, origin-E3 and 3 more), “B” would"
    )


def test_set_that_was_not_proved_smallest_says_so() -> None:
    leak = [item(f"E{k:02}", {"a": judged(0.8, 0.2)}, cluster="leak") for k in range(60)]
    case = made(["a", "b"], [*leak, item("F", {"b": judged(0.5, 0.4)})])
    (flip,) = flips(case, "remove_origins")
    assert not flip.certain
    assert "That fewer would do is not ruled out." in flip.said


def test_order_that_is_not_told_apart_says_so() -> None:
    wide = Likelihood((0.3, 0.9), (0.1, 0.5), "")
    case = made(["a", "b"], [item("E1", {"a": wide}), item("E2", {"b": judged(0.5, 0.3)})])
    said = [flip.said for flip in weigh(case).flips]
    assert said
    assert all("does not tell the two apart to begin with" in sentence for sentence in said)


def test_level_explanations_are_flipped_by_anything() -> None:
    (flip,) = weigh(made(["a", "b"], [item("E1", {})]), QUICK).flips
    assert (flip.kind, flip.amount) == ("prior", 0)
    assert flip.said == "“A” and “B” stand level: anything puts either first."


def test_blank_ledger_leaves_only_the_priors_to_flip() -> None:
    case = made([explained("a", prior=(0.6, 0.8)), "b"], [item("E1", {})])
    (flip,) = weigh(case, QUICK).flips
    assert flip.kind == "prior"
    assert "The evidence does not tell the two apart to begin with." in flip.said


@pytest.mark.parametrize(
    ("prior", "said"),
    [((0.1, 0.9), "leave room for that."), ((0.49, 0.51), "do not reach so far.")],
)
def test_prior_band_is_held_against_the_flip(prior: tuple[float, float], said: str) -> None:
    seen = [item("E1", {"a": judged(0.8, 0.2)})]
    case = made([explained("a", prior=prior), explained("b", prior=prior)], seen)
    (flip,) = flips(case, "prior")
    assert said in flip.said


def test_small_amount_is_rounded_up_to_what_suffices() -> None:
    prior = weigh(made(["a", "b"], [item("E1", {"a": judged(0.6, 0.27)})]), PLAIN).flips[-1]
    assert prior.said.startswith(
        "Were the prior odds of “B” against those of “A” 2.3 times what"
    )


def test_large_amount_has_two_figures() -> None:
    seen = [item("E1", {"a": judged(0.6, 0.02)}), item("E2", {"a": judged(0.63, 0.3)})]
    prior = weigh(made(["a", "b"], seen), PLAIN).flips[-1]
    assert prior.said.startswith(
        "Were the prior odds of “B” against those of “A” 63 times what"
    )


def test_every_challenger_has_its_flips_smallest_first() -> None:
    seen = [
        item("E1", {"a": judged(0.9, 0.1)}),
        item("E2", {"b": judged(0.8, 0.2)}),
        item("E3", {"c": judged(0.6, 0.3)}),
    ]
    found = weigh(made(["a", "b", "c"], seen), QUICK).flips
    assert [(flip.kind, flip.challenger) for flip in found] == [
        (kind, name) for kind in ("remove_origins", "reporting_bias", "prior") for name in "bc"
    ]
