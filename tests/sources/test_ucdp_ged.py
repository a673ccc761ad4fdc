"""UCDP GED: an attacker is booked only where the headline names one, and only one."""

from datetime import date

import pyarrow as pa
import pytest
from tests.sources.made_tables import Row, packed, read

GOVERNMENT, STATE = "Government of Syria", 118.0
COALITION = "US-led coalition"

# Headline, side A, and the attacker booked; side A where none is named.
HEADLINES = [
    ("Russian warplanes bomb a market in Idlib", GOVERNMENT, "Russia"),
    ("Coalition airstrike kills ten in Raqqa", GOVERNMENT, COALITION),
    ("Turkish artillery shells Kobani", GOVERNMENT, "Turkey"),
    ("Israeli jets strike an air base", GOVERNMENT, "Israel"),
    ("Regime helicopters drop barrel bombs on Daraya", GOVERNMENT, GOVERNMENT),
    ("Russian and Israeli jets strike in the south", GOVERNMENT, None),
    ("Russian jets strike as coalition planes bomb Raqqa", GOVERNMENT, None),
    ("Fighting goes on despite the Turkish-Russian truce", GOVERNMENT, None),
    ("Russian delegation meets the opposition", GOVERNMENT, None),
    ("14 killed in clashes near Aleppo", GOVERNMENT, None),
    ("Russian warplanes bomb a market in Idlib", "IS", None),
    (None, GOVERNMENT, None),
]


def fatal_events() -> pa.Table:
    headlines, sides, _ = zip(*HEADLINES, strict=True)
    n = len(headlines)
    days = [date(2016, 1, 31), *[date(2016, 2, 1)] * (n - 1)]
    return pa.table(
        {
            "id": [float(number) for number in range(100, 100 + n)],
            "source_headline": pa.array(headlines, pa.string()),
            "side_a": sides,
            "side_a_new_id": [STATE if side == GOVERNMENT else 234.0 for side in sides],
            "side_b": ["Syrian insurgents"] * n,
            "side_b_new_id": [4456.0] * n,
            "date_start": pa.array(days, pa.date32()),
            "date_end": pa.array(days, pa.date32()),
            "best": [4.0] * n,
            "low": [3.0] * n,
            "high": [7.0] * n,
        }
    )


def changed(column: str, value: object) -> pa.Table:
    """One event with one cell of another value."""
    table = fatal_events().slice(0, 1)
    at = table.column_names.index(column)
    return table.set_column(at, column, pa.array([value], table.schema.field(column).type))


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return read("ucdp_ged", "native", measures=fatal_events())


@pytest.mark.parametrize("number", range(len(HEADLINES)), ids=lambda n: HEADLINES[n][0])
def test_an_attacker_is_whom_the_headline_alone_names(rows: list[Row], number: int) -> None:
    _, side, attacker = HEADLINES[number]
    expected = ("fatalities:named_attacker", attacker) if attacker else ("fatalities", side)
    assert (rows[number]["measure"], rows[number]["actor_name"]) == expected


def test_a_coalition_is_no_single_actor(rows: list[Row]) -> None:
    assert rows[1]["actor"] is None


def test_an_unnamed_attack_keeps_the_government_of_its_side(rows: list[Row]) -> None:
    assert rows[9]["actor"] == "SYR"


def test_deaths_keep_their_bounds(rows: list[Row]) -> None:
    assert (rows[0]["low"], rows[0]["value"], rows[0]["high"]) == (3, 4, 7)


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("low", 9.0, "low above high"),
        ("date_start", None, "no date"),
        ("date_end", date(2015, 1, 1), "ends before it starts"),
    ],
)
def test_an_event_that_contradicts_itself_is_set_aside(
    column: str, value: object, reason: str
) -> None:
    (row,) = read("ucdp_ged", "native", measures=changed(column, value))
    assert row["reject"] == reason


def test_the_trimmed_layout_reads_alike(rows: list[Row]) -> None:
    assert read("ucdp_ged", "trimmed", measures=fatal_events()) == rows


def test_months_keep_every_death_after_packing(rows: list[Row]) -> None:
    opened = read(
        "ucdp_ged", "embedded", measures=packed("ucdp_ged", "native", measures=fatal_events())
    )
    for field in ("n", "value", "low", "high"):
        assert sum(float(str(r[field])) for r in opened) == sum(
            float(str(r[field])) for r in rows
        )


def test_a_month_end_is_not_crossed() -> None:
    short = packed("ucdp_ged", "native", measures=fatal_events()).to_pylist()
    assert {row["month"].isoformat() for row in short if row["actor_name"] == "Russia"} == {
        "2016-01-01"
    }
