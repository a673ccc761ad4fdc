"""What was not found stands with how far anybody looked, and what a look would be worth."""

from dataclasses import replace

import pytest
from tests.dossier.sections.reading import all_refs, column, text, value

from cuibono.dossier.gather import Gathered
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.sections.absences import absences
from cuibono.model.evidence import Absence, Likelihood

LEFT = {"china-urging": Likelihood((0.6, 0.6), (0.1, 0.1), "Somebody asks somebody.")}
SOUGHT = Absence(
    id="A1", text="a request", expected=LEFT, looked="the notes", coverage=(0.5, 0.5)
)
UNSOUGHT = Absence(id="A2", text="a visit", expected=LEFT)


def with_absences(gathered: Gathered, *absent: Absence) -> Gathered:
    return replace(gathered, case=replace(gathered.case, absences=absent))


def test_a_case_that_expects_nothing_has_no_section(
    gathered: Gathered, numbers: Numbers
) -> None:
    assert absences(with_absences(gathered), numbers) is None


def test_what_was_sought_weighs_as_far_as_it_would_have_been_found(
    gathered: Gathered, numbers: Numbers
) -> None:
    section = absences(with_absences(gathered, SOUGHT), numbers)
    assert section is not None
    (table,) = section.tables
    # 10 log10((1 - 0.5 * 0.6) / (1 - 0.5 * 0.1))
    assert value(numbers, column(table, "Weighs")[0]) == pytest.approx(-1.326, abs=1e-3)
    assert text(column(table, "Would be found")[0]) == "50 % to 50 %"


def test_what_nobody_sought_says_what_a_look_would_be_worth(
    gathered: Gathered, numbers: Numbers
) -> None:
    section = absences(with_absences(gathered, UNSOUGHT), numbers)
    assert section is not None
    (table,) = section.tables
    found, missed = (value(numbers, cell) for cell in table.rows[0][1:])
    assert found == pytest.approx(7.782, abs=1e-3)
    assert missed == pytest.approx(-3.522, abs=1e-3)


def test_every_number_leads_to_the_absence(gathered: Gathered, numbers: Numbers) -> None:
    section = absences(with_absences(gathered, SOUGHT, UNSOUGHT), numbers)
    assert section is not None
    quoted = [numbers.figures[ref] for ref in all_refs(section) if ref in numbers.figures]
    assert {figure.traces[0].where[0].value for figure in quoted} == {("A1",), ("A2",)}
