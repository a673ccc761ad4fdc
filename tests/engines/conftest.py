"""The rows that every engine is asked about, and Spark where this machine has it."""

import gc
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from cuibono.store.engine import Engine
from cuibono.testing.canonical import write_store

LOCAL_CLUSTER = "spark://local-cluster[2,1,1024]"


def pytest_configure(config: pytest.Config) -> None:
    """Bear with PySpark, which leaves its sockets to the garbage collector."""
    if find_spec("pyspark") is not None:
        leak = "ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning"
        config.addinivalue_line("filterwarnings", leak)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("made")
    write_store(folder, 20_000)
    return folder


@pytest.fixture(scope="session")
def _spark_is_here() -> None:
    if find_spec("pyspark") is None:
        pytest.skip("Spark is not installed; `make test-spark` installs it and runs this")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java 17, and there is no `java` on this machine")


@pytest.fixture(scope="module")
def spark(_spark_is_here: None) -> Iterator[Engine]:
    """Two executors, each a process of its own with one core and 1 GiB."""
    engine = Engine(LOCAL_CLUSTER)
    yield engine
    engine.close()
    gc.collect()


@pytest.fixture(scope="session")
def many_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough files that both executors have work for several rounds."""
    folder: Path = tmp_path_factory.mktemp("many")
    write_store(folder, 400_000, n_files=16)
    return folder
