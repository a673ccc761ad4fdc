"""A card of one's own says what its author wrote, and a slip is named before a row is read."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.store.made_files import propose

from cuibono.errors import SourceError
from cuibono.sources.own_card import PARTS, OwnCard, read_own_card

PARTS_TEXT = """
[actor]
column = "who"
system = "name"
[recipient]
column = "whom"
system = "iso3"
[date]
column = "from"
end = "who"
format = "%d.%m.%Y"
[measure]
column = "kind"
value = "sum"
unit = "persons"
"""
HEAD = """
name = "visits"
table = "measures"
licence = "mine"
citation = "Me (2026)."
blind_spots = ["Secret ones.", "Short ones."]
"""
CARD = HEAD + PARTS_TEXT


def card(folder: Path, text: str) -> OwnCard:
    path = folder / "card.toml"
    path.write_text(text, "utf-8")
    return read_own_card(path)


def test_a_card_says_what_was_written(tmp_path: Path) -> None:
    read = card(tmp_path, CARD)
    assert (read.name, read.table, read.licence) == ("visits", "measures", "mine")
    assert read.blind_spots == ("Secret ones.", "Short ones.")
    assert read.date == {"column": "from", "end": "who", "format": "%d.%m.%Y"}
    assert (read.event, read.ignore) == ({}, ())


def test_columns_come_in_the_order_of_the_parts_and_once(tmp_path: Path) -> None:
    assert card(tmp_path, CARD).columns == ("who", "whom", "from", "kind", "sum")


@pytest.mark.parametrize("name", ["name", "licence", "citation", "blind_spots"])
def test_everything_that_is_needed_is_asked_for(tmp_path: Path, name: str) -> None:
    kept = "\n".join(line for line in HEAD.splitlines() if not line.startswith(name))
    with pytest.raises(SourceError, match=rf": {name} is missing or empty"):
        card(tmp_path, kept + PARTS_TEXT)


def test_all_that_is_missing_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="licence, citation, blind_spots, actor, date, ev"):
        card(tmp_path, 'name = "x"\ntable = "events"\n')


@pytest.mark.parametrize("form", ["%m.%d", "%d %Y", "", "year"])
def test_a_date_without_its_year_or_its_month_is_refused(tmp_path: Path, form: str) -> None:
    said = "must be a text in quotes" if form == "" else r"write a year as %Y"
    with pytest.raises(SourceError, match=said):
        card(tmp_path, CARD.replace("%d.%m.%Y", form))


@pytest.mark.parametrize("form", ["%Y", "%Y-%m", "%d/%m/%Y", "%Y%m%d"])
def test_a_date_may_be_a_year_a_month_or_a_day(tmp_path: Path, form: str) -> None:
    assert card(tmp_path, CARD.replace("%d.%m.%Y", form)).date["format"] == form


@pytest.mark.parametrize("part", ["actor", "recipient", "date", "measure"])
def test_a_slip_in_a_part_names_part_and_key(tmp_path: Path, part: str) -> None:
    text = CARD.replace(f"[{part}]\n", f'[{part}]\nsystm = "name"\n')
    with pytest.raises(SourceError, match=rf"unknown key {part}\.systm"):
        card(tmp_path, text)


def test_a_card_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read as a card"):
        read_own_card(tmp_path / "none.toml")
    (tmp_path / "bytes.toml").write_bytes(b"name = '\xff'")
    with pytest.raises(SourceError, match="cannot be read as a card"):
        read_own_card(tmp_path / "bytes.toml")


@propose
@given(lines=st.sets(st.sampled_from(CARD.strip().splitlines())))
def test_a_card_with_any_lines_lost_is_read_or_refused_in_one_line(
    tmp_path: Path, lines: set[str]
) -> None:
    text = "\n".join(line for line in CARD.splitlines() if line not in lines)
    try:
        read = card(tmp_path, text)
    except SourceError as error:
        said = str(error)
    else:
        said = ""
        parts = {name: getattr(read, name) for name in PARTS}
        assert all(PARTS[name][0] in part for name, part in parts.items() if part)
    assert "\n" not in said
