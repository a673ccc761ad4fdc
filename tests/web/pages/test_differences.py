"""Two runs of a case compared on a page."""

import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cuibono.web.runs import EARLIER, _keep
from cuibono.web.settings import Settings

PAGE = "/cases/small/differences"


@pytest.fixture
def home(settings: Settings) -> Path:
    return settings.out / "small"


def test_before_a_second_run_there_is_nothing_to_compare(client: TestClient) -> None:
    assert client.get(f"{PAGE}.json").json()["runs"] == []
    assert "No earlier run" in client.get(PAGE).text


def test_a_run_keeps_the_dossier_whose_place_it_takes(home: Path) -> None:
    written = (home / "dossier.json").read_bytes()
    _keep(home)
    (kept,) = (home / EARLIER).iterdir()
    assert kept.read_bytes() == written


def test_the_first_run_has_nothing_to_keep(tmp_path: Path) -> None:
    _keep(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_changed_nothing_has_no_difference(client: TestClient, home: Path) -> None:
    _keep(home)
    told = client.get(f"{PAGE}.json").json()
    assert (len(told["runs"]), told["n_changes"]) == (1, 0)


def test_what_changed_is_listed(client: TestClient, home: Path) -> None:
    _keep(home)
    now = home / "dossier.json"
    plain = json.loads(now.read_text("utf-8"))
    plain["figures"][0]["value"] += 5
    now.write_text(json.dumps(plain), "utf-8")
    told = client.get(f"{PAGE}.json").json()
    assert told["n_changes"] >= 1
    page = client.get(PAGE).text
    assert page.count("<li>") == told["n_changes"]


def test_an_earlier_run_is_chosen_by_its_time(client: TestClient, home: Path) -> None:
    _keep(home)
    (run,) = client.get(f"{PAGE}.json").json()["runs"]
    assert client.get(PAGE, params={"old": run}).status_code == 200
    for wrong in ("2001-01-01", "../dossier", "../../small"):
        assert client.get(PAGE, params={"old": wrong}).status_code == 404
