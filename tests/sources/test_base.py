"""Cards say what a reader must know, and a file that fits no layout is refused by name."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.errors import DriftError, SourceError
from cuibono.model.tables import TABLES
from cuibono.sources.base import (
    EMBEDDED,
    Card,
    match_layout,
    read_card,
    read_with,
    source_names,
)
from cuibono.store.pack import PARTS

ICEWS = read_card("icews")
NATIVE = ICEWS.layouts[0].columns["events"]
every_source = pytest.mark.parametrize("name", source_names())


def test_the_sources_of_the_spine_are_there() -> None:
    assert {"icews", "un_votes", "ideal_points", "ucdp_ged"} <= set(source_names())


@every_source
def test_a_card_says_terms_citation_and_blind_spots(name: str) -> None:
    card = read_card(name)
    assert card.licence
    assert card.citation
    assert card.blind_spots


@every_source
def test_a_card_says_how_to_get_and_load_the_files(name: str) -> None:
    assert f"`cuibono load {name} " in read_card(name).obtain


@every_source
def test_a_card_reads_into_a_canonical_table(name: str) -> None:
    assert read_card(name).table in TABLES


@every_source
def test_each_layout_of_a_card_has_a_reader(name: str) -> None:
    assert all(callable(read_with(name, layout.name)) for layout in read_card(name).layouts)


@pytest.mark.parametrize("name", sorted({part.source for part in PARTS}))
def test_a_source_that_ships_opens_what_ships(name: str) -> None:
    assert EMBEDDED in {layout.name for layout in read_card(name).layouts}


def test_a_card_without_blind_spots_is_refused() -> None:
    with pytest.raises(SourceError, match="cannot see"):
        replace(ICEWS, blind_spots=())


def test_an_unknown_source_is_answered_with_the_near_one() -> None:
    with pytest.raises(SourceError, match=r"No source 'icew'. Did you mean icews\?"):
        read_card("icew")


def match(columns: tuple[str, ...], card: Card = ICEWS) -> str:
    return match_layout(card, {card.table: columns}, "e.tab").name


def test_the_providers_columns_are_recognised() -> None:
    assert match(NATIVE) == "native"


def test_a_missing_column_is_named() -> None:
    with pytest.raises(DriftError, match=r"e\.tab: .*missing Intensity; unknown none\."):
        match(tuple(name for name in NATIVE if name != "Intensity"))


def test_an_unknown_column_is_named() -> None:
    with pytest.raises(DriftError, match=r"missing none; unknown Tone\."):
        match((*NATIVE, "Tone"))


def test_a_column_renamed_upstream_is_named_both_ways() -> None:
    with pytest.raises(DriftError, match=r"missing Intensity; unknown Goldstein\."):
        match(tuple("Goldstein" if name == "Intensity" else name for name in NATIVE))


def test_columns_told_by_place_must_stand_in_order() -> None:
    with pytest.raises(DriftError, match="the order differs"):
        match((NATIVE[1], NATIVE[0], *NATIVE[2:]))


def test_a_column_that_comes_twice_is_refused() -> None:
    card = read_card("ideal_points")
    columns = card.layouts[0].columns["measures"]
    with pytest.raises(DriftError, match="comes twice"):
        match((*columns, columns[0]), card)


def test_what_ships_is_no_file_to_load() -> None:
    (shipped,) = (layout for layout in ICEWS.layouts if layout.name == EMBEDDED)
    with pytest.raises(DriftError, match="not a known layout of icews"):
        match(shipped.columns["events"])


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.permutations(read_card("ideal_points").layouts[0].columns["measures"]))
def test_columns_told_by_name_may_stand_in_any_order(columns: list[str]) -> None:
    assert match(tuple(columns), read_card("ideal_points")) == "native"


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(st.text(max_size=8), max_size=25).filter(lambda names: tuple(names) != NATIVE))
def test_no_other_columns_pass(columns: list[str]) -> None:
    with pytest.raises(DriftError):
        match(tuple(columns))
