import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.store.fetch.replica import published

from cuibono.errors import SourceError
from cuibono.store.fetch.listing import SAFE_NAME, Listing, read_listing

NOW = datetime(2026, 11, 23, tzinfo=UTC)
MD5 = "0123456789abcdef0123456789abcdef"
NAME = "20150218231500.export.CSV.zip"
LINE = f"568 {MD5} http://data.example/gdeltv2/{NAME}"
propose = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def read(folder: Path, body: bytes | str, **changes: Any) -> Listing:
    """Read one list, of GDELT 2.0's form unless changes say otherwise."""
    path = folder / "list"
    path.write_bytes(body if isinstance(body, bytes) else body.encode())
    publication = published(**changes)
    return read_listing(publication, [path] * len(publication.lists), NOW)


def described(*files: dict[str, Any]) -> str:
    """A Dataverse data set with these files."""
    return json.dumps({"status": "OK", "data": {"latestVersion": {"files": files}}})


def record(number: int, label: str, **more: Any) -> dict[str, Any]:
    checksum = {"type": "MD5", "value": MD5}
    return {
        "label": label,
        "dataFile": {"id": number, "filesize": 568, "checksum": checksum} | more,
    }


DATAVERSE = {
    "list": [{"path": "data-set", "format": "dataverse"}],
    "file": [{"name": r"(?P<start>\d{8})-icews-events(?:\.tab)?(?:\.zip)?"}],
}
SUMS = {
    "list": [{"path": "events/md5sums", "format": "md5 name", "folder": "events/"}],
    "file": [
        {"name": r"(?P<start>\d{4,6})\.zip"},
        {"name": r"(?P<start>\d{8})\.export\.CSV\.zip"},
    ],
}


def test_a_master_list_line_is_read_by_its_columns(tmp_path: Path) -> None:
    listed = read(tmp_path, f"{LINE}\n").files[NAME]
    assert (listed.path, listed.size, listed.checksum) == (f"gdeltv2/{NAME}", 568, f"md5:{MD5}")
    assert str(listed.slot) == "2015-02-18 23:15 to 2015-02-18 23:30 UTC"


def test_files_of_other_kinds_are_counted_and_left(tmp_path: Path) -> None:
    listing = read(tmp_path, LINE + "\n" + LINE.replace("export.CSV", "gkg.csv"))
    assert (listing.n_used, listing.n_other, len(listing.refused)) == (1, 1, 0)


def test_a_list_of_sums_is_read_with_its_two_blanks(tmp_path: Path) -> None:
    names = ["1979.zip", "200601.zip", "20130401.export.CSV.zip"]
    lines = "".join(f"{MD5}  {name}\n" for name in [*names, "GDELT.MASTERREDUCEDV2.zip"])
    listing = read(tmp_path, lines, **SUMS)
    assert [listed.path for listed in listing.files.values()] == [f"events/{n}" for n in names]
    assert listing.n_other == 1


def test_sizes_and_hashes_in_two_lists_are_put_together(tmp_path: Path) -> None:
    sums, sizes = tmp_path / "sums", tmp_path / "sizes"
    sums.write_text(f"{MD5}  1979.zip\n")
    sizes.write_text("568 1979.zip\n")
    lists = [*SUMS["list"], {"path": "s", "format": "size name", "folder": "events/"}]
    publication = published(list=lists, file=SUMS["file"])
    listed = read_listing(publication, [sums, sizes], NOW).files["1979.zip"]
    assert (listed.size, listed.checksum) == (568, f"md5:{MD5}")


def test_a_list_in_the_card_needs_no_download() -> None:
    lists = [{"format": "name", "folder": "downloads/ged/", "lines": ["ged261-csv.zip"]}]
    publication = published(list=lists, file=[{"name": r"ged\d{3}-csv\.zip"}])
    listed = read_listing(publication, [None], NOW).files["ged261-csv.zip"]
    assert (listed.path, listed.slot) == ("downloads/ged/ged261-csv.zip", None)


def test_a_dataverse_file_is_asked_for_by_its_number(tmp_path: Path) -> None:
    listing = read(tmp_path, described(record(42, "20181004-icews-events.zip")), **DATAVERSE)
    listed = listing.files["20181004-icews-events.zip"]
    assert listed.path == "api/access/datafile/42"
    assert (listed.size, listed.checksum) == (568, f"md5:{MD5}")


