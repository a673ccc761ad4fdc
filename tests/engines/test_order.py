"""No engine's order of adding reaches a number."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cuibono.model.period import Grid
from cuibono.record.panel import event_panel, measure_panel
from cuibono.store.engine import Engine
from cuibono.store.store import Store
from cuibono.testing.canonical import DEATHS, EVENTS, WITHIN, open_written, write_store
from cuibono.testing.engines import QUESTIONS, same


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder: Path = tmp_path_factory.mktemp("made")
    write_store(folder, 5_000)
    return open_written(folder, "duckdb://")


@pytest.mark.parametrize("question", QUESTIONS)
def test_files_read_in_another_order_give_the_same_bits(made: Store, question: str) -> None:
    turned = replace(made, engine=Engine(), loaded=made.loaded[::-1])
    assert same(QUESTIONS[question], made, turned)


def test_adding_in_another_order_would_change_a_mean(made: Store) -> None:
    """The control: without it, the claims above could hold for want of anything to go wrong."""
    sums = []
    for files in (made.loaded, made.loaded[::-1]):
        store = replace(made, engine=Engine(), loaded=files)
        rows = store.table("measures", DEATHS).select("actor", "recipient", "value")
        cells: dict[tuple[str, str], float] = {}
        for row in store.engine.collect(rows).to_pylist():
            cell = row["actor"], row["recipient"]
            cells[cell] = cells.get(cell, 0.0) + row["value"]
        sums.append(cells)
    assert sums[0].keys() == sums[1].keys()
    assert sums[0] != sums[1]


def test_a_cell_holds_the_mean_of_its_rows(made: Store) -> None:
    panel = measure_panel(made, DEATHS, "fatalities", WITHIN)
    rows = made.table("measures", DEATHS)
    actor, recipient = panel.relations[0]
    mine = rows.filter((rows.actor == actor) & (rows.recipient == recipient))
    values = made.engine.collect(mine.select("value"))["value"].to_pylist()
    assert panel.channels["value"][0, 0] == pytest.approx(np.mean(values), rel=1e-12)


def test_rows_of_unknown_actors_have_no_place_in_a_panel(pack_store: Store) -> None:
    panel = measure_panel(pack_store, "ucdp_ged", "fatalities", WITHIN)
    assert all(actor and recipient for actor, recipient in panel.relations)


def test_no_event_is_lost_between_the_rows_and_the_panel(made: Store) -> None:
    panel = event_panel(made, EVENTS, Grid.YEAR, WITHIN)
    events = made.table("events", EVENTS)
    days = events.filter(events.actor != events.recipient)
    days = days.filter(
        days.day.year().isin([start.astype(object).year for start in panel.starts])
    )
    counted = days.aggregate(n=days.count())
    assert panel.rows.sum() == made.engine.collect(counted)["n"][0].as_py()
