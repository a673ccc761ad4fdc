"""A series leads to the rows of one point, or to all of them where points share them."""

from dataclasses import replace
from datetime import date

import pytest

from cuibono.errors import UntracedError
from cuibono.model.dossier import Figure, Point, Series
from cuibono.model.trace import Condition, Trace

RUSSIA = Condition("actor", "=", "RUS")
MAY = Point(date(2021, 5, 1), date(2021, 6, 1), 0.4, 0.3, 0.5, (7,))
SERIES = Series(
    id="record.icews.RUS-PAK.all",
    label="RUS→PAK",
    unit="share",
    how="events divided by events",
    about="RUS→PAK",
    source="icews",
    level=0.9,
    points=(MAY,),
    traces=(Trace("events", "icews", (RUSSIA,), 7),),
    day_column="day",
)


def test_a_point_leads_to_the_rows_of_its_own_days() -> None:
    (trace,) = SERIES.traces_at(MAY)
    assert trace.where == (
        RUSSIA,
        Condition("day", ">=", "2021-05-01"),
        Condition("day", "<", "2021-06-01"),
    )
    assert trace.n_rows == 7


def test_without_a_column_of_days_every_point_rests_on_all_rows() -> None:
    judged = replace(SERIES, day_column="")
    assert judged.traces_at(MAY) == judged.traces


def test_a_figure_without_rows_cannot_be_made() -> None:
    with pytest.raises(UntracedError, match=r"weight\.x: a figure without rows"):
        Figure("weight.x", "X", 1.0, None, None, None, "dB", "added up", ())
