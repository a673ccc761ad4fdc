"""A measured thing cannot exist without rows, and its names lead somewhere."""

from datetime import date

import pytest

from cuibono.errors import UntracedError
from cuibono.model.estimate import Estimate
from cuibono.model.finding import Finding, Measured, Rank
from cuibono.model.period import Period
from cuibono.model.trace import Trace

ROWS = Trace("events", "icews", (), 3)


def measured(*traces: Trace) -> Measured:
    return Measured(
        id="2021-05",
        label="change in May 2021",
        estimate=Estimate(0.7, 0.5, 0.9, "probability"),
        how="share of draws",
        verdict="changed",
        said="tone rose",
        traces=traces,
    )


def test_a_measured_thing_without_rows_is_refused() -> None:
    with pytest.raises(UntracedError, match="2021-05: measured from no rows"):
        measured()


def test_a_rank_is_a_share_of_the_world() -> None:
    assert Rank(2, 8, "all visible relations").share == 0.25


def test_a_figure_is_named_by_lens_source_and_thing() -> None:
    finding = Finding(
        lens="turning_points",
        question="When did it change?",
        about="RUS→PAK",
        source="icews",
        span=Period(date(2021, 1, 1), date(2022, 1, 1)),
        specifications=(),
        said=("It changed once",),
        could_see="",
        measured=(measured(ROWS),),
    )
    assert finding.figure_id(finding.measured[0]) == "turning_points.icews.2021-05"
