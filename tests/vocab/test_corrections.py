"""Corrections: each says what upstream says, and fails once upstream says otherwise."""

import csv
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.errors import CorrectionError
from cuibono.vocab.corrections import (
    Correction,
    apply_corrections,
    check_corrections,
    load_corrections,
)
from cuibono.vocab.events import cameo_codes

RAW = Path(__file__).parents[3] / "shared" / "data"
needs_raw = pytest.mark.skipif(not RAW.is_dir(), reason="the raw data folder is not here")
AAP = "Association of American Publishers"
SOURCES = ("plover", "icews", "cameo2plover", "keds")
EVERY = [each for source in SOURCES for each in load_corrections(source)]


def native_countries() -> Iterator[tuple[str, str]]:
    path = RAW / "icews_native" / "events.2018.sample.tab"
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            for side in ("Source", "Target"):
                yield row[f"{side} Name"], row[f"{side} Country"]


def test_the_file_holds_no_correction_of_an_unknown_source() -> None:
    text = files("cuibono.vocab").joinpath("data/corrections.toml").read_text("utf-8")
    assert text.count("[[correction]]") == len(EVERY)


def test_a_source_without_faults_has_no_corrections() -> None:
    assert load_corrections("un_votes") == ()


def test_no_two_corrections_share_an_id() -> None:
    assert len({each.id for each in EVERY}) == len(EVERY)


@pytest.mark.parametrize("each", EVERY, ids=lambda each: each.id)
def test_every_correction_gives_its_reason(each: Correction) -> None:
    assert each.reason.endswith(".")


def test_accuse_is_flagged_and_never_changed() -> None:
    (accuse,) = load_corrections("plover")
    assert (accuse.key, accuse.action, accuse.expect) == ("ACCUSE", "flag", "30")


def test_the_accuse_flag_matches_the_table_we_ship() -> None:
    text = files("cuibono.vocab").joinpath("data/events/plover_types.csv").read_text("utf-8")
    rows = {row["name"]: row for row in csv.DictReader(text.splitlines())}
    assert len(check_corrections("plover", "plover_types", rows)) == 1


def test_every_code_we_set_aside_is_indeed_no_code() -> None:
    aside = {c.key for c in load_corrections("icews") if c.column == "CAMEO Code"}
    assert aside
    assert aside.isdisjoint(cameo_codes())


def test_blank_drops_the_country_of_the_misread_agency() -> None:
    rows = {AAP: {"country": "United States"}, "Reuters": {"country": "United Kingdom"}}
    assert apply_corrections("icews", "actors", rows) == {
        AAP: {"country": ""},
        "Reuters": {"country": "United Kingdom"},
    }


def test_replace_puts_the_meant_value_and_leaves_the_input_alone() -> None:
    rows = {key: {"code": key} for key in ("0841]", "145]")}
    assert apply_corrections("keds", "events", rows)["0841]"] == {"code": "0841"}
    assert rows["0841]"] == {"code": "0841]"}


def test_flag_changes_nothing() -> None:
    rows = {"13y": {"CAMEO Code": "13y"}}
    assert apply_corrections("icews", "events", rows) == rows


def test_a_mended_value_upstream_stops_the_load_and_says_what_was_found() -> None:
    rows = {AAP: {"country": "Australia"}}
    with pytest.raises(CorrectionError, match=r"icews-aap expects .* but upstream says 'Aus"):
        check_corrections("icews", "actors", rows)


@given(st.text().filter("United States".__ne__))
def test_any_other_value_than_the_expected_one_is_refused(country: str) -> None:
    with pytest.raises(CorrectionError, match="icews-aap"):
        check_corrections("icews", "actors", {AAP: {"country": country}})


def test_a_vanished_row_stops_the_load_of_a_whole_table() -> None:
    with pytest.raises(CorrectionError, match="upstream says nothing"):
        check_corrections("icews", "actors", {})


def test_a_vanished_column_stops_the_load_even_of_a_part() -> None:
    with pytest.raises(CorrectionError, match="upstream says nothing"):
        check_corrections("icews", "actors", {AAP: {"land": "United States"}}, whole=False)


def test_a_week_without_the_row_needs_no_correction() -> None:
    assert check_corrections("icews", "actors", {}, whole=False) == ()


def test_corrections_of_another_table_do_not_apply() -> None:
    assert check_corrections("icews", "publishers", {}) == ()


@pytest.mark.parametrize(
    ("action", "value"), [("replace", ""), ("blank", "USA"), ("flag", "x")]
)
def test_a_value_goes_with_replace_and_with_nothing_else(action: str, value: str) -> None:
    with pytest.raises(CorrectionError, match="give a value with 'replace'"):
        Correction(
            id="planted",
            source="icews",
            table="actors",
            column="country",
            key="k",
            action=action,  # type: ignore[arg-type]
            expect="e",
            reason="Planted.",
            value=value,
        )


@needs_raw
def test_the_native_layout_still_misreads_the_agency() -> None:
    rows = {name: {"country": country} for name, country in native_countries()}
    (found,) = check_corrections("icews", "actors", rows)
    assert found.action == "blank"


@needs_raw
def test_the_misread_agency_deals_with_india_nine_times_in_ten() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    others: list[str | None] = []
    for path in sorted((RAW / "icews").glob("icews_*.parquet")):
        for side, other in (("source", "target"), ("target", "source")):
            rows = parquet.read_table(
                path, columns=[f"{other}_iso3"], filters=[(side, "=", AAP)]
            )
            others += rows[f"{other}_iso3"].to_pylist()
    assert (others.count("IND"), others.count("AUS"), len(others)) == (1135, 32, 1262)


@needs_raw
def test_the_bracketed_keds_codes_are_still_there() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(RAW / "keds" / "keds_events.parquet", columns=["code"])
    rows = {code: {"code": code} for code in table["code"].unique().to_pylist()}
    assert len(check_corrections("keds", "events", rows)) == 2
