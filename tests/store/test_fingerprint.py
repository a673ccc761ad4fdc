"""What an input is: its hashes and its lines, however it is packed."""

import gzip
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.store.made_files import propose

from cuibono.errors import SourceError
from cuibono.store.archive import GZIP, ZIP
from cuibono.store.fingerprint import hash_file, take_fingerprint


def is_plain(data: bytes) -> bool:
    return data[:2] not in (ZIP, GZIP)


@propose
@given(data=st.binary().filter(is_plain))
def test_packing_changes_the_bytes_and_not_the_content(tmp_path: Path, data: bytes) -> None:
    plain, small = tmp_path / "plain", tmp_path / "small.gz"
    plain.write_bytes(data)
    small.write_bytes(gzip.compress(data))
    one, other = take_fingerprint(plain), take_fingerprint(small)
    assert one.sha256 == one.content == other.content == hashlib.sha256(data).hexdigest()
    assert other.sha256 == hashlib.sha256(small.read_bytes()).hexdigest()
    assert (
        one.lines == other.lines == len(data.splitlines(keepends=False)) or not data.isascii()
    )


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"", 0),
        (b"\n", 1),
        (b"a", 1),
        (b"a\n", 1),
        (b"a\nb", 2),
        (b"a\r\nb\r\n", 2),
        (b"\r", 1),
    ],
)
def test_only_line_feeds_end_lines(tmp_path: Path, data: bytes, lines: int) -> None:
    (tmp_path / "in").write_bytes(data)
    assert take_fingerprint(tmp_path / "in").lines == lines


def test_each_file_of_a_folder_ends_its_last_line(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1\n2")
    (tmp_path / "b").write_bytes(b"3")
    taken = take_fingerprint(tmp_path)
    assert (taken.lines, taken.size) == (3, 4)
    assert taken.content == hashlib.sha256(b"1\n23").hexdigest()


def test_a_damaged_archive_has_no_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "in.gz").write_bytes(gzip.compress(b"rows" * 100)[:-9])
    with pytest.raises(SourceError, match=r"in\.gz: damaged"):
        take_fingerprint(tmp_path / "in.gz")


def test_a_file_is_hashed_whole(tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(b"x" * 3_000_000)
    assert hash_file(tmp_path / "in") == hashlib.sha256(b"x" * 3_000_000).hexdigest()
