"""A small dossier, written once by the command itself."""

from pathlib import Path

import pytest
from tests.cli.calling import Said, call
from tests.dossier.small_case import small_case, write_case


@pytest.fixture(scope="session")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("workplace")


@pytest.fixture(scope="session")
def explained(workplace: Path) -> Said:
    """Explain the small case into `workplace`."""
    case = write_case(workplace, small_case())
    return call("explain", case, "--out", workplace, "--store", workplace / "store")


@pytest.fixture(scope="session")
def written(workplace: Path, explained: Said) -> Path:
    assert explained.code == 0
    return workplace / "small"
