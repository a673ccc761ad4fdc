"""What may be wrong with an archive that arrived: faults B15 to B20, each answered."""

import gzip
import tracemalloc
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.faults.made_archives import (
    TABLE,
    archive,
    encrypted,
    everything_below,
    link,
    patched,
    put,
)
from tests.store.fetch.replica import (
    Replica,
    fetch_all,
    kept,
    leftovers,
    quarters,
    relist,
    serve,
    slot_name,
)

from cuibono.errors import SourceError
from cuibono.store.archive import content_of, read_files

propose = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
SOUND = archive(("20150218.export.CSV", TABLE))
NAME = slot_name(0)

# B15


def test_b15_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = put(tmp_path, archive(("zeros.csv", bytes(64 * 2**20))))
    tracemalloc.start()
    with pytest.raises(SourceError, match="100 times its size"):
        content_of(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10 * 2**20


def test_b15_a_bomb_that_lies_about_its_size_stops_at_the_limit(tmp_path: Path) -> None:
    bomb = archive(("zeros.csv", b"a" + bytes(30 * 2**20)))
    lying = patched(patched(bomb, b"PK\x01\x02", 24, "<I", 100), b"PK\x03\x04", 22, "<I", 100)
    with pytest.raises(SourceError):
        content_of(put(tmp_path, lying))


def test_b15_a_gzip_bomb_stops_at_the_limit(tmp_path: Path) -> None:
    bomb = put(tmp_path, gzip.compress(b"a" + bytes(30 * 2**20)), "file.csv.gz")
    with pytest.raises(SourceError, match="more than it can honestly hold"):
        content_of(bomb)


def test_b15_what_shrinks_a_thousandfold_and_is_small_is_let_through(tmp_path: Path) -> None:
    assert content_of(put(tmp_path, archive(("zeros.csv", b"0" * 2**20))))


# B16


@pytest.mark.parametrize(
    "body",
    [
        patched(SOUND, b"PK\x01\x02", 24, "<I", 7),
        patched(SOUND, b"PK\x01\x02", 16, "<I", 7),
        SOUND[: SOUND.rindex(b"PK\x05\x06") + 9],
        SOUND[: SOUND.rindex(b"PK\x01\x02") + 20],
        SOUND[:40],
        SOUND[:4],
        b"",
    ],
    ids=["lying size", "bad crc", "cut end", "cut directory", "cut data", "a mark", "nothing"],
)
def test_b16_a_damaged_archive_is_refused(tmp_path: Path, body: bytes) -> None:
    with pytest.raises(SourceError):
        content_of(put(tmp_path, body))


@pytest.mark.parametrize("bit", range(8))
def test_b16_any_flipped_bit_is_refused_or_changes_nothing(tmp_path: Path, bit: int) -> None:
    found = set()
    for at in range(len(SOUND)):
        flipped = bytearray(SOUND)
        flipped[at] ^= 1 << bit
        with suppress(SourceError):
            found.add(content_of(put(tmp_path, bytes(flipped))))
    assert found <= {content_of(put(tmp_path, SOUND))}


def test_b16_a_directory_too_long_to_be_read_is_not_read(tmp_path: Path) -> None:
    many = archive(*((f"{n:08}.csv", b"") for n in range(2000)))
    with pytest.raises(SourceError, match="table of contents is too long"):
        content_of(put(tmp_path, many), most=10**6)


# B17


@pytest.mark.parametrize(
    "body",
    [
        archive(),
        archive(("a.csv", TABLE), ("b.csv", TABLE)),
        archive(("a.csv", TABLE), ("a.csv", b"another table")),
        encrypted(SOUND),
    ],
    ids=["none", "two", "twice the same name", "encrypted"],
)
def test_b17_none_two_or_encrypted_members_are_refused(tmp_path: Path, body: bytes) -> None:
    with pytest.raises(SourceError):
        content_of(put(tmp_path, body))


def test_b17_two_of_one_name_are_refused_where_two_are_expected(tmp_path: Path) -> None:
    twice = archive(("a.csv", TABLE), ("a.csv", b"another table"))
    with pytest.raises(SourceError, match="2 files of 1 names"):
        content_of(put(tmp_path, twice), most=2)


# B18

HOSTILE = [
    "../x.csv",
    "/abs.csv",
    "C:\\x.csv",
    "a/../../x.csv",
    "a\\b.csv",
    "x\n.csv",
    "d/",
    "",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_b18_a_name_that_is_a_way_out_is_refused(tmp_path: Path, name: str) -> None:
    path = put(tmp_path, archive((name, TABLE)))
    with pytest.raises(SourceError):
        content_of(path)
    assert everything_below(tmp_path, [path]) == []


def test_b18_a_symbolic_link_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="a link or a path out"):
        content_of(put(tmp_path, link("a.csv", "/etc/passwd")))


@propose
@given(name=st.text(st.characters(codec="utf-8"), max_size=40))
def test_b18_no_name_whatever_makes_a_file(tmp_path: Path, name: str) -> None:
    path = put(tmp_path, archive((name, TABLE)))
    with suppress(SourceError):
        content_of(path)
    assert everything_below(tmp_path, [path]) == []


# B19


@pytest.mark.parametrize(
    "body",
    [SOUND, gzip.compress(TABLE), b"", b"<html>Sorry</html>", b'{"error": 1}', b"%PDF-1.7"],
    ids=["zip", "gzip", "nothing", "page", "json", "pdf"],
)
def test_b19_a_member_that_is_no_table_is_refused(tmp_path: Path, body: bytes) -> None:
    with pytest.raises(SourceError):
        content_of(put(tmp_path, archive(("a.csv", body))))


def test_b19_a_table_of_a_header_alone_is_let_through(tmp_path: Path) -> None:
    assert content_of(put(tmp_path, archive(("a.csv", b"GLOBALEVENTID\tSQLDATE\n"))))


# B20


def test_b20_one_table_has_one_content_however_it_is_packed(tmp_path: Path) -> None:
    packings = {
        "a.csv": TABLE,
        "b.csv.gz": gzip.compress(TABLE),
        "c.zip": archive(("a.csv", TABLE)),
        "d.zip": archive(("another name", TABLE), stored=True),
        "no-suffix": archive(("a.csv", TABLE)),
    }
    assert len({content_of(put(tmp_path, body, name)) for name, body in packings.items()}) == 1


@propose
@given(table=st.binary(min_size=1, max_size=300).map(b"1\t".__add__))
def test_b20_any_bytes_come_out_as_they_went_in(tmp_path: Path, table: bytes) -> None:
    path = put(tmp_path, archive(("a.csv", table)))
    assert [stream.read() for stream in read_files(path)] == [table]


# And so for an archive that a provider sends: quarantined, told, and nothing left behind.


def sending(body: bytes) -> Replica:
    replica = quarters(2)
    replica.files[f"gdeltv2/{NAME}"] = body
    relist(replica)
    return replica


@pytest.mark.parametrize(
    "body",
    [archive(("../x.csv", TABLE)), archive(("a.csv", b"")), encrypted(SOUND), SOUND[:-9]],
    ids=["way out", "empty", "encrypted", "cut"],
)
def test_a_bad_archive_is_quarantined_although_its_hash_is_right(
    tmp_path: Path, body: bytes
) -> None:
    store = tmp_path / "store"
    with serve(sending(body)) as replica:
        fetched = fetch_all(store, replica)
    assert fetched.states() == {NAME: "quarantined", slot_name(1): "got"}
    assert kept(store, "quarantine") == {NAME: body}
    assert fetched.outcomes[NAME].reason.startswith(f"{NAME}: ")
    assert leftovers(store) == []


def test_nothing_outside_the_store_is_written(tmp_path: Path) -> None:
    store = tmp_path / "below" / "store"
    with serve(sending(archive(("../../x.csv", TABLE)))) as replica:
        fetch_all(store, replica)
    assert [path.name for path in tmp_path.iterdir()] == ["below"]
    assert [path.name for path in store.parent.iterdir()] == ["store"]
