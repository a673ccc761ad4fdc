"""A small store to damage, mend and migrate: two snapshots, one of them with refused rows."""

import shutil
from pathlib import Path

import pytest
from tests.store.made_files import event, load_lines


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("loaded")
    load_lines(folder, [event(1), b"short \xff"], "first")
    load_lines(folder, [event(2)], "second")
    return folder


@pytest.fixture
def store(loaded: Path, tmp_path: Path) -> Path:
    """A copy to write to, with its inputs beside it."""
    shutil.copytree(loaded, tmp_path / "copy")
    return tmp_path / "copy" / "store"
