import os
import resource
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from tests.store.fetch.replica import (
    NOW,
    Calm,
    Fault,
    fetch_all,
    kept,
    leftovers,
    plan_all,
    quarters,
    serve,
    site_of,
    slot_name,
)

from cuibono.errors import StoreError
from cuibono.store.archive import content_of
from cuibono.store.fetch.holdings import missing_slots, read_holdings
from cuibono.store.fetch.run import fetch

LAST = slot_name(2)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def test_a_fetched_file_is_recorded_with_where_when_and_what(store: Path) -> None:
    with serve(quarters(1)) as replica:
        fetch_all(store, replica)
        held = read_holdings(store, "gdelt", "events").files[slot_name(0)]
        assert held.url == f"{replica.base}gdeltv2/{slot_name(0)}"
    assert held.fetched == NOW.isoformat(timespec="seconds")
    assert held.content == content_of(store / "raw" / "gdelt" / "events" / slot_name(0))
    assert held.size == len(kept(store)[slot_name(0)])


def test_fetching_twice_asks_for_the_list_alone(store: Path) -> None:
    with serve(quarters(3)) as replica:
        fetch_all(store, replica)
        n = len(replica.asked)
        fetch_all(store, replica)
        assert len(replica.asked) == n + 1


def test_what_is_wanted_counts_as_missing_until_it_is_here(store: Path) -> None:
    with serve(quarters(3)) as replica, closing(site_of(replica)) as site:
        plan = plan_all(store, site)
        files = fetch(store, plan, site, Calm().patience())
        next(files)
        assert len(missing_slots(store, "gdelt")) == 1
        assert read_holdings(store, "gdelt", "events").files[LAST].reason == "not fetched yet"
        files.close()
        assert len(read_holdings(store, "gdelt", "events").missing()) == 1


def test_a_run_that_is_interrupted_has_recorded_what_came(store: Path) -> None:
    def interrupt(*heard: object) -> None:
        if len(kept(store)) == 2:
            raise KeyboardInterrupt

    with serve(quarters(3)) as replica, closing(site_of(replica)) as site:
        plan = plan_all(store, site)
        with pytest.raises(KeyboardInterrupt):
            list(fetch(store, plan, site, Calm().patience(), interrupt))
    states = [held.state for held in read_holdings(store, "gdelt", "events").files.values()]
    assert sorted(states) == ["got", "got", "missing"]


def test_a_second_fetch_at_the_same_time_is_refused(store: Path) -> None:
    with serve(quarters(3)) as replica, closing(site_of(replica)) as site:
        first = fetch(store, plan_all(store, site), site, Calm().patience())
        next(first)
        with pytest.raises(StoreError, match=r"another process .* is writing"):
            fetch_all(store, replica)
        first.close()
        assert set(fetch_all(store, replica).states().values()) == {"got"}


CHILD = """
import sys
from pathlib import Path
from tests.store.fetch.replica import *

replica = Replica(base=sys.argv[1])
site = site_of(replica)
store = Path(sys.argv[2])
plan = plan_all(store, site)
def told(listed, size):
    if len(kept(store)) == int(sys.argv[3]):
        print("now", flush=True)
        sys.stdin.read()
list(fetch(store, plan, site, Calm().patience(), told))
"""


@pytest.mark.parametrize("files", [0, 1, 2])
def test_a_killed_fetch_is_taken_up_where_it_was(store: Path, files: int) -> None:
    with serve(quarters(3)) as replica:
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, replica.base, str(store), str(files)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[3],
        )
        with child:
            assert child.stdout
            assert child.stdout.readline() == b"now\n"
            child.send_signal(signal.SIGKILL)
        assert len(kept(store)) == files
        again = fetch_all(store, replica)
        assert len(again.outcomes) == 3 - files
        assert kept(store) == {
            p.split("/")[1]: b for p, b in replica.files.items() if "CSV" in p
        }
    assert leftovers(store) == []


def test_a_full_disk_is_one_clear_error_and_leaves_no_part(store: Path) -> None:
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    replica = quarters(1)
    with serve(replica), closing(site_of(replica)) as site:
        plan = plan_all(store, site)
        body = os.urandom(300_000)
        replica.faults[f"gdeltv2/{slot_name(0)}"] = [Fault(body=b"PK\x03\x04" + body)]
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, usual[1]))
        try:
            with pytest.raises(StoreError, match=r"cannot be written .*Free the disk"):
                list(fetch(store, plan, site, Calm().patience()))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert [path for path in leftovers(store) if path.is_file()] == []
    assert kept(store) == {}


def test_a_store_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("a file where the folder should be")
    with serve(quarters(1)) as replica, pytest.raises(StoreError, match="cannot be written"):
        fetch_all(tmp_path / "store", replica)


def test_every_byte_that_comes_is_told(store: Path) -> None:
    told: list[int] = []
    with serve(quarters(1)) as replica, closing(site_of(replica)) as site:
        plan = plan_all(store, site)
        list(fetch(store, plan, site, Calm().patience(), lambda listed, n: told.append(n)))
    assert told == sorted(told)
    assert told[-1] == plan.wanted[0].size
