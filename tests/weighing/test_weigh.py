"""Weights of evidence: worked examples, invariances, bounds and calibration."""

from dataclasses import replace
from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.weighing.made_cases import (
    PLAIN,
    QUICK,
    cases,
    explained,
    item,
    judged,
    likelihoods,
    made,
    probabilities,
    propose,
)

from cuibono.errors import CaseSyntaxError
from cuibono.model.case import Case
from cuibono.model.evidence import Likelihood
from cuibono.model.weight import Weighing, Weight
from cuibono.weighing.rules import Rules
from cuibono.weighing.weigh import weigh


def weight_of(name: str, weighing: Weighing) -> Weight:
    return next(weight for weight in weighing.weights if weight.explanation == name)


def db(name: str, case: Case, rules: Rules = QUICK) -> float:
    return weight_of(name, weigh(case, rules)).evidence.value


def test_straw_in_the_wind_of_the_civil_war_example() -> None:
    """Natural resources and civil war, by hand: 0.5 * 0.8 / (0.5 * 0.8 + 0.5 * 0.2) = 0.8.

    The army seizes the mines: likely where resources caused the war (0.8), less so where
    not (0.2). Process-tracing design of the DeclareDesign library, after Fairfield and
    Charman (2017), DOI 10.1017/pan.2017.14.
    """
    case = made(["resources"], [item("mines", {"resources": judged(0.8, 0.2)})])
    assert weigh(case, PLAIN).weights[0].posterior.value == pytest.approx(0.8)


def test_boxes_of_jaynes_in_decibels() -> None:
    """Prior 1 to 10 (-10 dB); each bad widget +3 dB, each good one -1 dB.

    Jaynes, E. T. (2003), Probability Theory, section 4.2: box A has a third bad, B a sixth.
    Five bad and two good: -10 + 5 * 3.01 - 2 * 0.97 = 3.11 dB, or odds of 2.05.
    """
    bad, good = judged(1 / 3, 1 / 6), judged(2 / 3, 5 / 6)
    widgets = [item(f"w{k}", {"A": bad if k < 5 else good}) for k in range(7)]
    weighed = weigh(made([explained("A", prior=(1 / 11, 1 / 11))], widgets), PLAIN)
    assert weighed.weights[0].evidence.value == pytest.approx(13.11, abs=0.01)
    assert weighed.weights[0].posterior.value == pytest.approx(2.048 / 3.048, abs=1e-4)


@propose
@given(
    prior=probabilities,
    cells=st.lists(st.tuples(probabilities, probabilities), min_size=1, max_size=5),
)
def test_posterior_is_that_of_the_joint_table(
    prior: float, cells: list[tuple[float, float]]
) -> None:
    """Enumerate every world (at work or not, each item seen or not); keep those that fit."""
    case = made(
        [explained("h", prior=(prior, prior))],
        [item(f"E{k}", {"h": judged(*cell)}) for k, cell in enumerate(cells)],
    )
    worlds = {
        (at_work, *seen): (prior if at_work else 1 - prior)
        * np.prod(
            [
                chance if here else 1 - chance
                for here, cell in zip(seen, cells, strict=True)
                for chance in [cell[0] if at_work else cell[1]]
            ]
        )
        for at_work, *seen in product([True, False], repeat=len(cells) + 1)
    }
    all_seen = (True,) * len(cells)
    fitting = worlds[(True, *all_seen)] + worlds[(False, *all_seen)]
    expected = worlds[(True, *all_seen)] / fitting
    assert weigh(case, PLAIN).weights[0].posterior.value == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("k", range(1, 101))
def test_wire_copies_change_nothing(k: int) -> None:
    seen = item("E1", {"h": Likelihood((0.5, 0.8), (0.1, 0.3), "")}, origin="tass")
    other = item("E2", {"g": judged(0.6, 0.2)})
    copies = [replace(seen, id=f"copy-{n}") for n in range(k)]
    once = made(["g", "h"], [other, seen])
    assert weigh(replace(once, evidence=(other, seen, *copies)), QUICK) == weigh(once, QUICK)


@propose
@given(cases(), st.randoms(use_true_random=False))
def test_order_in_the_file_is_immaterial(case: Case, random: Random) -> None:
    evidence, explanations = list(case.evidence), list(case.explanations)
    random.shuffle(evidence)
    random.shuffle(explanations)
    shuffled = replace(case, evidence=tuple(evidence), explanations=tuple(explanations))
    assert weigh(shuffled, QUICK) == weigh(case, QUICK)


@propose
@given(cases(), st.randoms(use_true_random=False))
def test_swapping_labels_swaps_nothing_but_labels(case: Case, random: Random) -> None:
    names = [explanation.id for explanation in case.explanations]
    renamed = dict(zip(names, random.sample(names, len(names)), strict=True))
    swapped = replace(
        case,
        explanations=tuple(replace(e, id=renamed[e.id]) for e in case.explanations),
        evidence=tuple(
            replace(
                e, likelihoods={renamed[name]: cell for name, cell in e.likelihoods.items()}
            )
            for e in case.evidence
        ),
    )
    before, after = weigh(case, QUICK), weigh(swapped, QUICK)
    expected = {renamed[w.explanation]: replace(w, explanation="") for w in before.weights}
    assert {w.explanation: replace(w, explanation="") for w in after.weights} == expected


