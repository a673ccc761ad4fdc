"""All rivals are drawn, and the listed ones marked where they stand."""

from dataclasses import replace

from tests.dossier.sample import DRIVERS, figures, world

from cuibono.dossier.render.theme import Spec
from cuibono.dossier.render.world import build_panel

WORLD = world()
SCORES = [figure for figure in figures() if figure.id.startswith("score.")]
SPEC = build_panel(WORLD, SCORES, narrow=False).spec


def layers(spec: Spec, mark: str) -> list[Spec]:
    return [one for one in spec["layer"] if one["mark"]["type"] == mark]


def test_every_relation_is_in_a_bar() -> None:
    (bars,) = layers(SPEC, "rect")
    assert sum(row["n"] for row in bars["data"]["values"]) == 9_000


def test_a_bin_without_relations_has_no_bar() -> None:
    (bars,) = layers(SPEC, "rect")
    assert len(bars["data"]["values"]) == sum(count > 0 for count in WORLD.counts)


def test_a_tall_distribution_is_drawn_on_a_logarithmic_axis_that_says_so() -> None:
    (bars,) = layers(SPEC, "rect")
    assert bars["encoding"]["y"]["axis"]["title"] == "relations (logarithmic)"


def test_a_low_distribution_is_drawn_on_a_plain_axis() -> None:
    low = replace(WORLD, counts=tuple(min(count, 9) for count in WORLD.counts))
    (bars,) = layers(build_panel(low, SCORES, narrow=False).spec, "rect")
    assert bars["encoding"]["y"]["scale"]["type"] == "linear"


def test_the_best_twentieth_is_ruled_where_it_starts() -> None:
    assert layers(SPEC, "rule")[0]["data"]["values"][0]["value"] == WORLD.threshold


def test_each_listed_relation_has_a_row_of_its_own() -> None:
    rows = [one["data"]["values"][0]["row"] for one in layers(SPEC, "circle")]
    assert len(set(rows)) == len(DRIVERS)


def test_the_strongest_stands_on_top() -> None:
    drawn = [one["data"]["values"][0] for one in layers(SPEC, "circle")]
    by_row = [row["value"] for row in sorted(drawn, key=lambda row: row["row"])]
    assert by_row == sorted((z for _, _, z in DRIVERS), reverse=True)


def test_a_score_beyond_the_bins_is_on_the_axis() -> None:
    far = replace(SCORES[0], value=9.5)
    (bars,) = layers(build_panel(WORLD, [far], narrow=False).spec, "rect")
    assert bars["encoding"]["x"]["scale"]["domain"] == [-4.0, 9.5]


def test_a_world_without_listed_relations_is_drawn_too() -> None:
    assert build_panel(WORLD, [], narrow=True).alternative.endswith("Marked: none.")


def test_the_alternative_says_how_many_and_where_the_best_start() -> None:
    told = build_panel(WORLD, SCORES, narrow=False).alternative
    assert "9,000 relations" in told
    assert "best twentieth starts at 2.26" in told
