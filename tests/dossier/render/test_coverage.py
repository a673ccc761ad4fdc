"""Coverage is drawn by hand: what is known is filled, what is not stays grey."""

from dataclasses import replace
from datetime import date

import pytest

from cuibono.dossier.render.coverage import build_panel
from cuibono.dossier.render.theme import BLUE, GAP, Spec
from cuibono.errors import TraceError
from cuibono.model.dossier import Bar, Chart

ASKED = (date(2012, 1, 1), date(2022, 1, 1))
CHART = Chart(
    "coverage",
    "coverage",
    "What is known",
    "Filled: covered.",
    (),
    bars=(
        Bar("UN votes: Russia", date(2012, 1, 1), date(2020, 1, 1)),
        Bar("ICEWS events: Russia", date(2021, 1, 1), date(2021, 9, 1)),
        Bar("ICEWS events: Russia", date(2021, 10, 1), date(2022, 1, 1)),
        Bar("UN votes: Taliban", date(2012, 1, 1), date(2012, 1, 1)),
    ),
    frame=ASKED,
)


def rows_of(colour: str, chart: Chart = CHART, *, narrow: bool = False) -> list[Spec]:
    layers: list[Spec] = build_panel(chart, narrow=narrow).spec["layer"]
    (found,) = [each for each in layers if each["mark"].get("color") == colour]
    rows: list[Spec] = found["data"]["values"]
    return rows


def test_every_covered_span_is_filled_and_nothing_else() -> None:
    filled = [(row["start"], row["end"]) for row in rows_of(BLUE)]
    assert filled == [
        ("2012-01-01", "2020-01-01"),
        ("2021-01-01", "2021-09-01"),
        ("2021-10-01", "2022-01-01"),
    ]


def test_spans_of_one_row_stand_on_one_line() -> None:
    heights = [row["above"] for row in rows_of(BLUE)]
    assert heights[1] == heights[2] != heights[0]


def test_every_row_is_grey_over_all_days_asked_about() -> None:
    assert [(row["start"], row["end"]) for row in rows_of(GAP)] == [
        ("2012-01-01", "2022-01-01")
    ] * 3


def test_a_row_without_coverage_is_told_as_nothing() -> None:
    assert "UN votes: Taliban: nothing" in build_panel(CHART, narrow=False).alternative


def test_a_phone_gets_a_narrower_drawing() -> None:
    desk, phone = (build_panel(CHART, narrow=narrow).spec["width"] for narrow in (False, True))
    assert phone < desk / 2


@pytest.mark.parametrize("broken", [replace(CHART, frame=None), replace(CHART, bars=())])
def test_coverage_of_nothing_is_refused(broken: Chart) -> None:
    with pytest.raises(TraceError, match="without days asked about or without a row"):
        build_panel(broken, narrow=False)
