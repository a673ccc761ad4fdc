"""The record of a relation: shares by hand, and as many rows as a trace finds."""

from datetime import date
from pathlib import Path

import pytest
from scipy.stats import beta
from tests.record.made_events import DAY, FEBRUARY, MONDAY, Event, event_store

from cuibono.model.actor import Actor, DirectedDyad
from cuibono.model.dossier import Series
from cuibono.model.period import Grid, Period
from cuibono.record.relation import agreement, attention, distance
from cuibono.store.rows import count_rows
from cuibono.store.store import Store
from cuibono.vocab.actors import resolve_actor

RUS, PAK, IND = (resolve_actor(code) for code in ("RUS", "PAK", "IND"))
TO_PAKISTAN = DirectedDyad(RUS, PAK)
DECADE = Period(date(2005, 1, 1), date(2015, 1, 1))

MADE: list[Event] = [
    (0, "RUS", "PAK", "CONSULT", 3),
    (1, "RUS", "PAK", "ASSAULT", 1),
    (2, "RUS", "IND", "AID", 12),
    (2, "RUS", "IND", None, 4),
    (2, "RUS", "RUS", "CONSULT", 50),
    (2, "RUS", None, "CONSULT", 50),
    (8, "RUS", "IND", "AID", 5),
    (15, "PAK", "RUS", "AID", 5),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return event_store(tmp_path_factory.mktemp("store"), MADE)


def weekly(store: Store, quad: str = "") -> Series:
    return attention(store, "icews", TO_PAKISTAN, Grid.WEEK, FEBRUARY, quad)


def test_attention_is_the_share_of_what_the_actor_did_abroad(made: Store) -> None:
    assert [point.value for point in weekly(made).points] == [4 / 20, 0.0]


def test_attention_of_one_quad_is_out_of_all_that_the_actor_did(made: Store) -> None:
    assert weekly(made, "material_conflict").points[0].value == 1 / 20


def test_a_share_has_the_jeffreys_interval(made: Store) -> None:
    first, _ = weekly(made).points
    expected = beta.ppf([0.05, 0.95], 4.5, 16.5)
    assert (first.low, first.high) == pytest.approx(tuple(expected))


def test_nothing_of_something_is_bounded_below_by_nothing(made: Store) -> None:
    _, second = weekly(made).points
    assert second.low == 0
    assert second.high == pytest.approx(beta.ppf(0.95, 0.5, 5.5))


def test_a_week_in_which_the_actor_is_silent_has_no_share(made: Store) -> None:
    assert [point.start for point in weekly(made).points] == [MONDAY, MONDAY + 7 * DAY]


def test_a_week_that_is_not_covered_has_no_share(tmp_path: Path) -> None:
    store = event_store(tmp_path, MADE, Period(MONDAY + 7 * DAY, FEBRUARY.end))
    assert [point.start for point in weekly(store).points] == [MONDAY + 7 * DAY]


def test_a_series_says_whose_share_of_what(made: Store) -> None:
    series = weekly(made)
    assert (series.id, series.unit) == ("record.icews.RUS-PAK.all", "share of RUS's events")
    assert series.level == 0.9


def test_a_series_counts_the_rows_of_all_its_points(made: Store) -> None:
    assert [trace.n_rows for trace in weekly(made).traces] == [2, 5]


def counted(store: Store, series: Series) -> list[tuple[int, ...]]:
    return [
        tuple(count_rows(store, trace) for trace in series.traces_at(point))
        for point in series.points
    ]


@pytest.mark.parametrize("quad", ["", "verbal_cooperation"])
def test_each_share_has_as_many_rows_as_its_traces_find(pack_store: Store, quad: str) -> None:
    asked = Period(date(2021, 1, 1), date(2022, 9, 1))
    series = attention(pack_store, "icews", TO_PAKISTAN, Grid.MONTH, asked, quad)
    assert len(series.points) == 16
    assert counted(pack_store, series) == [point.rows for point in series.points]


def test_traces_leave_out_what_the_share_leaves_out(made: Store) -> None:
    series = weekly(made)
    assert counted(made, series) == [point.rows for point in series.points] == [(2, 4), (0, 1)]


@pytest.mark.parametrize("measure", [agreement, distance])
def test_each_yearly_point_has_as_many_rows_as_its_traces_find(
    pack_store: Store, measure: type
) -> None:
    source = "un_votes" if measure is agreement else "ideal_points"
    series = measure(pack_store, source, TO_PAKISTAN, DECADE)
    assert len(series.points) == 10
    assert counted(pack_store, series) == [point.rows for point in series.points]


@pytest.mark.parametrize("measure", [agreement, distance])
def test_it_does_not_matter_from_which_side_one_looks(pack_store: Store, measure: type) -> None:
    source = "un_votes" if measure is agreement else "ideal_points"
    one, two = (
        measure(pack_store, source, dyad, DECADE) for dyad in (TO_PAKISTAN, TO_PAKISTAN.reverse)
    )
    assert one == two


def measured(store: Store, source: str, actor: str, recipient: str | None, year: int) -> dict:
    rows = store.table("measures", source)
    name = {"un_votes": "agreement", "ideal_points": "ideal_point"}[source]
    rows = rows.filter(
        (rows.measure == name)
        & (rows.actor == actor)
        & (rows.recipient.isnull() if recipient is None else rows.recipient == recipient)
        & (rows.start == date(year, 1, 1))
    )
    (row,) = store.engine.collect(rows).to_pylist()
    return dict(row)


def test_agreement_is_the_sources_own_with_an_interval_over_joint_votes(
    pack_store: Store,
) -> None:
    row = measured(pack_store, "un_votes", "PAK", "RUS", 2010)
    (point,) = (
        p
        for p in agreement(pack_store, "un_votes", TO_PAKISTAN, DECADE).points
        if p.start.year == 2010
    )
    agreed, joint = row["value"] * row["n"], row["n"]
    assert point.value == row["value"]
    assert (point.low, point.high) == pytest.approx(
        tuple(beta.ppf([0.05, 0.95], agreed + 0.5, joint - agreed + 0.5))
    )


def test_distance_is_how_far_apart_two_ideal_points_lie(pack_store: Store) -> None:
    one, two = (measured(pack_store, "ideal_points", a, None, 2010) for a in ("RUS", "PAK"))
    (point,) = (
        p
        for p in distance(pack_store, "ideal_points", TO_PAKISTAN, DECADE).points
        if p.start.year == 2010
    )
    apart = abs(one["value"] - two["value"])
    slack = (one["high"] - one["low"] + two["high"] - two["low"]) / 2
    assert point.value == pytest.approx(apart)
    assert (point.low, point.high) == pytest.approx((max(0, apart - slack), apart + slack))


def test_a_pair_of_which_nothing_is_known_has_no_point(pack_store: Store) -> None:
    nobody = DirectedDyad(RUS, Actor("non_state:nobody", "Nobody"))
    for measure, source in ((agreement, "un_votes"), (distance, "ideal_points")):
        assert measure(pack_store, source, nobody, DECADE).points == ()
    assert attention(pack_store, "icews", nobody.reverse, Grid.MONTH, DECADE).points == ()
