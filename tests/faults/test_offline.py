"""`cuibono explain` needs no network, no home folder and no fixed hash seed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.dossier.small_case import small_case, write_case

# Any socket at all ends the run, so that even a look-up of a name would be seen.
UNPLUGGED = """
import socket, sys
class Unplugged(socket.socket):
    def __init__(self, *arguments, **options):
        raise SystemExit("a socket was opened")
def look_up(*arguments, **options):
    raise SystemExit("a name was looked up")
socket.socket = Unplugged
socket.getaddrinfo = socket.gethostbyname = look_up
from cuibono.cli.main import run
sys.argv = ["cuibono", *sys.argv[1:]]
run()
"""
ROOT = Path(__file__).parents[2]


def run_unplugged(folder: Path, out: str, seed: int) -> subprocess.CompletedProcess[str]:
    surroundings = {
        **os.environ,
        "PYTHONHASHSEED": str(seed),
        "PYTHONPATH": str(ROOT / "src"),
        "HOME": str(folder / "nobody"),
        "TZ": ("Pacific/Auckland", "America/Lima")[seed],
    }
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", UNPLUGGED, "explain", "small.toml", "--out", out],
        cwd=folder, env=surroundings, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("unplugged")
    write_case(made, small_case())
    return made


@pytest.fixture(scope="module")
def runs(folder: Path) -> list[subprocess.CompletedProcess[str]]:
    return [run_unplugged(folder, f"out{seed}", seed) for seed in (0, 1)]


def files_of(folder: Path, seed: int) -> dict[str, bytes]:
    made = folder / f"out{seed}" / "small"
    return {file.name: file.read_bytes() for file in sorted(made.iterdir())}


def test_it_runs_without_a_network(runs: list[subprocess.CompletedProcess[str]]) -> None:
    assert [(ran.returncode, ran.stderr) for ran in runs] == [(0, "")] * 2


def test_two_processes_write_the_same_bytes(
    runs: list[subprocess.CompletedProcess[str]], folder: Path
) -> None:
    assert len(runs) == 2
    assert files_of(folder, 0) == files_of(folder, 1) != {}


def test_the_files_name_no_machine_no_user_and_no_hour(
    runs: list[subprocess.CompletedProcess[str]], folder: Path
) -> None:
    assert len(runs) == 2
    for name, data in files_of(folder, 0).items():
        text = data.decode("utf-8")
        told = [
            word for word in (str(folder), str(ROOT), str(Path.home()) + "/") if word in text
        ]
        assert (name, told) == (name, [])


def test_the_case_is_named_by_the_path_that_was_typed(
    runs: list[subprocess.CompletedProcess[str]], folder: Path
) -> None:
    assert len(runs) == 2
    provenance = json.loads(files_of(folder, 0)["dossier.json"])["provenance"]
    assert provenance["case file"] == "small.toml"
    assert provenance["command"] == "cuibono explain small.toml"
