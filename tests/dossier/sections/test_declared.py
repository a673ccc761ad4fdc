"""Claims and strikes are counts from rows, added by hand here."""

from collections import Counter
from pathlib import Path

import pytest
from tests.dossier.sections.reading import column, text, value
from tests.dossier.small_case import small_case, write_case

from cuibono.dossier.gather import Gathered, gather
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.sections.declared import declared
from cuibono.model.dossier import Section
from cuibono.model.trace import Condition, Trace
from cuibono.record.case_file import read_case
from cuibono.store.rows import fetch_rows
from cuibono.store.store import Store


@pytest.fixture(scope="module")
def numbers(gathered: Gathered) -> Numbers:
    return Numbers(gathered.case, gathered.store)


@pytest.fixture(scope="module")
def section(gathered: Gathered, numbers: Numbers) -> Section:
    made = declared(gathered, numbers)
    assert made is not None
    return made


def test_every_claim_of_the_actor_is_quoted_as_published(
    section: Section, numbers: Numbers, pack_store: Store
) -> None:
    where = (Condition("actor", "=", "RUS"),)
    rows = fetch_rows(pack_store, Trace("measures", "declared_vs_done", where, 0)).to_pylist()
    (cells,) = (column(t, "Videos") for t in section.tables if "Videos" in t.columns)
    assert Counter(value(numbers, cell) for cell in cells) == Counter(r["value"] for r in rows)
    assert len(cells) == 10


def test_deaths_by_opponent_add_up_to_all_months(
    section: Section, numbers: Numbers, pack_store: Store
) -> None:
    where = (
        Condition("actor", "=", "RUS"),
        Condition("measure", "=", "fatalities:named_attacker"),
    )
    rows = fetch_rows(pack_store, Trace("measures", "ucdp_ged", where, 0)).to_pylist()
    months: Counter[str] = Counter()
    for row in rows:
        months[row["recipient_name"]] += row["value"]
    (table,) = (t for t in section.tables if "Opponent" in t.columns)
    deaths = next(name for name in table.columns if name.startswith("Deaths"))
    shown = {
        text(who): value(numbers, cell)
        for who, cell in zip(column(table, "Opponent"), column(table, deaths), strict=True)
    }
    assert shown == dict(months)


def test_deaths_carry_the_bounds_of_the_provider(section: Section, numbers: Numbers) -> None:
    bounded = [f for name, f in numbers.figures.items() if name.endswith(".deaths")]
    assert section.tables
    for figure in bounded:
        assert figure.low is not None
        assert figure.high is not None
        assert figure.low <= figure.value <= figure.high
    assert bounded


def test_an_actor_whose_claims_nobody_checked_has_no_such_section(
    tmp_path: Path, pack_store: Store
) -> None:
    case = read_case(write_case(tmp_path, small_case(drivers=())))
    assert declared(gather(case, pack_store), Numbers(case, pack_store)) is None
