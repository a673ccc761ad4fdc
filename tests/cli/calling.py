"""Call the command line in this process, as a shell would."""

import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from typing import NamedTuple
from unittest.mock import patch

from cuibono.cli.main import run


class Said(NamedTuple):
    """What a command left behind: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


def call(*words: object, columns: int = 80) -> Said:
    """Run `cuibono` with these words in a terminal of so many columns."""
    out, err, code = StringIO(), StringIO(), 0
    with (
        patch.object(sys, "argv", ["cuibono", *map(str, words)]),
        patch.dict("os.environ", {"COLUMNS": str(columns), "CUIBONO_STORE": ""}),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            run()
        except SystemExit as left:
            code = int(left.code or 0)
    return Said(code, out.getvalue(), err.getvalue())


def assert_one_line_of_error(said: Said, *parts: str) -> None:
    """Demand one line on standard error, exit code 1, silence on standard output, the parts."""
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("cuibono: ")
    assert said.err.endswith("\n")
    assert len(said.err.splitlines()) == 1
    assert [part for part in parts if part not in said.err] == []