def test_of_a_converted_dataverse_table_the_original_is_asked_for(tmp_path: Path) -> None:
    converted = record(
        42,
        "20200517-icews-events.tab",
        originalFileFormat="text/tsv",
        originalFileName="20200517-icews-events.tab",
        originalFileSize=900,
    )
    listed = read(tmp_path, described(converted), **DATAVERSE).files[converted["label"]]
    assert listed.path == "api/access/datafile/42?format=original"
    assert listed.size == 900


def test_two_dataverse_files_of_one_label_are_both_used(tmp_path: Path) -> None:
    label = "20190309-icews-events.zip"
    twins = (record(7, label), record(9, label))
    listing = read(tmp_path, described(*twins), **DATAVERSE)
    assert sorted(listing.files) == ["20190309-icews-events-9.zip", label]


def test_the_order_of_a_data_set_changes_no_name(tmp_path: Path) -> None:
    label = "20190309-icews-events.zip"
    turned = described(record(9, label), record(7, label))
    usual = described(record(7, label), record(9, label))
    assert read(tmp_path, turned, **DATAVERSE).files == read(tmp_path, usual, **DATAVERSE).files


@pytest.mark.parametrize(
    "broken",
    [
        {},
        None,
        {"label": "20181004-icews-events.zip"},
        record(42, "../20181004-icews-events.zip"),
        record(42, "20181004-icews-events.zip", id="../../etc"),
        record(42, "20181004-icews-events.zip", checksum={"type": "MD5", "value": "xyz"}),
        record(42, "20181004-icews-events.zip", filesize=-3),
        record(42, "20181399-icews-events.zip"),
    ],
)
def test_a_broken_dataverse_record_is_refused_and_the_others_used(
    tmp_path: Path, broken: Any
) -> None:
    listing = read(
        tmp_path, described(broken, record(1, "20181004-icews-events.zip")), **DATAVERSE
    )
    assert (listing.n_used, len(listing.refused)) == (1, 1)


@pytest.mark.parametrize(
    "body", ["", "{}", "[]", "<html>", '{"data": {"latestVersion": {"files": 3}}}']
)
def test_what_is_no_data_set_is_an_error(tmp_path: Path, body: str) -> None:
    with pytest.raises(SourceError, match="not the description of a Dataverse data set"):
        read(tmp_path, body, **DATAVERSE)


lines = st.one_of(
    st.text(max_size=60).map(str.encode),
    st.binary(max_size=60),
    st.sampled_from([LINE.encode(), LINE.replace("export", "mentions").encode(), b"12 3"]),
    st.integers(0, len(LINE)).map(lambda at: LINE[:at].encode()),
    st.just(b"x" * 5000),
)


@propose
@given(body=st.lists(lines, max_size=12).map(b"\n".join))
def test_every_line_is_used_of_no_use_or_refused(tmp_path: Path, body: bytes) -> None:
    listing = read(tmp_path, body)
    n_lines = body.count(b"\n") + (body != b"" and not body.endswith(b"\n"))
    assert sum(listing.n_lines.values()) == n_lines
    assert listing.n_used + listing.n_other + len(listing.refused) == n_lines


@propose
@given(body=st.lists(lines, max_size=12).map(b"\n".join))
def test_no_list_whatever_makes_an_unsafe_name(tmp_path: Path, body: bytes) -> None:
    for listed in read(tmp_path, body).files.values():
        assert SAFE_NAME.fullmatch(listed.name)
        assert listed.path == f"gdeltv2/{listed.name}"


@propose
@given(
    good=st.lists(st.integers(0, 90), unique=True, max_size=6), bad=st.lists(lines, max_size=6)
)
def test_bad_lines_do_not_touch_good_ones(
    tmp_path: Path, good: list[int], bad: list[bytes]
) -> None:
    named = [f"{2013 + n // 12}{n % 12 + 1:02}.zip" for n in good]
    sums = [f"{MD5}  {name}".encode() for name in named]
    listing = read(tmp_path, b"\n".join([*bad, *sums]), **SUMS)
    assert set(named) <= set(listing.files)
