"""A run is a process of its own: watched, cancelled, and told when it fails."""

from pathlib import Path

import pytest
from tests.dossier.small_case import small_case
from tests.web.conftest import settings_in, write_early

from cuibono.errors import BusyError, MissingError
from cuibono.web.runs import CANCELLED, DONE, FAILED, Run, Runs
from cuibono.web.settings import Settings


def test_a_run_tells_its_stages_and_writes_the_dossier(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, write_early(tmp_path))
    run = Run(settings.cases["early"], settings)
    run.wait()
    assert (run.state, run.fault) == (DONE, "")
    assert (run.stages[0], run.stages[-1]) == ("case", "dossier")
    names = {path.name for path in (settings.out / "early").iterdir()}
    assert names == {"dossier.html", "dossier.md", "dossier.json"}


def test_a_cancelled_run_leaves_the_earlier_dossier(settings: Settings) -> None:
    written = settings.out / "small" / "dossier.json"
    before = written.read_bytes()
    run = Run(settings.cases["small"], settings)
    run.cancel()
    assert (run.state, written.read_bytes() == before) == (CANCELLED, True)


def test_a_case_that_cannot_be_run_says_why(settings: Settings) -> None:
    path = settings.cases["small"]
    path.write_text(small_case(actor="NOBODY"), "utf-8")
    run = Run(path, settings)
    run.wait()
    assert run.state == FAILED
    assert "no actor 'NOBODY'" in run.fault


def test_a_run_that_dies_is_told_by_its_exit_code(settings: Settings) -> None:
    run = Run(settings.cases["small"], settings)
    run._process.kill()
    run.wait()
    assert (run.state, run.fault) == (FAILED, "The run ended with exit code -9.")


def test_one_case_is_run_at_a_time(settings: Settings) -> None:
    runs = Runs(settings)
    run = runs.start("small", settings.cases["small"])
    with pytest.raises(BusyError, match="cancel it"):
        runs.start("other", settings.cases["small"])
    runs.close()
    assert run.state == CANCELLED


def test_a_run_that_was_never_started_is_missing(settings: Settings) -> None:
    with pytest.raises(MissingError):
        Runs(settings).find("small")
