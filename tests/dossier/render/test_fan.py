"""A fan spreads from the last level that was measured, and is told in words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.dossier.sample import weekly

from cuibono.dossier.render.fan import build_panel
from cuibono.dossier.render.panel import draw
from cuibono.errors import TraceError
from cuibono.model.dossier import Point
from cuibono.sources.base import read_card

PAST = weekly("RUS→PAK", 0.005)
LAST = PAST.points[-1]


def ahead(reach: float) -> tuple[Point, ...]:
    weeks = [LAST.end + timedelta(days=7 * n) for n in range(4)]
    ends = [week + timedelta(days=7) for week in weeks]
    return tuple(
        Point(start, end, 0.01, 0.01 - reach * n, 0.01 + reach * n, (0,))
        for n, (start, end) in enumerate(zip(weeks, ends, strict=True), 1)
    )


WIDE = replace(PAST, id="wide", label="RUS→PAK: to come", points=ahead(0.002))
HALF = replace(WIDE, id="half", level=0.5, points=ahead(0.001))


def test_both_bands_begin_at_the_last_level() -> None:
    wide, half = build_panel(PAST, WIDE, HALF).spec["layer"][:2]
    for band in (wide, half):
        first = band["data"]["values"][0]
        assert first["low"] == first["value"] == first["high"]
        assert first["value"] == pytest.approx(100 * LAST.value)
        assert len(band["data"]["values"]) == 5


def test_the_axis_reaches_to_the_end_of_the_fan() -> None:
    domain = build_panel(PAST, WIDE, HALF).spec["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert date.fromisoformat(domain[1]) == WIDE.points[-1].end


def test_what_is_to_come_is_not_shaded_as_not_covered() -> None:
    shades = [
        layer["data"]["values"]
        for layer in build_panel(PAST, WIDE, HALF).spec["layer"]
        if layer["mark"]["type"] == "rect"
    ]
    assert shades == [[]]


def test_the_fan_is_told_to_who_cannot_see_it() -> None:
    told = build_panel(PAST, WIDE, HALF).alternative
    assert told.startswith("RUS→PAK: to come. Last measured ")
    assert f"Furthest foretold {WIDE.points[-1].start}: " in told


def test_a_fan_is_one_drawing() -> None:
    assert draw(build_panel(PAST, WIDE, HALF)).count("<svg") == 1


def test_a_fan_without_a_level_is_refused() -> None:
    empty = replace(PAST, points=())
    with pytest.raises(TraceError, match="without a level"):
        build_panel(empty, replace(WIDE, points=()), replace(HALF, points=()))


def test_a_fan_names_its_source_as_its_neighbours_do() -> None:
    votes = replace(WIDE, source="un_votes")
    said = " ".join(build_panel(PAST, votes, HALF).spec["title"]["subtitle"])
    assert f"· {read_card('un_votes').label} · bands of 90% and 50%" in said


def test_a_source_that_changed_moves_no_axis() -> None:
    past = replace(
        PAST,
        source="gdelt",
        points=(Point(date(2014, 1, 1), date(2016, 1, 1), 0.01, 0, 0.02, (1,)),),
    )
    spec = build_panel(past, WIDE, HALF).spec
    assert [one["encoding"]["y"]["field"] for one in spec["layer"][:2]] == ["low", "low"]
    plain = build_panel(replace(past, source="un_votes"), WIDE, HALF).spec
    assert spec["layer"][0] == plain["layer"][0]
    assert len(spec["layer"]) > len(plain["layer"])
