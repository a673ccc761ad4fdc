"""A whole case as one file: it holds what it says, and runs again to the same figures."""

import csv
import io
import json
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pyarrow.parquet as pq
import pytest
from tests.dossier.sample import sample
from tests.web.conftest import write_small

from cuibono.dossier.compose import compose
from cuibono.dossier.gather import gather
from cuibono.dossier.write import read_dossier
from cuibono.model.dossier import Dossier
from cuibono.record.case_file import read_case
from cuibono.store.store import Store
from cuibono.web.bundle import MOST_ROWS, bundle_case, find_judges

HOME = "small"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small(tmp_path_factory.mktemp("bundled"))


@pytest.fixture(scope="module")
def packed(case: Path, pack_store: Store) -> bytes:
    return pack(case, pack_store)


@pytest.fixture(scope="module")
def unpacked(packed: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    ZipFile(io.BytesIO(packed)).extractall(folder)
    return folder / HOME


def pack(case: Path, store: Store) -> bytes:
    home = case.parent / "dossiers" / HOME
    dossier = read_dossier(home)
    return bundle_case(dossier, case, [home / f"dossier.{f}" for f in ("html", "json")], store)


def figures(dossier: Dossier) -> dict[str, float]:
    return {figure.id: figure.value for figure in dossier.figures}


def test_every_file_has_the_hash_that_the_manifest_gives(unpacked: Path) -> None:
    files = json.loads((unpacked / "manifest.json").read_text("utf-8"))["files"]
    there = {
        path.relative_to(unpacked).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in unpacked.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert {name: one["sha256"] for name, one in files.items()} == there


def test_the_same_case_gives_the_same_bytes(
    case: Path, packed: bytes, pack_store: Store
) -> None:
    assert pack(case, pack_store) == packed


def test_what_is_unpacked_runs_again_to_the_same_figures(
    unpacked: Path, pack_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cuibono.dossier.gather.known_lenses", lambda: ())
    again = compose(gather(read_case(unpacked / "small.toml"), pack_store))
    assert figures(again) == figures(read_dossier(unpacked / "dossier"))


def test_every_number_is_in_the_index_with_its_rows(unpacked: Path) -> None:
    dossier = read_dossier(unpacked / "dossier")
    with (unpacked / "rows" / "index.csv").open(encoding="utf-8", newline="") as file:
        index = list(csv.DictReader(file))
    numbers = (*dossier.figures, *dossier.series, *dossier.distributions)
    assert {row["number"] for row in index} == {one.id for one in numbers}
    for row in index:
        if row["file"].startswith("rows/"):
            rows = pq.read_table(unpacked / f"{row['file']}.parquet")
            assert rows.num_rows == int(row["rows taken along"])
            assert rows.num_rows == min(int(row["rows"]), MOST_ROWS)
            assert (unpacked / f"{row['file']}.csv").is_file()


def test_it_says_how_to_run_it_again(unpacked: Path) -> None:
    said = (unpacked / "README.txt").read_text("utf-8")
    assert "cuibono explain small.toml\n" in said
    assert "rows that ship with cuibono are enough" in said


def test_files_of_judges_are_found_by_their_hash_near_the_case(case: Path) -> None:
    judge = case.parent / "second.toml"
    judge.write_text("judge = 'B'", "utf-8")
    known = {
        "judgements second.toml": f"sha256 {sha256(judge.read_bytes()).hexdigest()}",
        "judgements third.toml": "sha256 gone",
    }
    dossier = Dossier(
        **{name: getattr(sample(), name) for name in Dossier.__dataclass_fields__}
        | {"provenance": known}
    )
    assert find_judges(dossier, case) == [judge]
    judge.write_text("judge = 'C'", "utf-8")
    assert find_judges(dossier, case) == []
