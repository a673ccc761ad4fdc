"""What lenses say: every sentence is whole, fills from what it names, and ends as it should."""

import tomllib
from importlib.resources import files
from string import Formatter

import pytest

from cuibono.lenses.prose import fill

LENSES = ("turning_points", "linkage", "latency", "declared_done")
SENTENCES = [
    pytest.param(lens, key, text, id=f"{lens}.{key}")
    for lens in LENSES
    for key, text in tomllib.loads(
        files("cuibono.lenses").joinpath(f"{lens}.toml").read_text("utf-8")
    ).items()
]
NUMBERS = {"expected", "worth", "cases", "total", "after", "usual", "most", "least"}


def facts_of(text: str) -> dict[str, object]:
    names = {name for _, name, _, _ in Formatter().parse(text) if name}
    return {name: 1.5 if name in NUMBERS else "something" for name in names}


@pytest.mark.parametrize(("lens", "key", "text"), SENTENCES)
def test_a_sentence_fills_from_what_it_names(lens: str, key: str, text: str) -> None:
    said = fill(lens, key, **facts_of(text))
    assert "{" not in said
    assert said.strip() == said != ""


@pytest.mark.parametrize(("lens", "key", "text"), SENTENCES)
def test_a_sentence_keeps_to_the_marks_of_the_page(lens: str, key: str, text: str) -> None:
    assert "  " not in text
    assert ".." not in text
    assert " %" in text or "%" not in text


@pytest.mark.parametrize("lens", LENSES)
def test_no_two_sentences_of_a_lens_are_the_same(lens: str) -> None:
    said = [text for one, _, text in (param.values for param in SENTENCES) if one == lens]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize(
    ("lens", "key"),
    [
        ("turning_points", "summary_none"),
        ("turning_points", "could_see"),
        ("linkage", "summary"),
        ("linkage", "episodes"),
        ("latency", "summary"),
        ("declared_done", "summary"),
        ("declared_done", "summary_stated"),
    ],
)
def test_a_paragraph_ends_with_a_full_stop(lens: str, key: str) -> None:
    text = next(
        t for one, k, t in (param.values for param in SENTENCES) if (one, k) == (lens, key)
    )
    assert text.endswith(".")
