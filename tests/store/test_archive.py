import gzip
from pathlib import Path

import pytest
from tests.faults.made_archives import TABLE, archive, put

from cuibono.errors import SourceError
from cuibono.store.archive import content_of, read_files


def test_a_plain_file_is_read_as_it_is(tmp_path: Path) -> None:
    path = put(tmp_path, TABLE, "events.tab")
    assert [stream.read() for stream in read_files(path)] == [TABLE]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("events.zip", archive(("a.csv", TABLE))),
        ("events.tab.gz", gzip.compress(TABLE, mtime=0)),
    ],
    ids=["zip", "gz"],
)
def test_a_packed_file_is_read_line_by_line(tmp_path: Path, name: str, body: bytes) -> None:
    streams = read_files(put(tmp_path, body, name))
    assert next(streams).readline() == b"GLOBALEVENTID\tSQLDATE\n"


def test_members_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    year = archive(("b.csv", b"February"), ("a.csv", b"January"))
    path = put(tmp_path, year)
    assert [stream.read() for stream in read_files(path, most=12)] == [b"January", b"February"]


def test_a_mark_tells_an_archive_and_not_its_name(tmp_path: Path) -> None:
    path = put(tmp_path, archive(("a.csv", TABLE)), "file.part")
    assert [stream.read() for stream in read_files(path)] == [TABLE]


def test_a_file_called_an_archive_must_be_one(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no zip archive, or one that was cut off"):
        content_of(put(tmp_path, TABLE, "events.zip"))


def test_a_larger_number_of_members_must_be_expected(tmp_path: Path) -> None:
    year = put(tmp_path, archive(*((f"{month}.csv", TABLE) for month in range(12))))
    assert content_of(year, most=12)
    with pytest.raises(SourceError, match="holds 12 files of 12 names where at most 11"):
        content_of(year, most=11)
