"""Each kind of chart is drawn, valid, and the same each time."""

from dataclasses import replace

import altair
import pytest
from tests.dossier.sample import EXPLANATIONS, covered, figures, sample, weekly, world

from cuibono.dossier.render.charts import KINDS, chart_svg
from cuibono.dossier.render.coverage import build_panel as build_coverage
from cuibono.dossier.render.curve import build_panel as build_curve
from cuibono.dossier.render.dates import build_panel as build_dates
from cuibono.dossier.render.lines import build_panel, frame_of
from cuibono.dossier.render.theme import CONFIG, GRAMMAR, Spec
from cuibono.dossier.render.weights import build_panel as build_weights
from cuibono.dossier.render.world import build_panel as build_world
from cuibono.errors import TraceError
from cuibono.model.dossier import Chart

DOSSIER = sample()
CHARTS = {chart.id: chart for section in DOSSIER.sections for chart in section.charts}
SERIES = weekly("RUS→PAK", 0.005)
SPECS = {
    "lines": build_panel(SERIES, frame_of([SERIES])).spec,
    "empty": build_panel(replace(SERIES, points=()), None).spec,
    "weights": build_weights(figures()[: len(EXPLANATIONS)], narrow=True).spec,
    "curve": build_curve("How soon", figures()[:3]).spec,
    "coverage": build_coverage(covered(), narrow=False).spec,
    "world": build_world(world(), figures()[6:9], narrow=False).spec,
}


def test_a_drawing_of_dates_is_valid_to_altair() -> None:
    (bar,) = CHARTS["dates"].bars
    spec = {"$schema": altair.SCHEMA_URL, **build_dates(SERIES, SERIES, [bar]).spec}
    read = altair.VConcatChart.from_dict({**spec, "config": CONFIG}, validate=True)
    assert len(read.to_dict()["vconcat"]) == 2


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_a_drawing_is_valid_to_altair(spec: Spec) -> None:
    written = {"$schema": altair.SCHEMA_URL, **spec, "config": CONFIG}
    assert altair.LayerChart.from_dict(written, validate=True).to_dict()["layer"]


def test_the_grammar_is_the_one_that_altair_speaks() -> None:
    assert altair.SCHEMA_VERSION.startswith(f"v{GRAMMAR}.")


def test_every_kind_is_in_the_sample() -> None:
    assert {chart.kind for chart in CHARTS.values()} == set(KINDS)


def test_a_chart_of_lines_has_a_panel_for_each_series() -> None:
    chart = CHARTS["votes"]
    assert chart_svg(chart, DOSSIER).count("<svg ") == len(chart.series)


def test_a_series_is_labelled_in_its_panel() -> None:
    assert ">Russia → Pakistan</text>" in chart_svg(CHARTS["votes"], DOSSIER)


@pytest.mark.parametrize("name", ["weights", "world"])
def test_a_chart_is_drawn_narrower_for_a_phone(name: str) -> None:
    wide, narrow = (chart_svg(CHARTS[name], DOSSIER, narrow=n) for n in (False, True))
    assert float(narrow.split('width="')[1].split('"')[0]) < 380
    assert float(wide.split('width="')[1].split('"')[0]) > 600


@pytest.mark.parametrize("name", ["weights", "world"])
def test_a_chart_is_the_same_each_time(name: str) -> None:
    assert chart_svg(CHARTS[name], DOSSIER) == chart_svg(CHARTS[name], DOSSIER)


def test_an_unknown_kind_names_the_nearest() -> None:
    with pytest.raises(TraceError, match=r"Did you mean lines\?"):
        chart_svg(replace(CHARTS["votes"], kind="line"), DOSSIER)


@pytest.mark.parametrize(
    "chart",
    [
        Chart("c", "lines", "", "", ("gone",)),
        Chart("c", "weights", "", "", ("gone",)),
        Chart("c", "world", "", "", (), "gone"),
    ],
    ids=["lines", "weights", "world"],
)
def test_an_unknown_id_is_named(chart: Chart) -> None:
    with pytest.raises(TraceError, match="'gone'"):
        chart_svg(chart, DOSSIER)
