"""A chart as one file carries its title, its sources and its licence."""

import re
from dataclasses import replace
from html import escape

import pytest
from tests.dossier.sample import HOSTILE, sample

from cuibono.model.dossier import Chart, Dossier
from cuibono.web.drawings import describe_chart, one_drawing, to_png


def from_icews(dossier: Dossier) -> Dossier:
    """Trace every series to a source that has a card."""
    series = [
        replace(one, traces=tuple(replace(trace, source="icews") for trace in one.traces))
        for one in dossier.series
    ]
    return replace(dossier, series=tuple(series))


DOSSIER = from_icews(sample())
CHARTS = [chart for section in DOSSIER.sections for chart in section.charts]


def of_kind(kind: str, dossier: Dossier = DOSSIER) -> Chart:
    return next(c for s in dossier.sections for c in s.charts if c.kind == kind)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.id)
def test_a_drawing_is_one_document_with_its_title(chart: Chart) -> None:
    svg = one_drawing(chart, DOSSIER)
    assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert escape(chart.title) in svg
    assert svg.count("<svg ") == svg.count("</svg>")


def test_panels_do_not_lie_on_each_other() -> None:
    svg = one_drawing(of_kind("lines"), DOSSIER)
    places = re.findall(r'<svg x="(\d+)" y="(\d+)"', svg)
    assert len(set(places)) == len(places) > 1


def test_a_drawing_names_its_source() -> None:
    assert "Sources: " in one_drawing(of_kind("lines"), DOSSIER)


def test_f58_hostile_words_stand_in_a_drawing_as_text() -> None:
    chart = replace(of_kind("coverage"), title=HOSTILE, caption=HOSTILE)
    svg = one_drawing(chart, DOSSIER)
    assert "<script" not in svg
    assert "&lt;script&gt;" in svg


def test_a_picture_is_a_png() -> None:
    assert to_png(one_drawing(of_kind("weights"), DOSSIER)).startswith(b"\x89PNG\r\n")


def test_the_description_cites_and_licenses_every_source() -> None:
    told = describe_chart(of_kind("lines"), DOSSIER)
    assert told["sources"]
    assert [s for s in told["sources"] if not (s["citation"] and s["licence"])] == []


def test_the_description_leads_from_each_number_to_its_rows() -> None:
    told = describe_chart(of_kind("weights"), DOSSIER)
    assert {n["id"] for n in told["numbers"]} == set(of_kind("weights").series)
    assert [n for n in told["numbers"] if not n["rows"]] == []
