"""ICEWS lines: each bad one costs itself, and each party is booked where it belongs."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.made_tables import Row, lines, read
from tests.store.made_files import (
    HEADER,
    event,
    load_lines,
    loaded_only,
    propose_few,
    quarantined,
    rows_of,
)

from cuibono.model.actor import Kind
from cuibono.vocab.actors import code_table, load_actors

SCALE = "Intensity is no number from -10 to 10"
BAD_LINES = {
    "too few fields": ("1\t2015-03-02\tRussia", "not 20 fields"),
    "a tab in a name": (event(2, Source_Name="A\tB"), "not 20 fields"),
    "no text": ("", "empty line"),
    "month 13": (event(2, Event_Date="2015-13-01"), "date is not a day"),
    "year 0": (event(2, Event_Date="0000-00-00"), "date is not a day"),
    "year 99999": (event(2, Event_Date="99999-01-01"), "date is not a day"),
    "for ever": (event(2, Event_Date="infinity"), "date is not a day"),
    "an American date": (event(2, Event_Date="3/2/2015"), "date is not a day"),
    "no date": (event(2, Event_Date=""), "date is not a day"),
    "a code of the file of 2017": (event(2, CAMEO_Code="13y"), "unknown CAMEO code 13y"),
    "no code": (event(2, CAMEO_Code=""), "unknown CAMEO code "),
    "no id": ("\t" + event(2).split("\t", 1)[1], "no Event ID"),
    "NaN": (event(2, Intensity="nan"), SCALE),
    "without end": (event(2, Intensity="1e400"), SCALE),
    "off the scale": (event(2, Intensity="11"), SCALE),
    "a decimal comma": (event(2, Intensity="-2,5"), SCALE),
    "Latin-1": (event(2, City="Malmö").encode("latin-1"), "not UTF-8 text"),
    "markup": ("<html><body>503</body></html>", "not 20 fields"),
    "the header again": ("\t".join(HEADER), SCALE),
}

ODD_NAMES = ['A "stray quote', "bare\rreturn", "unit\x1fseparator", "nul\0", "line\u2028sep"]


@pytest.fixture(scope="module")
def bad_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file with every bad line between two good ones."""
    folder = tmp_path_factory.mktemp("bad")
    load_lines(folder, [event(1), *(line for line, _ in BAD_LINES.values()), event(99)])
    return folder


@pytest.mark.parametrize("fault", BAD_LINES)
def test_a_bad_line_is_set_aside_with_its_number_and_reason(
    bad_folder: Path, fault: str
) -> None:
    number = 3 + list(BAD_LINES).index(fault)
    assert dict(quarantined(bad_folder))[number] == BAD_LINES[fault][1]


def test_bad_lines_cost_no_good_one(bad_folder: Path) -> None:
    keys = [row["row"] for row in rows_of(loaded_only(bad_folder))]
    assert keys == ["1|2015-03-02", "99|2015-03-02"]


def test_odd_characters_in_a_name_cost_nothing(tmp_path: Path) -> None:
    made = [event(n, Source_Name=name) for n, name in enumerate(ODD_NAMES, start=1)]
    load_lines(tmp_path, made)
    assert [row["actor_name"] for row in rows_of(loaded_only(tmp_path))] == ODD_NAMES


def test_a_quote_opened_in_one_line_and_closed_in_another_joins_nothing(
    tmp_path: Path,
) -> None:
    made = [event(1, City='"Open'), *(event(n) for n in range(2, 50)), event(50, City='x"')]
    assert load_lines(tmp_path, made).snapshot.accepted == 50


