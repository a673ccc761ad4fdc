"""Names and order are labels: changing them changes no number."""

from pathlib import Path

import pytest
from tests.contracts.small_runs import dossier_from
from tests.dossier.small_case import small_case

from cuibono.model.dossier import Dossier
from cuibono.store.store import Store

PLAIN = small_case(drivers=())
NEW_NAMES = {"trade": "zeal", "fear": "awe", "purpose": "mission"}


def renamed(text: str) -> str:
    for old, new in NEW_NAMES.items():
        text = text.replace(f'"{old}"', f'"{new}"').replace(f"\n{old} =", f"\n{new} =")
    return text


def weights(dossier: Dossier) -> dict[str, tuple[float | None, ...]]:
    kinds = ("weight.", "posterior.", "origins.")
    return {
        figure.id: (figure.value, figure.low, figure.high)
        for figure in dossier.figures
        if figure.id.startswith(kinds)
    }


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, pack_store: Store) -> Dossier:
    return dossier_from(tmp_path_factory.mktemp("plain"), PLAIN, pack_store)


@pytest.mark.parametrize(
    "order", [("fear", "trade", "purpose"), ("purpose", "fear", "trade")], ids="-".join
)
def test_the_order_of_the_explanations_weighs_nothing(
    order: tuple[str, ...], plain: Dossier, tmp_path: Path, pack_store: Store
) -> None:
    moved = dossier_from(tmp_path, small_case(drivers=(), order=order), pack_store)
    assert weights(moved) == weights(plain)
    assert moved.answer == plain.answer


def test_the_order_of_the_evidence_weighs_nothing(
    plain: Dossier, tmp_path: Path, pack_store: Store
) -> None:
    head, *items = PLAIN.split("\n[[evidence]]\n")
    moved = "\n[[evidence]]\n".join([head, *reversed(items)])
    assert weights(dossier_from(tmp_path, moved, pack_store)) == weights(plain)


def test_the_ids_of_the_explanations_weigh_nothing(
    plain: Dossier, tmp_path: Path, pack_store: Store
) -> None:
    moved = weights(dossier_from(tmp_path, renamed(PLAIN), pack_store))
    for name, value in weights(plain).items():
        kind, _, old = name.partition(".")
        assert moved[f"{kind}.{NEW_NAMES[old]}"] == value
