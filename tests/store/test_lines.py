"""A text becomes lines, one for each line feed, and not a byte is lost."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.store.made_files import propose

from cuibono.errors import SourceError
from cuibono.store import lines
from cuibono.store.archive import GZIP, ZIP
from cuibono.store.lines import write_lines

SPLIT = r"a\nb|\r\n"


def is_plain(data: bytes) -> bool:
    return data[:2] not in (ZIP, GZIP)


def read_lines(path: Path, data: bytes) -> list[tuple[int, str]]:
    path.write_bytes(data)
    write_lines(path, path.with_suffix(".parquet"))
    rows = pq.read_table(path.with_suffix(".parquet")).to_pylist()
    return [(row["line"], row["text"]) for row in rows]


def bytes_of(path: Path) -> list[bytes]:
    rows = pq.read_table(path.with_suffix(".parquet")).to_pylist()
    return [row["text"].encode() if row["bytes"] is None else row["bytes"] for row in rows]


@propose
@given(data=st.binary(max_size=200).filter(is_plain))
def test_every_line_feed_ends_one_line(tmp_path: Path, data: bytes) -> None:
    read = read_lines(tmp_path / "any", data)
    unended = bool(data) and not data.endswith(b"\n")
    assert [number for number, _ in read] == list(range(1, data.count(b"\n") + unended + 1))


@propose
@given(
    texts=st.lists(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"])))
)
def test_text_comes_back_as_it_was(tmp_path: Path, texts: list[str]) -> None:
    data = b"".join(text.encode() + b"\n" for text in texts)
    assert read_lines(tmp_path / "any", data) == list(enumerate(texts, start=1))


def test_bytes_that_are_no_text_are_marked(tmp_path: Path) -> None:
    assert read_lines(tmp_path / "any", b"Malm\xf6\n") == [(1, "Malm\ufffd")]


def test_five_megabytes_in_one_line_are_one_line(tmp_path: Path) -> None:
    ((_, text),) = read_lines(tmp_path / "any", b"x" * 5_000_000)
    assert len(text) == 5_000_000


@propose
@given(data=st.binary(max_size=200).filter(is_plain))
def test_bytes_come_back_as_they_were(tmp_path: Path, data: bytes) -> None:
    read_lines(tmp_path / "any", data)
    wanted = (
        [line.rstrip(b"\r") for line in data.removesuffix(b"\n").split(b"\n")] if data else []
    )
    assert bytes_of(tmp_path / "any") == wanted


@propose
@given(data=st.lists(st.sampled_from([b"a", b"\xff", b"\r", b"\n", b"\xc3\xa4"])).map(b"".join))
def test_where_blocks_end_changes_nothing(tmp_path: Path, data: bytes) -> None:
    whole = read_lines(tmp_path / "any", data)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(lines, "BLOCK_BYTES", 3)
        assert read_lines(tmp_path / "any", data) == whole


def test_what_has_no_line_end_for_long_is_no_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "BLOCK_BYTES", 8)
    monkeypatch.setattr(lines, "LONGEST_LINE_BYTES", 100)
    with pytest.raises(SourceError, match="longer than 100 bytes"):
        read_lines(tmp_path / "any", b"x" * 200)
