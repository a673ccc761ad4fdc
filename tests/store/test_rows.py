"""From a trace to its rows: what a condition finds is what a plain recount finds."""

from datetime import date

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.made_files import propose

from cuibono.errors import TraceError
from cuibono.model.tables import MEASURES
from cuibono.model.trace import Condition, Operator, Trace
from cuibono.store.rows import ask_rows, count_rows, fetch_days, fetch_rows, find_rows
from cuibono.store.store import Store, open_store

STORE = open_store()
ROWS = STORE.engine.collect(STORE.table("measures", "ucdp_ged")).to_pylist()
TEXTS = ("measure", "actor", "recipient", "actor_name", "recipient_name", "row")
DAYS = ("start", "end")
NUMBERS = ("value", "low", "high", "n")
HOSTILE = [
    "'",
    '"',
    "' OR '1'='1",
    "x'; DROP TABLE measures; --",
    "\u202egnp.exe",
    "a\nb",
    "%",
    "_",
    "\\",
    "",
    "{{ 7*7 }}",
    "🕊",
]


def shown(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def known(column: str) -> st.SearchStrategy[str]:
    """Values that the column has, and a few that it has not."""
    values = sorted({shown(row[column]) for row in ROWS if row[column] is not None})
    others = {"start": ["1900-01-01"], "end": ["2100-01-01"]}.get(column, ["-1", "1e3"])
    return st.sampled_from(values + (HOSTILE if column in TEXTS else others))


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    column = draw(st.sampled_from([*TEXTS, *DAYS, *NUMBERS]))
    operators: list[Operator] = ["=", "!=", ">=", "<", "in"]
    operator = draw(st.sampled_from(operators))
    if operator == "in":
        return Condition(column, "in", tuple(draw(st.lists(known(column), min_size=1))))
    return Condition(column, operator, draw(known(column)))


def passes(row: dict[str, object], condition: Condition) -> bool:
    """Apply a condition to one row, without any engine; a null passes none."""
    value = row[condition.column]
    if value is None:
        return False
    texts = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    if isinstance(value, date):
        return any(compare(value, condition.operator, date.fromisoformat(x)) for x in texts)
    if isinstance(value, str):
        return any(compare(value, condition.operator, x) for x in texts)
    return any(compare(float(str(value)), condition.operator, float(x)) for x in texts)


def compare(left: object, operator: str, right: object) -> bool:
    if operator in ("=", "in"):
        return left == right
    if operator == "!=":
        return left != right
    below = bool(left < right)  # type: ignore[operator]
    return below if operator == "<" else not below


@settings(propose, max_examples=30)
@given(st.lists(conditions(), max_size=3))
def test_a_trace_finds_the_rows_that_a_recount_finds(where: list[Condition]) -> None:
    expected = sum(all(passes(row, test) for test in where) for row in ROWS)
    assert count_rows(STORE, Trace("measures", "ucdp_ged", tuple(where), 0)) == expected


def by_measure(rows: ibis.Table) -> ibis.Table:
    return rows.group_by("measure").agg(n=rows.count()).order_by("measure")


@given(st.lists(conditions(), max_size=3))
def test_an_answer_is_that_of_the_same_question_put_whole(where: list[Condition]) -> None:
    trace = Trace("measures", "ucdp_ged", tuple(where), 0)
    whole = by_measure(find_rows(STORE, trace))
    assert ask_rows(STORE, trace, by_measure).equals(STORE.engine.collect(whole))


@given(st.lists(conditions(), max_size=3), st.sampled_from(DAYS))
def test_fetched_days_are_those_of_the_rows(where: list[Condition], column: str) -> None:
    trace = Trace("measures", "ucdp_ged", tuple(where), 0)
    days = fetch_rows(STORE, trace)[column].to_pylist()
    assert fetch_days(STORE, trace, column).tolist() == sorted(days)


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_text_in_a_condition_is_only_a_value(text: str) -> None:
    where = (Condition("actor_name", "=", text),)
    assert count_rows(STORE, Trace("measures", "ucdp_ged", where, 0)) == 0
    assert count_rows(STORE, Trace("measures", "ucdp_ged", (), 0)) == len(ROWS)


@settings(propose, max_examples=30)
@given(
    st.lists(conditions(), max_size=3),
    st.none() | st.integers(0, 9),
    st.integers(0, 9),
    st.sampled_from([("row",), ("start", "row")]),
)
def test_fetched_rows_are_those_of_the_same_question_put_whole(
    where: list[Condition], limit: int | None, offset: int, order: tuple[str, ...]
) -> None:
    trace = Trace("measures", "ucdp_ged", tuple(where), 0)
    whole = find_rows(STORE, trace).order_by(list(order)).limit(limit, offset=offset)
    fetched = fetch_rows(STORE, trace, limit, offset, order)
    assert fetched.equals(STORE.engine.collect(whole))


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_text_fetches_nothing(text: str) -> None:
    where = (Condition("actor_name", "=", text), Condition("row", "in", (text, text)))
    assert fetch_rows(STORE, Trace("measures", "ucdp_ged", where, 0)).num_rows == 0


FIGURES = Trace("measures", "declared_vs_done", (), 10)


def test_rows_come_in_the_order_of_their_keys(pack_store: Store) -> None:
    rows = fetch_rows(pack_store, FIGURES)
    keys = rows["row"].to_pylist()
    assert keys == sorted(keys)
    assert rows.column_names == list(MEASURES)


def test_a_limit_keeps_the_first_rows(pack_store: Store) -> None:
    whole, three = fetch_rows(pack_store, FIGURES), fetch_rows(pack_store, FIGURES, 3)
    assert three.to_pylist() == whole.to_pylist()[:3]


def refused(table: str, *where: Condition) -> str:
    with pytest.raises(TraceError) as caught:
        find_rows(STORE, Trace(table, "ucdp_ged", where, 0))
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_an_unknown_column_is_answered_with_the_near_one() -> None:
    said = refused("measures", Condition("acter", "=", "RUS"))
    assert said.startswith("No column 'acter' to trace by. Did you mean actor")


def test_an_unknown_table_is_answered_with_the_near_one() -> None:
    assert "Did you mean measures?" in refused("measure")


def test_rows_of_evidence_are_not_in_a_store() -> None:
    assert "Evidence rows are in the dossier itself" in refused("evidence")


@pytest.mark.parametrize(
    ("column", "value", "kind"),
    [
        ("start", "yesterday", "date"),
        ("start", "2016-02-30", "date"),
        ("value", "many", "float64"),
        ("n", "", "int64"),
        ("actor", "\ud800", "string"),
    ],
)
def test_a_value_that_is_none_of_the_columns_is_refused(
    column: str, value: str, kind: str
) -> None:
    said = refused("measures", Condition(column, "=", value))
    assert f"is no {kind}, as this column holds" in said


@pytest.mark.parametrize(
    ("operator", "value"), [("like", "RUS"), ("=", ("RUS", "SYR")), ("; DROP", "RUS")]
)
def test_a_test_that_is_none_is_refused(operator: str, value: str | tuple[str, ...]) -> None:
    condition = Condition("actor", operator, value)  # type: ignore[arg-type]
    assert "compares with nothing" in refused("measures", condition)
