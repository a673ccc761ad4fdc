"""Every number in the JSON of a shipped dossier opens to the rows it was computed from."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Any

import pyarrow as pa
import pytest

from cuibono.dossier import find as finder
from cuibono.dossier.find import find
from cuibono.dossier.render.json import to_json
from cuibono.dossier.render.targets import describe_targets
from cuibono.model.dossier import Dossier, Series
from cuibono.model.trace import Trace
from cuibono.store.rows import count_rows, fetch_rows, find_rows
from cuibono.store.store import Store

HOLDERS = ("figures", "series", "distributions")


@pytest.fixture(params=["dossier", "india"], ids=["russia-pakistan", "india-united-states"])
def shipped(request: pytest.FixtureRequest) -> Dossier:
    made: Dossier = request.getfixturevalue(request.param)
    return made


@pytest.fixture(scope="module")
def counted_once() -> Iterator[None]:
    """Count and fetch each trace once, however many numbers share it."""

    def once(ask: Callable[..., Any]) -> Callable[..., Any]:
        known = cache(ask)
        return lambda store, trace, *limit: known(store, trace, *limit)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finder, "count_rows", once(count_rows))
        patch.setattr(finder, "fetch_rows", once(fetch_rows))
        yield


def numbers_in(value: object, place: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the place of every number below a value; a truth value is none."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        yield place
    if isinstance(value, dict | list):
        steps = value.items() if isinstance(value, dict) else enumerate(value)
        for step, inner in steps:
            yield from numbers_in(inner, (*place, step))


def days_of(store: Store, trace: Trace, column: str) -> list[date]:
    rows: pa.Table = store.engine.collect(find_rows(store, trace).select(column))
    days: list[date] = rows[column].to_pylist()
    return days


def test_a_number_stands_only_where_an_id_stands(shipped: Dossier) -> None:
    plain = json.loads(to_json(shipped))
    stray = [place for place in numbers_in(plain) if place[0] not in HOLDERS]
    nameless = [place for place in numbers_in(plain) if not plain[place[0]][place[1]]["id"]]
    assert (stray, nameless) == ([], [])


def test_the_walk_sees_a_number_that_stands_alone() -> None:
    assert list(numbers_in({"a": [{"b": 1.5, "c": True}], "d": "2"})) == [("a", 0, "b")]


def test_every_id_leads_to_as_many_rows_as_it_was_computed_from(
    shipped: Dossier, pack_store: Store, counted_once: None
) -> None:
    points = {f"{s.id}@{point.start}" for s in shipped.series for point in s.points}
    names = set(describe_targets(shipped)) - points - {s.id for s in shipped.series}
    wrong = [
        (name, str(found.trace), found.n_rows)
        for name in sorted(names)
        for found in find(shipped, pack_store, name, 1)
        if not found.unchanged or (found.n_rows > 0) != bool(found.rows)
    ]
    assert wrong == []
    assert len(names) > 200


def wrong_points(store: Store, series: Series) -> list[tuple[str, date, int, int]]:
    """Recount all points of a series at once, and list those that claim another number."""
    wrong = []
    for number, trace in enumerate(series.traces):
        days = days_of(store, trace, series.day_column)
        for point in series.points:
            now = sum(point.start <= day < point.end for day in days)
            if now != point.rows[number]:
                wrong.append((series.id, point.start, now, point.rows[number]))
    return wrong


def counted(shipped: Dossier) -> list[Series]:
    """List the series whose points divide the rows among them."""
    return [series for series in shipped.series if series.day_column]


def test_every_point_of_every_series_recounts(shipped: Dossier, pack_store: Store) -> None:
    wrong = [bad for series in counted(shipped) for bad in wrong_points(pack_store, series)]
    assert wrong == []
    assert sum(len(series.points) for series in counted(shipped)) > 200


def test_a_series_counts_the_rows_of_its_points(shipped: Dossier) -> None:
    for series in counted(shipped):
        added = [sum(counts) for counts in zip(*(p.rows for p in series.points), strict=True)]
        assert [trace.n_rows for trace in series.traces] == added


def test_points_are_found_by_their_own_ids(shipped: Dossier, pack_store: Store) -> None:
    ends = [(s, p) for s in shipped.series for p in (s.points[0], s.points[-1])]
    for series, point in ends:
        found = find(shipped, pack_store, f"{series.id}@{point.start}", 1)
        assert tuple(part.n_rows for part in found) == point.rows


def test_a_figure_that_counts_rows_is_the_count_of_its_rows(
    shipped: Dossier, pack_store: Store, counted_once: None
) -> None:
    counts = [figure for figure in shipped.figures if figure.unit == "rows"]
    for figure in counts:
        (found,) = find(shipped, pack_store, figure.id, 1)
        assert figure.value == found.n_rows
    assert counts
