"""The JSON twin gives back what it was given, and refuses what it was not."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.dossier.sample import sample

from cuibono.dossier.render.json import from_json, to_json
from cuibono.errors import CuibonoError, TraceError
from cuibono.model.dossier import Distribution, Dossier, Figure, Point, Series
from cuibono.model.trace import Condition, Trace

TEXT = to_json(sample())
words = st.text(max_size=8)
finite = st.floats(allow_nan=False, allow_infinity=False)
conditions = st.builds(
    Condition,
    words,
    st.sampled_from(["=", "in", ">=", "<"]),
    st.one_of(words, st.lists(words, max_size=3).map(tuple)),
)
traces = st.builds(
    Trace, words, words, st.lists(conditions, max_size=2).map(tuple), st.integers(0, 10**9)
)
one_trace = st.tuples(traces)
bounds = st.none() | finite
figures = st.builds(
    Figure, words, words, finite, bounds, bounds, bounds, words, words, one_trace, words
)
points = st.builds(
    Point, st.dates(), st.dates(), finite, finite, finite, st.tuples(st.integers(0, 99))
)
series = st.builds(
    Series, points=st.lists(points, max_size=3).map(tuple), traces=one_trace, level=finite
)
distributions = st.builds(
    Distribution,
    edges=st.tuples(finite, finite),
    counts=st.tuples(st.integers(0, 99)),
    threshold=finite,
    traces=one_trace,
)
some = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def damaged(*path: str | int, value: object) -> str:
    """Give the sample's JSON with one value replaced."""
    plain = json.loads(TEXT)
    place = plain
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(plain)


def numbers_in(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from numbers_in(inner, (*path, key))
    elif isinstance(value, list):
        for inner in value:
            yield from numbers_in(inner, path)
    elif isinstance(value, int | float):
        yield path


@some
@given(st.lists(figures, max_size=2), st.lists(series, max_size=2), st.lists(distributions))
def test_a_dossier_comes_back_as_it_was(
    some_figures: list[Figure], some_series: list[Series], some_worlds: list[Distribution]
) -> None:
    dossier = replace(
        sample(),
        figures=tuple(some_figures),
        series=tuple(some_series),
        distributions=tuple(some_worlds),
    )
    assert from_json(to_json(dossier)) == dossier


def test_the_sample_comes_back_as_it_was() -> None:
    assert from_json(TEXT) == sample()


def test_the_same_dossier_gives_the_same_text() -> None:
    assert to_json(sample()) == TEXT


def test_the_schema_stands_first() -> None:
    assert next(iter(json.loads(TEXT))) == "schema"


def test_numbers_stand_only_where_they_have_rows() -> None:
    assert {path[0] for path in numbers_in(json.loads(TEXT))} == {
        "figures",
        "series",
        "distributions",
    }


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_is_not_finite_is_not_written(value: float) -> None:
    dossier = sample()
    broken = replace(dossier, figures=(replace(dossier.figures[0], value=value),))
    with pytest.raises(TraceError, match="not finite"):
        to_json(broken)


@pytest.mark.parametrize("text", ["", "{", "not json", "[" * 100_000, '{"a": 1' + "0" * 5_000])
def test_damaged_text_is_refused(text: str) -> None:
    with pytest.raises(TraceError, match="damaged"):
        from_json(text)


@pytest.mark.parametrize("text", ["[]", "3", "null", '{"title": "a page of something else"}'])
def test_foreign_json_is_refused(text: str) -> None:
    with pytest.raises(TraceError, match="no `schema`"):
        from_json(text)


def test_another_schema_is_named() -> None:
    with pytest.raises(TraceError, match=r"cuibono\.dossier/99"):
        from_json(damaged("schema", value="cuibono.dossier/99"))


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (("figures", 0, "value"), float("inf"), "figures.0.value"),
        (("figures", 0, "value"), "3", "figures.0.value"),
        (("figures", 0, "shell"), "rm", "figures.0.shell"),
        (("series", 0, "points", 0, "start"), "2021-13-01", "series.0.points.0.start"),
        (("figures", 0, "traces", 0, "where", 0, "operator"), "; drop", "operator"),
        (("sections",), None, "sections"),
        (("series", 0, "points", 0, "rows"), [1], "share.rus-pak"),
        (("distributions", 0, "counts"), [1], "world.rus-pak"),
    ],
)
def test_damage_is_named_by_its_place(
    path: tuple[str | int, ...], value: object, place: str
) -> None:
    with pytest.raises(TraceError, match=place):
        from_json(damaged(*path, value=value))


def test_a_figure_whose_rows_were_cut_out_is_refused() -> None:
    with pytest.raises(CuibonoError, match="without rows"):
        from_json(damaged("figures", 0, "traces", value=[]))


@some
@given(st.integers(0, len(TEXT) - 1), st.characters(exclude_categories=["Cs"]))
def test_one_changed_character_never_gives_anything_but_a_dossier(at: int, put: str) -> None:
    with suppress(CuibonoError):
        assert isinstance(from_json(TEXT[:at] + put + TEXT[at + 1 :]), Dossier)
