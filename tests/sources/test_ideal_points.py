"""Ideal points: a number of the Correlates of War is a state only in its years."""

from datetime import date

import pyarrow as pa
import pytest
from tests.sources.made_tables import Row, packed, read

# COW number, year, name in the file, and the state that it was.
STATES = [
    (365, 1980, "Russia", "RUS"),
    (365, 2010, "Russia", "RUS"),
    (260, 1975, "German Federal Republic", "DEU"),
    (255, 1995, "Germany", "DEU"),
    (265, 1975, "German Democratic Republic", "GW:265"),
    (345, 1975, "Yugoslavia", "GW:345"),
    (345, 2012, "Serbia", "SRB"),
]
LOST = [(265, 2000, "German Democratic Republic"), (999, 2000, "Ruritania")]


def estimates() -> pa.Table:
    states = [*[state[:3] for state in STATES], *LOST]
    n = len(states)
    return pa.table(
        {
            "issue": ["All"] * (n - 1) + ["me"],
            "ccode": pa.array([code for code, _, _ in states], pa.int64()),
            "year": pa.array([year for _, year, _ in states], pa.int64()),
            "Countryname": [name for _, _, name in states],
            "NVotes": pa.array([60] * n, pa.int64()),
            "IdealPoint": pa.array([-1.23456, None, *[0.5] * (n - 2)], pa.float64()),
            "Q5": [-1.5] * n,
            "Q95": [1.0] * n,
        }
    )


@pytest.fixture(scope="module")
def rows() -> dict[tuple[object, object], Row]:
    found = read("ideal_points", "native", measures=estimates())
    return {(row["actor_name"], row["start"]): row for row in found}


@pytest.mark.parametrize(("_code", "year", "name", "actor"), STATES)
def test_a_number_is_the_state_it_was_in_that_year(
    rows: dict[tuple[object, object], Row], _code: int, year: int, name: str, actor: str
) -> None:
    assert rows[name, date(year, 1, 1)]["actor"] == actor


@pytest.mark.parametrize(("_code", "year", "name"), LOST)
def test_a_number_of_no_state_that_year_is_set_aside(
    rows: dict[tuple[object, object], Row], _code: int, year: int, name: str
) -> None:
    reason = rows[name, date(year, 1, 1)]["reject"]
    assert reason == f"no such COW number that year: {name}"


def test_a_state_without_an_estimate_is_set_aside(
    rows: dict[tuple[object, object], Row],
) -> None:
    assert rows["Russia", date(2010, 1, 1)]["reject"] == "no estimate"


def test_bounds_are_the_fifth_and_the_ninety_fifth_hundredth(
    rows: dict[tuple[object, object], Row],
) -> None:
    row = rows["Germany", date(1995, 1, 1)]
    assert (row["low"], row["high"]) == (-1.5, 1.0)


def test_what_ships_is_rounded_to_thousandths() -> None:
    short = packed("ideal_points", "native", measures=estimates())
    opened = read("ideal_points", "embedded", measures=short)
    (russia,) = [row for row in opened if row["actor"] == "RUS"]
    assert (russia["value"], russia["n"], russia["measure"]) == (-1.235, 60, "ideal_point")


def test_only_sound_rows_ship() -> None:
    assert packed("ideal_points", "native", measures=estimates()).num_rows == len(STATES) - 1
