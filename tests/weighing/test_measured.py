"""Ranks of the world become evidence: as rare as they are, once, and never decisive."""

from dataclasses import replace
from datetime import date

import pytest
from tests.weighing.made_cases import QUICK, explained, item, judged, made

from cuibono.lenses.third_party import ASIDE
from cuibono.model.actor import Actor, DirectedDyad
from cuibono.model.case import Case, Prediction
from cuibono.model.estimate import Estimate
from cuibono.model.evidence import Document
from cuibono.model.finding import Finding, Measured, Rank
from cuibono.model.period import Period
from cuibono.model.trace import Trace
from cuibono.stats.surprise import seen_ratio
from cuibono.weighing.measured import JUDGE, add_measured
from cuibono.weighing.rules import DEFAULT_RULES
from cuibono.weighing.weigh import weigh

IND, USA = Actor("IND", "India"), Actor("USA", "United States")
PREDICTION = Prediction(
    lens="third_party", driver=DirectedDyad(IND, USA), sign=1, why="It should follow."
)


def ranked(
    place: int,
    *,
    verdict: str = "stands_out",
    driver: str = "IND-USA",
    of: int = 1000,
    alike: int | None = None,
) -> Measured:
    return Measured(
        id=f"{driver}.warm", label="", estimate=Estimate(4.0, 3.0, 5.0, "z"), how="",
        verdict=verdict, said="", traces=(Trace("events", "icews", (), 52),),
        ranks=(Rank(place, of, "all"), Rank(alike or place, of, "like volume")),
    )  # fmt: skip


def found_by(*measured: Measured, source: str = "icews", lens: str = "third_party") -> Finding:
    return Finding(
        lens=lens, question="", about="RUS→PAK", source=source,
        span=Period(date(2021, 1, 1), date(2022, 1, 1)), specifications=(), said=(),
        could_see="", measured=measured,
    )  # fmt: skip


def predicted() -> Case:
    case = made(["drift", "gain"], [])
    drift, gain = case.explanations
    return replace(case, explanations=(replace(drift, predictions=(PREDICTION,)), gain))


def weight(case: Case, explanation: str = "drift") -> float:
    (found,) = (w for w in weigh(case, QUICK).weights if w.explanation == explanation)
    return found.evidence.value


def test_a_place_weighs_what_such_a_place_is_worth() -> None:
    (found,) = add_measured(predicted(), [found_by(ranked(10))]).evidence
    cell = found.likelihoods["drift"]
    low, high = (cell.if_true[k] / cell.if_false[0] for k in (0, 1))
    assert (low, high) == pytest.approx([seen_ratio(0.01, s) for s in DEFAULT_RULES.sight])


def test_it_says_who_judged_where_and_with_what_selection() -> None:
    case = add_measured(predicted(), [found_by(ranked(10))])
    (found,) = case.evidence
    assert found.judge == JUDGE
    assert "place 10 of 1,000" in found.text
    assert "largest score over all declared specifications" in found.locator
    assert found.span == Period(date(2021, 1, 1), date(2022, 1, 1))
    assert [d.source for d in case.documents] == ["icews"]


def test_the_first_place_of_the_world_is_never_decisive() -> None:
    case = add_measured(predicted(), [found_by(ranked(1, of=10**9))])
    _, high = case.evidence[0].likelihoods["drift"].decibans
    assert high <= DEFAULT_RULES.measured_cap_db + 1e-9


def test_a_poor_place_speaks_against_as_far_as_one_could_see() -> None:
    assert -2 < weight(add_measured(predicted(), [found_by(ranked(900))])) < 0


def test_a_better_place_never_weighs_less() -> None:
    weights = [
        weight(add_measured(predicted(), [found_by(ranked(place))]))
        for place in (1, 5, 20, 100, 400, 1000)
    ]
    assert weights == sorted(weights, reverse=True)


def test_the_worse_of_two_ranks_counts() -> None:
    unlike = ranked(1, alike=500)
    (found,) = add_measured(predicted(), [found_by(unlike)]).evidence
    (plain,) = add_measured(predicted(), [found_by(ranked(500))]).evidence
    assert found.likelihoods == plain.likelihoods


@pytest.mark.parametrize("among", sorted(ASIDE))
def test_a_place_that_qualifies_another_weighs_nothing_by_itself(among: str) -> None:
    plain, asked = ranked(10), Rank(40, 101, among)
    both = replace(plain, ranks=(*plain.ranks, asked))
    one, two = (weight(add_measured(predicted(), [found_by(m)])) for m in (plain, both))
    assert one == two


@pytest.mark.parametrize(
    "verdict", ["blind", "lead", "common", "common_against", "not_covered"]
)
def test_what_could_not_be_seen_is_no_evidence(verdict: str) -> None:
    assert add_measured(predicted(), [found_by(ranked(1, verdict=verdict))]).evidence == ()


def test_a_fact_that_was_judged_is_not_measured_again() -> None:
    rows = Document("rows", "ICEWS rows", "ICEWS", date(2022, 1, 1), source="icews")
    own = replace(item("E1", {"drift": judged(0.6, 0.3)}), document="rows")
    case = replace(predicted(), documents=(rows,), evidence=(own,))
    assert add_measured(case, [found_by(ranked(1))]).evidence == (own,)


def test_what_was_judged_of_a_rival_does_not_stop_the_measuring() -> None:
    rows = Document("rows", "ICEWS rows", "ICEWS", date(2022, 1, 1), source="icews")
    own = replace(item("E1", {"gain": judged(0.6, 0.3)}), document="rows")
    case = replace(predicted(), documents=(rows,), evidence=(own,))
    assert len(add_measured(case, [found_by(ranked(1))]).evidence) == 2


def test_two_explanations_that_predict_one_place_share_one_item() -> None:
    case = made(["drift", "gain"], [])
    both = tuple(replace(e, predictions=(PREDICTION,)) for e in case.explanations)
    (found,) = add_measured(replace(case, explanations=both), [found_by(ranked(3))]).evidence
    assert set(found.likelihoods) == {"drift", "gain"}


def test_two_explanations_with_the_same_predictions_are_not_separable() -> None:
    case = made(["drift", "gain"], [])
    both = tuple(replace(e, predictions=(PREDICTION,)) for e in case.explanations)
    measured = add_measured(replace(case, explanations=both), [found_by(ranked(3))])
    (pair,) = weigh(measured, QUICK).comparisons
    assert pair.same_predictions


def test_pairs_without_order_answer_for_both_directions() -> None:
    votes = found_by(ranked(10, driver="IND-USA"), source="un_votes")
    turned = replace(PREDICTION, driver=DirectedDyad(USA, IND))
    drift, gain = predicted().explanations
    case = replace(
        predicted(),
        explanations=(replace(drift, predictions=(PREDICTION, turned)), gain),
    )
    assert len(add_measured(case, [votes]).evidence) == 1


def test_a_place_found_by_another_lens_than_predicted_is_no_evidence() -> None:
    assert add_measured(predicted(), [found_by(ranked(1), lens="motives")]).evidence == ()


def test_the_opposite_sign_is_not_what_was_predicted() -> None:
    cool = replace(ranked(1), id="IND-USA.cool")
    assert add_measured(predicted(), [found_by(cool)]).evidence == ()


def test_a_case_that_predicts_nothing_stays_as_it_was() -> None:
    case = made([explained("a"), explained("b")], [item("E1", {"a": judged(0.6, 0.3)})])
    assert add_measured(case, [found_by(ranked(1))]) == case
