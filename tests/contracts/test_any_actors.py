"""Any actor can be asked about any other: nothing in the code knows who they are."""

from pathlib import Path

import pytest
from tests.contracts.small_runs import assert_readable, dossier_from, section, words
from tests.dossier.small_case import small_case

from cuibono.dossier import gather
from cuibono.lenses.third_party import ThirdParty
from cuibono.model.dossier import Dossier
from cuibono.store.store import Store

SHIPPED = Path(__file__).parents[2] / "cases" / "russia-pakistan.toml"

# Whom each pair stands for: neighbours, a pair far from any shipped case, a group as recipient,
# a group as actor, an organisation, one that no event source knows, two that hardly ever meet.
PAIRS = (
    ("TUR", "GRC"),
    ("BRA", "ARG"),
    ("RUS", "non_state:taliban"),
    ("non_state:taliban", "RUS"),
    ("igo:nato", "RUS"),
    ("NRU", "TUV"),
    ("PRK", "VAT"),
)
CALLED = {"non_state:taliban": "Taliban", "igo:nato": "North Atlantic Treaty Organization"}
"""Actors without a code that a reader knows are called by name."""


@pytest.mark.with_lenses
@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_any_two_actors_make_a_dossier(
    pair: tuple[str, str], tmp_path: Path, pack_store: Store
) -> None:
    dossier = dossier_from(tmp_path, small_case(*pair, start="2016-01-01"), pack_store)
    assert dossier.about.startswith("→".join(CALLED.get(actor, actor) for actor in pair))
    assert len(dossier.answer) == 3
    assert_readable(dossier)


@pytest.mark.with_lenses
def test_a_shipped_case_runs_with_its_actors_swapped(tmp_path: Path, pack_store: Store) -> None:
    text = SHIPPED.read_text("utf-8")
    swapped = text.replace(
        'actor = "RUS"\nrecipient = "PAK"', 'actor = "PAK"\nrecipient = "RUS"'
    )
    assert swapped != text
    dossier = dossier_from(tmp_path, swapped, pack_store)
    assert dossier.about.startswith("PAK→RUS")
    assert_readable(dossier)


def shares(dossier: Dossier, name: str) -> list[tuple[float, tuple[int, ...]]]:
    (series,) = (one for one in dossier.series if one.id == name)
    return [(point.value, point.rows) for point in series.points]


def test_a_relation_reads_the_same_from_either_side(tmp_path: Path, pack_store: Store) -> None:
    one, other = (
        dossier_from(tmp_path, small_case(*pair), pack_store)
        for pair in (("TUR", "GRC"), ("GRC", "TUR"))
    )
    for name in ("record.icews.TUR-GRC.all", "record.icews.GRC-TUR.all"):
        assert shares(one, name) == shares(other, name)


def test_who_acts_weighs_nothing_in_the_evidence(tmp_path: Path, pack_store: Store) -> None:
    judged = [
        {figure.id: figure.value for figure in dossier.figures if figure.unit == "dB"}
        for pair in (("TUR", "GRC"), ("BRA", "ARG"))
        for dossier in [dossier_from(tmp_path, small_case(*pair, drivers=()), pack_store)]
    ]
    assert judged[0] == judged[1] != {}


def test_a_relation_too_thin_to_rank_cannot_be_told(
    tmp_path: Path, pack_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gather, "known_lenses", lambda: (ThirdParty(),))
    dossier = dossier_from(tmp_path, small_case("PRK", "VAT"), pack_store)
    assert "cannot be told" in words(dossier, "third-party")
    assert "too little to rank anything by" in words(dossier, "third-party")


@pytest.mark.parametrize("pair", [("NRU", "USA"), ("USA", "NRU")], ids="-".join)
def test_an_actor_that_no_source_of_events_knows_is_not_shown_as_silent(
    pair: tuple[str, str], tmp_path: Path, pack_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gather, "known_lenses", lambda: (ThirdParty(),))
    dossier = dossier_from(tmp_path, small_case(*pair), pack_store)
    assert "icews" not in {series.source for series in dossier.series}
    assert "No source at hand has a row on this relation" in words(dossier, "record")
    assert "has 0 events of cooperation or conflict" in words(dossier, "third-party")
    assert "the data cannot tell" in "".join(span.text for span in dossier.answer[0])


def test_what_no_source_knows_of_an_actor_stands_in_the_coverage(
    tmp_path: Path, pack_store: Store
) -> None:
    dossier = dossier_from(tmp_path, small_case("NRU", "USA"), pack_store)
    rows = ["".join(s.text for s in cell) for row in section(dossier, "coverage").tables[0].rows
            for cell in row[:3]]  # fmt: skip
    assert rows[:3] == ["ICEWS events", "Nauru", "nothing"]