CHARACTERS = st.characters(exclude_characters="\n", exclude_categories=["Cs"])


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A good line after one to three blows."""
    line = event(draw(st.integers(1, 30)))
    for _ in range(draw(st.integers(1, 3))):
        cells = line.split("\t")
        at = draw(st.integers(0, len(cells) - 1))
        blow = draw(st.sampled_from(["drop", "tab", "text", "cut"]))
        if blow == "text":
            cells[at] = draw(st.text(CHARACTERS, max_size=6))
        cells = [*cells[:at], *cells[at + 1 :]] if blow == "drop" else cells
        line = "\t".join(cells) + ("\t" if blow == "tab" else "")
        line = line[: draw(st.integers(0, len(line)))] if blow == "cut" else line
    return line


@propose_few
@given(st.lists(damaged(), min_size=10, max_size=60))
def test_every_line_is_accepted_a_duplicate_or_quarantined(
    tmp_path_factory: pytest.TempPathFactory, harmed: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("harmed")
    done = load_lines(folder, [event(1001), *harmed, event(1002)]).snapshot
    assert done.rows_in == len(harmed) + 2
    assert done.rows_in == done.accepted + done.duplicates + done.quarantined
    assert len(quarantined(folder)) == done.quarantined
    kept = {row["row"] for row in rows_of(loaded_only(folder))}
    assert len(kept) == done.accepted
    assert {"1001|2015-03-02", "1002|2015-03-02"} <= kept


PARTIES = {
    "a state by its country": ("Vladimir Putin", "Russian Federation", "RUS"),
    "Namibia": ("Hage Geingob", "Namibia", "NAM"),
    "NA is no country": ("Hage Geingob", "NA", None),
    "no country": ("Hage Geingob", "", None),
    "the movement": ("Taliban", "Afghanistan", "non_state:taliban"),
    "a role in the movement": ("Militant (Taliban)", "Afghanistan", "non_state:taliban"),
    "a role in a state": ("Citizen (Afghanistan)", "Afghanistan", "AFG"),
    "initials taken for others'": (
        "Association of American Publishers",
        "United States",
        None,
    ),
}


@pytest.fixture(scope="module")
def parties() -> dict[str, Row]:
    made = [
        event(n, Source_Name=name, Source_Country=country)
        for n, (name, country, _) in enumerate(PARTIES.values())
    ]
    return dict(zip(PARTIES, read("icews", "native", events=lines(*made)), strict=True))


@pytest.mark.parametrize("who", PARTIES)
def test_a_party_is_booked_under_whom_it_names(parties: dict[str, Row], who: str) -> None:
    assert parties[who]["actor"] == PARTIES[who][2]


INTENSITIES = {"-9.5": -95, "0": 0, "3.4": 34, "NA": None, "": None}


@pytest.fixture(scope="module")
def scored() -> dict[str, Row]:
    made = [event(n, Intensity=text) for n, text in enumerate(INTENSITIES)]
    return dict(zip(INTENSITIES, read("icews", "native", events=lines(*made)), strict=True))


@pytest.mark.parametrize("text", INTENSITIES)
def test_intensity_is_kept_in_whole_tenths(scored: dict[str, Row], text: str) -> None:
    assert (scored[text]["goldstein_tenths"], scored[text]["reject"]) == (
        INTENSITIES[text],
        None,
    )


@pytest.fixture(scope="module")
def codes() -> dict[str, Row]:
    made = [
        event(n, CAMEO_Code=code, Event_Date="2018-06-01")
        for n, code in enumerate(("010", "040", "195"), start=1)
    ]
    rows = read("icews", "native", events=lines(*made))
    return {str(row["code"]): row for row in rows}


def test_a_code_keeps_its_leading_zero(codes: dict[str, Row]) -> None:
    assert set(codes) == {"010", "040", "195"}


def test_a_statement_has_no_type_and_no_quad(codes: dict[str, Row]) -> None:
    assert (codes["010"]["event_type"], codes["010"]["quad"]) == (None, None)


def test_an_air_strike_is_material_conflict(codes: dict[str, Row]) -> None:
    assert (codes["195"]["event_type"], codes["195"]["quad"]) == (
        "ASSAULT",
        "material_conflict",
    )


def test_an_event_is_booked_to_its_own_day(codes: dict[str, Row]) -> None:
    assert codes["040"]["day"] == date(2018, 6, 1)


def test_the_key_is_the_id_with_the_day(codes: dict[str, Row]) -> None:
    assert codes["040"]["row"] == "2|2018-06-01"


def test_no_code_of_a_group_has_brackets_of_its_own() -> None:
    actors = load_actors()
    groups = [c.code for c in code_table("icews") if actors[c.actor].kind is not Kind.STATE]
    assert [code for code in groups if "(" in code or ")" in code] == []
