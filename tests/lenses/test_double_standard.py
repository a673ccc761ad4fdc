"""The same deed under two names: the contract, matched deeds, and what is left out."""

from dataclasses import replace

import numpy as np
import pytest
from tests.checks.made_lens import FOCAL, made_case
from tests.lenses.made_acts import acts_record, made_acts

from cuibono.errors import NotCoveredError
from cuibono.lenses.double_standard import ANSWER, DEEDS, DoubleStandard, measure_distances
from cuibono.model.actor import Actor, DirectedDyad
from cuibono.model.case import Case
from cuibono.model.finding import Finding, Measured
from cuibono.model.panel import Panel
from cuibono.record.record import Record
from cuibono.testing.lenses import Trial

OBSERVER, FIRST, SECOND = "A00", "A01", "A02"


def asked(*others: str) -> Case:
    beside = tuple(
        DirectedDyad(Actor(OBSERVER, OBSERVER), Actor(name, name)) for name in others
    )
    return replace(made_case(FOCAL), compare=beside)


def record_of(panel: Panel, *others: str) -> Record:
    return acts_record(panel, asked(*(others or (SECOND,))))


def even(seed: int) -> Panel:
    return made_acts(seed, actors=14, weeks=200, evenness=40.0)


TRIAL = Trial(
    null=lambda seed: record_of(even(seed)),
    planted=lambda seed, sign: DoubleStandard().plant(record_of(even(seed)), sign),
    needs=(*DEEDS, ANSWER),
    nulls=30,
    plants=4,
)


def look(panel: Panel, *others: str) -> Finding:
    (finding,) = DoubleStandard().look(record_of(panel, *others))
    return finding


def with_acts(acts: dict[tuple[str, str, str], float]) -> Panel:
    """Give an even world in which some relations have so many acts of a kind, one a week."""
    panel = even(3)
    channels = {name: values.copy() for name, values in panel.channels.items()}
    for (actor, recipient, kind), n in acts.items():
        row = panel.index[actor, recipient]
        channels[kind][row] = 0.0
        channels[kind][row, : int(n)] = 1.0
    return replace(panel, channels=channels)


def quiet(objections: tuple[float, float], struck: float = 0.0) -> Panel:
    """Let neither doer strike the observer but as told, and the observer object so often."""
    none = {(doer, OBSERVER, kind): 0.0 for doer in (FIRST, SECOND) for kind in DEEDS}
    none[FIRST, OBSERVER, "forced"] = struck
    none[OBSERVER, FIRST, ANSWER], none[OBSERVER, SECOND, ANSWER] = objections
    return with_acts(none)


def only(finding: Finding) -> Measured:
    (one,) = finding.measured
    return one


@pytest.mark.parametrize(
    ("objections", "verdict"), [((90.0, 2.0), "harder"), ((2.0, 90.0), "softer")]
)
def test_uneven_answers_to_like_deeds_are_named(
    objections: tuple[float, float], verdict: str
) -> None:
    one = only(look(quiet(objections)))
    assert one.verdict == verdict
    assert one.estimate is not None
    assert (one.estimate.low > 0) == (verdict == "harder")


def test_even_answers_are_even() -> None:
    assert only(look(quiet((20.0, 20.0)))).verdict == "even"


def test_more_deeds_earn_more_objections() -> None:
    panel = quiet((30.0, 10.0))
    channels = {name: values.copy() for name, values in panel.channels.items()}
    for row, (actor, recipient) in enumerate(panel.relations):
        if actor == FIRST and recipient != OBSERVER:
            for kind in DEEDS:
                channels[kind][row] *= 3
    one = only(look(replace(panel, channels=channels)))
    assert one.estimate is not None
    assert abs(one.estimate.value) < 0.25


def test_whoever_is_struck_may_object() -> None:
    free, struck = only(look(quiet((40.0, 10.0)))), only(look(quiet((40.0, 10.0), struck=30.0)))
    assert "40 to 10 objections" in free.said
    assert "10 to 10 objections" in struck.said


def test_a_comparison_is_ranked_among_all_of_the_world() -> None:
    panel = quiet((20.0, 20.0))
    (rank,) = only(look(panel)).ranks
    assert rank.of == measure_distances(panel).size


def test_every_recipient_set_beside_is_compared() -> None:
    found = look(even(5), "A02", "A03", "A04")
    assert [one.id for one in found.measured] == ["A01-A02", "A01-A03", "A01-A04"]


def test_a_case_that_sets_nobody_beside_asks_nothing() -> None:
    assert DoubleStandard().look(acts_record(even(5))) == ()


def test_few_objections_cannot_be_told() -> None:
    one = only(look(quiet((2.0, 1.0))))
    assert one.estimate is None
    assert "3 objections of A00" in one.said


def test_an_actor_without_a_record_cannot_be_told() -> None:
    one = only(look(even(5), "Z99"))
    assert one.verdict == "few"


def test_a_small_world_has_no_rank() -> None:
    panel = made_acts(5, actors=5, weeks=60, evenness=40.0)
    assert only(look(panel)).verdict == "lonely"


@pytest.mark.parametrize("name", [*DEEDS, ANSWER])
def test_a_missing_instrument_is_refused_by_name(name: str) -> None:
    panel = even(5)
    less = {kind: values for kind, values in panel.channels.items() if kind != name}
    with pytest.raises(NotCoveredError, match=f"no channel '{name}'"):
        look(replace(panel, channels=less))


def test_numbers_trace_to_the_observers_objections() -> None:
    one = only(look(even(5)))
    for trace, doer in zip(one.traces, (FIRST, SECOND), strict=True):
        columns = {test.column: test.value for test in trace.where}
        assert (columns["actor"], columns["recipient"]) == (OBSERVER, doer)
        assert columns["event_type"] == ("ACCUSE", "REJECT", "PROTEST")


def test_the_picture_holds_every_pair_that_the_observer_objects_to() -> None:
    finding = look(even(5))
    assert sum(finding.distributions[0].counts) > 20
    assert finding.charts[0].series == ("double_standard.simulated.A01-A02",)


def test_planting_adds_no_act() -> None:
    record = record_of(even(5))
    plain = record.instruments("simulated", even(5).grid)
    planted = DoubleStandard().plant(record, 1).instruments("simulated", plain.grid)
    both = [p.channels["talked"] + p.channels[ANSWER] for p in (plain, planted)]
    assert np.array_equal(*both)
