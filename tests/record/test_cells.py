"""Events counted into cells by hand and by property."""

from collections import Counter
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.errors import EmptyRecordError
from cuibono.model.panel import Panel
from cuibono.model.period import Grid, Period
from cuibono.record import cells as module
from cuibono.record.cells import Cells, lay_out
from cuibono.sources.gdelt.rows import Rows
from cuibono.vocab.events import QUADS

PARTIES = ("IND", "PAK", "RUS")
YEARS = Period(date(1990, 1, 1), date(2030, 1, 1))
Event = tuple[date, int, int, int]
EVENTS = st.lists(
    st.tuples(
        st.dates(date(1990, 1, 1), date(2029, 12, 30)),
        st.integers(0, 2),
        st.integers(0, 2),
        st.integers(0, 4),
    ),
    min_size=1,
    max_size=60,
)


def rows(events: list[Event]) -> Rows:
    days, actors, recipients, channels = zip(*events, strict=True)
    return Rows(
        key=np.arange(len(events)),
        day=np.array(days, "datetime64[D]").astype(np.int32),
        actor=np.array(actors, np.int16),
        recipient=np.array(recipients, np.int16),
        channel=np.array(channels, np.int16),
    )


def counted(grid: Grid, *lots: list[Event]) -> Cells:
    cells = Cells(grid, len(PARTIES))
    for lot in lots:
        cells.add(rows(lot))
    return cells


def laid_out(cells: Cells, *starts: str) -> Panel:
    days = np.array(starts, "datetime64[D]")
    return lay_out(cells.counts(), PARTIES, days, "made", Grid.MONTH, YEARS)


THREE: list[Event] = [
    (date(2021, 2, 3), 2, 1, 1),
    (date(2021, 2, 28), 2, 1, 0),
    (date(2021, 3, 1), 2, 0, 4),
]


@pytest.mark.parametrize("grid", list(Grid))
@given(events=EVENTS)
def test_every_event_is_in_the_cell_of_its_period(grid: Grid, events: list[Event]) -> None:
    counts = counted(grid, events).counts()
    found = zip(counts.start.tolist(), counts.pair, counts.channel, strict=True)
    told = {(start, int(p), int(c)): int(n) for (start, p, c), n in
            zip(found, counts.events, strict=True)}  # fmt: skip
    wanted = Counter((grid.floor(day), a * 3 + b, channel) for day, a, b, channel in events)
    assert told == wanted


@given(events=EVENTS, cut=st.integers(0, 60))
def test_lots_count_as_one(events: list[Event], cut: int) -> None:
    lots = [lot for lot in (events[:cut], events[cut:]) if lot]
    one, several = counted(Grid.MONTH, events).counts(), counted(Grid.MONTH, *lots).counts()
    assert np.array_equal(one.events, several.events)
    assert np.array_equal(one.pair, several.pair)


def test_counts_are_the_same_however_often_they_are_folded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "WAITING", 1)
    counts = counted(Grid.MONTH, THREE, THREE, THREE[:1]).counts()
    assert counts.events.tolist() == [2, 3, 2]


def test_a_panel_by_hand() -> None:
    panel = laid_out(counted(Grid.MONTH, THREE), "2021-02-01", "2021-03-01")
    assert panel.relations == (("RUS", "IND"), ("RUS", "PAK"))
    assert panel.channels["all"].tolist() == [[0, 1], [2, 0]]
    assert panel.channels[QUADS[0]].tolist() == [[0, 0], [1, 0]]
    assert panel.channels[QUADS[3]].tolist() == [[0, 1], [0, 0]]


def test_exposure_is_what_the_actor_did_to_all() -> None:
    panel = laid_out(counted(Grid.MONTH, THREE), "2021-02-01", "2021-03-01")
    assert panel.exposure.tolist() == [[2, 1], [2, 1]]


def test_what_is_not_covered_makes_no_relation() -> None:
    panel = laid_out(counted(Grid.MONTH, THREE), "2021-02-01")
    assert (panel.relations, panel.rows.tolist()) == ((("RUS", "PAK"),), [2])


def test_nothing_covered_is_no_panel() -> None:
    with pytest.raises(EmptyRecordError, match="made has no row between two known actors"):
        laid_out(counted(Grid.MONTH, THREE), "2021-04-01")


def test_nothing_counted_is_no_panel() -> None:
    with pytest.raises(EmptyRecordError, match="made has no row between two known actors"):
        laid_out(Cells(Grid.MONTH, 3), "2021-04-01")
