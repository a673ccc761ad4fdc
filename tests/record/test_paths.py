"""A path in a case file: read as it is told, or refused with its line."""

from pathlib import Path

import pytest
from tests.record.made_case import TEXT

from cuibono.errors import CaseError
from cuibono.model.case import Case
from cuibono.record.case_file import read_case

PATH = """
[[path]]
name = "threat, group, sponsor"
why = "It is told so."
relations = [["IND", "PAK"], ["RUS", "IND"], ["RUS", "PAK"]]
signs = [-1, 1]
"""


def read(folder: Path, path: str = PATH) -> Case:
    file = folder / "made.toml"
    file.write_text(TEXT + path, "utf-8")
    return read_case(file)


def test_relations_and_signs_are_read_in_order(tmp_path: Path) -> None:
    (chain,) = read(tmp_path).chains
    assert [str(relation) for relation in chain.relations] == ["IND→PAK", "RUS→IND", "RUS→PAK"]
    assert chain.signs == (-1, 1)
    assert chain.name == "threat, group, sponsor"


def test_the_actors_of_a_path_are_actors_of_the_case(tmp_path: Path) -> None:
    more = PATH.replace('"IND", "PAK"', '"TUR", "PAK"')
    assert "TUR" in {actor.id for actor in read(tmp_path, more).actors}


def test_a_case_without_a_path_has_none(tmp_path: Path) -> None:
    assert read(tmp_path, "").chains == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[-1, 1]", "[1]", "1 signs for 2 steps"),
        ("[-1, 1]", "[-1, 1, 1]", "3 signs for 2 steps"),
        ('["IND", "PAK"]', '["IND", "PAKK"]', "no actor 'PAKK'"),
        ('["IND", "PAK"]', '["PAK", "PAK"]', "acts on itself"),
        ("signs", "sign", "signs"),
        ('[["IND", "PAK"], ["RUS", "IND"], ["RUS", "PAK"]]', '[["RUS", "PAK"]]', "relations"),
    ],
)
def test_a_faulty_path_is_one_line_with_its_place(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(CaseError) as refused:
        read(tmp_path, PATH.replace(old, new))
    assert said in str(refused.value)
    assert "made.toml:" in str(refused.value)
