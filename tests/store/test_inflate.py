"""A usual archive is read at once, any other by the careful reader, or refused."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.store.made_files import propose

from cuibono.errors import SourceError
from cuibono.store import inflate as module
from cuibono.store.inflate import inflate

NAME = "20180101000000.export.CSV"
TEXT = b"719024875\t20171202\n" * 500


def archive(path: Path, text: bytes = TEXT, name: str = NAME, method: int = 8) -> Path:
    with zipfile.ZipFile(path, "w", method) as file:
        file.writestr(name, text)
    return path


@propose
@given(text=st.binary(max_size=5000), level=st.integers(1, 9))
def test_what_was_packed_comes_out(tmp_path: Path, text: bytes, level: int) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w", 8, compresslevel=level) as file:
        file.writestr(NAME, text)
    assert inflate(tmp_path / "x.zip") == text


def test_the_usual_archive_needs_no_careful_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(module, "read_files")
    assert inflate(archive(tmp_path / "x.zip")) == TEXT


def test_an_archive_whose_sizes_stand_after_the_data_is_usual_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Unseekable(io.RawIOBase):
        def __init__(self) -> None:
            self.held = b""

        def writable(self) -> bool:
            return True

        def write(self, part: bytes) -> int:  # type: ignore[override]
            self.held += bytes(part)
            return len(part)

    stream = Unseekable()
    with zipfile.ZipFile(stream, "w", 8) as file:  # type: ignore[arg-type]
        file.writestr(NAME, TEXT)
    (tmp_path / "x.zip").write_bytes(stream.held)
    monkeypatch.delattr(module, "read_files")
    assert inflate(tmp_path / "x.zip") == TEXT


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_an_archive_with_a_comment_is_read_all_the_same(tmp_path: Path, method: int) -> None:
    path = archive(tmp_path / "x.zip", method=method)
    with zipfile.ZipFile(path, "a") as file:
        file.comment = b"posted again"
    assert inflate(path) == TEXT


def test_a_plain_file_and_a_gz_are_read_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "x.CSV").write_bytes(TEXT)
    (tmp_path / "x.gz").write_bytes(gzip.compress(TEXT))
    assert inflate(tmp_path / "x.CSV") == inflate(tmp_path / "x.gz") == TEXT


def test_a_file_too_short_for_an_archive_is_read_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "x.CSV").write_bytes(b"1")
    assert inflate(tmp_path / "x.CSV") == b"1"


@propose
@given(data=st.data())
def test_a_flipped_byte_is_refused_or_changes_nothing(
    tmp_path: Path, data: st.DataObject
) -> None:
    whole = bytearray(archive(tmp_path / "x.zip").read_bytes())
    whole[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
    (tmp_path / "y.zip").write_bytes(whole)
    try:
        assert inflate(tmp_path / "y.zip") == TEXT
    except SourceError:
        return


def test_two_members_are_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "x.zip")
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("another.CSV", TEXT)
    with pytest.raises(SourceError, match="holds 2 files"):
        inflate(path)


def test_a_path_out_of_the_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="a link or a path out of it"):
        inflate(archive(tmp_path / "x.zip", name="../../x.CSV"))


def test_what_unpacks_to_far_more_than_is_honest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="it is not unpacked"):
        inflate(archive(tmp_path / "x.zip", text=b"\0" * 2**25))


def test_a_size_that_lies_is_found_out(tmp_path: Path) -> None:
    path = archive(tmp_path / "x.zip", text=b"\0" * 2**25)
    whole = path.read_bytes()
    path.write_bytes(whole.replace((2**25).to_bytes(4, "little"), (100).to_bytes(4, "little")))
    with pytest.raises(SourceError, match="damaged"):
        inflate(path)
