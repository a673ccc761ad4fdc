"""What a source covers of an actor: a day is covered or missing, and asking past it raises."""

import itertools
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.made_events import DAY, FEBRUARY, MONDAY, event_store
from tests.store.made_files import made_store, propose

from cuibono.errors import NotCoveredError, SourceError
from cuibono.model.actor import Actor, Kind
from cuibono.model.period import Grid, Period
from cuibono.record.coverage import coverage_of, covered_periods, require
from cuibono.store.store import Store, open_store
from cuibono.vocab.actors import resolve_actor

RUS, PAK, DEU = (resolve_actor(code) for code in ("RUS", "PAK", "DEU"))
TALIBAN = resolve_actor("non_state:taliban")
NOBODY = Actor("non_state:nobody", "Nobody", Kind.NON_STATE)
ESSAYS = Period(date(2012, 1, 1), date(2018, 1, 1))


def test_the_years_of_the_essays_are_missing_from_the_events(pack_store: Store) -> None:
    known = coverage_of(pack_store, "icews", RUS, ESSAYS)
    assert (known.covered, known.missing) == ((), (ESSAYS,))


def test_what_is_missing_comes_with_how_to_get_it(pack_store: Store) -> None:
    assert "`cuibono load icews" in coverage_of(pack_store, "icews", RUS, ESSAYS).remedy


def test_a_gap_of_the_provider_is_missing(pack_store: Store) -> None:
    january = Period(date(2021, 1, 1), date(2021, 2, 1))
    known = coverage_of(pack_store, "icews", RUS, january)
    assert known.missing == (Period(date(2021, 1, 19), date(2021, 1, 25)),)


@propose
@given(
    start=st.dates(date(2019, 1, 1), date(2023, 1, 1)),
    days=st.integers(1, 900),
    source=st.sampled_from(["icews", "un_votes", "ideal_points"]),
)
def test_every_day_asked_about_is_covered_or_missing(
    pack_store: Store, start: date, days: int, source: str
) -> None:
    asked = Period(start, start + timedelta(days=days))
    known = coverage_of(pack_store, source, RUS, asked)
    parts = sorted([*known.covered, *known.missing])
    assert (parts[0].start, parts[-1].end) == (asked.start, asked.end)
    assert all(one.end == two.start for one, two in itertools.pairwise(parts))


def test_a_member_is_covered_from_its_first_vote(pack_store: Store) -> None:
    votes = coverage_of(pack_store, "un_votes", DEU, Period(date(1946, 1, 1), date(2020, 1, 1)))
    assert votes.missing[0] == Period(date(1946, 1, 1), date(1973, 1, 1))


def test_a_movement_has_no_vote(pack_store: Store) -> None:
    assert coverage_of(pack_store, "un_votes", TALIBAN, ESSAYS).covered == ()


def test_loaded_files_fill_what_is_missing(tmp_path: Path) -> None:
    made_store(tmp_path, [], ESSAYS)
    assert coverage_of(open_store(tmp_path), "icews", RUS, ESSAYS).missing == ()


def test_a_file_on_another_country_covers_nobody_it_does_not_name(
    tmp_path: Path, pack_store: Store
) -> None:
    asked = Period(date(1990, 1, 1), date(2023, 1, 1))
    row = {"row": "1", "start": asked.start, "end": asked.end, "actor": "MEX", "n": 1}
    facts = {"table": "measures", "source": "ucdp_ged", "name": "ucdp_ged-made"}
    made_store(tmp_path, [row], asked, **facts)
    store = open_store(tmp_path)
    assert coverage_of(store, "ucdp_ged", resolve_actor("MEX"), asked).missing == ()
    assert coverage_of(store, "ucdp_ged", resolve_actor("SYR"), asked) == coverage_of(
        pack_store, "ucdp_ged", resolve_actor("SYR"), asked
    )


def refused(store: Store, source: str, actors: list[Actor], asked: Period) -> str:
    with pytest.raises(NotCoveredError) as caught:
        require(store, source, actors, asked)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_asking_before_a_source_begins_names_its_span_and_the_next_command(
    pack_store: Store,
) -> None:
    said = refused(pack_store, "icews", [RUS], ESSAYS)
    assert "icews covers RUS from 2021-01-01 to 2022-08-31" in said
    assert "not 2012-01-01 to 2017-12-31" in said
    assert "To fill the gap: " in said
    assert "`cuibono load icews FILE...`" in said


def test_asking_past_the_last_day_is_refused(pack_store: Store) -> None:
    asked = Period(date(2022, 8, 1), date(2022, 9, 2))
    assert "not 2022-08-01 to 2022-09-01" in refused(pack_store, "icews", [RUS], asked)


def test_asking_about_somebody_unknown_to_a_source_is_refused(pack_store: Store) -> None:
    asked = Period(date(2021, 2, 1), date(2021, 3, 1))
    said = refused(pack_store, "icews", [RUS, NOBODY], asked)
    assert "icews has nothing on Nobody (non_state:nobody)" in said


def test_a_gap_inside_a_source_is_its_own_and_passes(pack_store: Store) -> None:
    require(
        pack_store, "icews", [RUS, PAK, TALIBAN], Period(date(2021, 1, 1), date(2021, 3, 1))
    )


def test_an_empty_store_covers_nobody(tmp_path: Path) -> None:
    store = made_store(tmp_path, [])
    assert "icews has nothing on Russia (RUS)" in refused(store, "icews", [RUS], FEBRUARY)


def test_covered_days_without_events_are_covered(tmp_path: Path) -> None:
    require(event_store(tmp_path, []), "icews", [RUS, PAK], FEBRUARY)


def test_a_source_that_is_none_is_answered_with_the_near_one(pack_store: Store) -> None:
    with pytest.raises(SourceError, match=r"Did you mean un_votes\?"):
        coverage_of(pack_store, "un_vote", RUS, ESSAYS)


def weeks_covered(folder: Path, days: int) -> int:
    """How many of the four weeks count, of which the second is covered for so many days."""
    second = MONDAY + 7 * DAY
    first = Period(MONDAY, second + days * DAY)
    store = event_store(folder, [], first, Period(second + 7 * DAY, FEBRUARY.end))
    return len(covered_periods(store, "icews", Grid.WEEK, FEBRUARY))


@pytest.mark.parametrize(("days", "weeks"), [(7, 4), (6, 4), (5, 3), (0, 3)])
def test_a_week_counts_if_three_quarters_of_its_days_are_covered(
    tmp_path: Path, days: int, weeks: int
) -> None:
    assert weeks_covered(tmp_path, days) == weeks


def test_a_week_asked_about_for_less_than_three_quarters_is_left_out(tmp_path: Path) -> None:
    store = event_store(tmp_path, [])
    asked = Period(MONDAY + 3 * DAY, FEBRUARY.end)
    starts = covered_periods(store, "icews", Grid.WEEK, asked)
    assert starts[0] == np.datetime64(MONDAY + 7 * DAY)


def test_the_gaps_of_the_provider_are_no_weeks_of_the_pack(pack_store: Store) -> None:
    asked = Period(date(2021, 1, 4), date(2021, 2, 1))
    starts = covered_periods(pack_store, "icews", Grid.WEEK, asked)
    assert starts.astype(str).tolist() == ["2021-01-04", "2021-01-11", "2021-01-25"]
