"""Actors by name: no reader meets an id that only a program reads."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dossier.sample import sample

from cuibono.dossier.naming import name_actors, name_in_dossier
from cuibono.model.dossier import Span
from cuibono.vocab.actors import load_actors

RAW = "non_state:taliban"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("RUS→non_state:taliban", "RUS→Taliban"),
        ("Pressure by non_state:taliban set in.", "Pressure by Taliban set in."),
        ("VNM→igo:un-security-council", "VNM→UN Security Council"),
        ("PAK–RUS", "PAK–RUS"),
        ("doi:10.7910/DVN/28075", "doi:10.7910/DVN/28075"),
        ("non_state:nobody-knows", "non_state:nobody-knows"),
    ],
)
def test_known_ids_are_names_and_all_else_stays(text: str, said: str) -> None:
    assert name_actors(text) == said


@given(st.sampled_from(sorted(load_actors())))
def test_every_id_with_a_colon_becomes_its_name(actor: str) -> None:
    said = name_actors(f"{actor}→RUS")
    assert said == (f"{load_actors()[actor].name}→RUS" if ":" in actor else f"{actor}→RUS")


def test_text_is_named_and_ids_stay() -> None:
    dossier = sample()
    figure = replace(dossier.figures[0], label=f"{RAW}→AFG", said=f"of {RAW}")
    line = (Span(f"RUS→{RAW}", figure.id),)
    named = name_in_dossier(
        replace(dossier, answer=(line,), figures=(figure, *dossier.figures[1:]))
    )
    assert named.answer == ((Span("RUS→Taliban", figure.id),),)
    assert (named.figures[0].label, named.figures[0].said) == ("Taliban→AFG", "of Taliban")
    assert [f.id for f in named.figures] == [f.id for f in dossier.figures]
    assert named.figures[0].traces == figure.traces


def test_a_relation_of_an_armed_group_is_named_at_the_top() -> None:
    named = name_in_dossier(replace(sample(), about=f"RUS→{RAW} (Russia, Taliban)"))
    assert named.about == "RUS→Taliban (Russia, Taliban)"
