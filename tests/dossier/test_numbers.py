"""No number enters a dossier without rows, twice under one name, or as a blank."""

from dataclasses import replace
from datetime import date

import pytest

from cuibono.dossier import numbers as numbers_module
from cuibono.dossier.gather import Gathered
from cuibono.dossier.numbers import Numbers
from cuibono.errors import TraceError, UntracedError
from cuibono.model.dossier import Distribution, Figure, Point, Series, Span
from cuibono.model.estimate import Estimate
from cuibono.model.trace import Condition, Trace
from cuibono.store.rows import count_rows

ROWS = Trace("events", "icews", (Condition("actor", "=", "RUS"),), 7)


def series() -> Series:
    points = (Point(date(2021, 1, 1), date(2021, 2, 1), 0.5, 0.4, 0.6, (7,)),)
    return Series(
        "record.icews.RUS-PAK.all", "label", "share", "how", "RUS→PAK", "icews", 0.9,
        points, (ROWS,), "day",
    )  # fmt: skip


def test_a_trace_is_made_with_the_rows_it_leads_to(
    numbers: Numbers, gathered: Gathered
) -> None:
    made = numbers.rows("events", "icews", *ROWS.where)
    assert made.n_rows == count_rows(gathered.store, ROWS) > 0


def test_a_trace_is_counted_once(numbers: Numbers, monkeypatch: pytest.MonkeyPatch) -> None:
    made = numbers.rows("events", "icews", *ROWS.where)
    monkeypatch.setattr("cuibono.dossier.numbers.count_rows", lambda *_: -1)
    assert numbers.rows("events", "icews", *ROWS.where) == made


def test_judged_numbers_trace_to_their_items(numbers: Numbers) -> None:
    assert numbers.judged(("E02", "E08")) == Trace(
        "evidence", "russia-pakistan", (Condition("id", "in", ("E02", "E08")),), 2
    )


def test_a_number_judged_from_no_item_in_particular_traces_to_all(
    numbers: Numbers, gathered: Gathered
) -> None:
    assert numbers.judged().n_rows == len(gathered.case.evidence)


def test_a_number_that_no_item_bears_on_traces_to_none(numbers: Numbers) -> None:
    assert numbers.judged(()).n_rows == 0


def test_a_quoted_number_is_kept_with_its_interval(numbers: Numbers) -> None:
    estimate = Estimate(0.5, 0.2, 0.8, "probability", 0.9)
    span = numbers.figure("p", "label", estimate, "probability", "how", ROWS, text="50 %")
    kept = Figure("p", "label", 0.5, 0.2, 0.8, 0.9, "probability", "how", (ROWS,))
    assert (span, numbers.figures["p"]) == (Span("50 %", "p"), kept)


def test_a_count_has_no_interval(numbers: Numbers) -> None:
    numbers.figure("n", "label", 3, "rows", "how", ROWS, text="3")
    kept = numbers.figures["n"]
    assert (kept.value, kept.low, kept.high, kept.level) == (3.0, None, None, None)


def test_the_same_number_may_be_quoted_twice(numbers: Numbers) -> None:
    first = numbers.figure("n", "label", 3, "rows", "how", ROWS, text="3")
    again = numbers.figure("n", "label", 3, "rows", "how", ROWS, text="three")
    assert (first.ref, again.ref, len(numbers.figures)) == ("n", "n", 1)


def test_another_number_under_the_same_name_is_refused(numbers: Numbers) -> None:
    numbers.figure("cell.a.b.c", "a on b.c", 3, "dB", "how", ROWS, text="3")
    with pytest.raises(TraceError, match=r"'cell\.a\.b\.c' stands for two numbers"):
        numbers.figure("cell.a.b.c", "a.b on c", 4, "dB", "how", ROWS, text="4")


