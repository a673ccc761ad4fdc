"""The first page shows how probable each explanation is, strongest first."""

from dataclasses import replace

import pytest
from tests.dossier.render.reader import Page
from tests.dossier.sample import HOSTILE, sample

from cuibono.dossier.render.bands import read_bands
from cuibono.dossier.render.html import render_html
from cuibono.model.dossier import Dossier, Figure
from cuibono.model.trace import Condition, Trace

TRACE = Trace("evidence", "small", (Condition("id", "in", ("E1",)),), 1)


def figure(name: str, value: float, label: str, said: str = "") -> Figure:
    return Figure(
        id=name, label=label, value=value, low=value / 2, high=min(1.0, value * 1.5),
        level=0.9, unit="probability", how="counted", traces=(TRACE,), said=said,
    )  # fmt: skip


@pytest.fixture
def weighed() -> Dossier:
    figures = (
        figure("weight.a", 3.0, "Fear", "likely (55–80 %)"),
        figure("posterior.a", 0.6, "Fear: probability of being at work"),
        figure("weight.b", 1.0, HOSTILE, "unlikely (20–45 %)"),
        figure("posterior.b", 0.3, "b"),
    )
    known = sample()
    return replace(known, figures=(*known.figures, *figures))


def test_each_explanation_has_its_words_its_band_and_its_number(weighed: Dossier) -> None:
    band = next(one for one in read_bands(weighed) if one.id == "posterior.a")
    assert (band.name, band.said, band.text) == ("Fear", "likely", "60 % (30–90 %)")
    assert (band.low, band.value, band.high) == pytest.approx((30, 60, 90))


def test_the_order_is_that_of_the_dossier(weighed: Dossier) -> None:
    ids = [one.id for one in read_bands(weighed)]
    assert ids[-2:] == ["posterior.a", "posterior.b"]


def test_where_nothing_was_weighed_there_is_no_band() -> None:
    bare = replace(sample(), figures=())
    assert read_bands(bare) == ()


def test_every_band_on_the_page_leads_to_its_figure(weighed: Dossier) -> None:
    page = Page(render_html(weighed))
    (shown,) = [e for e in page.every("ul") if e.attributes.get("class") == "bands"]
    assert "Fear" in shown.text
    links = {e.attributes.get("href") for e in page.every("a")}
    assert {f"#{one.id}" for one in read_bands(weighed)} <= links
    assert page.every("script") == []