@propose
@given(cases(), likelihoods, st.data())
def test_stronger_item_never_lowers_its_explanation(
    case: Case, cell: Likelihood, data: st.DataObject
) -> None:
    name = case.explanations[0].id
    which = data.draw(st.integers(0, len(case.evidence) - 1))
    up = data.draw(st.floats(0, 1))
    stronger = Likelihood(
        tuple(p + up * (0.98 - p) for p in cell.if_true),  # type: ignore[arg-type]
        tuple(p - up * (p - 0.02) for p in cell.if_false),  # type: ignore[arg-type]
        "",
    )

    def judged_as(likelihood: Likelihood) -> Weight:
        evidence = list(case.evidence)
        cells = {**evidence[which].likelihoods, name: likelihood}
        evidence[which] = replace(evidence[which], likelihoods=cells)
        return weight_of(name, weigh(replace(case, evidence=tuple(evidence)), QUICK))

    before, after = judged_as(cell), judged_as(stronger)
    assert after.evidence.value >= before.evidence.value - 1e-9
    assert after.hull[0] >= before.hull[0] - 1e-9
    assert after.hull[1] >= before.hull[1] - 1e-9


@propose
@given(cases(), st.sampled_from(["", "c0", "c1"]), likelihoods)
def test_another_item_moves_its_explanation_its_own_way(
    case: Case, cluster: str, cell: Likelihood
) -> None:
    low, high = cell.decibans
    assume(low >= 0 or high <= 0)
    name = case.explanations[0].id
    more = item("more", {name: cell}, origin="another", cluster=cluster)
    before = weight_of(name, weigh(case, QUICK)).evidence
    longer = replace(case, evidence=(*case.evidence, more))
    after = weight_of(name, weigh(longer, QUICK)).evidence
    moved = [after.low - before.low, after.value - before.value, after.high - before.high]
    assert min(moved) >= -1e-9 if low >= 0 else max(moved) <= 1e-9


@propose
@given(cases())
def test_item_on_one_explanation_moves_no_other(case: Case) -> None:
    first, *others = (explanation.id for explanation in case.explanations)
    longer = (*case.evidence, item("more", {first: judged(0.9, 0.1)}, origin="another"))
    before, after = weigh(case, QUICK), weigh(replace(case, evidence=longer), QUICK)
    for name in others:
        assert weight_of(name, after) == weight_of(name, before)


@propose
@given(cases())
def test_hull_holds_the_band_and_the_band_its_centre(case: Case) -> None:
    for weight in weigh(case, QUICK).weights:
        evidence = weight.evidence
        assert (
            weight.hull[0] <= evidence.low <= evidence.value <= evidence.high <= weight.hull[1]
        )


@propose
@given(cases(least=1, most_items=20))
def test_nothing_said_passes_the_caps(case: Case) -> None:
    for weight in weigh(case, replace(QUICK, total_cap_db=5)).weights:
        assert -5 <= weight.hull[0] <= weight.hull[1] <= 5


def test_cap_bounds_what_is_said_and_not_the_order() -> None:
    strong = [item(f"E{k}", {"a": judged(0.9, 0.01), "b": judged(0.9, 0.02)}) for k in range(5)]
    weights = weigh(made(["b", "a"], strong), QUICK).weights
    assert [weight.explanation for weight in weights] == ["a", "b"]
    assert [weight.evidence.value for weight in weights] == [30, 30]


def test_one_author_never_passes_100_to_1() -> None:
    strong = [item(f"E{k}", {"h": judged(0.998, 0.001)}, cluster="memoir") for k in range(9)]
    assert db("h", made(["h"], strong)) == 20


def test_four_reports_of_one_author_weigh_as_little_more_than_one() -> None:
    four = [item(f"E{k}", {"h": judged(0.8, 0.2)}, cluster="author") for k in range(4)]
    assert db("h", made(["h"], four)) == pytest.approx(6.02 * 4 / 3.4 / 1.5, abs=0.01)


def test_blank_explanation_keeps_its_prior() -> None:
    case = made([explained("h", prior=(0.3, 0.3)), "g"], [item("E1", {"g": judged(0.8, 0.2)})])
    weight = weight_of("h", weigh(case, QUICK))
    assert weight.posterior.value == pytest.approx(0.3)
    assert (weight.evidence.low, weight.evidence.high, weight.origins) == (0, 0, ())


def test_prior_band_is_in_the_posterior_band() -> None:
    case = made([explained("h", prior=(0.2, 0.5))], [item("E1", {})])
    posterior = weigh(case).weights[0].posterior
    assert posterior.value == pytest.approx(1 / 3)
    assert 0.2 < posterior.low < 0.23
    assert 0.46 < posterior.high < 0.5


