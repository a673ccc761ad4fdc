"""Each claim stands with who said it, what is said now, what bears it out, and a fixed word."""

from dataclasses import replace
from datetime import date

from tests.dossier.sections.reading import column, refs, text

from cuibono.dossier.gather import Gathered
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.sections.claims import claims
from cuibono.model.audit import Claim, Saying
from cuibono.model.dossier import Section
from cuibono.model.trace import Condition, Trace

COUNTED = Claim(
    id="C1",
    text="The ministry killed so many.",
    speaker="The ministry",
    day=date(2016, 2, 1),
    hedge="about",
    number=2000.0,
    unit="deaths",
    plausible=(10.0, 900.0),
    bound="deaths that were counted",
    supports=("E01",),
    later=(Saying(day=date(2017, 1, 1), speaker="The ministry", text="fewer"),),
)
BARE = Claim(id="C2", text="It never met them.", speaker="A minister", day=date(2016, 3, 1))


def section(gathered: Gathered, numbers: Numbers, *claimed: Claim) -> Section | None:
    case = replace(gathered.case, claims=claimed)
    return claims(replace(gathered, case=case), numbers)


def test_a_case_without_claims_has_no_section(gathered: Gathered, numbers: Numbers) -> None:
    assert section(gathered, numbers) is None


def test_verdicts_are_counted_in_the_lead(gathered: Gathered, numbers: Numbers) -> None:
    made = section(gathered, numbers, COUNTED, BARE)
    assert made is not None
    assert text(made.lead[0]).startswith("Verdicts: implausible 1, unsupported 1.")


def test_then_and_now_stand_side_by_side(gathered: Gathered, numbers: Numbers) -> None:
    made = section(gathered, numbers, COUNTED, BARE)
    assert made is not None
    (table,) = made.tables
    assert text(column(table, "Said first")[0]) == "2016-02-01, The ministry"
    assert text(column(table, "Said since")[0]) == "2017-01-01, The ministry: fewer"
    assert text(column(table, "Said since")[1]) == "nothing at hand"
    assert [text(cell) for cell in column(table, "Hedge")] == ["about", "none"]


def test_a_number_stands_beside_what_the_data_allow(
    gathered: Gathered, numbers: Numbers
) -> None:
    made = section(gathered, numbers, COUNTED)
    assert made is not None
    said = column(made.tables[0], "Claim")[0]
    assert text(said).endswith(
        "Claimed: 2,000 deaths; the data allow 10 to 900 (deaths that were counted)."
    )
    assert refs(said) == ["claim.C1.number", "claim.C1.bound"]


def test_a_number_that_nothing_bounds_says_so(gathered: Gathered, numbers: Numbers) -> None:
    made = section(gathered, numbers, replace(COUNTED, plausible=None, bound=""))
    assert made is not None
    assert "no data at hand bound it" in text(column(made.tables[0], "Claim")[0])


def test_the_origins_are_counted_and_lead_to_their_items(
    gathered: Gathered, numbers: Numbers
) -> None:
    made = section(gathered, numbers, COUNTED)
    assert made is not None
    cell = column(made.tables[0], "Borne out by")[0]
    assert text(cell) == "1 (E01)"
    assert refs(cell) == ["claim.C1.origins", "evidence.E01"]
    assert numbers.figures["claim.C1.origins"].value == 1
    assert numbers.figures["claim.C1.origins"].traces[0].where[0].value == ("E01",)


def test_a_bound_that_was_computed_opens_to_its_rows(
    gathered: Gathered, numbers: Numbers
) -> None:
    rows = Trace("measures", "un_votes", (Condition("actor", "=", "PAK"),), 0)
    made = section(gathered, numbers, replace(COUNTED, rows=rows))
    assert made is not None
    (trace,) = numbers.figures["claim.C1.bound"].traces
    assert (trace.table, trace.source) == ("measures", "un_votes")
    assert trace.n_rows > 0


def test_a_series_without_a_row_is_named(gathered: Gathered, numbers: Numbers) -> None:
    empty = replace(COUNTED, plausible=None, bound="sum of deaths: no row")
    made = section(gathered, numbers, empty)
    assert made is not None
    (table,) = made.tables
    assert "no data at hand bound it (sum of deaths: no row)" in text(table.rows[0][0])
