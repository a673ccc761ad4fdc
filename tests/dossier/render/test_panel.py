"""A drawn panel is one image that refers to nothing outside itself."""

import re
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dossier.sample import HOSTILE

from cuibono.dossier.render.panel import Panel, draw, wrap
from cuibono.dossier.render.theme import layer

PANEL = Panel(
    {
        "title": HOSTILE,
        "layer": [layer([{"said": HOSTILE}], "text", {}, {"text": {"field": "said"}})],
    },
    HOSTILE,
)
SVG = draw(PANEL)


def test_a_drawing_with_hostile_text_is_well_formed() -> None:
    assert ElementTree.fromstring(SVG).tag.endswith("svg")


def test_hostile_text_opens_no_element() -> None:
    inside = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(SVG).iter()}
    assert inside <= {"svg", "g", "rect", "path", "text", "line", "tspan"}


def test_hostile_text_is_the_text_alternative() -> None:
    label = ElementTree.fromstring(SVG).get("aria-label") or ""
    assert label.startswith("<script>alert(1)</script> {{ 7*7 }}")


def test_a_drawing_is_one_image_to_a_screen_reader() -> None:
    assert re.findall(r'role="([^"]*)"', SVG) == ["img"]


def test_a_drawing_has_no_id_that_another_could_share() -> None:
    assert not re.search(r'\sid="', SVG)


def test_a_drawing_refers_to_nothing_outside() -> None:
    elements = ElementTree.fromstring(SVG).iter()
    assert [e for e in elements if any(key.endswith(("href", "src")) for key in e.attrib)] == []


def test_the_same_panel_gives_the_same_bytes() -> None:
    assert draw(PANEL) == SVG


@given(st.text(max_size=200), st.integers(8, 60))
def test_a_label_never_takes_more_lines_than_it_may(text: str, width: int) -> None:
    assert wrap(text, width, lines=2).count("\n") <= 1


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=[]), max_size=60))
def test_no_text_ends_the_process_or_breaks_the_drawing(text: str) -> None:
    said = layer([{"said": text}], "text", {}, {"text": {"field": "said"}})
    svg = draw(Panel({"title": [text], "layer": [said]}, text))
    assert ElementTree.fromstring(svg).tag.endswith("svg")
