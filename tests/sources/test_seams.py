"""Seams: known breaks of a source are days that a lens can ask for."""

from datetime import date
from itertools import pairwise

import pytest

from cuibono.errors import SourceError
from cuibono.model.period import Period
from cuibono.sources.base import read_card, seams, source_names
from cuibono.sources.seams import read_seam

ENTRY = {
    "name": "spring",
    "label": "new",
    "start": date(2020, 4, 1),
    "end": date(2020, 5, 1),
    "why": "So.",
}


def test_the_seam_of_february_2015_has_its_days() -> None:
    (seam,) = (seam for seam in seams("gdelt") if seam.name == "february-2015")
    assert seam.days == Period(date(2015, 2, 18), date(2015, 2, 20))


def test_a_source_without_a_known_break_has_no_seam() -> None:
    assert seams("un_votes") == ()


@pytest.mark.parametrize("source", source_names())
def test_seams_stand_in_order_of_time_and_do_not_meet(source: str) -> None:
    days = [seam.days for seam in read_card(source).seams]
    assert all(a.end <= b.start for a, b in pairwise(days))


def test_a_seam_prints_its_name_its_days_and_its_reason() -> None:
    assert str(read_seam(ENTRY)) == "spring (2020-04-01 to 2020-04-30): So."


@pytest.mark.parametrize(
    "change", [{"end": date(2020, 4, 1)}, {"end": "2020"}, {"day": date(2020, 4, 1)}]
)
def test_a_seam_that_is_not_one_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(SourceError, match="'spring': write `name`, `label`, `start`, a later"):
        read_seam(ENTRY | change)


@pytest.mark.parametrize("label", ["", "a label that no small chart has room for"])
def test_a_label_that_says_nothing_or_too_much_is_refused(label: str) -> None:
    with pytest.raises(SourceError, match="`label` of at most 24 letters"):
        read_seam(ENTRY | {"label": label})


def test_a_seam_without_a_reason_is_refused() -> None:
    with pytest.raises(SourceError, match="say `why` in a sentence"):
        read_seam(ENTRY | {"why": ""})
