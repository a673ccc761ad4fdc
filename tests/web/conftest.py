"""A workbench over one small case that has been run, asked without a socket."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from starlette.testclient import TestClient
from tests.dossier.small_case import small_case, write_case

from cuibono.dossier.compose import compose
from cuibono.dossier.gather import gather
from cuibono.dossier.write import write_dossier
from cuibono.record.case_file import read_case
from cuibono.store.store import open_store
from cuibono.web.app import make_app
from cuibono.web.settings import Settings, name_cases


@pytest.fixture(scope="session")
def run_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the small case and its dossier, which is only read."""
    folder = tmp_path_factory.mktemp("workbench")
    write_small(folder)
    return folder


def write_small(folder: Path) -> Path:
    """Write the small case and its dossier; what lenses add to one is tested with them."""
    path = write_case(folder, small_case())
    with patch("cuibono.dossier.gather.known_lenses", lambda: ()):
        write_dossier(compose(gather(read_case(path), open_store())), folder / "dossiers")
    return path


def write_early(folder: Path) -> Path:
    """Write a case of days that no source covers, so that a run of it is short."""
    text = small_case(start="1900-01-01", end="1901-01-01", title="An early case")
    path = folder / "early.toml"
    path.write_text(text.replace('name = "small"', 'name = "early"'), "utf-8")
    return path


@pytest.fixture
def settings(run_once: Path, tmp_path: Path) -> Settings:
    """Give a copy that a test may change."""
    shutil.copytree(run_once, tmp_path / "desk")
    return settings_in(tmp_path / "desk", tmp_path / "desk" / "small.toml")


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    with open_client(settings) as opened:
        yield opened


@pytest.fixture(scope="session")
def reader(run_once: Path) -> Iterator[TestClient]:
    """Ask a workbench that no test changes."""
    with open_client(settings_in(run_once, run_once / "small.toml")) as opened:
        yield opened


def settings_in(folder: Path, *cases: Path) -> Settings:
    return Settings(
        cases=name_cases(cases),
        out=folder / "dossiers",
        store=folder / "store",
        engine="duckdb://",
    )


def open_client(settings: Settings) -> TestClient:
    return TestClient(
        make_app(settings), base_url=settings.address, headers={"accept": "text/html"}
    )


def rewrite(path: Path, old: str, new: str) -> None:
    """Change a file, and make sure that its time tells."""
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    stat = path.stat()
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1_000_000))
