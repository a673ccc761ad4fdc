import hashlib
import resource
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.errors import StoreError
from cuibono.store.fetch.part import Part, error_page, hashes


def test_a_part_keeps_what_it_is_told_to_and_grows(tmp_path: Path) -> None:
    path = tmp_path / "file.part"
    path.write_bytes(b"abcdefgh")
    with Part(path, 3) as part:
        part.add(b"XY")
    assert path.read_bytes() == b"abcXY"


def test_a_part_that_starts_anew_keeps_nothing(tmp_path: Path) -> None:
    path = tmp_path / "file.part"
    path.write_bytes(b"abcdefgh")
    with Part(path, 0) as part:
        part.add(b"XY")
    assert path.read_bytes() == b"XY"


def test_a_disk_that_refuses_leaves_no_part(tmp_path: Path) -> None:
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, usual[1]))
    path = tmp_path / "file.part"
    try:
        with pytest.raises(StoreError, match="File too large"), Part(path, 0) as part:
            part.add(b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert not path.exists()


@pytest.mark.parametrize(
    ("name", "head", "said"),
    [
        ("a.zip", b"PK\x03\x04rest", ""),
        ("a.zip", b"PK\x05\x06empty archive", "sends text instead of a .zip file"),
        ("A.ZIP", b"<html>", "sends text instead of a .zip file"),
        ("a.zip", b"", "sends nothing instead of a .zip file"),
        ("a.gz", b"\x1f\x8b\x08", ""),
        ("a.parquet", b"PAR1", ""),
        ("list.json", b'{"status"', ""),
        ("list.json", b"<html>", "sends text instead of a .json file"),
        ("a.csv", b"rcid,vote", ""),
        ("a.tab", b"\n <!DOCTYPE", "sends a page instead of data"),
        ("list.txt", b'{"message": "no"}', "sends a page instead of data"),
    ],
)
def test_a_page_is_told_from_the_file_that_was_asked_for(
    name: str, head: bytes, said: str
) -> None:
    assert error_page(name, head) == said


@given(body=st.binary(max_size=300))
def test_both_hashes_are_of_all_the_bytes(
    tmp_path_factory: pytest.TempPathFactory, body: bytes
) -> None:
    path = tmp_path_factory.mktemp("part") / "file"
    path.write_bytes(body)
    md5 = hashlib.md5(body).hexdigest()
    assert hashes(path, "md5") == (hashlib.sha256(body).hexdigest(), f"md5:{md5}")
