"""A case knows every actor that it names, the focal two first."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from cuibono.model.actor import Actor, DirectedDyad
from cuibono.model.case import Case, Explanation, Prediction
from cuibono.model.period import Period

RUS, PAK, IND, USA = (Actor(code, code.title()) for code in ("RUS", "PAK", "IND", "USA"))
DRIFT = Explanation(
    id="drift",
    name="Answering a drift",
    mechanism="The recipient's rival moves away, so the actor courts the recipient.",
    nearest_rival="gains",
    discriminator="Courting stops when the rival comes back.",
    predictions=(
        Prediction(
            lens="third_party",
            driver=DirectedDyad(IND, USA),
            sign=1,
            why="The warmer the rival's new friendship, the warmer the answer.",
        ),
    ),
)
CASE = Case(
    name="ru-pk",
    title="Russia and Pakistan",
    question="Why does Russia court Pakistan?",
    relation=DirectedDyad(RUS, PAK),
    period=Period(date(2012, 1, 1), date(2018, 1, 1)),
    explanations=(DRIFT,),
    documents=(),
    evidence=(),
)

actors = st.sampled_from([Actor(code, code) for code in "ABCDE"])
dyads = st.builds(DirectedDyad, actors, actors)


def test_drivers_of_predictions_are_named_after_the_focal_two() -> None:
    assert CASE.actors == (RUS, PAK, IND, USA)


def test_explanations_are_called_by_their_names() -> None:
    gains = replace(DRIFT, id="gains", name="Gains")
    assert list(replace(CASE, explanations=(gains, DRIFT)).names.items()) == [
        ("gains", "Gains"),
        ("drift", "Answering a drift"),
    ]


def test_compared_relations_bring_their_actors() -> None:
    china = Actor("CHN", "China")
    assert china in replace(CASE, compare=(DirectedDyad(china, PAK),)).actors


def test_explanation_may_predict_nothing_that_data_could_show() -> None:
    assert replace(CASE, explanations=(replace(DRIFT, predictions=()),)).actors == (RUS, PAK)


@given(st.lists(dyads, max_size=5))
def test_each_actor_is_named_once(compare: list[DirectedDyad]) -> None:
    named = replace(CASE, compare=tuple(compare)).actors
    assert len(named) == len(set(named))


@given(st.lists(dyads, max_size=5))
def test_actors_after_the_focal_two_stand_by_id(compare: list[DirectedDyad]) -> None:
    others = replace(CASE, compare=tuple(compare)).actors[2:]
    assert others == tuple(sorted(others))
