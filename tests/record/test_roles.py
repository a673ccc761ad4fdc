"""Roles are found where the rows say so, never typed, and an empty store names nobody."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from tests.record.made_events import FEBRUARY, event_store
from tests.store.made_files import made_store

from cuibono.model.actor import DirectedDyad
from cuibono.model.period import Period
from cuibono.record.roles import Player, resolve_roles
from cuibono.store.engine import Engine
from cuibono.store.rows import count_rows
from cuibono.store.store import Store
from cuibono.vocab.actors import resolve_actor

TALIBAN, QAIDA = "non_state:taliban", "non_state:al-qaida"
RUS_PAK = DirectedDyad(resolve_actor("RUS"), resolve_actor("PAK"))
Event = tuple[int, str | None, str | None, str | None, int]


def cast(folder: Path, events: Sequence[Event]) -> dict[str, str]:
    players, _ = resolve_roles(event_store(folder, events), RUS_PAK, FEBRUARY)
    return {role: player.actor.id for role, player in players.items()}


def test_the_rival_is_whom_the_recipient_quarrels_with_most(tmp_path: Path) -> None:
    events: list[Event] = [(1, "IND", "PAK", "ASSAULT", 9), (2, "PAK", "USA", "ACCUSE", 4)]
    assert cast(tmp_path, events)["rival"] == "IND"


def test_the_adversary_is_the_actor_s_own(tmp_path: Path) -> None:
    events: list[Event] = [(1, "RUS", "USA", "ACCUSE", 9), (2, "IND", "PAK", "ASSAULT", 1)]
    found = cast(tmp_path, events)
    assert (found["adversary"], found["rival"]) == ("USA", "IND")


def test_the_focal_parties_play_no_further_role(tmp_path: Path) -> None:
    events: list[Event] = [(1, "RUS", "PAK", "ASSAULT", 9), (2, "PAK", "RUS", "ACCUSE", 9)]
    assert cast(tmp_path, events) == {}


def test_the_patron_is_close_to_both(tmp_path: Path) -> None:
    events: list[Event] = [
        (1, "RUS", "CHN", "CONSULT", 5),
        (2, "CHN", "PAK", "AID", 5),
        (3, "PAK", "TUR", "CONSULT", 50),
    ]
    assert cast(tmp_path, events)["patron"] == "CHN"


def test_quarrels_count_against_a_patron(tmp_path: Path) -> None:
    events: list[Event] = [
        (1, "RUS", "USA", "CONSULT", 9),
        (1, "RUS", "USA", "ASSAULT", 9),
        (2, "USA", "PAK", "CONSULT", 9),
        (1, "RUS", "CHN", "CONSULT", 2),
        (2, "CHN", "PAK", "CONSULT", 2),
        (3, "RUS", "UKR", "ASSAULT", 30),
        (3, "IND", "PAK", "ASSAULT", 30),
    ]
    assert cast(tmp_path, events)["patron"] == "CHN"


def test_nobody_plays_two_roles(tmp_path: Path) -> None:
    events: list[Event] = [(1, "USA", "PAK", "ASSAULT", 9), (2, "USA", "RUS", "ASSAULT", 9)]
    assert cast(tmp_path, events) == {"rival": "USA"}


def test_a_handful_of_rows_among_many_names_nobody(tmp_path: Path) -> None:
    events: list[Event] = [(1, "RUS", "PAK", "ASSAULT", 99), (2, "IND", "PAK", "ACCUSE", 1)]
    assert "rival" not in cast(tmp_path, events)


def test_rows_outside_the_period_say_nothing(tmp_path: Path) -> None:
    store = event_store(tmp_path, [(1, "IND", "PAK", "ASSAULT", 9)])
    later = Period(date(2021, 3, 1), date(2022, 1, 1))
    players, missing = resolve_roles(store, RUS_PAK, later)
    assert players == {}
    assert missing["rival"].startswith("nobody stands out in rivalries, disputes, icews")


def rivalry(actor: str, recipient: str) -> dict[str, object]:
    return {
        "source": "rivalries",
        "row": f"{actor}-{recipient}",
        "start": date(1947, 1, 1),
        "end": date(2021, 1, 1),
        "actor": actor,
        "recipient": recipient,
        "measure": "rivalry:strategic",
        "value": 1.0,
    }


def test_a_list_of_rivalries_goes_before_events(tmp_path: Path) -> None:
    facts = {"table": "measures", "source": "rivalries"}
    store = made_store(tmp_path, [rivalry("AFG", "PAK")], FEBRUARY, **facts)
    period = Period(date(2010, 1, 1), date(2021, 1, 1))
    players, _ = resolve_roles(store, RUS_PAK, period)
    assert players["rival"].actor.id == "AFG"
    assert "listed as rivals with Pakistan in rivalries (1 rows)" in players["rival"].said


def players_of(store: Store) -> dict[str, Player]:
    players, _ = resolve_roles(store, RUS_PAK, FEBRUARY)
    return dict(players)


def test_every_player_leads_to_the_rows_that_say_so(tmp_path: Path) -> None:
    events: list[Event] = [(1, "IND", "PAK", "ASSAULT", 9), (2, "PAK", "IND", "ACCUSE", 1)]
    store = event_store(tmp_path, events)
    (trace,) = players_of(store)["rival"].traces
    assert trace.n_rows == count_rows(store, trace) == 2


def test_an_empty_store_names_nobody() -> None:
    players, missing = resolve_roles(Store(Engine(), None, (), ()), RUS_PAK, FEBRUARY)
    assert players == {}
    assert set(missing) == {"rival", "adversary", "patron", "threat", "supplier"}


@pytest.mark.parametrize("pair", [("RUS", "PAK"), ("PAK", "RUS")], ids="-".join)
def test_the_embedded_data_cast_the_essay_s_players(
    pair: tuple[str, str], pack_store: Store
) -> None:
    relation = DirectedDyad(*(resolve_actor(text) for text in pair))
    whole = Period(date(2010, 1, 1), date(2023, 1, 1))
    players, _ = resolve_roles(pack_store, relation, whole)
    found = {player.actor.id for player in players.values()}
    assert {"IND", "CHN", "non_state:taliban"} <= found


def measured(source: str, measure: str, **row: object) -> dict[str, object]:
    """One row of a measure over 2015, unless the row says otherwise."""
    usual = {"start": date(2015, 1, 1), "end": date(2016, 1, 1), "value": 1.0, "n": 1}
    name = f"{row['actor']}-{row['recipient']}"
    return {"source": source, "row": name, "measure": measure, **usual, **row}


def cast_by(folder: Path, source: str, *rows: dict[str, object]) -> dict[str, Player]:
    store = made_store(folder, rows, FEBRUARY, table="measures", source=source)
    period = Period(date(2010, 1, 1), date(2021, 1, 1))
    players, _ = resolve_roles(store, RUS_PAK, period)
    return dict(players)


def test_without_events_the_least_agreement_names_an_opponent(tmp_path: Path) -> None:
    votes = [
        measured("un_votes", "agreement", actor="IND", recipient="PAK", value=0.8),
        measured("un_votes", "agreement", actor="PAK", recipient="USA", value=0.2),
        measured("un_votes", "agreement", actor="CHN", recipient="PAK", value=0.9),
    ]
    assert cast_by(tmp_path, "un_votes", *votes)["rival"].actor.id == "USA"


def test_an_ally_of_both_is_the_patron_before_any_event(tmp_path: Path) -> None:
    bound = [
        measured("alliances", "alliance:defense", actor="CHN", recipient="RUS"),
        measured("alliances", "alliance:defense", actor="CHN", recipient="PAK"),
        measured("alliances", "alliance:defense", actor="TUR", recipient="PAK"),
    ]
    player = cast_by(tmp_path, "alliances", *bound)["patron"]
    assert player.actor.id == "CHN"
    assert [trace.n_rows for trace in player.traces] == [1, 1]


def test_a_promise_not_to_attack_makes_no_patron(tmp_path: Path) -> None:
    bound = [
        measured("alliances", "alliance:nonaggression", actor="CHN", recipient="RUS"),
        measured("alliances", "alliance:nonaggression", actor="CHN", recipient="PAK"),
    ]
    assert "patron" not in cast_by(tmp_path, "alliances", *bound)


def test_the_threat_is_the_group_that_costs_most_lives(tmp_path: Path) -> None:
    deaths = [
        measured("ucdp_ged", "fatalities", actor="PAK", recipient=TALIBAN, value=9.0),
        measured("ucdp_ged", "fatalities", actor="RUS", recipient=QAIDA, value=2.0),
        measured("ucdp_ged", "fatalities", actor="PAK", recipient="IND", value=99.0),
    ]
    assert cast_by(tmp_path, "ucdp_ged", *deaths)["threat"].actor.id == TALIBAN


def test_the_supplier_is_who_delivers_most_to_the_recipient(tmp_path: Path) -> None:
    arms = [
        measured("sipri", "arms_delivered", actor="CHN", recipient="PAK", value=500.0),
        measured("sipri", "arms_delivered", actor="USA", recipient="PAK", value=300.0),
        measured("sipri", "arms_delivered", actor="RUS", recipient="PAK", value=900.0),
        measured("sipri", "arms_ordered", actor="FRA", recipient="PAK", value=9000.0),
    ]
    assert cast_by(tmp_path, "sipri", *arms)["supplier"].actor.id == "CHN"


def test_the_more_hostile_disputes_name_the_rival(tmp_path: Path) -> None:
    disputes = [
        measured("disputes", "dispute_onset:gml", actor="IND", recipient="PAK", value=5.0),
        measured("disputes", "dispute_onset:gml", actor="AFG", recipient="PAK", value=2.0),
        measured("disputes", "dispute_ongoing:gml", actor="IRN", recipient="PAK", value=50.0),
    ]
    assert cast_by(tmp_path, "disputes", *disputes)["rival"].actor.id == "IND"


def test_of_two_that_count_alike_every_run_names_the_same(tmp_path: Path) -> None:
    listed = [rivalry("IND", "PAK"), rivalry("AFG", "PAK")]
    for number, rows in enumerate((listed, listed[::-1])):
        found = cast_by(tmp_path / str(number), "rivalries", *rows)
        assert found["rival"].actor.id == "AFG"


def test_an_actor_that_the_registry_does_not_know_plays_nothing(tmp_path: Path) -> None:
    assert cast_by(tmp_path, "rivalries", rivalry("XXX", "PAK")) == {}
