"""What a reader of a weighing may count on, whatever the case."""

from dataclasses import FrozenInstanceError
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from tests.weighing.made_cases import QUICK, cases, item, judged, made, propose

from cuibono.model.case import Case
from cuibono.weighing.timeline import weigh_over_time
from cuibono.weighing.weigh import weigh

UNITS = {
    "remove_origins": "origins",
    "reporting_bias": "times",
    "dependence": "dependence",
    "prior": "dB",
}


@propose
@given(cases())
def test_every_explanation_is_weighed_once_strongest_first(case: Case) -> None:
    weights = weigh(case, QUICK).weights
    assert sorted(w.explanation for w in weights) == sorted(e.id for e in case.explanations)
    assert all(a.posterior.value >= b.posterior.value for a, b in pairwise(weights))
    assert all(0 < w.posterior.low <= w.posterior.high < 1 for w in weights)


@propose
@given(cases())
def test_a_comparison_names_the_stronger_first_and_what_is_alike_is_not_told_apart(
    case: Case,
) -> None:
    weighing = weigh(case, QUICK)
    order = [w.explanation for w in weighing.weights]
    pairs = [(c.stronger, c.weaker) for c in weighing.comparisons]
    assert sorted(pairs) == sorted(combinations(order, 2))
    assert all(0 <= c.probability <= 1 for c in weighing.comparisons)
    assert not any(c.separable and c.same_predictions for c in weighing.comparisons)


@propose
@given(cases())
def test_a_flip_dethrones_the_leader_in_its_own_unit(case: Case) -> None:
    weighing = weigh(case, QUICK)
    first = weighing.weights[0].explanation
    known = {one.origin for one in case.evidence}
    for flip in weighing.flips:
        assert (flip.leader, flip.unit) == (first, UNITS[flip.kind])
        assert flip.challenger in {w.explanation for w in weighing.weights[1:]}
        assert set(flip.origins) <= known
        assert flip.amount >= 0
        if flip.kind == "remove_origins":
            assert len(flip.origins) == flip.amount


@propose
@given(cases())
def test_a_timeline_has_a_weight_for_every_period_and_leads_without_overlap(case: Case) -> None:
    line = weigh_over_time(case, QUICK)
    assert [path.explanation for path in line.paths] == [e.id for e in case.explanations]
    assert {len(path.posterior) for path in line.paths} == {len(line.periods)}
    assert all(a.end == b.start for a, b in pairwise(line.periods))
    assert all(a.span.end <= b.span.start for a, b in pairwise(line.leads))
    assert {lead.explanation for lead in line.leads} <= {e.id for e in case.explanations}


def test_what_was_weighed_is_not_changed_afterwards() -> None:
    weighing = weigh(made(["g", "h"], [item("E1", {"g": judged(0.8, 0.2)})]), QUICK)
    with pytest.raises(FrozenInstanceError):
        weighing.weights[0].said = "certain"  # type: ignore[misc]
