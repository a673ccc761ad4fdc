"""What the evidence tells apart, checked by hand and by property."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.weighing.made_cases import QUICK, cases, explained, item, judged, made, propose

from cuibono.model.case import Case
from cuibono.model.evidence import Likelihood
from cuibono.model.weight import Comparison
from cuibono.weighing.separable import probability_above
from cuibono.weighing.weigh import weigh

samples = st.lists(st.integers(-5, 5), min_size=1, max_size=12).map(
    lambda values: np.array(values, dtype=float)
)


def only_pair(case: Case) -> Comparison:
    (pair,) = weigh(case).comparisons
    return pair


@propose
@given(samples, samples)
def test_share_is_that_of_all_pairs(one: np.ndarray, other: np.ndarray) -> None:
    by_hand = [(a > b) + 0.5 * (a == b) for a in one for b in other]
    assert probability_above(one, other) == pytest.approx(np.mean(by_hand))


@propose
@given(samples, samples)
def test_either_order_adds_to_one(one: np.ndarray, other: np.ndarray) -> None:
    both = probability_above(one, other) + probability_above(other, one)
    assert both == pytest.approx(1)


def test_identical_predictions_are_not_separable() -> None:
    both = {"a": judged(0.8, 0.2), "b": judged(0.8, 0.2)}
    pair = only_pair(made(["a", "b"], [item("E1", both), item("E2", {})]))
    assert (pair.same_predictions, pair.separable, pair.probability) == (True, False, 0.5)
    assert pair.said == (
        "Not separable: nothing in the ledger bears on one and not on the other."
    )


def test_discriminator_says_what_would_separate_them() -> None:
    both = {"a": judged(0.8, 0.2), "b": judged(0.8, 0.2)}
    weaker_knows = explained("b", rival="a", discriminator=" a sale that India protests. ")
    pair = only_pair(made(["a", weaker_knows], [item("E1", both)]))
    assert pair.said.endswith("What would separate them: a sale that India protests.")


def test_discriminator_against_another_rival_is_not_offered() -> None:
    both = {"a": judged(0.8, 0.2), "b": judged(0.8, 0.2)}
    other = explained("b", rival="c", discriminator="a sale")
    assert "a sale" not in only_pair(made(["a", other], [item("E1", both)])).said


def test_prior_alone_separates_nothing() -> None:
    both = {"a": judged(0.8, 0.2), "b": judged(0.8, 0.2)}
    case = made([explained("a", prior=(0.9, 0.9)), "b"], [item("E1", both)])
    assert not only_pair(case).separable


def test_blank_is_another_prediction_than_even() -> None:
    pair = only_pair(made(["a", "b"], [item("E1", {"a": judged(0.5, 0.5)})]))
    assert not pair.same_predictions


def test_clear_order_is_separable() -> None:
    pair = only_pair(made(["a", "b"], [item("E1", {"b": judged(0.9, 0.05)})]))
    assert (pair.stronger, pair.separable) == ("b", True)
    assert pair.said == "“B” is stronger than “A” (0.99)."


def test_overlapping_bands_are_not_told_apart() -> None:
    wide, shifted = (
        Likelihood((0.4, 0.8), (0.2, 0.4), ""),
        Likelihood((0.4, 0.8), (0.2, 0.38), ""),
    )
    pair = only_pair(made(["a", "b"], [item("E1", {"a": wide, "b": shifted})]))
    assert (pair.stronger, pair.separable) == ("b", False)
    assert pair.said == (
        "“B” and “A” are not told apart by this evidence (0.51 that the first is the stronger)."
    )


@propose
@given(cases())
def test_each_pair_stands_once_in_the_order_of_weights(case: Case) -> None:
    weighed = weigh(case, QUICK)
    order = [weight.explanation for weight in weighed.weights]
    pairs = [(pair.stronger, pair.weaker) for pair in weighed.comparisons]
    assert pairs == [(a, b) for k, a in enumerate(order) for b in order[k + 1 :]]


@propose
@given(cases(), st.data())
def test_twin_is_never_separable(case: Case, data: st.DataObject) -> None:
    model = data.draw(st.sampled_from(case.explanations))
    twin = replace(model, id="twin")
    evidence = tuple(
        replace(e, likelihoods={**e.likelihoods, "twin": e.likelihoods[model.id]})
        if model.id in e.likelihoods
        else e
        for e in case.evidence
    )
    weighed = weigh(
        replace(case, explanations=(*case.explanations, twin), evidence=evidence), QUICK
    )
    (pair,) = (p for p in weighed.comparisons if {p.stronger, p.weaker} == {model.id, "twin"})
    assert (pair.same_predictions, pair.probability) == (True, 0.5)


def test_what_would_tell_two_near_rivals_apart_is_said_where_they_are_not() -> None:
    wide = Likelihood((0.2, 0.7), (0.2, 0.7), "who knows")
    near = [explained("a", rival="b", discriminator="Who moved first."), explained("b")]
    case = made(near, [item("E1", {"a": wide}), item("E2", {"b": wide})])
    (pair,) = weigh(case, QUICK).comparisons
    assert not pair.separable
    assert pair.said.endswith("What would separate them: Who moved first.")


def test_two_that_are_told_apart_need_no_discriminator() -> None:
    near = [explained("a", rival="b", discriminator="Who moved first."), explained("b")]
    (pair,) = weigh(made(near, [item("E1", {"a": judged(0.9, 0.05)})]), QUICK).comparisons
    assert pair.separable
    assert "What would separate them" not in pair.said


@propose
@given(samples, samples, st.randoms())
def test_the_order_in_which_draws_stand_tells_nothing(
    one: np.ndarray, other: np.ndarray, chance: object
) -> None:
    mixed = one.copy()
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert probability_above(mixed, np.sort(other)) == probability_above(one, other)
