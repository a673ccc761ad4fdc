"""The colours of the charts are those of the page, in both modes, and legible."""

import re
from importlib.resources import files

import pytest

from cuibono.dossier.render import theme

CSS = files("cuibono.dossier.render").joinpath("templates/page.css").read_text("utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", part))
    for part in CSS.split("@media (prefers-color-scheme: dark)", maxsplit=1)
)


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return sum(weight * s for weight, s in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_charts_use_the_colours_of_the_page() -> None:
    assert set(theme.COLOURS) <= set(LIGHT.values())


@pytest.mark.parametrize("colour", theme.COLOURS)
def test_each_colour_of_a_chart_has_its_counterpart_in_dark_mode(colour: str) -> None:
    assert re.search(rf'svg \[(?:fill|stroke)="{colour}"\]', CSS)


@pytest.mark.parametrize("mode", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["ink", "muted", "link", "blue", "signal"])
def test_text_reaches_the_contrast_of_wcag_aa(mode: dict[str, str], name: str) -> None:
    assert contrast(mode[name], mode["paper"]) >= 4.5


@pytest.mark.parametrize("mode", [LIGHT, DARK], ids=["light", "dark"])
def test_words_on_a_gap_reach_it_too(mode: dict[str, str]) -> None:
    assert contrast(mode["muted"], mode["gap"]) >= 4.5


def test_the_style_asks_nothing_of_the_network() -> None:
    assert re.findall(r"url\(|@import|@font-face", CSS) == []


def test_text_has_a_halo_below_it() -> None:
    halo, text = theme.write([{"said": "x"}], {"color": theme.INK}, {})
    assert (halo["mark"]["stroke"], "stroke" in text["mark"]) == (theme.PAPER, False)
