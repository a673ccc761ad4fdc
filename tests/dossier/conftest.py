"""The two shipped cases, run once for all tests of the dossier."""

from contextlib import chdir
from pathlib import Path

import pytest

from cuibono.dossier.compose import compose
from cuibono.dossier.gather import Gathered, gather
from cuibono.dossier.numbers import Numbers
from cuibono.model.dossier import Dossier
from cuibono.record.case_file import read_case
from cuibono.store.store import Store

ROOT = Path(__file__).parents[2]


def run_shipped(name: str, store: Store) -> Gathered:
    """Run a shipped case by the path that a reader types in the repository."""
    with chdir(ROOT):
        return gather(read_case(Path("cases") / f"{name}.toml"), store)


@pytest.fixture(scope="session")
def gathered(pack_store: Store) -> Gathered:
    return run_shipped("russia-pakistan", pack_store)


@pytest.fixture
def numbers(gathered: Gathered) -> Numbers:
    return Numbers(gathered.case, gathered.store)


@pytest.fixture(scope="session")
def dossier(gathered: Gathered) -> Dossier:
    return compose(gathered)


@pytest.fixture(scope="session")
def india(pack_store: Store) -> Dossier:
    return compose(run_shipped("india-united-states", pack_store))
