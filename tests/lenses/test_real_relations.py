"""What lenses say of relations in the embedded data, where the answer is known."""

from datetime import date
from pathlib import Path

import pytest
from tests.dossier.small_case import small_case, write_case
from tests.lenses.asking import by_id

from cuibono.lenses.instruments import Instruments
from cuibono.record.case_file import read_case
from cuibono.record.record import Record, open_record
from cuibono.store.store import Store


def record_of(folder: Path, store: Store, actor: str, recipient: str) -> Record:
    text = small_case(actor, recipient, drivers=())
    return open_record(read_case(write_case(folder, text)), store)


@pytest.mark.parametrize("actor", ["USA", "GBR"])
def test_those_who_armed_ukraine_delivered_more_than_the_world_does(
    actor: str, tmp_path: Path, pack_store: Store
) -> None:
    (finding,) = Instruments().look(record_of(tmp_path, pack_store, actor, "UKR"))
    delivered = by_id(finding)["delivered"]
    assert finding.span.start >= date(2021, 1, 1)
    assert delivered.estimate is not None
    assert delivered.estimate.low > 0


def test_moscow_and_islamabad_announced_too_little_to_be_held_to_it(
    tmp_path: Path, pack_store: Store
) -> None:
    (finding,) = Instruments().look(record_of(tmp_path, pack_store, "RUS", "PAK"))
    assert by_id(finding)["followed"].estimate is None
    assert by_id(finding)["delivered"].verdict == "usual"


def test_a_relation_that_icews_hardly_reports_cannot_be_told(
    tmp_path: Path, pack_store: Store
) -> None:
    (finding,) = Instruments().look(record_of(tmp_path, pack_store, "NPL", "PRY"))
    assert all(one.estimate is None for one in finding.measured)
