"""An input is told by its columns, packed or not, and what is none is refused by name."""

import gzip
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.store.made_files import HEADER, event, tab_file

from cuibono.errors import DriftError, SourceError
from cuibono.sources.base import read_card
from cuibono.store.engine import Engine
from cuibono.store.raw import SAMPLED_LINES, open_raw

ENGINE = Engine()
ICEWS, VOTES, MENTIONS = (read_card(name) for name in ("icews", "un_votes", "gdelt_mentions"))
FIELDS = b"\t".join([b"x"] * 16)


def lines_of(path: Path, work: Path | None = None) -> list[str]:
    _, raw = open_raw(ENGINE, ICEWS, path, work)
    cells = ENGINE.collect(raw["events"].order_by("line"))
    return [str(text) for text in cells["text"].to_pylist()]


def packed(path: Path, how: str) -> Path:
    target = path.with_name(f"{path.name}.{how}")
    if how == "gz":
        target.write_bytes(gzip.compress(path.read_bytes()))
    else:
        with zipfile.ZipFile(target, "w") as archive:
            archive.write(path, path.name)
    return target


def votes(folder: Path, *tables: str) -> Path:
    """A folder with these tables of the roll calls, without rows."""
    (layout,) = [each for each in VOTES.layouts if each.name == "native"]
    folder.mkdir()
    for table in tables:
        columns = {name: pa.array([], pa.string()) for name in layout.columns[table]}
        pq.write_table(pa.table(columns), folder / f"un_{table}.parquet")
    return folder


@pytest.mark.parametrize("how", ["gz", "zip"])
@pytest.mark.parametrize("in_memory", [True, False])
def test_a_packed_text_has_the_lines_of_the_plain_one(
    tmp_path: Path, how: str, in_memory: bool
) -> None:
    path, work = tab_file(tmp_path / "events.tab", [event(1), event(2)]), tmp_path / "work"
    work.mkdir()
    wanted = ["\t".join(HEADER), event(1), event(2)]
    assert lines_of(path) == wanted
    assert lines_of(packed(path, how), None if in_memory else work) == wanted


def test_lines_are_written_only_where_a_folder_is_given(tmp_path: Path) -> None:
    path, work = tab_file(tmp_path / "in" / "events.tab", [event()]), tmp_path / "work"
    work.mkdir()
    open_raw(ENGINE, ICEWS, path, work)
    assert [each.name for each in work.iterdir()] == ["events.lines.parquet"]
    open_raw(ENGINE, ICEWS, path)
    assert [each.name for each in path.parent.iterdir()] == ["events.tab"]


@pytest.mark.parametrize("head", [b"\xef\xbb\xbf", b""])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_a_byte_order_mark_or_a_line_end_is_no_part_of_a_name(
    tmp_path: Path, head: bytes, end: bytes
) -> None:
    path = tab_file(tmp_path / "events.tab", [event()], end)
    path.write_bytes(head + path.read_bytes())
    assert open_raw(ENGINE, ICEWS, path)[0].name == "native"


def test_parquet_is_known_by_its_bytes_whatever_its_name(tmp_path: Path) -> None:
    (layout,) = [each for each in ICEWS.layouts if each.name == "decoded"]
    columns = {name: pa.array([], pa.string()) for name in layout.columns["events"]}
    pq.write_table(pa.table(columns), tmp_path / "events.tab")
    assert open_raw(ENGINE, ICEWS, tmp_path / "events.tab")[0].name == "decoded"


def test_a_folder_gives_each_table_its_file(tmp_path: Path) -> None:
    layout, raw = open_raw(ENGINE, VOTES, votes(tmp_path / "un", "votes", "calls", "issues"))
    assert layout.name == "native"
    assert {name: tuple(table.columns) for name, table in raw.items()} == layout.columns


def test_a_folder_that_lacks_a_table_or_has_it_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"one file each of \*votes\.parquet, \*calls"):
        open_raw(ENGINE, VOTES, votes(tmp_path / "few", "votes", "calls"))
    twice = votes(tmp_path / "twice", "votes", "calls", "issues")
    (twice / "old_votes.parquet").write_bytes((twice / "un_votes.parquet").read_bytes())
    with pytest.raises(SourceError, match="one file each"):
        open_raw(ENGINE, VOTES, twice)


@pytest.mark.parametrize("content", [b"", b"\n", b"\r\n1\t2\n"])
def test_a_text_without_names_says_how_to_get_a_whole_one(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "events.tab"
    path.write_bytes(content)
    with pytest.raises(DriftError, match=r"no column names in its first line\. To get it"):
        open_raw(ENGINE, ICEWS, path)


def test_bytes_that_are_no_text_are_another_layout_and_no_crash(tmp_path: Path) -> None:
    path = tmp_path / "events.tab"
    path.write_bytes(bytes(range(128, 256)) * 9)
    with pytest.raises(DriftError, match="not a known layout of icews"):
        open_raw(ENGINE, ICEWS, path)


@pytest.mark.parametrize(
    ("lines", "known"),
    [
        ([b"x", FIELDS, FIELDS], True),
        ([b"x", FIELDS], True),
        ([b"x\ty", b"x\ty", FIELDS], False),
        ([FIELDS] * SAMPLED_LINES + [b"x"] * (SAMPLED_LINES + 1), True),
    ],
)
def test_a_file_without_a_header_is_told_by_its_usual_line(
    tmp_path: Path, lines: list[bytes], known: bool
) -> None:
    path = tmp_path / "made.mentions.CSV"
    path.write_bytes(b"\n".join(lines) + b"\n")
    if known:
        assert open_raw(ENGINE, MENTIONS, path)[0].name == "quarter_hour"
    else:
        with pytest.raises(DriftError, match="2 fields"):
            open_raw(ENGINE, MENTIONS, path)
