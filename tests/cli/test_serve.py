"""`cuibono serve` starts the workbench, and refuses where it would be open to others."""

import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.cli.calling import assert_one_line_of_error, call
from tests.dossier.small_case import small_case, write_case


def test_f61_it_refuses_to_be_open_to_others(tmp_path: Path) -> None:
    case = write_case(tmp_path, small_case())
    said = call("serve", case, "--host", "0.0.0.0", "--port", 0)
    assert_one_line_of_error(said, "token")


def test_a_case_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert_one_line_of_error(call("serve", tmp_path / "x.toml", "--port", 0), "no such case")


def test_it_prints_the_address_answers_and_ends_when_told(tmp_path: Path) -> None:
    folder = tmp_path / "Fälle mit Leerzeichen"
    folder.mkdir()
    case = write_case(folder, small_case())
    program = "from cuibono.cli.main import run; run()"
    words = ["serve", case, "--port", "0", "--out", tmp_path]
    server = subprocess.Popen(
        [sys.executable, "-c", program, *words],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "LANG": "C", "LC_ALL": "C", "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert server.stdout
        address = server.stdout.readline().removeprefix("Workbench: ").strip()
        with urllib.request.urlopen(f"{address}cases.json", timeout=60) as answer:
            assert b"A small case" in answer.read()
        server.terminate()
        assert server.wait(60) == 128 + signal.SIGTERM
    finally:
        server.kill()
        server.communicate()
