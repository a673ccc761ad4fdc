"""A record's id says what it claims and where; its day is the nearest, or the dateline's."""

from datetime import date

import pytest

from cuibono.model.sourced_record import Factuality, Party, RecordKind, SourcedRecord, Strength
from cuibono.reading.crosswalk import action_of
from cuibono.reading.dates import find_dates
from cuibono.reading.document import build_document
from cuibono.reading.records import Extracted, make_record, nearest_date

TEXT = "In 2014 Fiji sued Tonga and in 2016 Fiji sued Samoa."


def made(
    code: str = "115", span: tuple[int, int] = (8, 23), *, written: date | None = None
) -> SourcedRecord:
    found = Extracted(
        kind=RecordKind.EVENT, actors=(Party("FJI"),), recipients=(Party("TON"),), when=None,
        holders=("author",), factuality=Factuality.OCCURRED, strength=Strength.ASSERTED,
        cue=None, extractor="rules", action=action_of(code),
    )  # fmt: skip
    return make_record(build_document(TEXT, published=written), 0, span, found)


def test_the_nearest_date_is_taken() -> None:
    dates = find_dates(TEXT, 0, len(TEXT), None)
    near = [nearest_date(dates, *span) for span in ((8, 23), (36, 51))]
    assert [span.day_from for span in near if span] == [date(2014, 1, 1), date(2016, 1, 1)]
    assert nearest_date([], 8, 23) is None


def test_the_quote_is_the_text_at_its_offsets() -> None:
    assert made().quote == "Fiji sued Tonga"


@pytest.mark.parametrize("other", [made("116"), made(span=(8, 12))])
def test_another_act_or_place_is_another_record(other: SourcedRecord) -> None:
    assert other.id != made().id == made().id


def test_without_a_date_the_dateline_is_the_latest_day() -> None:
    dated = made(written=date(2017, 1, 2))
    assert (dated.day_from, dated.day_to, dated.dated_by) == (
        None,
        date(2017, 1, 2),
        "dateline",
    )
    assert made().dated_by == "bounds"
