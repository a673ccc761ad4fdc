"""The whole dossier, computed on Spark: the same bytes."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.calling import call
from tests.dossier.small_case import small_case, write_case

from cuibono.errors import StoreError
from cuibono.store.engine import Engine

LOCAL = "spark://local[2]"


@pytest.fixture(scope="module")
def local(_spark_is_here: None) -> Iterator[Engine]:
    """Two threads of this machine; the command line finds the session open."""
    engine = Engine(LOCAL)
    yield engine
    engine.close()
    gc.collect()


def explain(case: Path, out: Path, engine: str) -> dict[str, bytes]:
    said = call("explain", case, "--out", out, "--store", out / "no", "--engine", engine)
    assert said.code == 0, said.err
    return {file.name: file.read_bytes() for file in sorted((out / "small").iterdir())}


def test_a_dossier_has_the_same_bytes_wherever_it_is_computed(
    local: Engine, tmp_path: Path
) -> None:
    case = write_case(tmp_path, small_case())
    here = explain(case, tmp_path / "here", "duckdb://")
    there = explain(case, tmp_path / "there", local.url)
    assert list(here) == ["dossier.html", "dossier.json", "dossier.md"]
    assert here == there


def test_loading_is_refused_with_the_engine_that_loads(local: Engine, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Load with duckdb://"):
        local.bound(2**20, tmp_path)
