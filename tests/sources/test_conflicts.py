"""Armed conflicts: who fought, and who sent troops to whom."""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.sources.made_sources import CONFLICT, layout_of, write_file
from tests.sources.made_tables import Row, read

from cuibono.store.load import load
from cuibono.store.store import open_store


def rows(*changes: Mapping[str, object]) -> list[Row]:
    cells = [{**CONFLICT, **each} for each in changes]
    columns = layout_of("conflicts", "conflict_years").columns["measures"]
    numbers = {"gwno_b", "gwno_b_2nd", "gwno_a_2nd"}
    table = {
        c: pa.array([cell.get(c) for cell in cells], pa.float64() if c in numbers else None)
        for c in columns
    }
    return read("conflicts", "conflict_years", measures=pa.table(table))


def test_a_state_at_war_with_its_opposition_has_no_recipient() -> None:
    (war, _) = rows({})
    kept = ("measure", "actor", "recipient", "recipient_name", "value")
    assert [war[k] for k in kept] == [
        "armed_conflict:internationalized", "AFG", None, "opposition in conflict 333", 2.0,
    ]  # fmt: skip


def test_who_sent_troops_supports_the_side_it_joined() -> None:
    (_, support) = rows({})
    kept = ("measure", "actor", "recipient")
    assert [support[k] for k in kept] == ["conflict_support", "RUS", "AFG"]


def test_two_states_at_war_are_actor_and_recipient() -> None:
    (war,) = rows({"type_of_conflict": "interstate", "gwno_b": 770.0, "gwno_a_2nd": None})
    assert (war["measure"], war["actor"], war["recipient"]) == (
        "armed_conflict:interstate",
        "AFG",
        "PAK",
    )


def test_who_joins_the_second_side_supports_it() -> None:
    found = rows({"gwno_b": 770.0, "gwno_a_2nd": None, "gwno_b_2nd": 2.0})
    assert {(row["actor"], row["recipient"]) for row in found} == {
        ("AFG", "PAK"),
        ("USA", "PAK"),
    }


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"intensity_level": 3.0}, "intensity is not 1 or 2"),
        ({"type_of_conflict": "cold"}, "unknown kind of conflict cold"),
        ({"gwno_a": 999.0}, "no such GW number that year: 999"),
    ],
)
def test_a_conflict_that_cannot_be_read_is_refused(
    change: Mapping[str, object], reason: str
) -> None:
    found = rows({"gwno_a_2nd": None, "conflict_id": 1.0}, {"gwno_a_2nd": None, **change})
    assert {row["reject"] for row in found} == {None, reason}


def test_what_a_file_repeats_is_counted_as_a_duplicate(tmp_path: Path) -> None:
    crossed = [CONFLICT, {**CONFLICT, "gwno_a_2nd": 710.0}]
    path = write_file(tmp_path, "conflicts", "conflict_years", crossed)
    done = load(open_store(tmp_path / "store"), "conflicts", path, accept_drift=True).snapshot
    assert (done.rows_in, done.accepted, done.duplicates) == (4, 3, 1)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("alliances", "atop_alliance"),
        ("conflicts", "ucdp_acd"),
        ("disputes", "cow_mid_dirdisps"),
        ("disputes", "gml_dirdisp"),
        ("rivalries", "td_rivalries"),
        ("rivalries", "tss_rivalries"),
    ],
)
def test_the_tables_of_peacesciencer_load_whole(
    raw: Path, tmp_path: Path, source: str, name: str
) -> None:
    path = raw / "peacesciencer" / f"{name}.parquet"
    done = load(open_store(tmp_path), source, path).snapshot
    assert done.rows_in == done.accepted + done.duplicates + done.quarantined
    assert done.rows_in >= pq.read_metadata(path).num_rows
    assert done.quarantined < done.rows_in / 10
