"""Which panels a lens opens: every source that can be asked, none that has nothing to say."""

from dataclasses import replace

import pytest
from tests.checks.made_lens import made_case

from cuibono.lenses.opened import open_events, open_instruments, open_votes
from cuibono.model.panel import Panel
from cuibono.model.period import Grid
from cuibono.record.record import Record
from cuibono.testing.records import make_record
from cuibono.testing.worlds import World, simulate_agreement, simulate_events

WEEKS = simulate_events(1, World(actors=4, periods=60))
MONTHS = replace(WEEKS, grid=Grid.MONTH, starts=WEEKS.starts[:12])
VOTES = replace(simulate_agreement(1, actors=4), source="votes", measure="agreement")
OTHER = replace(VOTES, source="trade", measure="exports")


def record() -> Record:
    return make_record(
        made_case(),
        {
            ("simulated", "week"): WEEKS,
            ("simulated", "month"): MONTHS,
            ("simulated", "week by instrument"): WEEKS,
            ("silent", "year"): replace(WEEKS, source="silent"),
            ("votes", "agreement"): VOTES,
            ("trade", "exports"): OTHER,
        },
    )


@pytest.mark.parametrize(
    ("most", "opened"), [(None, WEEKS), (WEEKS.starts.size, WEEKS), (10, MONTHS)]
)
def test_weeks_give_way_to_months_in_a_long_record(most: int | None, opened: Panel) -> None:
    assert list(open_events(record(), most)) == [opened]


def test_a_source_that_has_no_weeks_is_passed_over() -> None:
    assert "silent" in record().sources("events")
    assert [panel.source for panel in open_events(record())] == ["simulated"]
    assert [panel.source for panel in open_instruments(record())] == ["simulated"]


def test_votes_are_what_agreement_is_measured_in() -> None:
    asked = record()
    assert list(open_votes(asked.measures, asked)) == [VOTES]


def test_the_history_is_asked_where_the_history_is_wanted() -> None:
    asked: list[tuple[str, str]] = []

    def history(source: str, measure: str) -> Panel:
        asked.append((source, measure))
        return VOTES

    assert list(open_votes(history, record())) == [VOTES, VOTES]
    assert asked == [("trade", "agreement"), ("votes", "agreement")]
