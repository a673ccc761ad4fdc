"""Twenty wire copies of one report weigh as one, from the file to the printed answer."""

from pathlib import Path

import pytest
from tests.contracts.small_runs import dossier_from
from tests.dossier.small_case import small_case

from cuibono.model.dossier import Dossier, Figure
from cuibono.store.store import Store

JUDGED = ("weight.", "posterior.", "order.", "flip.", "origins.", "cell.")


def judged(dossier: Dossier) -> dict[str, tuple[float | None, ...]]:
    return {
        figure.id: (figure.value, figure.low, figure.high)
        for figure in dossier.figures
        if figure.id.startswith(JUDGED)
    }


def said(dossier: Dossier) -> list[str]:
    return ["".join(span.text for span in line) for line in dossier.answer]


@pytest.fixture(scope="module")
def single(tmp_path_factory: pytest.TempPathFactory, pack_store: Store) -> Dossier:
    return dossier_from(tmp_path_factory.mktemp("single"), small_case(drivers=()), pack_store)


@pytest.mark.parametrize("copies", [1, 2, 5, 20])
def test_copies_of_one_origin_change_no_weight(
    copies: int, single: Dossier, tmp_path: Path, pack_store: Store
) -> None:
    copied = dossier_from(tmp_path, small_case(drivers=(), copies=copies), pack_store)
    assert judged(copied) == judged(single)
    assert said(copied) == said(single)


def test_copies_are_shown_as_rows_all_the_same(
    single: Dossier, tmp_path: Path, pack_store: Store
) -> None:
    copied = dossier_from(tmp_path, small_case(drivers=(), copies=5), pack_store)
    assert len(copied.evidence) == len(single.evidence) + 5
    assert rows_behind(copied, "weight.fear") == rows_behind(single, "weight.fear") + 5


def test_an_origin_of_its_own_does_change_a_weight(
    single: Dossier, tmp_path: Path, pack_store: Store
) -> None:
    copied = small_case(drivers=(), copies=1)
    head, last, tail = copied.rpartition('origin = "alarm"')
    independent = head + last.replace("alarm", "another") + tail
    other = dossier_from(tmp_path, independent, pack_store)
    assert judged(other)["weight.fear"] != judged(single)["weight.fear"]


def rows_behind(dossier: Dossier, name: str) -> int:
    found: dict[str, Figure] = {figure.id: figure for figure in dossier.figures}
    return sum(trace.n_rows for trace in found[name].traces)
