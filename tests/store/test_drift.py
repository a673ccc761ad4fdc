"""A file that breaks the bounds of its card is refused with a report, or loaded knowingly."""

from pathlib import Path

import pytest
from tests.sources.made_sources import SAMPLES, write_file
from tests.store.made_files import event, load_lines, tab_file

from cuibono.errors import DriftError
from cuibono.sources.base import read_card, source_names
from cuibono.store.load import load
from cuibono.store.manifest import read_manifest
from cuibono.store.repair import repair
from cuibono.store.store import open_store

GOOD = [event(number) for number in range(120)]
STRANGE = [event(200 + number, CAMEO_Code="13y") for number in range(30)]
NOBODY = {"Source_Name": "Ruritania", "Source_Country": "Ruritania"}


def refused(folder: Path, lines: list[str]) -> str:
    with pytest.raises(DriftError) as caught:
        load_lines(folder, lines)
    return str(caught.value)


def report(folder: Path) -> str:
    (path,) = (folder / "store" / "drift").iterdir()
    return path.read_text("utf-8")


def test_too_many_refused_rows_end_a_load(tmp_path: Path) -> None:
    said = refused(tmp_path, GOOD + STRANGE)
    assert said.startswith(
        "events.tab: 30 of 150 rows refused (20.0%), where 2% is the most that icews has."
    )
    assert said.endswith("`cuibono load icews events.tab --accept-drift`.")
    assert "\n" not in said


def test_nothing_of_such_a_file_is_loaded(tmp_path: Path) -> None:
    refused(tmp_path, GOOD + STRANGE)
    assert read_manifest(tmp_path / "store") == ()


def test_the_report_tells_reasons_and_lines(tmp_path: Path) -> None:
    refused(tmp_path, GOOD + STRANGE)
    told = report(tmp_path)
    assert "150 rows = 120 accepted + 0 duplicates + 30 quarantined" in told
    assert "30 × unknown CAMEO code 13y" in told
    assert "line 122: '200\\t2015-03-02" in told


def test_a_file_whose_actors_nobody_knows_ends_a_load(tmp_path: Path) -> None:
    said = refused(tmp_path, [event(number, **NOBODY) for number in range(120)])
    assert "0 of 120 actors known (0.0%), where 70% is the least that icews has" in said


def test_a_short_file_is_not_judged_by_shares(tmp_path: Path) -> None:
    assert load_lines(tmp_path, [*GOOD[:50], *STRANGE]).snapshot.quarantined == 30


def test_a_file_is_loaded_knowingly_and_its_manifest_says_so(tmp_path: Path) -> None:
    path = tab_file(tmp_path / "events.tab", GOOD + STRANGE)
    done = load(open_store(tmp_path / "store"), "icews", path, accept_drift=True).snapshot
    assert (done.accepted, done.quarantined) == (120, 30)
    assert done.command == "cuibono load icews events.tab --accept-drift"


def test_a_usual_file_keeps_its_usual_command(tmp_path: Path) -> None:
    path = tab_file(tmp_path / "events.tab", GOOD)
    done = load(open_store(tmp_path / "store"), "icews", path, accept_drift=True).snapshot
    assert done.command == "cuibono load icews events.tab"


def test_what_was_loaded_knowingly_is_repaired_without_asking_again(tmp_path: Path) -> None:
    path, store = tab_file(tmp_path / "events.tab", GOOD + STRANGE), tmp_path / "store"
    load(open_store(store), "icews", path, accept_drift=True)
    (rows,) = (store / "events").iterdir()
    rows.write_bytes(b"damaged")
    (mended,) = repair(store)
    assert mended.report is not None
    assert mended.report.snapshot.accepted == 120


def test_a_table_of_another_size_than_its_release_ends_a_load(tmp_path: Path) -> None:
    path = write_file(tmp_path, "ideal_points", "native", SAMPLES["ideal_points"]["native"])
    with pytest.raises(DriftError, match=r"3 rows where about 50,919 are expected \(40,735 to"):
        load(open_store(tmp_path / "store"), "ideal_points", path)


@pytest.mark.parametrize("name", source_names())
def test_every_card_has_bounds(name: str) -> None:
    card = read_card(name)
    assert 0 < card.refused_share <= 1
    assert 0 <= card.known_share <= 1
