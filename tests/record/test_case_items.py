"""Items are put to every rival, and what was not found counts as far as one looked."""

from datetime import date
from pathlib import Path

import pytest
from tests.record.made_case import TEXT, changed, line_with, made, refused, write

from cuibono.model.period import Period

ABSENCE = """
[[absence]]
id = "A1"
text = "a request in writing"
from = 2013-01-01
to = 2016-01-01
looked = "both ministries' published notes"
coverage = [0.2, 0.5]
document = "doc"
judge = "us"
blank = ["gain"]
[absence.expected]
pressure = { if_true = [0.6, 0.8], if_false = [0.1, 0.2], why = "Pressure writes." }
"""


def test_an_item_that_was_not_put_to_a_rival_is_refused(tmp_path: Path) -> None:
    text = changed('blank = ["gain"]\n', "")
    said = refused(write(tmp_path, text))
    assert said.startswith(
        f"made.toml:{line_with(text, '[[evidence]]')}: this item was not put"
    )
    assert "to gain. Ask every rival" in said


def test_an_explanation_cannot_be_blank_and_judged(tmp_path: Path) -> None:
    text = changed('blank = ["gain"]', 'blank = ["gain", "pressure"]')
    assert "pressure is blank and judged" in refused(write(tmp_path, text))


def test_a_blank_names_an_explanation_of_the_case(tmp_path: Path) -> None:
    text = changed('blank = ["gain"]', 'blank = ["gian"]')
    assert "no explanation 'gian'. Did you mean gain?" in refused(write(tmp_path, text))


def test_an_item_that_lasted_spans_its_days(tmp_path: Path) -> None:
    case = made(
        tmp_path, changed("day = 2014-06-02\n", "day = 2014-06-02\nuntil = 2015-01-01\n")
    )
    assert case.evidence[0].span == Period(date(2014, 6, 2), date(2015, 1, 1))


def test_an_item_that_ends_before_it_starts_is_refused(tmp_path: Path) -> None:
    text = changed("day = 2014-06-02\n", "day = 2014-06-02\nuntil = 2014-06-02\n")
    assert "2014-06-02 is not after 2014-06-02" in refused(write(tmp_path, text))


def test_the_day_of_judgement_is_the_case_s_unless_an_item_has_its_own(tmp_path: Path) -> None:
    head = changed("to = 2023-01-01\n", "to = 2023-01-01\njudged = 2026-11-23\n")
    assert made(tmp_path, head).evidence[0].judged == date(2026, 11, 23)
    own = head.replace('judge = "us"\n', 'judge = "us"\njudged = 2026-12-01\n')
    assert made(tmp_path, own).evidence[0].judged == date(2026, 12, 1)
    assert made(tmp_path).evidence[0].judged is None


def test_what_was_looked_for_and_not_found_is_an_item(tmp_path: Path) -> None:
    case = made(tmp_path, TEXT + ABSENCE)
    missed = case.evidence[-1]
    assert (missed.id, missed.origin) == ("A1", "A1")
    assert missed.span == Period(date(2013, 1, 1), date(2016, 1, 1))
    # 1 - 0.5 * 0.8 = 0.6 and 1 - 0.2 * 0.6 = 0.88; 1 - 0.5 * 0.2 = 0.9 and 1 - 0.2 * 0.1 = 0.98
    assert missed.likelihoods["pressure"].if_true == pytest.approx((0.6, 0.88))
    assert missed.likelihoods["pressure"].if_false == pytest.approx((0.9, 0.98))


def test_what_nobody_looked_for_weighs_nothing_and_is_remembered(tmp_path: Path) -> None:
    unlooked = ABSENCE.replace('looked = "both ministries\' published notes"\n', "")
    unlooked = unlooked.replace("coverage = [0.2, 0.5]\n", "")
    case = made(tmp_path, TEXT + unlooked)
    assert [item.id for item in case.evidence] == ["E1"]
    assert (case.absences[0].id, case.absences[0].coverage) == ("A1", None)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("coverage = [0.2, 0.5]\n", "", "needs both `looked` and `coverage`"),
        ("coverage = [0.2, 0.5]", "coverage = [0, 0.5]", "greater than 0"),
        ("coverage = [0.2, 0.5]", "coverage = [0.5, 0.2]", "runs downwards"),
        ("to = 2016-01-01", "to = 2013-01-01", "2013-01-01 is not after 2013-01-01"),
        ('document = "doc"', 'document = "dco"', "no document 'dco'. Did you mean doc?"),
        ('blank = ["gain"]\n', "", "not put to gain"),
    ],
)
def test_a_faulty_absence_is_one_line(old: str, new: str, said: str, tmp_path: Path) -> None:
    assert said in refused(write(tmp_path, TEXT + ABSENCE.replace(old, new)))


def test_a_copy_in_another_cluster_names_its_line(tmp_path: Path) -> None:
    text = changed('origin = "O1"\n', 'origin = "O1"\ncluster = "press"\n')
    absence = ABSENCE.replace('document = "doc"', 'document = "doc"\norigin = "O1"')
    text += absence.replace('judge = "us"', 'judge = "us"\ncluster = "palace"')
    said = refused(write(tmp_path, text))
    line = line_with(text, 'cluster = "palace"')
    assert said.startswith(f"made.toml:{line}: origin 'O1' is in 'palace' here")
    assert "'press' in E1" in said
