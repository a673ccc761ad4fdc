"""Made exports are the provider's in shape, and the same for the same seed."""

import zipfile
from collections import Counter
from pathlib import Path

import pytest
from tests.sources.made_tables import lines, read

from cuibono.testing.gdelt import write_exports


def text_of(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        (name,) = archive.namelist()
        return archive.read(name).decode().splitlines()


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_exports(tmp_path_factory.mktemp("exports"), 2, 1000)


def test_the_same_seed_gives_the_same_bytes(exports: list[Path], tmp_path: Path) -> None:
    again = write_exports(tmp_path, 2, 1000)
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in exports]


def test_another_seed_gives_others(exports: list[Path], tmp_path: Path) -> None:
    assert text_of(write_exports(tmp_path, 1, 10, seed=2)[0]) != text_of(exports[0])[:10]


def test_every_line_has_61_fields(exports: list[Path]) -> None:
    assert {line.count("\t") for path in exports for line in text_of(path)} == {60}


def test_the_reader_accepts_every_line(exports: list[Path]) -> None:
    rows = read("gdelt", "quarter_hour", events=lines(*text_of(exports[0])))
    assert Counter(row["reject"] for row in rows) == {None: 1000}


def test_a_row_takes_as_much_room_as_a_real_one(exports: list[Path]) -> None:
    assert 55 < exports[0].stat().st_size / 1000 < 100


def test_files_are_named_a_quarter_of_an_hour_apart(exports: list[Path]) -> None:
    assert [path.name[:14] for path in exports] == ["20180101000000", "20180101001500"]
