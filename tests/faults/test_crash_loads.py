"""Loads that are killed, cut off, crowded or out of room leave whole snapshots or none."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.store.made_files import event, loaded_only, rows_of, tab_file

from cuibono.store.manifest import read_manifest

ROOT = Path(__file__).parents[2]
FULL = os.environ.get("CUIBONO_FAULTS") == "full"
AT_STEPS, AT_MOMENTS = (500, 500) if FULL else (10, 10)
ENVIRONMENT = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}


def killed(folder: Path, *words: object) -> list[object]:
    """Run `killed_loads.py`, and give what it found violated."""
    script = Path(__file__).with_name("killed_loads.py")
    done = subprocess.run(
        [sys.executable, script, folder, *map(str, words)],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[object] = json.loads(done.stdout)
    return found


def test_a_load_killed_before_any_of_its_steps_loses_doubles_and_halves_no_row(
    tmp_path: Path,
) -> None:
    assert killed(tmp_path, "steps", AT_STEPS) == []


def test_a_load_killed_at_any_moment_loses_doubles_and_halves_no_row(tmp_path: Path) -> None:
    assert killed(tmp_path, "moments", AT_MOMENTS) == []


def test_a_manifest_written_in_place_would_be_caught(tmp_path: Path) -> None:
    assert killed(tmp_path, "steps", 2, "--in-place") != []


def test_two_loads_of_the_same_files_at_once_are_one(tmp_path: Path) -> None:
    assert killed(tmp_path, "two", 0) == []


@pytest.mark.parametrize("allowed", [1, 600, 2000])
def test_a_full_disk_is_one_line_wherever_it_fills(tmp_path: Path, allowed: int) -> None:
    (said,) = killed(tmp_path, "full", allowed)
    assert isinstance(said, str)
    assert "the store cannot be written" in said
    assert "\n" not in said


def start(words: Sequence[object]) -> subprocess.Popen[str]:
    """Start the command line in a process of its own, as from a terminal.

    A shell lets what it starts in the background ignore an interrupt, and children inherit
    that; these tests must not depend on how they were started themselves.
    """
    return subprocess.Popen(
        [sys.executable, "-c", "from cuibono.cli.main import run; run()", *map(str, words)],
        env=ENVIRONMENT,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_load_asked_to_stop_rolls_back(
    tmp_path: Path, sent: signal.Signals, code: int
) -> None:
    small = tab_file(tmp_path / "small.tab", [event(1)])
    large = tab_file(tmp_path / "large.tab", [event(n) for n in range(2, 40_000)])
    store = tmp_path / "store"
    with start(["load", "icews", small, large, "--store", store]) as loading:
        assert loading.stdout is not None
        # Its first line says that the first file is in, so that it is busy with the second.
        assert "1 accepted" in loading.stdout.readline()
        loading.send_signal(sent)
    assert loading.returncode == code
    assert [s.input_name for s in read_manifest(store)] == ["small.tab"]
    assert not (store / "unfinished").exists()
    assert len(rows_of(loaded_only(tmp_path))) == 1
