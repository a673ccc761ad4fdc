"""Sourced records: what each code means, and that any record at all can be kept."""

from dataclasses import FrozenInstanceError, replace
from datetime import date
from enum import StrEnum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.model.sourced_record import (
    Factuality,
    Party,
    RecordKind,
    SourcedRecord,
    Strength,
)
from cuibono.reading.arrow import from_arrow, to_arrow

BARE = SourcedRecord(
    id="r1", document="d", sentence=0, start=0, end=4, quote="Iran", kind=RecordKind.STATE
)
words = st.text(max_size=8)
several = st.lists(words, max_size=3).map(tuple)
parties = st.lists(st.builds(Party, words, words, words, several), max_size=3).map(tuple)
number = st.integers(0, 10**6)
day = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1))
any_record = st.builds(
    SourcedRecord,
    id=words,
    document=words,
    sentence=number,
    start=number,
    end=number,
    quote=words,
    kind=st.sampled_from(RecordKind),
    actors=parties,
    recipients=parties,
    event_type=words,
    mode=words,
    context=words,
    cameo=words,
    day_from=day,
    day_to=day,
    precision=words,
    dated_by=words,
    holders=several,
    factuality=st.sampled_from(Factuality),
    strength=st.sampled_from(Strength),
    cue=st.none() | st.tuples(number, number),
    links=several,
    extractor=words,
    status=words,
    version=st.integers(1, 99),
)


@settings(max_examples=60, derandomize=True)
@given(st.lists(any_record, max_size=4))
def test_any_record_comes_back_from_a_table_as_it_went(records: list[SourcedRecord]) -> None:
    """Not only what our rules read: what a person edits or a model brings, too."""
    assert from_arrow(to_arrow(records)) == records


@pytest.mark.parametrize("codes", [RecordKind, Factuality, Strength])
def test_a_code_is_found_by_what_is_written_in_a_file(codes: type[StrEnum]) -> None:
    assert [codes(str(code)) for code in codes] == list(codes)
    assert len({str(code) for code in codes}) == len(codes)


@pytest.mark.parametrize(
    ("codes", "unknown"),
    [(RecordKind, "claim:"), (RecordKind, "Event"), (Factuality, ""), (Strength, "S6")],
)
def test_a_code_that_nobody_defined_is_refused(codes: type[StrEnum], unknown: str) -> None:
    with pytest.raises(ValueError, match=codes.__name__):
        codes(unknown)


def test_a_firmer_strength_has_a_higher_code_and_a_norm_has_none() -> None:
    firm = [Strength.ASSERTED, Strength.PROBABLE, Strength.POSSIBLE, Strength.REPORTED]
    assert sorted([*firm, Strength.DOUBTED], reverse=True) == [*firm, Strength.DOUBTED]
    assert set(Strength) - {*firm, Strength.DOUBTED} == {Strength.NORMATIVE}


def test_a_bare_record_claims_no_more_than_it_was_given() -> None:
    assert (BARE.actors, BARE.recipients, BARE.holders, BARE.links) == ((), (), (), ())
    assert (BARE.day_from, BARE.day_to, BARE.cue, BARE.precision) == (None, None, None, "none")
    assert (BARE.status, BARE.version) == ("proposed", 1)


def test_a_record_cannot_be_changed_only_followed_by_another_version() -> None:
    with pytest.raises(FrozenInstanceError):
        BARE.status = "accepted"  # type: ignore[misc]
    later = replace(BARE, status="accepted", version=2)
    assert len({BARE, later, replace(later)}) == 2


def test_fields_are_given_by_name_so_that_none_takes_the_place_of_another() -> None:
    with pytest.raises(TypeError, match="positional"):
        SourcedRecord("r1", "d", 0, 0, 4, "Iran", RecordKind.STATE)  # type: ignore[misc]
