"""Hostile and contradictory ledgers: one printable line with the place, never a traceback."""

import re
from pathlib import Path

import pytest
from tests.record.made_case import TEXT, changed, line_with, refused, write

from cuibono.errors import CaseError
from cuibono.record.case_file import read_case
from cuibono.weighing.ledger import build_ledger

SECOND = TEXT[TEXT.index("[[evidence]]") :].replace('id = "E1"', 'id = "E2"')
HARMED = {
    "a certainty": ("if_true = [0.5, 0.7]", "if_true = [0.5, 1.0]", "if_true"),
    "an impossibility": ("if_false = [0.1, 0.2]", "if_false = [0, 0.2]", "if_false"),
    "a band that runs downwards": ("[0.5, 0.7]", "[0.7, 0.5]", "if_true"),
    "not a number": ("[0.5, 0.7]", "[nan, 0.7]", "if_true"),
    "beyond all numbers": ("[0.5, 0.7]", "[0.5, inf]", "if_true"),
    "one number for a band": ("[0.5, 0.7]", "0.6", "if_true"),
    "three numbers for a band": ("[0.5, 0.7]", "[0.5, 0.6, 0.7]", "if_true"),
    "text for a band": ("[0.5, 0.7]", '["0.5", "0.7"]', "if_true"),
    "no reason": ('why = "Seldom otherwise."', 'why = " "', 'why = " "'),
    "a weight for nobody": (".pressure]\nif_true", ".presure]\nif_true", "presure"),
    "an item for one rival": ('blank = ["gain"]\n', "", "[[evidence]]"),
    "a blank that is judged": ('["gain"]', '["gain", "pressure"]', "blank"),
    "a day that never was": ("2014-06-02", "2014-02-30", "2014-02-30"),
    "a day in quotes": ("day = 2014-06-02", 'day = "2014-06-02"', "day ="),
    "an item of no document": ('document = "doc"', 'document = "dok"', "dok"),
    "an origin that acts": ('origin = "O1"', 'origin = "\\u202eO1"', "origin"),
    "an id that is markup": ('id = "E1"', 'id = "<b>E1</b>"', "<b>"),
    "a path for an id": ('id = "E1"', 'id = "../../E1"', "../../"),
    "a prior of nought": ("prior = [0.2, 0.5]", "prior = [0.0, 0.5]", "prior"),
    "a rival of its own": ('nearest_rival = "gain"', 'nearest_rival = "pressure"', "nearest"),
}


@pytest.mark.parametrize("kind", HARMED)
def test_a_harmed_item_is_named_by_its_line(kind: str, tmp_path: Path) -> None:
    old, new, place = HARMED[kind]
    text = changed(old, new)
    said = refused(write(tmp_path, text))
    found = re.match(r"made\.toml:(\d+): ", said)
    assert found, said
    assert abs(int(found[1]) - line_with(text, place)) <= 1, said


def test_one_id_for_two_items_is_named_by_its_line(tmp_path: Path) -> None:
    text = TEXT + "\n" + SECOND.replace('"E2"', '"E1"')
    said = refused(write(tmp_path, text))
    assert said.startswith(f"made.toml:{len(TEXT.splitlines()) + 3}: evidence id 'E1'")


def test_one_origin_in_two_clusters_names_both_items(tmp_path: Path) -> None:
    first = changed('origin = "O1"\n', 'origin = "O1"\ncluster = "a"\n')
    second = SECOND.replace('origin = "O1"\n', 'origin = "O1"\ncluster = "b"\n')
    path = write(tmp_path, first + "\n" + second)
    with pytest.raises(CaseError, match="origin 'O1' is in 'b' here and in 'a' in E1"):
        read_case(path)


@pytest.mark.parametrize("table", ["evidence", "absence", "judgement", "explanation"])
def test_a_table_in_place_of_a_list_is_refused(table: str, tmp_path: Path) -> None:
    text = TEXT.replace("[[evidence]]", "[evidence]") if table == "evidence" else ""
    text = text or f"{table} = 1\n{TEXT}"
    assert refused(write(tmp_path, text)).startswith("made.toml:")


def test_a_thousand_clusters_of_one_name_are_one(tmp_path: Path) -> None:
    items = [
        SECOND.replace('"E2"', f'"X{k}"')
        .replace('origin = "O1"', f'origin = "P{k}"\ncluster = "same"')
        for k in range(200)
    ]  # fmt: skip
    case = read_case(write(tmp_path, "\n".join([TEXT, *items])))
    assert len({row.cluster for row in build_ledger(case) if row.cluster}) == 1