@pytest.mark.parametrize("blank", [float("nan"), float("inf"), -float("inf")])
def test_a_number_that_could_not_be_computed_is_said_and_not_kept(
    numbers: Numbers, blank: float
) -> None:
    span = numbers.figure("n", "label", blank, "share", "how", ROWS, text="nan %")
    assert (span, numbers.figures) == (Span("an unknown amount"), {})


def test_a_number_without_rows_is_refused(numbers: Numbers) -> None:
    with pytest.raises(UntracedError, match="a figure without rows"):
        numbers.figure("n", "label", 3, "rows", "how", text="3")


def test_a_point_is_quoted_by_the_id_of_its_series_and_its_first_day(numbers: Numbers) -> None:
    curve = series()
    assert numbers.curve(curve) == curve.id
    assert numbers.point(curve, curve.points[0], "50 %") == Span(
        "50 %", "record.icews.RUS-PAK.all@2021-01-01"
    )


def test_a_trace_made_elsewhere_is_counted_anew(gathered: Gathered) -> None:
    numbers = Numbers(gathered.case, gathered.store)
    claims = Trace("measures", "declared_vs_done", (), 999)
    assert numbers.pin(claims) == replace(claims, n_rows=10)


def test_a_distribution_made_elsewhere_is_kept_with_its_rows_counted(
    gathered: Gathered,
) -> None:
    numbers = Numbers(gathered.case, gathered.store)
    claims = Trace("measures", "declared_vs_done", (), 999)
    made = Distribution(
        id="world.made",
        label="made",
        unit="z",
        how="by hand",
        edges=(0.0, 1.0, 2.0),
        counts=(3, 1),
        threshold=1.5,
        traces=(claims,),
    )
    assert numbers.distribution(made) == "world.made"
    assert numbers.distributions["world.made"] == replace(made, traces=(numbers.pin(claims),))


def test_a_series_made_further_left_is_counted_anew(
    numbers: Numbers, gathered: Gathered
) -> None:
    dyad = (Condition("actor", "=", "RUS"), Condition("recipient", "=", "PAK"))
    made = replace(series(), traces=(replace(ROWS, where=dyad),))
    recounted = numbers.recount(made)
    (month,) = recounted.points
    (trace,) = recounted.traces_at(month)
    assert month.rows == (count_rows(gathered.store, trace),)
    assert recounted.traces[0].n_rows == month.rows[0] > 0


def test_series_of_the_same_rows_ask_for_their_days_once(
    numbers: Numbers, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = replace(series(), traces=(ROWS,))
    recounted = numbers.recount(made)
    monkeypatch.delattr(numbers_module, "fetch_days")
    assert numbers.recount(made) == recounted


@pytest.mark.parametrize(
    ("actor", "recipient", "more"),
    [
        ("RUS", "PAK", ()),
        ("RUS", "PAK", (Condition("day", ">=", "2022-01-01"),)),
        ("VAT", "PRK", ()),
        ("RUS", "RUS", (Condition("quad", "=", "verbal_cooperation"),)),
    ],
)
def test_a_relation_counted_with_all_others_has_the_rows_it_has_alone(
    gathered: Gathered, actor: str, recipient: str, more: tuple[Condition, ...]
) -> None:
    numbers = Numbers(gathered.case, gathered.store)
    parties = (Condition("actor", "=", actor), Condition("recipient", "=", recipient))
    trace = numbers.rows("events", "icews", *parties, *more)
    assert trace.n_rows == count_rows(gathered.store, trace)


def test_relations_alike_are_one_question(
    numbers: Numbers, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    count = numbers_module.count_relations
    monkeypatch.setattr(
        numbers_module, "count_relations", lambda *args: asked.append(args) or count(*args)
    )
    for pair in (("RUS", "PAK"), ("IND", "USA"), ("CHN", "RUS")):
        parties = (Condition("actor", "=", pair[0]), Condition("recipient", "=", pair[1]))
        numbers.rows("events", "icews", *parties)
    assert len(asked) == 1