def test_origins_that_bear_on_it_are_named_once() -> None:
    cells = {"h": judged(0.8, 0.2)}
    seen = [item("E1", cells, origin="b"), item("E2", cells, origin="b"), item("E3", cells)]
    assert weigh(made(["h"], seen), QUICK).weights[0].origins == ("b", "origin-E3")


def test_posterior_is_said_in_words() -> None:
    case = made(["h"], [item("E1", {"h": judged(0.8, 0.2)})])
    assert weigh(case, QUICK).weights[0].said == "likely (71–72 %)"


def test_band_reaches_to_the_centre_where_draws_leave_it() -> None:
    """Among forty reports of one author some lie near the top of their bands in every draw."""
    wide = {"h": Likelihood((0.3, 0.9), (0.1, 0.3), "")}
    case = made(["h"], [item(f"E{k}", wide, cluster="author") for k in range(40)])
    evidence = weigh(case, Rules(shared_error=0)).weights[0].evidence
    assert evidence.low == evidence.value


def test_weighing_twice_gives_the_same_bits() -> None:
    case = made(["h", "g"], [item("E1", {"h": Likelihood((0.3, 0.9), (0.1, 0.5), "")})])
    assert weigh(case) == weigh(case)


def test_single_explanation_has_nothing_to_compare() -> None:
    weighed = weigh(made(["h"], [item("E1", {"h": judged(0.8, 0.2)})]), QUICK)
    assert (len(weighed.weights), weighed.comparisons, weighed.flips) == (1, (), ())


def test_hostile_text_is_only_text() -> None:
    name = "{leader.__class__}\x00\n<script>“\ud800"
    hostile = explained(name, rival="h", discriminator="{0}{}%s")
    seen = item(
        name, {name: judged(0.8, 0.2), "h": judged(0.7, 0.2)}, origin=name, cluster=name
    )
    weighed = weigh(made([hostile, "h"], [seen]), QUICK)
    assert "{Leader.__class__}".casefold() in weighed.flips[0].said.casefold()


def test_impossible_prior_is_refused_with_its_place() -> None:
    case = made([explained("h", prior=(0.0, 0.5))], [item("E1", {})])
    with pytest.raises(CaseSyntaxError, match=r"explanation 'h': prior = \[0\.0, 0\.5\]"):
        weigh(case)


def true_weight(case: Case, related: float, random: np.random.Generator) -> float:
    """Draw what each cell truly is, errors of a cluster related, and add up by the rules."""
    from scipy.special import ndtr

    moods = {e.cluster: random.standard_normal() for e in case.evidence}
    evidence = []
    for e in case.evidence:
        mood = moods[e.cluster] if e.cluster else random.standard_normal()
        at = ndtr(np.sqrt(related) * mood + np.sqrt(1 - related) * random.standard_normal())
        low, high = e.likelihoods["h"].decibans
        if_false = 0.9 / (1 + 10 ** ((low + at * (high - low)) / 10))
        if_true = if_false * 10 ** ((low + at * (high - low)) / 10)
        evidence.append(replace(e, likelihoods={"h": judged(if_true, if_false)}))
    return db("h", replace(case, evidence=tuple(evidence)))


@pytest.mark.parametrize("related", [0.0, 0.6, 0.9])
def test_band_holds_the_true_weight_in_nine_cases_of_ten(related: float) -> None:
    """Judgements err anywhere in their bands, alone or as one author's reports together."""
    random = np.random.default_rng(20161107)
    n_cases, held = 300, 0
    for _ in range(n_cases):
        evidence = []
        for k in range(random.integers(6, 16)):
            if_true, if_false = random.uniform(0.1, 0.6, 2)
            wide = random.uniform(1.1, 1.6, 2)
            cell = Likelihood((if_true, if_true * wide[0]), (if_false, if_false * wide[1]), "")
            cluster = f"c{random.integers(4)}" if random.random() < 0.7 else ""
            evidence.append(item(f"E{k}", {"h": cell}, cluster=cluster))
        case = made(["h"], evidence)
        band = weigh(case, Rules(n_draws=1_000)).weights[0].evidence
        held += band.low <= true_weight(case, related, random) <= band.high
    # three standard errors of a share of 0.9 in 300 cases are 0.05
    assert held / n_cases >= 0.85


def test_without_evidence_the_priors_stand_and_nothing_is_told_apart() -> None:
    weighing = weigh(made([explained("a", prior=(0.2, 0.4)), "b"], []), QUICK)
    stood = {w.explanation: w for w in weighing.weights}
    assert stood["a"].evidence.value == stood["b"].evidence.value == 0
    assert stood["a"].posterior.low >= 0.2
    assert stood["a"].posterior.high <= 0.4
    (pair,) = weighing.comparisons
    assert pair.same_predictions
    assert [flip.kind for flip in weighing.flips] == ["prior"]
