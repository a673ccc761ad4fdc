"""Three lines carry the whole dossier, and quote only what the sections keep."""

from dataclasses import replace

import pytest
from tests.dossier.sections.reading import refs, text

from cuibono.dossier.gather import Gathered
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.sections.answer import answer
from cuibono.model.estimate import Estimate
from cuibono.model.finding import Finding, Measured, Rank
from cuibono.model.trace import Trace


def test_the_strongest_explanation_is_named_with_its_probability(
    gathered: Gathered, numbers: Numbers
) -> None:
    line = answer(gathered, numbers)[0]
    first = gathered.weighing.weights[0]
    names = {e.id: e.name for e in gathered.case.explanations}
    assert names[first.explanation] in text(line)
    assert numbers.figures[f"posterior.{first.explanation}"].value == first.posterior.value
    assert f"posterior.{first.explanation}" in refs(line)


def test_a_leader_that_nothing_speaks_for_is_not_called_supported(
    gathered: Gathered, numbers: Numbers
) -> None:
    first, *others = gathered.weighing.weights
    hardly = replace(first, evidence=Estimate(0.1, 0.0, 0.2, "dB"))
    weighing = replace(gathered.weighing, weights=(hardly, *others), comparisons=())
    line = text(answer(replace(gathered, weighing=weighing), numbers)[0])
    assert line.startswith("In short: Nothing at hand speaks for any explanation;")
    assert "Best supported" not in line


def test_what_would_overturn_it_is_quoted(gathered: Gathered, numbers: Numbers) -> None:
    line = answer(gathered, numbers)[1]
    assert {name.partition(".")[0] for name in refs(line)} == {"flip", "evidence"}
    origins = {item.origin for item in gathered.case.evidence}
    assert [name for name in origins if name in text(line)] == []


def test_an_order_that_nothing_changes_is_said_to_stand(
    gathered: Gathered, numbers: Numbers
) -> None:
    steady = replace(gathered, weighing=replace(gathered.weighing, flips=()))
    line = answer(steady, numbers)[1]
    assert refs(line) == []
    assert "Nothing" in text(line)


def test_days_without_events_are_named_with_the_way_to_fill_them(
    gathered: Gathered, numbers: Numbers
) -> None:
    line = text(answer(gathered, numbers)[2])
    assert "1992-01-01 to 2020-12-31" in line
    assert "cuibono load icews" in line


def test_full_coverage_is_said(gathered: Gathered, numbers: Numbers) -> None:
    full = tuple(replace(one, covered=(one.asked,), missing=()) for one in gathered.coverage)
    line = text(answer(replace(gathered, coverage=full), numbers)[2])
    assert str(gathered.case.period) in line
    assert "cuibono load" not in line


def test_where_nothing_was_judged_or_measured_the_answer_says_so(
    gathered: Gathered, numbers: Numbers
) -> None:
    empty = replace(gathered, case=replace(gathered.case, evidence=()), ledger=())
    support, _, _ = answer(empty, numbers)
    said = text(support)
    assert said.startswith("In short: Nothing has been judged and nothing could be measured")
    assert "Best supported" not in said


def singled_out(gathered: Gathered, verdict: str) -> Gathered:
    """Let the lens of third parties find one driver, with a verdict."""
    one = Measured(
        id="IND-USA.warm",
        label="IND→USA, warming together, for “Drift”",
        estimate=Estimate(4.0, 3.0, 5.0, "z"),
        how="",
        verdict=verdict,
        said="",
        traces=(Trace("events", "icews", (), 1),),
        ranks=(Rank(3, 1680, "all visible relations"),),
    )
    finding = Finding(
        lens="third_party",
        question="",
        about="RUS→PAK",
        source="icews",
        span=gathered.case.period,
        specifications=(),
        said=(),
        could_see="",
        measured=(one,),
    )
    return replace(gathered, findings=(finding,))


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("stands_out", "single out IND→USA, warming together, for “Drift”: "),
        ("lead", "A lead to check: IND→USA, warming together, for “Drift”: "),
    ],
)
def test_a_third_party_that_the_data_name_is_quoted_with_its_place(
    verdict: str, said: str, gathered: Gathered, numbers: Numbers
) -> None:
    line = answer(singled_out(gathered, verdict), numbers)[0]
    assert said in text(line)
    assert "place 3 of 1,680" in text(line)
    assert refs(line)[-1] == "third_party.icews.IND-USA.warm"


@pytest.mark.parametrize(
    ("verdict", "said"), [("middle", "single out none."), ("dim", "the data cannot tell.")]
)
def test_where_no_third_party_is_named_the_answer_says_whether_it_could_be(
    verdict: str, said: str, gathered: Gathered, numbers: Numbers
) -> None:
    assert text(answer(singled_out(gathered, verdict), numbers)[0]).endswith(said)


def test_a_case_that_asked_of_no_third_party_says_so(
    gathered: Gathered, numbers: Numbers
) -> None:
    line = text(answer(replace(gathered, findings=()), numbers)[0])
    assert line.endswith("No third-party relation could be ranked.")
