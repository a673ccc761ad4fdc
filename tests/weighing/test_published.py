"""Tests of process tracing by hand, and the sum over all worlds, come out the same."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.weighing.made_cases import PLAIN, explained, item, judged, made, propose

from cuibono.model.case import Case
from cuibono.model.evidence import Likelihood
from cuibono.weighing.diagnose import diagnose
from cuibono.weighing.weigh import weigh


def posterior(case: Case, explanation: str = "h") -> float:
    (weight,) = (w for w in weigh(case, PLAIN).weights if w.explanation == explanation)
    return weight.posterior.value


# Process-tracing design of Blair, Cooper, Coppock and Humphreys (2019), DOI
# 10.1017/S0003055419000194, as their design library states it: prior 0.5, a straw in the wind
# with 0.8 against 0.2, a smoking gun with 0.3 against (nearly) nothing.
STRAW, GUN = judged(0.8, 0.2), judged(0.3, 0.001)


def test_a_smoking_gun_of_the_design_library_all_but_proves() -> None:
    assert posterior(made(["h"], [item("E2", {"h": GUN})])) == pytest.approx(300 / 301)
    assert diagnose(STRAW) == "straw_in_the_wind"
    assert diagnose(GUN) == "smoking_gun"


def test_a_smoking_gun_that_is_not_there_hardly_hurts() -> None:
    # P(h | no gun) = 0.7 / (0.7 + 0.999), Van Evera's point about such tests.
    absent = judged(0.7, 0.999)
    assert posterior(made(["h"], [item("E2", {"h": absent})])) == pytest.approx(0.412, abs=1e-3)


def test_a_failed_hoop_all_but_ends_an_explanation() -> None:
    # The suspect who was out of town: 0.01 against 0.5 at even odds leaves 1 in 51.
    failed = judged(0.01, 0.5)
    assert posterior(made(["h"], [item("E1", {"h": failed})])) == pytest.approx(1 / 51)
    assert diagnose(failed) == "hoop"


def enumerate_worlds(case: Case, explanation: str) -> float:
    """Sum over every set of explanations at work: the slow and obvious way."""
    names = [e.id for e in case.explanations]
    at_work = total = 0.0
    for world in product((True, False), repeat=len(names)):
        chance = 1.0
        for on, e in zip(world, case.explanations, strict=True):
            chance *= e.prior[0] if on else 1 - e.prior[0]
            for seen in case.evidence:
                if (cell := seen.likelihoods.get(e.id)) is not None:
                    chance *= cell.if_true[0] if on else cell.if_false[0]
        total += chance
        at_work += chance if world[names.index(explanation)] else 0.0
    return at_work / total


points = st.integers(5, 95).map(lambda percent: percent / 100)
exact = st.builds(
    lambda one, other: Likelihood((one, one), (other, other), "as judged"), points, points
)


@st.composite
def small_cases(draw: st.DrawFn) -> Case:
    names = [f"h{j}" for j in range(draw(st.integers(1, 4)))]
    cells = st.dictionaries(st.sampled_from(names), exact)
    seen = [item(f"E{k}", draw(cells)) for k in range(draw(st.integers(1, 5)))]
    priors = [draw(points) for _ in names]
    return made([explained(n, prior=(p, p)) for n, p in zip(names, priors, strict=True)], seen)


@propose
@given(small_cases())
def test_weighing_equals_the_sum_over_all_worlds(case: Case) -> None:
    for weight in weigh(case, PLAIN).weights:
        expected = enumerate_worlds(case, weight.explanation)
        assert weight.posterior.value == pytest.approx(expected, abs=1e-9)


@propose
@given(small_cases())
def test_calling_an_explanation_by_its_contrary_mirrors_it(case: Case) -> None:
    first = case.explanations[0]
    mirrored = made(
        [explained(first.id, prior=(1 - first.prior[0], 1 - first.prior[0]))],
        [
            item(e.id, {n: Likelihood(x.if_false, x.if_true, x.why)})
            for e in case.evidence
            for n, x in e.likelihoods.items()
            if n == first.id
        ],
    )
    assert posterior(mirrored, first.id) == pytest.approx(1 - posterior(case, first.id))


def test_two_copies_do_not_cost_the_leader_its_place() -> None:
    told = [item(f"E{k}", {"b": judged(0.6, 0.2)}, origin="wire") for k in range(3)]
    case = made(["a", "b"], [item("E9", {"a": judged(0.7, 0.2)}), *told])
    assert [w.explanation for w in weigh(case, PLAIN).weights] == ["a", "b"]
