"""Pages show hostile text as text, and addresses hold any name."""

from urllib.parse import parse_qs, unquote

from hypothesis import given
from hypothesis import strategies as st
from tests.dossier.render.reader import Page
from tests.dossier.sample import HOSTILE

from cuibono.web.paper import quote_segment, write_page, write_query

NAME = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)


@given(NAME)
def test_f54_any_name_fits_into_one_segment_and_comes_back(name: str) -> None:
    written = quote_segment(name)
    assert (unquote(written), "/" in written) == (name, False)


@given(NAME, NAME)
def test_f54_any_words_fit_into_a_query_and_come_back(one: str, two: str) -> None:
    asked = parse_qs(write_query({"actor": one, "quad": two}), keep_blank_values=True)
    assert asked == {"actor": [one], "quad": [two]}


def test_f58_hostile_text_is_shown_as_text() -> None:
    page = Page(write_page("fault.html.j2", said=HOSTILE, phrase=HOSTILE).body.decode())
    assert [e.tag for e in page.elements if e.tag in {"svg", "img"}] == []
    assert all(script.attributes["src"] for script in page.every("script"))
    assert "{{ 7*7 }}" in page.every("h1")[0].text


def test_a_lone_surrogate_does_not_end_the_answer() -> None:
    assert write_page("fault.html.j2", said="\ud800", phrase="x").status_code == 200
