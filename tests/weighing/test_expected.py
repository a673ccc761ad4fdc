"""What an explanation expects of a lens is found by name, on its own side, and once."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from tests.weighing.made_cases import PAK, RUS, explained, made

from cuibono.model.actor import Actor, DirectedDyad
from cuibono.model.case import Case, Chain, Expectation
from cuibono.model.estimate import Estimate
from cuibono.model.finding import Finding, Measured, Rank
from cuibono.model.period import Period
from cuibono.model.trace import Trace
from cuibono.stats.surprise import e_value
from cuibono.weighing.expected import FIND, find_place
from cuibono.weighing.measured import add_measured

IND, USA = Actor("IND", "India"), Actor("USA", "United States")
YEAR = Period(date(2014, 1, 1), date(2015, 1, 1))


def seen(
    name: str, value: float = 1.0, place: int = 10, of: int = 100, verdict: str = ""
) -> Measured:
    return Measured(
        id=name, label=name, estimate=Estimate(value, value - 1, value + 1, "z"), how="",
        verdict=verdict, said="as it was", traces=(Trace("events", "icews", (), 5),),
        ranks=(Rank(place, of, "all"),),
    )  # fmt: skip


def found(lens: str, *measured: Measured, source: str = "icews") -> Finding:
    return Finding(
        lens=lens, question="", about="RUS→PAK", source=source,
        span=Period(date(2012, 1, 1), date(2022, 1, 1)), specifications=(), said=(),
        could_see="", measured=measured,
    )  # fmt: skip


def expect(lens: str, sign: int = 1, **named: object) -> Expectation:
    return Expectation(lens=lens, sign=1 if sign > 0 else -1, why="It should.", **named)  # type: ignore[arg-type]


def share(finding: Finding, expected: Expectation, case: Case | None = None) -> float:
    place = find_place(case or made(["a", "b"], []), finding, expected)
    assert place is not None
    return place.share


TWO_SIDED = {
    "linkage": (seen("answers.IND-USA"), {"relation": DirectedDyad(IND, USA)}),
    "instruments": (seen("delivered"), {"item": "delivered"}),
    "double_standard": (seen("PAK-IND"), {"party": IND}),
}


@pytest.mark.parametrize("lens", TWO_SIDED)
def test_a_size_on_the_side_expected_is_twice_as_rare(lens: str) -> None:
    one, named = TWO_SIDED[lens]
    assert share(found(lens, one), expect(lens, **named)) == pytest.approx(0.05)
    assert share(found(lens, one), expect(lens, -1, **named)) == pytest.approx(0.95)


def test_what_is_conceded_to_who_presses_is_found_by_the_party() -> None:
    finding = found("linkage", seen("episodes.IND"))
    assert share(finding, expect("linkage", party=IND)) == pytest.approx(0.05)


def test_the_ranked_day_of_a_group_of_shocks_is_found() -> None:
    unranked = replace(seen("recipient.by-1"), ranks=())
    finding = found("latency", unranked, seen("recipient.by-7"))
    assert share(finding, expect("latency", item="recipient")) == 0.1
    assert find_place(made(["a", "b"], []), finding, expect("latency", item="home")) is None


def test_where_less_is_expected_the_world_is_counted_from_below() -> None:
    finding = found("latency", seen("recipient.by-7", place=100))
    assert share(finding, expect("latency", -1, item="recipient")) == 0.01


def test_the_worse_of_two_ranks_counts() -> None:
    one = replace(seen("recipient.by-7"), ranks=(Rank(1, 100, "all"), Rank(30, 100, "days")))
    assert share(found("latency", one), expect("latency", item="recipient")) == 0.3


def test_strikes_on_the_declared_target_are_found_by_their_verdict() -> None:
    other, declared = seen("share.1"), seen("share.2", place=2, verdict="declared_share")
    assert share(found("declared_done", other, declared), expect("declared_done")) == 0.02


CHAIN = Chain(
    name="the path", why="", signs=(1, 1),
    relations=(DirectedDyad(IND, USA), DirectedDyad(USA, PAK), DirectedDyad(RUS, PAK)),
)  # fmt: skip
PATHS = replace(made(["a", "b"], []), chains=(CHAIN,))


def test_a_path_is_as_rare_as_its_weakest_step() -> None:
    steps = found("path", seen("step-1.1", place=1), seen("step-1.2", place=40))
    assert share(steps, expect("path", item="the path"), PATHS) == 0.4


@pytest.mark.parametrize(
    "second",
    [
        seen("step-1.2", verdict="blind"),
        replace(seen("step-1.2"), estimate=None),
        seen("step-2.2"),
    ],
)
def test_a_path_with_an_unseen_step_is_no_evidence(second: Measured) -> None:
    steps = found("path", seen("step-1.1"), second)
    assert find_place(PATHS, steps, expect("path", item="the path")) is None


def test_a_path_that_the_case_does_not_tell_is_no_evidence() -> None:
    steps = found("path", seen("step-1.1"), seen("step-1.2"))
    assert find_place(PATHS, steps, expect("path", item="another")) is None


TURNS = found(
    "turning_points",
    seen("net.changes", verdict="turned"),
    seen("net.2014-06-02", place=2, verdict="rose"),
    seen("tone.changes", verdict="turned"),
    seen("tone.2016-01-04", place=1, verdict="fell"),
)


def test_a_change_in_the_window_is_found_and_looking_twice_is_paid_for() -> None:
    # half for the sign, times two levels that were looked at
    expected = expect("turning_points", windows=(YEAR,))
    assert share(TURNS, expected) == pytest.approx(0.02)
    one = expect("turning_points", windows=(YEAR,), item="net")
    assert share(TURNS, one) == pytest.approx(0.01)


def test_no_change_in_the_window_is_the_last_place() -> None:
    outside = Period(date(2018, 1, 1), date(2019, 1, 1))
    assert share(TURNS, expect("turning_points", windows=(outside,))) == 1.0
    assert share(TURNS, expect("turning_points", -1, windows=(YEAR,))) == 1.0


def test_a_window_that_the_source_does_not_cover_is_no_evidence() -> None:
    before = Period(date(2001, 1, 1), date(2002, 1, 1))
    assert find_place(PATHS, TURNS, expect("turning_points", windows=(before,))) is None
    either = expect("turning_points", windows=(before, YEAR), item="net")
    assert share(TURNS, either) == pytest.approx(0.01)


def test_without_windows_any_day_will_do() -> None:
    assert share(TURNS, expect("turning_points", -1)) == pytest.approx(0.01)


def test_a_level_that_was_not_looked_at_is_no_evidence() -> None:
    assert find_place(PATHS, TURNS, expect("turning_points", item="agreement")) is None


def test_what_cannot_be_told_is_no_evidence() -> None:
    for lens, (one, named) in TWO_SIDED.items():
        for mute in (replace(one, estimate=None), replace(one, ranks=())):
            assert find_place(PATHS, found(lens, mute), expect(lens, **named)) is None


def test_another_lens_says_nothing() -> None:
    one, named = TWO_SIDED["instruments"]
    assert find_place(PATHS, found("path", one), expect("instruments", **named)) is None


def test_shares_of_placebos_are_a_fair_bet_on_either_side() -> None:
    """Over all places and both signs of the world, the ratio is no more than 1 on average."""
    ratios = []
    for place in range(1, 101):
        for value in (1.0, -1.0):
            finding = found("instruments", seen("delivered", value=value, place=place))
            ratios.append(e_value(share(finding, expect("instruments", item="delivered"))))
    assert np.mean(ratios) <= 1.0


def test_two_lenses_that_tell_one_fact_are_one_origin() -> None:
    answers = expect("linkage", relation=DirectedDyad(IND, USA))
    place = find_place(PATHS, found("linkage", seen("answers.IND-USA")), answers)
    assert place is not None
    assert place.name == "third_party.icews.IND-USA.warm"


@pytest.mark.parametrize(("verdict", "n"), [("leans", 1), ("common", 0)])
def test_what_follows_the_news_is_no_evidence_whichever_lens_tells_it(
    verdict: str, n: int
) -> None:
    drift, gain = made(["a", "b"], []).explanations
    expecting = replace(
        drift, expectations=(expect("linkage", relation=DirectedDyad(IND, USA)),)
    )
    case = replace(made(["a", "b"], []), explanations=(expecting, gain))
    told = found("third_party", seen("IND-USA.warm", verdict=verdict))
    answered = found("linkage", seen("answers.IND-USA"))
    assert len(add_measured(case, [answered, told]).evidence) == n


def test_an_item_says_what_was_expected_where_and_how_rare_it_is() -> None:
    drift, gain = made(["a", "b"], []).explanations
    expecting = replace(drift, expectations=(expect("instruments", item="delivered"),))
    case = replace(made(["a", "b"], []), explanations=(expecting, gain))
    (item,) = add_measured(case, [found("instruments", seen("delivered"))]).evidence
    assert set(item.likelihoods) == {"a"}
    assert "5.0 % of what the lens instruments ranks in the world do as well" in item.text
    assert item.cluster == "world.icews"


def test_a_source_that_a_party_paid_for_says_so() -> None:
    first, second = made(["a", "b"], []).explanations
    expecting = replace(first, expectations=(expect("double_standard", party=USA),))
    case = replace(made(["a", "b"], []), explanations=(expecting, second))
    (item,) = add_measured(case, [found("double_standard", seen("PAK-USA"))]).evidence
    assert "paid for by a party to the case: USA" in item.locator
    assert explained("a").expectations == ()


def test_every_lens_that_a_case_may_name_is_read() -> None:
    from cuibono.record.case_format import LENSES

    assert {*FIND, "third_party"} == set(LENSES)
