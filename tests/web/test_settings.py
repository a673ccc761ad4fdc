"""Where the workbench listens: on this machine, or elsewhere with a token."""

from pathlib import Path

import pytest

from cuibono.errors import ServeError
from cuibono.web.settings import Settings, is_loopback, name_cases

HERE = {"cases": {}, "out": Path("out"), "store": Path("store"), "engine": "duckdb://"}
TOKEN = "a token of many characters"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "desk.example"])
def test_f61_bound_elsewhere_it_refuses_to_start_without_a_token(host: str) -> None:
    with pytest.raises(ServeError, match="CUIBONO_TOKEN"):
        Settings(**HERE, host=host)


def test_a_short_token_is_none() -> None:
    with pytest.raises(ServeError, match="16 characters"):
        Settings(**HERE, host="0.0.0.0", token="guess")


def test_bound_elsewhere_with_a_token_it_starts() -> None:
    assert Settings(**HERE, host="0.0.0.0", token=TOKEN).hosts == {"0.0.0.0", "0.0.0.0:8787"}


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_loopback_needs_no_token(host: str) -> None:
    assert is_loopback(host)
    assert Settings(**HERE, host=host).token == ""


@pytest.mark.parametrize("host", ["localhost.evil.example", "127.0.0.1.evil.example", ""])
def test_a_name_that_looks_like_loopback_is_not(host: str) -> None:
    assert not is_loopback(host)


def test_a_further_name_is_answered_in_any_case() -> None:
    assert "desk.example:8787" in Settings(**HERE, names=("Desk.Example",)).hosts


def test_an_address_of_version_six_is_written_in_brackets() -> None:
    assert Settings(**HERE, host="::1", port=80).address == "http://[::1]:80/"


def test_a_folder_stands_for_its_case_files(tmp_path: Path) -> None:
    for name in ("b.toml", "a.toml", "notes.txt"):
        (tmp_path / name).touch()
    assert list(name_cases([tmp_path])) == ["a", "b"]


def test_the_same_file_twice_is_one_case(tmp_path: Path) -> None:
    (tmp_path / "a.toml").touch()
    assert len(name_cases([tmp_path, tmp_path / "a.toml"])) == 1


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.toml").touch()
    with pytest.raises(ServeError, match="one name"):
        name_cases([tmp_path / "one", tmp_path / "two"])


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ServeError, match="no such case file"):
        name_cases([tmp_path / "gone.toml"])


def test_a_fault_tells_files_by_their_names(tmp_path: Path) -> None:
    settings = Settings(
        **{**HERE, "cases": {"a": tmp_path / "a.toml"}, "store": tmp_path / "s"}
    )
    said = settings.shorten(f"{tmp_path}/a.toml:3: no. {tmp_path}/s/manifest")
    assert said == "a.toml:3: no. s/manifest"
