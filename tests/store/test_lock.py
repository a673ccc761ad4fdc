"""One writer at a time: others wait or are told, and the dead hold nothing."""

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.store.made_files import event, load_lines, tab_file

from cuibono.errors import StoreError
from cuibono.store.load import load
from cuibono.store.lock import locked
from cuibono.store.store import open_store

HOLDER = """
import os, signal, sys
from pathlib import Path
from cuibono.store.lock import locked
with locked(Path(sys.argv[1])):
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    path = tab_file(tmp_path / "e.tab", [event(1)])
    with (
        locked(tmp_path / "store"),
        pytest.raises(StoreError, match=rf"another process \(id {os.getpid()}\)") as caught,
    ):
        load(open_store(tmp_path / "store"), "icews", path, wait_seconds=0)
    assert "\n" not in str(caught.value)
    assert open_store(tmp_path / "store").loaded == ()


def test_a_lock_is_given_back(tmp_path: Path) -> None:
    for _ in range(2):
        with locked(tmp_path / "store", wait_seconds=0):
            assert (tmp_path / "store" / "lock").exists()
    assert list(tmp_path.iterdir()) == []


def test_a_lock_is_given_back_when_its_work_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), locked(tmp_path):
        _ = 1 / 0
    with locked(tmp_path, wait_seconds=0):
        pass


def test_the_lock_of_a_dead_process_is_taken_over(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", HOLDER, str(tmp_path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert (tmp_path / "lock").exists()
    with locked(tmp_path, wait_seconds=0):
        pass


def test_a_store_that_was_made_for_nothing_goes_with_its_lock(tmp_path: Path) -> None:
    with locked(tmp_path / "store"):
        pass
    assert not (tmp_path / "store").exists()


def test_a_read_only_store_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise OSError(errno.EROFS, "Read-only file system")

    load_lines(tmp_path, [event(1)])
    monkeypatch.setattr("cuibono.store.lock.os.open", refuse)
    with pytest.raises(StoreError, match=r"Read-only file system.*as it was"):
        load_lines(tmp_path, [event(2)], "second")
    assert len(open_store(tmp_path / "store").loaded) == 1
