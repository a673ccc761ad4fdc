"""Weights stand in the order given, around zero, with their words."""

from dataclasses import replace
from itertools import pairwise

from tests.dossier.sample import EXPLANATIONS, figures

from cuibono.dossier.render.theme import Spec
from cuibono.dossier.render.weights import build_panel

WEIGHTS = figures()[: len(EXPLANATIONS)]


def rows(spec: Spec) -> list[Spec]:
    circles = [one for one in spec["layer"] if one["mark"]["type"] == "circle"]
    values: list[Spec] = circles[0]["data"]["values"]
    return values


def test_explanations_stand_in_the_order_given() -> None:
    drawn = rows(build_panel(WEIGHTS, narrow=False).spec)
    assert [row["value"] for row in drawn] == [figure.value for figure in WEIGHTS]


def test_rows_never_overlap() -> None:
    drawn = rows(build_panel(WEIGHTS, narrow=True).spec)
    assert all(low["end"] <= high["top"] for low, high in pairwise(drawn))


def test_zero_is_on_the_axis_even_where_all_weights_are_positive() -> None:
    high = [replace(figure, value=9.0, low=8.0, high=10.0) for figure in WEIGHTS]
    domain = build_panel(high, narrow=False).spec["layer"][0]["encoding"]["x"]["scale"][
        "domain"
    ]
    assert domain == [0.0, 10.0]


def test_the_words_of_a_figure_stand_above_its_number() -> None:
    words = rows(build_panel(WEIGHTS, narrow=False).spec)[0]["words"]
    assert words == "likely (58–86 %)\n11.2 [5.1, 18.0] dB"


def test_a_figure_without_words_shows_its_number_alone() -> None:
    bare = replace(WEIGHTS[0], said="")
    assert rows(build_panel([bare], narrow=False).spec)[0]["words"].startswith("1")


def test_a_figure_without_interval_has_a_band_of_no_width() -> None:
    bare = replace(WEIGHTS[0], low=None, high=None, level=None)
    (row,) = rows(build_panel([bare], narrow=False).spec)
    assert row["low"] == row["high"] == row["value"]


def test_on_a_phone_the_words_stand_below_the_band() -> None:
    row = rows(build_panel(WEIGHTS, narrow=True).spec)[0]
    assert row["said"] > row["band"]


def test_the_alternative_names_every_explanation() -> None:
    told = build_panel(WEIGHTS, narrow=False).alternative
    assert all(name in told for name in EXPLANATIONS.values())
