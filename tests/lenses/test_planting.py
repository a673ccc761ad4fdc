"""Planted acts: moved between instruments, never made, and in one relation only."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.checks.made_lens import FOCAL
from tests.lenses.made_acts import SOURCE, acts_record, made_acts

from cuibono.lenses.planting import move_acts
from cuibono.model.panel import Panel
from cuibono.model.period import Grid

PANEL = made_acts(9, actors=6)
ROW = PANEL.index[FOCAL]


def moved(share: float, one: str = "talked", other: str = "delivered") -> Panel:
    return move_acts(acts_record(PANEL), FOCAL, one, other, share).instruments(
        SOURCE, Grid.WEEK
    )


@given(share=st.floats(0, 1))
def test_no_act_is_made_or_lost(share: float) -> None:
    panel = moved(share)
    for week in range(PANEL.starts.size):
        before = PANEL.channels["talked"][ROW, week] + PANEL.channels["delivered"][ROW, week]
        after = panel.channels["talked"][ROW, week] + panel.channels["delivered"][ROW, week]
        assert after == before
    assert (panel.channels["talked"][ROW] >= 0).all()


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 1.0])
def test_the_share_that_is_named_is_moved(share: float) -> None:
    whole = PANEL.channels["talked"][ROW].sum()
    gone = whole - moved(share).channels["talked"][ROW].sum()
    assert gone == np.round(share * whole)


def test_acts_are_whole_numbers() -> None:
    panel = moved(0.37)
    assert (panel.channels["delivered"] == np.round(panel.channels["delivered"])).all()


def test_no_other_relation_is_touched() -> None:
    panel = moved(1.0)
    changed = (panel.channels["talked"] != PANEL.channels["talked"]).any(axis=1)
    assert np.flatnonzero(changed).tolist() == [ROW]


def test_a_relation_that_is_not_there_is_not_made() -> None:
    record = move_acts(acts_record(PANEL), ("A00", "Z99"), "talked", "delivered")
    assert record.instruments(SOURCE, Grid.WEEK) is PANEL
