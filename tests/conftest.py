"""What many tests read: the embedded pack, opened once, and the providers' files if at hand."""

from pathlib import Path

import pytest

from cuibono.store.store import Store, open_store

RAW = Path(__file__).parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def pack_store() -> Store:
    return open_store()


@pytest.fixture(scope="session")
def raw() -> Path:
    if not RAW.is_dir():
        pytest.skip("the providers' files are not at hand: no folder ../shared/data")
    return RAW
