"""An id leads to its rows, and a dossier that was tampered with is found out."""

from dataclasses import replace

import pytest

from cuibono.dossier.find import find, traces_of
from cuibono.errors import StoreError, TraceError
from cuibono.model.dossier import Dossier
from cuibono.model.trace import Condition, Trace
from cuibono.store.store import Store

FOCAL = "record.icews.RUS-PAK.all"


def tampered(dossier: Dossier, *traces: Trace) -> Dossier:
    """Put another's traces behind the first figure, under the id "n"."""
    figure = replace(dossier.figures[0], id="n", traces=traces)
    return replace(dossier, figures=(figure,))


def test_a_figure_leads_to_its_own_traces(dossier: Dossier) -> None:
    figure = dossier.figures[0]
    assert traces_of(dossier, figure.id) == figure.traces


def test_a_distribution_leads_to_its_own_traces(dossier: Dossier) -> None:
    world = dossier.distributions[0]
    assert traces_of(dossier, world.id) == world.traces


def test_a_point_leads_to_the_rows_of_its_days_alone(
    dossier: Dossier, pack_store: Store
) -> None:
    hits, whole = find(dossier, pack_store, f"{FOCAL}@2021-03-01", 1000)
    assert {str(row["day"])[:7] for row in (*hits.rows, *whole.rows)} == {"2021-03"}
    assert {row["recipient"] for row in hits.rows} == {"PAK"}
    assert len(hits.rows) < len(whole.rows)


def test_a_series_leads_to_the_rows_of_all_its_points(dossier: Dossier) -> None:
    (series,) = (one for one in dossier.series if one.id == FOCAL)
    together = [trace for point in series.points for trace in series.traces_at(point)]
    assert traces_of(dossier, FOCAL) == tuple(together)


def test_an_item_of_evidence_leads_to_itself(dossier: Dossier, pack_store: Store) -> None:
    (found,) = find(dossier, pack_store, "evidence.E02", 5)
    assert (found.n_rows, [row["id"] for row in found.rows]) == (1, ["E02"])
    assert found.rows[0]["origin"]


def test_a_judged_number_leads_to_its_items(dossier: Dossier, pack_store: Store) -> None:
    (found,) = find(dossier, pack_store, "posterior.china-urging", 1000)
    assert found.unchanged
    assert all("likelihood of china-urging" in row for row in found.rows)


def test_no_more_rows_are_fetched_than_asked_for(dossier: Dossier, pack_store: Store) -> None:
    found = find(dossier, pack_store, f"{FOCAL}@2021-03-01", 2)
    assert [len(part.rows) for part in found] == [2, 2]
    assert all(part.n_rows > 2 for part in found)


def test_rows_are_fetched_in_the_order_of_their_keys(
    dossier: Dossier, pack_store: Store
) -> None:
    whole = find(dossier, pack_store, f"{FOCAL}@2021-03-01", 50)[1]
    keys = [str(row["row"]) for row in whole.rows]
    assert keys == sorted(keys)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("posterior.china", "Did you mean posterior.china-urging"),
        (f"{FOCAL}@2012-01-01", f"No point '{FOCAL}@2012-01-01' in the series"),
        (f"{FOCAL}@2021-03-02", f"Did you mean {FOCAL}@"),
        ("evidence.E999", "No number 'evidence.E999'"),
        ("E02", "No number 'E02'"),
        ("", "No number ''"),
    ],
)
def test_an_unknown_id_is_told_what_is_near(dossier: Dossier, name: str, said: str) -> None:
    with pytest.raises(TraceError) as raised:
        traces_of(dossier, name)
    assert said in str(raised.value)


def test_another_number_of_rows_than_then_is_reported(
    dossier: Dossier, pack_store: Store
) -> None:
    whole = find(dossier, pack_store, f"{FOCAL}@2021-03-01", 1)[0]
    wrong = tampered(dossier, replace(whole.trace, n_rows=whole.n_rows + 1))
    (found,) = find(wrong, pack_store, "n", 1)
    assert (whole.unchanged, found.unchanged) == (True, False)


def test_a_judged_number_with_a_lost_item_is_reported(
    dossier: Dossier, pack_store: Store
) -> None:
    wrong = replace(dossier, evidence=dossier.evidence[1:])
    gone = dossier.evidence[0]["id"]
    changed = [
        figure
        for figure in wrong.figures
        if figure.traces[0].table == "evidence" and gone in figure.traces[0].where[0].value
    ]
    assert changed
    for figure in changed:
        assert not any(found.unchanged for found in find(wrong, pack_store, figure.id, 1))


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (Condition("actr", "=", "RUS"), "Did you mean actor"),
        (Condition("actor; drop table x", "=", "RUS"), "No column"),
        (Condition("day", ">=", "yesterday"), "'yesterday' is no date"),
        (Condition("events", ">=", "many"), "'many' is no int64"),
        (Condition("actor", "like", "R%"), "compares with nothing"),  # type: ignore[arg-type]
        (Condition("actor", "=", ("RUS", "USA")), "compares with nothing"),
    ],
)
def test_a_condition_that_no_row_could_be_tested_by_is_refused(
    dossier: Dossier, pack_store: Store, condition: Condition, said: str
) -> None:
    wrong = tampered(dossier, Trace("events", "icews", (condition,), 1))
    with pytest.raises(TraceError) as raised:
        find(wrong, pack_store, "n", 1)
    assert said in str(raised.value)


def test_a_hostile_value_is_only_compared(dossier: Dossier, pack_store: Store) -> None:
    hostile = Condition("actor", "=", "RUS' OR 1=1; --")
    (found,) = find(
        tampered(dossier, Trace("events", "icews", (hostile,), 9)), pack_store, "n", 9
    )
    assert (found.n_rows, found.rows, found.unchanged) == (0, (), False)


@pytest.mark.parametrize(
    "where",
    [
        (),
        (Condition("text", "in", ("E02",)),),
        (Condition("id", "!=", ("E02",)),),
        (Condition("id", "in", "E02"),),
        (Condition("id", "in", ("E02",)), Condition("day", ">=", "2030-01-01")),
    ],
)
def test_evidence_is_traced_by_its_items_and_nothing_else(
    dossier: Dossier, pack_store: Store, where: tuple[Condition, ...]
) -> None:
    wrong = tampered(dossier, Trace("evidence", dossier.name, where, 1))
    with pytest.raises(TraceError, match="evidence is traced by its items alone"):
        find(wrong, pack_store, "n", 1)


def test_a_table_that_no_store_has_is_refused(dossier: Dossier, pack_store: Store) -> None:
    with pytest.raises(TraceError, match="No table 'secrets'"):
        find(tampered(dossier, Trace("secrets", "icews", (), 1)), pack_store, "n", 1)


def test_a_source_that_no_store_has_is_refused(dossier: Dossier, pack_store: Store) -> None:
    with pytest.raises(StoreError, match="No events of nosuch"):
        find(tampered(dossier, Trace("events", "nosuch", (), 1)), pack_store, "n", 1)
