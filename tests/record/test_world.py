"""Relations ranked by the share of attention that they surely draw."""

from datetime import date

import pytest

from cuibono.errors import NotCoveredError
from cuibono.model.period import Period
from cuibono.record.relation import attention
from cuibono.record.sought import Sought
from cuibono.record.world import bound_above, order_relations, rank_relations
from cuibono.store.rows import count_rows
from cuibono.store.store import Store

YEAR = Period(date(2021, 1, 1), date(2021, 9, 1))
SOUGHT = Sought(source="icews", within=YEAR)


def test_shares_of_one_actor_add_up_to_one(pack_store: Store) -> None:
    ranking = rank_relations(pack_store, Sought(source="icews", within=YEAR, actor="TUR"))
    assert sum(ranking["share"].to_pylist()) == pytest.approx(1)
    assert set(ranking["actor_events"].to_pylist()) == {sum(ranking["events"].to_pylist())}


def test_no_actor_stands_in_a_relation_with_itself(pack_store: Store) -> None:
    rows = rank_relations(pack_store, SOUGHT).to_pylist()
    assert [row for row in rows if row["actor"] == row["recipient"]] == []


def test_every_share_lies_in_its_interval_and_places_follow_the_lower_bound(
    pack_store: Store,
) -> None:
    rows = rank_relations(pack_store, SOUGHT).to_pylist()
    assert all(0 <= row["low"] <= row["share"] <= row["high"] <= 1 for row in rows)
    assert [r["low"] for r in rows] == sorted((r["low"] for r in rows), reverse=True)
    assert [row["place"] for row in rows] == list(range(1, len(rows) + 1))


def test_a_part_of_the_order_is_bounded_as_the_whole_is(pack_store: Store) -> None:
    world = Sought(source="icews", within=YEAR)
    part = order_relations(pack_store, world).slice(50, 50)
    assert bound_above(part).equals(rank_relations(pack_store, world).slice(50, 50))


def test_one_relation_has_the_events_that_its_record_has(pack_store: Store) -> None:
    sought = Sought(source="icews", within=YEAR, actor="TUR", quad="verbal_conflict")
    found = {r["recipient"]: r for r in rank_relations(pack_store, sought).to_pylist()}
    relation = Sought(
        source="icews", within=YEAR, actor="TUR", recipient="GRC", quad="verbal_conflict"
    )
    assert found["GRC"]["rows"] == count_rows(pack_store, relation.trace)


def test_kinds_of_events_together_are_all_that_have_a_type(pack_store: Store) -> None:
    def events(*types: str) -> int:
        sought = Sought(source="icews", within=YEAR, actor="TUR", event_types=types)
        return sum(rank_relations(pack_store, sought)["events"].to_pylist())

    assert events("CONSULT") + events("ASSAULT") == events("CONSULT", "ASSAULT") > 0


def test_days_that_nothing_covers_are_refused(pack_store: Store) -> None:
    early = Period(date(1900, 1, 1), date(1901, 1, 1))
    with pytest.raises(NotCoveredError):
        rank_relations(pack_store, Sought(source="icews", within=early))


def test_attention_of_some_kinds_of_events_is_part_of_all(pack_store: Store) -> None:
    from cuibono.model.actor import DirectedDyad
    from cuibono.model.period import Grid
    from cuibono.vocab.actors import resolve_actor

    dyad = DirectedDyad(resolve_actor("TUR"), resolve_actor("GRC"))
    whole = attention(pack_store, "icews", dyad, Grid.MONTH, YEAR)
    part = attention(pack_store, "icews", dyad, Grid.MONTH, YEAR, event_types=("CONSULT",))
    pairs = zip(part.points, whole.points, strict=True)
    assert all(p.value <= w.value and p.rows[0] <= w.rows[0] for p, w in pairs)


@pytest.mark.parametrize("quad", ["verbal_cooperation", "material_conflict"])
def test_events_of_one_quad_never_outnumber_the_actor_s_own(
    pack_store: Store, quad: str
) -> None:
    rows = rank_relations(
        pack_store, Sought(source="icews", within=YEAR, quad=quad)
    ).to_pylist()
    assert [row for row in rows if row["events"] > row["actor_events"]] == []


def test_what_is_sought_is_written_as_tests_on_rows() -> None:
    sought = Sought(
        source="icews", within=YEAR, actor="TUR", recipient="GRC", event_types=("CONSULT",)
    )
    assert [str(condition) for condition in sought.trace.where] == [
        "actor = TUR",
        "recipient = GRC",
        "event_type in {CONSULT}",
        "day >= 2021-01-01",
        "day < 2021-09-01",
    ]
