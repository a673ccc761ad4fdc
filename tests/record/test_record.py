"""A stored record and a made one answer a lens alike."""

from pathlib import Path

import pyarrow as pa
import pytest
from tests.record.made_case import TEXT

from cuibono.errors import EmptyRecordError
from cuibono.model.case import Case
from cuibono.model.panel import Panel
from cuibono.model.period import Grid
from cuibono.model.trace import Trace
from cuibono.record import record as record_module
from cuibono.record.case_file import read_case
from cuibono.record.panel import read_measure
from cuibono.record.record import open_record
from cuibono.store.store import Store
from cuibono.testing.records import make_record
from cuibono.testing.worlds import simulate_agreement, simulate_events


@pytest.fixture
def case(tmp_path: Path) -> Case:
    path = tmp_path / "made.toml"
    path.write_text(TEXT, "utf-8")
    return read_case(path)


def test_a_panel_is_laid_out_once(case: Case, pack_store: Store) -> None:
    record = open_record(case, pack_store)
    assert record.events("icews", Grid.WEEK) is record.events("icews", Grid.WEEK)
    assert record.measures("un_votes", "agreement").measure == "agreement"


def test_a_stored_record_lists_its_sources_by_table(case: Case, pack_store: Store) -> None:
    record = open_record(case, pack_store)
    assert record.sources("events") == ("icews",)
    assert {"un_votes", "ideal_points"} <= set(record.sources("measures"))


def test_a_panels_trace_leads_to_rows_in_the_store(case: Case, pack_store: Store) -> None:
    record = open_record(case, pack_store)
    trace = record.measures("un_votes", "agreement").trace(("PAK", "RUS"))
    assert record.count(trace) == record.rows(trace).num_rows == trace.n_rows > 0


def test_a_made_record_gives_the_panels_it_was_made_of(case: Case) -> None:
    events, votes = simulate_events(1), simulate_agreement(1)
    record = make_record(
        case, {("simulated", "week"): events, ("simulated_votes", "agreement"): votes}
    )
    assert record.events("simulated", Grid.WEEK) is events
    assert record.measures("simulated_votes", "agreement") is votes
    assert record.sources("events") == ("simulated",)
    assert record.sources("measures") == ("simulated_votes",)


def test_a_made_record_knows_nothing_else(case: Case) -> None:
    record = make_record(case, {})
    with pytest.raises(EmptyRecordError, match="made without 'week'"):
        record.events("simulated", Grid.WEEK)
    with pytest.raises(EmptyRecordError, match="made without"):
        record.rows(Trace("events", "simulated", (), 2))


def test_rows_given_to_a_made_record_are_counted(case: Case) -> None:
    trace = Trace("events", "simulated", (), 9)
    rows = pa.table({"row": ["a", "b"]})
    record = make_record(case, {}, {trace: rows})
    assert record.count(trace) == 2
    assert record.rows(trace) is rows
    assert make_record(case, {}).count(trace) == 9


def test_history_reaches_back_before_the_case_and_no_further_than_its_end(
    case: Case, pack_store: Store
) -> None:
    record = open_record(case, pack_store)
    history = record.history("un_votes", "agreement")
    assert history.span.start < case.period.start
    assert history.span.end <= case.period.end


def test_a_measure_is_read_once_for_the_case_and_for_its_history(
    case: Case, pack_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def note(store: Store, source: str, *rest: object) -> pa.Table:
        read.append(source)
        return read_measure(store, source, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(record_module, "read_measure", note)
    record = open_record(case, pack_store)
    panels = [ask("un_votes", "agreement") for ask in (record.measures, record.history)]
    assert read == ["un_votes"]
    assert panels[0].starts.tolist() == panels[1].starts.tolist()[-panels[0].starts.size :]


def test_a_panel_by_instrument_is_laid_out_once(case: Case, pack_store: Store) -> None:
    record = open_record(case, pack_store)
    assert record.instruments("icews", Grid.WEEK) is record.instruments("icews", Grid.WEEK)
    assert "delivered" in record.instruments("icews", Grid.WEEK).channels


def test_a_refusal_is_remembered_and_said_again(
    case: Case, pack_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def refuse(store: Store, source: str, *rest: object) -> Panel:
        asked.append(source)
        raise EmptyRecordError(f"{source}: nothing at hand.")

    monkeypatch.setattr(record_module, "measure_panel", refuse)
    record = open_record(case, pack_store)
    for _ in range(3):
        with pytest.raises(EmptyRecordError, match="ideal_points: nothing at hand"):
            record.measures("ideal_points", "agreement")
    assert asked == ["ideal_points"]
