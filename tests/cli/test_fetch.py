import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.calling import Said, assert_one_line_of_error, call
from tests.store.fetch.replica import Fault, Replica, md5, serve, zipped
from tests.store.made_files import HEADER, event

from cuibono.sources.base import read_card

FIRST, SECOND = "20150218230000.export.CSV.zip", "20150218231500.export.CSV.zip"
LIST = "gdeltv2/masterfilelist.txt"
SPAN = ("--kind", "quarter-hours", "--from", "2015-02-18", "--to", "2015-02-18")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


EMPTY = b'{"data": {"latestVersion": {"files": []}}}'


@pytest.fixture
def raw_event() -> bytes:
    """An ICEWS table of one event."""
    return "\n".join(["\t".join(HEADER), event(Event_Date="2015-03-02"), ""]).encode()


@pytest.fixture
def replica() -> Iterator[Replica]:
    files = {f"gdeltv2/{name}": zipped(name.encode()) for name in (FIRST, SECOND)}
    lines = [
        f"{len(body)} {md5(body)} http://data.gdeltproject.org/{path}\n"
        for path, body in files.items()
    ]
    with serve(Replica({**files, LIST: "".join(lines).encode()})) as served:
        yield served


def fetch(store: Path, replica: Replica, *words: str) -> Said:
    return call("fetch", "gdelt", *SPAN, "--mirror", replica.base, "--store", store, *words)


def test_a_plan_comes_first(store: Path, replica: Replica) -> None:
    lines = fetch(store, replica, "--dry-run").out.splitlines()
    assert lines[0].startswith("gdelt: Global Database of Events")
    assert lines[1].startswith("licence: unlimited and unrestricted use with citation")
    assert "from: http://127.0.0.1" in lines[2]
    assert "(unauthenticated, hashes checked)" in lines[2]
    assert "to fetch: 2 files, 0.0 MB" in lines
    assert "already here: 0 files" in lines
    assert "not listed: 2015-02-18 23:30 to 2015-02-19 00:00 UTC" in lines
    assert "lists: 2 lines = 2 used + 0 about other files + 0 refused" in lines


def test_a_dry_run_fetches_nothing(store: Path, replica: Replica) -> None:
    assert fetch(store, replica, "--dry-run").code == 0
    assert replica.paths() == [LIST]
    assert not store.exists()


def test_files_come_and_the_next_command_is_named(store: Path, replica: Replica) -> None:
    said = fetch(store, replica)
    assert (said.code, said.err) == (0, "")
    assert "fetched: 2 got" in said.out
    assert f"Load them with `cuibono load gdelt {store}/raw/gdelt/quarter-hours/*`." in said.out


def test_what_was_fetched_loads_as_it_came(store: Path, raw_event: bytes) -> None:
    body = zipped(raw_event, "events.2015.tab")
    name = "events.2015.20160101000000.tab.zip"
    facts = {"id": 42, "filesize": len(body), "md5": md5(body)}
    files = [{"label": name, "dataFile": facts}]
    described = json.dumps({"data": {"latestVersion": {"files": files}}}).encode()
    lists = [each.path for each in read_card("icews").fetch[0].lists]
    replica = Replica({"api/access/datafile/42": body, lists[0]: described, lists[1]: EMPTY})
    with serve(replica) as served:
        words = ("--from", "2015", "--to", "2015", "--mirror", served.base, "--store", store)
        assert "fetched: 1 got" in call("fetch", "icews", *words).out
    path = store / "raw" / "icews" / "events" / name
    said = call("load", "icews", path, "--store", store)
    assert "1 rows = 1 accepted" in said.out


def test_a_second_time_all_is_here(store: Path, replica: Replica) -> None:
    fetch(store, replica)
    said = fetch(store, replica)
    assert "already here: 2 files" in said.out
    assert "fetched: nothing; all is here" in said.out


def test_what_is_missing_is_told_and_the_command_succeeds(
    store: Path, replica: Replica
) -> None:
    del replica.files[f"gdeltv2/{SECOND}"]
    said = fetch(store, replica)
    assert said.code == 0
    assert f"{SECOND}: missing: 127.0.0.1 answers 404" in said.out
    assert "fetched: 1 got, 1 missing" in said.out
    assert "The same command asks again for what is missing." in said.out


def test_lines_that_cannot_be_used_are_told(store: Path, replica: Replica) -> None:
    replica.files[LIST] += b"12 abc\n"
    said = fetch(store, replica, "--dry-run")
    assert "warning: 1 lines of its lists cannot be used" in said.out


def test_actors_narrow_nothing_and_that_is_said(store: Path, replica: Replica) -> None:
    said = fetch(store, replica, "--dry-run", "--actors", "RUS,PAK")
    assert "actors: gdelt publishes whole files" in said.out
    assert "RUS, PAK are fetched with the rest of the world" in said.out


def test_what_a_host_says_cannot_move_the_terminal(store: Path, replica: Replica) -> None:
    evil = Fault(302, headers={"Location": "http://evil.example/\x1b[2J"})
    replica.faults[f"gdeltv2/{SECOND}"] = [evil]
    assert "\x1b" not in fetch(store, replica).out


def test_a_span_that_is_none_is_one_line_of_error(store: Path, replica: Replica) -> None:
    said = call("fetch", "gdelt", "--from", "yesterday", "--store", store)
    assert_one_line_of_error(said, "--from 'yesterday' is no year, month or day")


def test_an_unknown_actor_is_one_line_of_error(store: Path) -> None:
    said = call("fetch", "gdelt", "--actors", "RUSS", "--store", store)
    assert_one_line_of_error(said, "--actors: no actor 'RUSS'. Did you mean RUS?")


def test_an_unknown_kind_is_one_line_of_error(store: Path) -> None:
    said = call("fetch", "gdelt", "--kind", "mention", "--store", store)
    assert_one_line_of_error(said, "Did you mean mentions?")


def test_a_source_without_a_list_is_one_line_of_error(store: Path) -> None:
    said = call("fetch", "declared_vs_done", "--store", store)
    assert_one_line_of_error(said, "cannot be fetched by a command")
