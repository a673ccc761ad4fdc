"""A forecast is decided by its own rule, on what is known by now, or stays open."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from tests.weighing.made_forecast import MADE

from cuibono.lenses.histories import measure_levels
from cuibono.model.forecast import Forecast
from cuibono.model.period import Grid, Period
from cuibono.record.panel import measure_panel
from cuibono.store.store import Store
from cuibono.weighing.outlook import resolve_forecasts


def outcome(store: Store, forecast: Forecast) -> str:
    (entry,) = resolve_forecasts(store, [forecast])
    return entry.outcome


def test_a_level_without_bounds_stays_within_them(pack_store: Store) -> None:
    assert outcome(pack_store, MADE) == "yes"


def test_a_level_that_left_its_bounds_is_a_no(pack_store: Store) -> None:
    assert outcome(pack_store, replace(MADE, low=2.0)) == "no"


def test_bounds_are_held_against_the_levels_by_hand(pack_store: Store) -> None:
    panel = measure_panel(
        pack_store, "un_votes", "agreement", Period(date.min, date(2013, 1, 1))
    )
    levels = measure_levels(panel)[0][panel.index["PAK", "RUS"]]
    later = levels[panel.starts >= np.datetime64("2010-01-01")]
    least, most = float(later.min()), float(later.max())
    assert outcome(pack_store, replace(MADE, low=least, high=most)) == "yes"
    assert outcome(pack_store, replace(MADE, low=least + 1e-9, high=most)) == "no"
    assert outcome(pack_store, replace(MADE, low=least, high=most - 1e-9)) == "no"


@pytest.mark.parametrize(
    "waiting",
    [
        replace(MADE, made=date(2020, 1, 1), resolves=date(2025, 1, 1)),
        replace(MADE, relation=("PAK", "XXX")),
        replace(MADE, source="alliances"),
        replace(MADE, source="keds", measure="", grid=Grid.WEEK),
    ],
)
def test_what_the_record_does_not_reach_stays_open(
    waiting: Forecast, pack_store: Store
) -> None:
    assert outcome(pack_store, waiting) == "open"


def test_an_entry_keeps_words_days_and_probability(pack_store: Store) -> None:
    (entry,) = resolve_forecasts(pack_store, [MADE])
    assert (entry.id, entry.text, entry.made) == (MADE.id, MADE.text, MADE.made)
    assert (entry.resolves, entry.probability) == (MADE.resolves, 0.7)
