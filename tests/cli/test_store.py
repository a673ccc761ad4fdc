"""`cuibono store` from its words to its bytes."""

from pathlib import Path

import pytest
from tests.cli.calling import call
from tests.store.made_files import event, tab_file


@pytest.fixture
def store(tmp_path: Path) -> Path:
    file = tab_file(tmp_path / "march.tab", [event(1)])
    assert call("load", "icews", file, "--store", tmp_path / "store").code == 0
    return tmp_path / "store"


def damage(store: Path) -> Path:
    (path,) = (store / "events").iterdir()
    path.write_bytes(path.read_bytes()[:-1])
    return path


def test_a_sound_store_is_said_to_be_sound(store: Path) -> None:
    said = call("store", "verify", "--store", store)
    assert said == (0, "1 snapshots, every file as it was written.\n", "")


def test_a_damaged_file_is_named_and_the_exit_code_is_1(store: Path) -> None:
    path = damage(store)
    code, out, err = call("store", "verify", "--store", store)
    assert (code, out) == (1, f"{path}: damaged: not as it was written\n")
    assert "cuibono store repair" in err


def test_a_damaged_file_is_loaded_again(store: Path) -> None:
    damage(store)
    said = call("store", "repair", "--store", store)
    assert (said.code, said.err) == (0, "")
    assert "loaded again. march.tab: 1 rows = 1 accepted" in said.out
    assert call("store", "verify", "--store", store).code == 0


def test_an_input_that_was_not_found_is_said_until_it_is(store: Path, tmp_path: Path) -> None:
    damage(store)
    moved = (tmp_path / "march.tab").rename(tmp_path / "moved.tab")
    for _ in range(2):
        said = call("store", "repair", "--store", store)
        assert (said.code, "its input was not found" in said.out) == (1, True)
    assert call("store", "repair", "--from", moved, "--store", store).code == 0


def test_a_sound_store_has_nothing_to_mend(store: Path) -> None:
    assert call("store", "repair", "--store", store).out == "Nothing to mend.\n"


def test_the_place_of_the_store_is_whole(store: Path) -> None:
    assert call("store", "path", "--store", store).out == f"{store.resolve()}\n"
