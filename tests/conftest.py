"""What many tests read: the embedded pack, opened once, and the providers' files if at hand."""

from pathlib import Path

import pytest
from hypothesis import settings

from cuibono.dossier import gather
from cuibono.store.store import Store, open_store

# How long an example takes says how busy the machine is, and nothing about the claim.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

TESTS = Path(__file__).parent
TOGETHER = ("browser", "dossier", "engines", "web")
"""Folders whose tests share a case that was run, or a server: one worker has them all."""

RAW = Path(__file__).parents[2] / "shared" / "data"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give one worker the tests of a file, or of a folder that shares what is dear to make."""
    for item in items:
        place = item.path.relative_to(TESTS.parent).with_suffix("").parts[1:]
        shared = place[0] if place[0] in TOGETHER else "/".join(place)
        item.add_marker(pytest.mark.xdist_group(shared))


@pytest.fixture(scope="session")
def pack_store() -> Store:
    return open_store()


@pytest.fixture(scope="session")
def raw() -> Path:
    if not RAW.is_dir():
        pytest.skip("the providers' files are not at hand: no folder ../shared/data")
    return RAW


@pytest.fixture(autouse=True)
def without_lenses(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the lenses out of runs that test something else: they take most of a run.

    A test or a module marked `with_lenses`, and every fixture of a wider scope
    than a test, runs a case as a reader does.
    """
    if request.node.get_closest_marker("with_lenses") is None:
        monkeypatch.setattr(gather, "known_lenses", lambda: ())
