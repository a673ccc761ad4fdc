"""Declared against done: ten published figures, none of them summed."""

from datetime import date

import pyarrow as pa
import pytest
from tests.sources.made_tables import packed, read

COLUMNS = ("source", "period_from", "period_to", "category", "n", "url")
FIGURE = ("b-1", "2015-09-30", "2015-10-06", "videos published", "14", "https://example.org/1")


def figures(*rows: tuple[str, ...]) -> pa.Table:
    return pa.table(dict(zip(COLUMNS, zip(*rows, strict=True), strict=True)))


def test_a_figure_keeps_its_number_days_and_link() -> None:
    (row,) = read("declared_vs_done", "native", measures=figures(FIGURE))
    assert (row["value"], row["start"], row["end"], row["text"]) == (
        14.0,
        date(2015, 9, 30),
        date(2015, 10, 7),
        "https://example.org/1",
    )


def test_the_claimant_is_the_actor() -> None:
    (row,) = read("declared_vs_done", "native", measures=figures(FIGURE))
    assert row["actor"] == "RUS"


@pytest.mark.parametrize(
    ("place", "text", "reason"),
    [
        (1, "autumn", "no period"),
        (2, "2014-01-01", "no period"),
        (2, "20155-10-06", "no period"),
        (4, "a dozen", "no number of videos"),
    ],
)
def test_a_figure_that_cannot_be_read_is_set_aside(place: int, text: str, reason: str) -> None:
    bad = (*FIGURE[:place], text, *FIGURE[place + 1 :])
    good = ("b-2", *FIGURE[1:])
    rows = read("declared_vs_done", "native", measures=figures(bad, good))
    assert [row["reject"] for row in rows] == [reason, None]


def test_what_ships_opens_to_the_same_figures() -> None:
    raw = figures(FIGURE, ("b-1", *FIGURE[1:3], "geolocated", "12", "https://example.org/2"))
    opened = read(
        "declared_vs_done",
        "embedded",
        measures=packed("declared_vs_done", "native", measures=raw),
    )
    plain = read("declared_vs_done", "native", measures=raw)
    kept = ("row", "start", "end", "value", "text", "measure")
    assert [[row[k] for k in kept] for row in opened] == [
        [row[k] for k in kept] for row in plain
    ]
