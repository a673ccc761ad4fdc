"""By what means a relation was conducted: shares by hand, rows by trace."""

from datetime import date
from pathlib import Path

import pytest
from scipy.stats import beta
from tests.record.made_events import DAY, FEBRUARY, MONDAY, Event, event_store

from cuibono.model.actor import DirectedDyad
from cuibono.model.period import Grid, Period
from cuibono.record.instruments import InstrumentShare, instrument_panel, instrument_shares
from cuibono.store.rows import count_rows
from cuibono.store.store import Store
from cuibono.vocab.actors import resolve_actor
from cuibono.vocab.events import INSTRUMENTS, event_types

TO_PAKISTAN = DirectedDyad(resolve_actor("RUS"), resolve_actor("PAK"))
MADE: list[Event] = [
    (0, "RUS", "PAK", "CONSULT", 6),
    (7, "RUS", "PAK", "CONSULT", 2),
    (1, "RUS", "PAK", "AID", 1),
    (1, "RUS", "PAK", "COOPERATE", 2),
    (2, "RUS", "PAK", None, 9),
    (2, "RUS", "IND", "ASSAULT", 99),
    (2, "PAK", "RUS", "ASSAULT", 99),
]
BY_HAND = {"talked": 8, "delivered": 3, "forced": 0}


@pytest.fixture(scope="module")
def shares(tmp_path_factory: pytest.TempPathFactory) -> dict[str, InstrumentShare]:
    store = event_store(tmp_path_factory.mktemp("store"), MADE)
    found = instrument_shares(store, "icews", TO_PAKISTAN, FEBRUARY)
    return {share.instrument: share for share in found}


@pytest.mark.parametrize("instrument", BY_HAND)
def test_a_share_is_out_of_all_events_of_the_relation(
    shares: dict[str, InstrumentShare], instrument: str
) -> None:
    assert shares[instrument].share.value == BY_HAND[instrument] / 20


def test_a_share_has_the_jeffreys_interval(shares: dict[str, InstrumentShare]) -> None:
    talked = shares["talked"].share
    assert (talked.low, talked.high) == pytest.approx(tuple(beta.ppf([0.05, 0.95], 8.5, 12.5)))


def test_every_instrument_is_there_in_the_order_of_the_vocabulary(
    shares: dict[str, InstrumentShare],
) -> None:
    assert list(shares) == list(INSTRUMENTS)


def test_each_type_belongs_to_one_instrument(shares: dict[str, InstrumentShare]) -> None:
    types = [name for share in shares.values() for name in share.event_types]
    assert sorted(types) == sorted(event_types())


def test_a_statement_counts_in_the_whole_and_in_no_instrument(
    shares: dict[str, InstrumentShare],
) -> None:
    assert sum(share.share.value for share in shares.values()) == pytest.approx(11 / 20)


def test_rows_of_the_instrument_come_before_rows_of_the_relation(
    shares: dict[str, InstrumentShare],
) -> None:
    assert [trace.n_rows for trace in shares["talked"].traces] == [2, 5]


def test_each_trace_finds_the_rows_it_counts(pack_store: Store) -> None:
    asked = Period(date(2021, 1, 1), date(2022, 9, 1))
    for share in instrument_shares(pack_store, "icews", TO_PAKISTAN, asked):
        for trace in share.traces:
            assert count_rows(pack_store, trace) == trace.n_rows


def test_only_the_days_asked_about_count(tmp_path: Path) -> None:
    store = event_store(tmp_path, MADE)
    first_week = Period(MONDAY, MONDAY + 7 * DAY)
    shares = instrument_shares(store, "icews", TO_PAKISTAN, first_week)
    assert shares[list(INSTRUMENTS).index("talked")].share.value == 6 / 18


def test_a_relation_without_events_has_no_instrument(tmp_path: Path) -> None:
    store = event_store(tmp_path, MADE)
    later = Period(FEBRUARY.end, FEBRUARY.end + DAY)
    assert instrument_shares(store, "icews", TO_PAKISTAN, later) == ()


def test_the_worlds_panel_by_instrument_agrees_with_the_shares(tmp_path: Path) -> None:
    store = event_store(tmp_path, MADE)
    panel = instrument_panel(store, "icews", Grid.WEEK, FEBRUARY)
    row = panel.index["RUS", "PAK"]
    found = {name: counts[row].sum() for name, counts in panel.channels.items()}
    assert {name: found[name] for name in BY_HAND} == BY_HAND
    assert found["all"] == 20
    assert panel.channels["forced"][panel.index["PAK", "RUS"]].sum() == 99
