"""The page holds everything, asks for nothing, and every number leads to its rows."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dossier.render.reader import Page
from tests.dossier.sample import HOSTILE, sample

from cuibono.dossier.render.html import has_gaps, is_address, keep_days, link_to, render_html
from cuibono.dossier.render.markdown import render_markdown
from cuibono.dossier.render.targets import describe_targets
from cuibono.errors import TraceError
from cuibono.model.dossier import Chart, Dossier, Point, Section, Span, Table

DOSSIER = sample()
HTML = render_html(DOSSIER)
PAGE = Page(HTML)


def with_hostile_text(dossier: Dossier) -> Dossier:
    """Put the hostile text wherever a case or a source could put its own."""
    (first, *others), (series, *more) = dossier.sections, dossier.series
    said = (Span(HOSTILE), Span(HOSTILE, dossier.figures[0].id))
    section = replace(
        first, title=HOSTILE, lead=(said,), tables=(Table((HOSTILE, HOSTILE), ((said, said),)),)
    )
    chart = replace(first.charts[0], title=HOSTILE, caption=HOSTILE)
    labelled = replace(dossier.figures[0], label=HOSTILE, unit=HOSTILE, how=HOSTILE)
    return replace(
        dossier,
        title=HOSTILE,
        question=HOSTILE,
        context=HOSTILE,
        answer=(said, said, said),
        sections=(replace(section, charts=(chart,)), *others),
        figures=(labelled, *dossier.figures[1:]),
        series=(replace(series, label=HOSTILE, unit=HOSTILE, source=HOSTILE), *more),
        evidence=({"id": "E01", HOSTILE: HOSTILE}, *dossier.evidence[1:]),
        provenance={HOSTILE: HOSTILE},
    )


HOSTILE_PAGE = Page(render_html(with_hostile_text(DOSSIER)))


def test_every_element_is_closed() -> None:
    assert PAGE.unclosed == []


def test_every_id_is_unique() -> None:
    assert len(PAGE.ids) == len(set(PAGE.ids))


def test_every_link_on_the_page_leads_to_an_id() -> None:
    assert PAGE.fragments - set(PAGE.ids) == set()


def test_every_number_of_the_dossier_is_a_target() -> None:
    assert set(describe_targets(DOSSIER)) - set(PAGE.ids) == set()


def test_a_number_in_the_text_links_to_its_row() -> None:
    links = [e for e in PAGE.every("a") if e.attributes.get("class") == "n"]
    assert ("#weight.punish-india", "likely (58–86\N{NO-BREAK SPACE}%)") in [
        (link.attributes["href"], link.text) for link in links
    ]


def test_a_command_in_a_sentence_is_set_as_code() -> None:
    span = Span("To fill the gap: run `cuibono load icews FILE`.")
    page = Page(render_html(replace(DOSSIER, answer=((span,),))))
    assert "cuibono load icews FILE" in [code.text for code in page.every("code")]


def test_the_row_of_a_figure_names_the_command_that_traces_it() -> None:
    assert "cuibono trace weight.china-urging" in [code.text for code in PAGE.every("code")]


def test_the_first_screen_asks_answers_and_says_what_is_not_covered() -> None:
    opening = " ".join(element.text for element in PAGE.every("header"))
    labels = [DOSSIER.question, "Best supported", "What would overturn it", "Not covered"]
    assert [label for label in labels if label not in opening] == []


def test_nothing_on_the_page_can_run() -> None:
    running = {"script", "iframe", "object", "embed", "form", "base", "link"}
    assert {element.tag for element in PAGE.elements} & running == set()


def test_nothing_is_fetched() -> None:
    assert [
        v for name in ("src", "srcset", "data", "xlink:href") for v in PAGE.values(name)
    ] == []


def test_the_policy_forbids_whatever_the_page_does_not_need() -> None:
    (policy,) = [e for e in PAGE.every("meta") if "http-equiv" in e.attributes]
    rules = policy.attributes["content"].split("; ")
    assert rules[:3] == ["default-src 'none'", "style-src 'unsafe-inline'", "img-src data:"]


def test_a_citation_opens_without_telling_where_from() -> None:
    outside = [e for e in PAGE.every("a") if not e.attributes["href"].startswith("#")]
    assert {e.attributes["href"] for e in outside} == {
        "https://doi.org/10.7910/DVN/QI2T9A",
        "https://doi.org/10.7910/DVN/LEJUQZ",
    }
    assert {e.attributes["rel"] for e in outside} == {"noopener noreferrer"}


def test_headings_go_down_one_step_at_a_time() -> None:
    levels = [int(e.tag[1]) for e in PAGE.elements if re.fullmatch("h[1-6]", e.tag)]
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_every_heading_of_a_table_says_what_it_heads() -> None:
    assert {e.attributes.get("scope") for e in PAGE.every("th")} == {"col", "row"}


def test_every_drawing_has_a_text_alternative() -> None:
    drawings = PAGE.every("svg")
    assert [e for e in drawings if not e.attributes.get("aria-label")] == []
    assert {e.attributes["role"] for e in drawings} == {"img"}


def test_every_drawing_stands_in_a_figure_with_a_caption() -> None:
    assert all("figure" in element.inside for element in PAGE.every("svg"))
    assert len(PAGE.every("figure")) == len(PAGE.every("figcaption"))


def test_the_page_names_its_language() -> None:
    assert PAGE.every("html")[0].attributes["lang"] == "en"


def test_a_wide_table_scrolls_in_its_own_box() -> None:
    tables = PAGE.every("table")
    assert [table for table in tables if table.inside[-1] != "div"] == []


def test_a_chart_with_gaps_explains_the_shade() -> None:
    captions = [e.text for e in PAGE.every("figcaption")]
    shaded = [at for at, caption in enumerate(captions) if "Shaded" in caption]
    assert shaded == [1, 3]


def test_a_chart_without_gaps_needs_no_explanation() -> None:
    assert not has_gaps(DOSSIER.sections[1].charts[1], DOSSIER)


def test_the_same_dossier_gives_the_same_bytes() -> None:
    assert render_html(sample()) == HTML


def test_hostile_text_opens_no_element() -> None:
    assert {e.tag for e in HOSTILE_PAGE.elements} == {e.tag for e in PAGE.elements}


def test_hostile_text_closes_no_element() -> None:
    assert HOSTILE_PAGE.unclosed == []


def test_hostile_text_sets_no_attribute() -> None:
    names = {name for e in HOSTILE_PAGE.elements for name in e.attributes}
    assert names == {name for e in PAGE.elements for name in e.attributes}


def test_hostile_text_becomes_no_link() -> None:
    outside = [link for link in HOSTILE_PAGE.values("href") if not link.startswith("#")]
    assert outside == [link for link in PAGE.values("href") if not link.startswith("#")]


def test_hostile_text_is_shown_as_it_is() -> None:
    shown = HOSTILE.replace("\u202e", "\ufffd").replace("\x00", "\ufffd")
    assert HOSTILE_PAGE.every("h1")[0].text == shown


def test_three_thousand_points_stay_below_three_megabytes() -> None:
    def stretched(n: int) -> tuple[Point, ...]:
        days = [date(2016, 1, 4) + timedelta(weeks=week) for week in range(n + 1)]
        return tuple(Point(a, b, 0.01234, 0.01, 0.0149, (7, 912)) for a, b in pairwise(days))

    long = tuple(replace(series, points=stretched(250)) for series in DOSSIER.series)
    sections = tuple(s for s in DOSSIER.sections if s.id != "record")
    drawn = replace(DOSSIER.sections[1], lead=())
    html = render_html(replace(DOSSIER, series=long, sections=(*sections, drawn)))
    assert len(html.encode()) < 3_000_000


def test_a_dossier_without_numbers_is_a_page_too() -> None:
    empty = replace(
        DOSSIER, sections=(), figures=(), series=(), distributions=(), evidence=(), answer=()
    )
    assert Page(render_html(empty)).every("h1")[0].text == DOSSIER.title


def test_a_series_without_points_is_drawn_as_not_covered() -> None:
    bare = replace(DOSSIER.series[0], points=())
    chart = Chart("c", "lines", "C", "", (bare.id,))
    section = Section(id="s", title="S", charts=(chart,))
    html = render_html(replace(DOSSIER, series=(bare,), sections=(section,), answer=()))
    assert ">not covered</text>" in html


def test_a_reference_that_leads_nowhere_is_refused() -> None:
    with pytest.raises(TraceError, match="nowhere"):
        render_html(replace(DOSSIER, answer=((Span("12 dB", "nowhere"),),)))


@pytest.mark.parametrize("text", ["https://doi.org/10.7910/DVN/28075", "http://www.kremlin.ru"])
def test_a_web_address_becomes_a_link(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "https://a.b/ and more",
        'https://a"b',
        "//a.b",
    ],
)
def test_nothing_else_becomes_a_link(text: str) -> None:
    assert not is_address(text)


def test_a_day_does_not_break() -> None:
    assert '<span class="day">2021-09-01</span>' in keep_days("from 2021-09-01 on")


@given(st.text())
def test_days_are_kept_in_escaped_text(text: str) -> None:
    assert "<" not in keep_days(text).replace('<span class="day">', "").replace("</span>", "")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_link_leads_back_to_its_id(name: str) -> None:
    assert Page(f'<a href="{link_to(name)}">').fragments == {name}


def answered() -> Dossier:
    """Give the sample a section that answers a question."""
    dossier = sample()
    first = replace(
        dossier.sections[0], title="Did it change?", answer=(Span("Votes: no turning point."),)
    )
    return replace(dossier, sections=(first, *dossier.sections[1:]))


def test_a_question_and_its_answer_stand_together_at_a_glance() -> None:
    page = Page(render_html(answered()))
    glance = next(e for e in page.every("section") if "section:glance" in e.attributes.values())
    assert glance.text.startswith("At a glance")
    assert "Did it change?Votes: no turning point." in glance.text.replace("\n", "")


def test_what_an_answer_was_measured_from_is_folded_away_without_script() -> None:
    page = Page(render_html(answered()))
    folded = [e for e in page.every("details") if e.attributes.get("class") == "more"]
    assert len(folded) == 1
    assert page.every("script") == []


def test_a_dossier_without_an_answered_question_has_no_glance() -> None:
    assert "At a glance" not in render_html(sample())


def test_the_markdown_twin_opens_a_section_with_its_answer() -> None:
    assert "\n**Votes: no turning point.**\n" in render_markdown(answered())
