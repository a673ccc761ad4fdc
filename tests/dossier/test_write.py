"""A dossier is written whole or not at all, and read back only if it is sound."""

import errno
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.dossier.sample import sample

from cuibono.dossier import write
from cuibono.dossier.write import read_dossier, write_dossier
from cuibono.errors import StoreError, TraceError
from cuibono.model.dossier import Dossier

FILES = ("dossier.html", "dossier.md", "dossier.json")


@pytest.fixture(scope="module")
def small() -> Dossier:
    return sample()


@pytest.fixture(autouse=True)
def drawn_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the drawing to its own tests."""
    monkeypatch.setattr(write, "render_html", lambda dossier: f"<p>{dossier.title}</p>")


def left_in(folder: Path) -> Iterator[tuple[str, bytes]]:
    for file in sorted(folder.rglob("*")):
        yield str(file.relative_to(folder)), file.read_bytes() if file.is_file() else b""


def fill_the_disk(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let the disk be full once the file of this name is to be written."""
    really = Path.write_text

    def write_text(self: Path, data: str, encoding: str | None = None) -> int:
        if self.name == name:
            raise OSError(errno.ENOSPC, "No space left on device")
        return really(self, data, encoding)

    monkeypatch.setattr(Path, "write_text", write_text)


def test_three_files_are_written_and_the_page_is_named_first(
    small: Dossier, tmp_path: Path
) -> None:
    paths = write_dossier(small, tmp_path / "new" / "deeper")
    home = tmp_path / "new" / "deeper" / small.name
    assert paths == tuple(home / name for name in FILES)
    assert sorted(home.iterdir()) == sorted(paths)


def test_what_was_written_reads_back(small: Dossier, tmp_path: Path) -> None:
    paths = write_dossier(small, tmp_path)
    assert read_dossier(paths[2]) == read_dossier(paths[2].parent) == small


def test_nothing_is_left_beside_the_dossier(small: Dossier, tmp_path: Path) -> None:
    write_dossier(small, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [small.name]


@pytest.mark.parametrize("name", FILES)
def test_a_full_disk_leaves_no_dossier(
    name: str, small: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_the_disk(monkeypatch, name)
    with pytest.raises(StoreError, match=r"No space left on device.*--out"):
        write_dossier(small, tmp_path)
    assert list(left_in(tmp_path)) == []


@pytest.mark.parametrize("name", FILES)
def test_a_full_disk_leaves_the_old_dossier_as_it_was(
    name: str, small: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_dossier(small, tmp_path)
    before = list(left_in(tmp_path))
    fill_the_disk(monkeypatch, name)
    with pytest.raises(StoreError):
        write_dossier(replace(small, title="Another title"), tmp_path)
    assert list(left_in(tmp_path)) == before


@pytest.mark.parametrize("part", ["render_html", "render_markdown", "to_json"])
def test_a_dossier_that_cannot_be_rendered_leaves_nothing(
    part: str, small: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(dossier: Dossier) -> str:
        raise TraceError(f"{dossier.name}: two numbers share an id")

    monkeypatch.setattr(write, part, fail)
    with pytest.raises(TraceError, match="share an id"):
        write_dossier(small, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_number_without_a_value_stops_the_dossier_before_it_is_drawn(
    small: Dossier, tmp_path: Path
) -> None:
    blank = replace(small.figures[0], value=float("nan"))
    with pytest.raises(TraceError, match="a number is not finite"):
        write_dossier(replace(small, figures=(blank, *small.figures[1:])), tmp_path)
    assert list(left_in(tmp_path)) == []


@pytest.mark.parametrize("inside", [".", "out"])
def test_a_file_in_the_place_of_the_folder_is_one_clear_error(
    inside: str, small: Dossier, tmp_path: Path
) -> None:
    (tmp_path / inside).mkdir(exist_ok=True)
    (tmp_path / inside / small.name).write_text("a file of yours", "utf-8")
    before = list(left_in(tmp_path))
    with pytest.raises(StoreError, match="cannot write the dossier"):
        write_dossier(small, tmp_path / inside)
    assert list(left_in(tmp_path)) == before


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{", "damaged"),
        (b"[]", "not the JSON of a dossier"),
        (b'{"schema": "cuibono.dossier/99"}', "this version reads"),
        (b'{"schema": "cuibono.dossier/1"}', "damaged at"),
        (b"\xff\xfe\x00", "invalid start byte"),
        (b"[" * 100_000, "damaged"),
        (b"", "damaged"),
    ],
)
def test_a_damaged_dossier_is_named_with_its_fault(
    data: bytes, said: str, tmp_path: Path
) -> None:
    file = tmp_path / "dossier.json"
    file.write_bytes(data)
    with pytest.raises(TraceError) as raised:
        read_dossier(tmp_path)
    assert str(raised.value).startswith(f"{file}: ")
    assert said in str(raised.value)


def test_a_missing_dossier_names_the_way_to_one(tmp_path: Path) -> None:
    with pytest.raises(TraceError, match=r"no such dossier.*cuibono explain"):
        read_dossier(tmp_path / "nowhere")
