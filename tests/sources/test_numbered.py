"""States told by number: the number means the state of its year, or the row is refused."""

from collections.abc import Mapping
from datetime import date

import pyarrow as pa
import pytest
from tests.sources.made_sources import (
    COW_DISPUTE,
    GML_DISPUTE,
    HANDBOOK,
    PACT,
    STRATEGIC,
    layout_of,
)
from tests.sources.made_tables import Row, read

BARE = {
    ("alliances", "dyad_years"): PACT,
    ("disputes", "cow"): COW_DISPUTE,
    ("disputes", "gml"): GML_DISPUTE,
    ("rivalries", "handbook"): HANDBOOK,
    ("rivalries", "strategic"): STRATEGIC,
}


def rows(source: str, layout: str, *changes: Mapping[str, object]) -> list[Row]:
    """What becomes of the bare row with these changes, one row for each."""
    cells = [{**BARE[source, layout], **each} for each in changes]
    columns = layout_of(source, layout).columns["measures"]
    table = pa.table({c: pa.array([cell.get(c) for cell in cells]) for c in columns})
    return sorted(read(source, layout, measures=table), key=lambda row: str(row["line"]))


@pytest.mark.parametrize(
    ("number", "year", "state"),
    [
        (220, 1914, "FRA"),
        (255, 1914, "GW:255"),
        (255, 1990, "DEU"),
        (265, 1990, "GW:265"),
        (345, 1950, "GW:345"),
        (345, 2010, "SRB"),
        (369, 1968, "UKR"),
        (365, 1968, "RUS"),
    ],
)
def test_a_number_is_the_state_of_its_year(number: int, year: int, state: str) -> None:
    (row,) = rows("alliances", "dyad_years", {"ccode1": float(number), "year": float(year)})
    assert (row["actor"], row["actor_name"], row["reject"]) == (state, f"COW {number}", None)


@pytest.mark.parametrize(("source", "layout"), BARE)
@pytest.mark.parametrize("side", ["ccode1", "ccode2"])
def test_a_number_of_no_state_is_refused_by_name(source: str, layout: str, side: str) -> None:
    good, bad = rows(source, layout, {}, {side: 999.0})
    assert good["reject"] is None
    assert bad["reject"] == "no such COW number that year: 999"


@pytest.mark.parametrize(("source", "layout"), BARE)
def test_a_row_without_a_number_is_refused(source: str, layout: str) -> None:
    good, bad = rows(source, layout, {}, {"ccode2": None})
    assert (good["reject"], bad["reject"]) == (None, "no number of a state")


@pytest.mark.parametrize(
    ("column", "measure"),
    [
        ("atop_defense", "alliance:defense"),
        ("atop_offense", "alliance:offense"),
        ("atop_neutral", "alliance:neutrality"),
        ("atop_nonagg", "alliance:nonaggression"),
        ("atop_consul", "alliance:consultation"),
        (None, "alliance:other"),
    ],
)
def test_each_obligation_is_a_measure(column: str | None, measure: str) -> None:
    change: dict[str, object] = {"atop_nonagg": 0.0}
    if column:
        change[column] = 1.0
    (row,) = rows("alliances", "dyad_years", change)
    assert (row["measure"], row["value"], row["recipient"]) == (measure, 1.0, "PAK")


def test_an_ally_may_have_promised_several_things() -> None:
    found = rows("alliances", "dyad_years", {"atop_defense": 1.0})
    assert {row["measure"] for row in found} == {"alliance:defense", "alliance:nonaggression"}


@pytest.mark.parametrize("flag", [2.0, None])
def test_an_obligation_that_is_no_flag_is_refused(flag: float | None) -> None:
    good, bad = rows("alliances", "dyad_years", {}, {"atop_consul": flag})
    assert (good["reject"], bad["reject"]) == (None, "an obligation is neither 0 nor 1")


@pytest.mark.parametrize(("layout", "onset"), [("cow", "disponset"), ("gml", "midonset")])
def test_an_onset_is_told_from_what_goes_on(layout: str, onset: str) -> None:
    found = rows("disputes", layout, {}, {onset: 0.0, "year": 1961.0})
    assert [(row["measure"], row["value"], row["start"]) for row in found] == [
        (f"dispute_onset:{layout}", 2.0, date(1960, 1, 1)),
        (f"dispute_ongoing:{layout}", 2.0, date(1961, 1, 1)),
    ]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"hostlev1": 0.0}, "hostility level is not 1 to 5"),
        ({"hostlev1": -9.0}, "hostility level is not 1 to 5"),
        ({"hostlev1": None}, "no value"),
        ({"disponset": None}, "onset is neither 0 nor 1"),
        ({"year": None}, "no year"),
    ],
)
def test_a_dispute_that_cannot_be_read_is_refused(
    change: Mapping[str, object], reason: str
) -> None:
    good, bad = rows("disputes", "cow", {}, change)
    assert (good["reject"], bad["reject"]) == (None, reason)


@pytest.mark.parametrize(
    ("layout", "measure", "end"),
    [("handbook", "rivalry:handbook", 2011), ("strategic", "rivalry:strategic", 2021)],
)
def test_a_rivalry_lasts_to_the_end_of_its_last_year(
    layout: str, measure: str, end: int
) -> None:
    (row,) = rows("rivalries", layout, {})
    kept = ("measure", "actor", "recipient", "start", "end", "text")
    assert [row[k] for k in kept] == [
        measure, "IND", "PAK", date(1947, 1, 1), date(end, 1, 1), "India-Pakistan",
    ]  # fmt: skip


def test_a_rivalry_that_ends_before_it_starts_is_refused() -> None:
    good, bad = rows("rivalries", "strategic", {}, {"end": 1946.0})
    assert (good["reject"], bad["reject"]) == (None, "ends before it starts")
