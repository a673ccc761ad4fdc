"""A drafted case reads at once, names its players' rows, and gives nobody a head start."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from tests.record.made_events import event_store

from cuibono.model.actor import DirectedDyad
from cuibono.model.case import Case
from cuibono.model.period import Period
from cuibono.record.case_file import read_case
from cuibono.record.draft import draft_case, name_case
from cuibono.store.store import Store
from cuibono.vocab.actors import resolve_actor

DAYS = Period(date(2010, 1, 1), date(2023, 1, 1))
PLAYERS = [
    (1, "IND", "PAK", "ASSAULT", 9),
    (2, "RUS", "USA", "ACCUSE", 9),
    (3, "RUS", "CHN", "CONSULT", 9),
    (4, "CHN", "PAK", "CONSULT", 9),
]


def relation(actor: str, recipient: str) -> DirectedDyad:
    return DirectedDyad(resolve_actor(actor), resolve_actor(recipient))


def drafted(folder: Path, store: Store, actor: str = "RUS", recipient: str = "PAK") -> Case:
    path = folder / "draft.toml"
    path.write_text(draft_case(store, relation(actor, recipient), DAYS), "utf-8")
    return read_case(path)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return event_store(tmp_path / "store", PLAYERS)


def test_a_draft_is_a_case_without_evidence(tmp_path: Path, store: Store) -> None:
    case = drafted(tmp_path, store)
    assert (case.name, str(case.relation), case.period) == ("rus-pak", "RUS→PAK", DAYS)
    assert case.evidence == ()


def test_the_declared_purpose_is_always_among_them(tmp_path: Path, store: Store) -> None:
    assert drafted(tmp_path, store).explanations[0].id == "declared-purpose"
    empty = event_store(tmp_path / "empty", [(1, "FRA", "DEU", "CONSULT", 1)])
    assert drafted(tmp_path, empty).explanations[0].id == "declared-purpose"


def test_no_explanation_gets_a_head_start(tmp_path: Path, store: Store) -> None:
    assert len({e.prior for e in drafted(tmp_path, store).explanations}) == 1


def test_players_stand_in_words_and_predictions(tmp_path: Path, store: Store) -> None:
    by_id = {e.id: e for e in drafted(tmp_path, store).explanations}
    drift = by_id["punish-drift"]
    assert drift.name == "Punishing India's drift to United States"
    assert [(str(p.driver), p.sign) for p in drift.predictions] == [
        ("IND→USA", 1),
        ("USA→IND", 1),
    ]


def test_a_mechanism_without_its_players_is_left_out_and_named(
    tmp_path: Path, store: Store
) -> None:
    text = draft_case(store, relation("RUS", "PAK"), DAYS)
    assert "threat-through-sponsor" not in {e.id for e in drafted(tmp_path, store).explanations}
    assert "# Left out for want of a player: threat-through-sponsor." in text
    assert "#   threat: nobody stands out in ucdp_ged, icews" in text


def test_every_rival_named_is_one_of_the_draft(tmp_path: Path, store: Store) -> None:
    case = drafted(tmp_path, store)
    known = {e.id for e in case.explanations}
    assert {e.nearest_rival for e in case.explanations} <= known


def test_the_rows_behind_a_player_stand_in_a_comment(store: Store) -> None:
    text = draft_case(store, relation("RUS", "PAK"), DAYS)
    assert (
        "#   rival: India (IND), by events of conflict with Pakistan in icews (1 rows)" in text
    )


def test_the_same_store_gives_the_same_bytes(store: Store) -> None:
    asked = relation("RUS", "PAK")
    assert draft_case(store, asked, DAYS) == draft_case(store, asked, DAYS)


def test_labels_may_be_swapped(tmp_path: Path) -> None:
    swap = {"RUS": "BRA", "PAK": "ARG", "IND": "CHL", "USA": "PER", "CHN": "COL"}
    swapped = [(d, swap[a], swap[r], kind, n) for d, a, r, kind, n in PLAYERS]
    other = event_store(tmp_path / "other", swapped)
    mine = event_store(tmp_path / "mine", PLAYERS)
    one = drafted(tmp_path, mine)
    two = drafted(tmp_path, other, "BRA", "ARG")
    assert [e.id for e in one.explanations] == [e.id for e in two.explanations]
    drivers = [
        [(swap.get(d.actor.id), swap.get(d.recipient.id), p.sign)
         for e in one.explanations for p in e.predictions for d in [p.driver]],
        [(p.driver.actor.id, p.driver.recipient.id, p.sign)
         for e in two.explanations for p in e.predictions],
    ]  # fmt: skip
    assert drivers[0] == drivers[1]


@pytest.mark.parametrize(
    ("pair", "name"),
    [(("RUS", "PAK"), "rus-pak"), (("RUS", "non_state:taliban"), "rus-taliban")],
)
def test_a_case_is_named_as_files_are(pair: tuple[str, str], name: str) -> None:
    assert name_case(relation(*pair)) == name


def test_quotes_in_a_name_do_not_break_the_file(tmp_path: Path, store: Store) -> None:
    text = draft_case(store, relation("RUS", "PAK"), DAYS).replace("Pakistan", 'P\\"k')
    assert tomllib.loads(text)["case"]["title"].endswith('P"k')


def test_other_lenses_are_asked_as_far_as_their_players_are_known(
    tmp_path: Path, store: Store
) -> None:
    case = drafted(tmp_path, store)
    expected = {e.id: e.expectations for e in case.explanations}
    assert [x.item for x in expected["material-gain"]] == ["delivered"]
    assert [x.party.id for x in expected["regime-affinity"] if x.party] == ["IND"]
    assert [str(x.relation) for x in expected["punish-drift"]] == ["IND→USA"]
    assert str(case.compare[0]) == "RUS→IND"


def test_a_year_after_each_new_leader_is_a_window(tmp_path: Path, store: Store) -> None:
    case = drafted(tmp_path, store)
    (change,) = next(e.expectations for e in case.explanations if e.id == "leader-change")
    assert all(window.start in case.period for window in change.windows)
    assert {(window.end - window.start).days for window in change.windows} == {365}
