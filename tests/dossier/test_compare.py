"""Two dossiers of a case: what changed, and which rows did it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.weighing.made_cases import propose

from cuibono.dossier.compare import Change, compare_dossiers
from cuibono.errors import TraceError
from cuibono.model.dossier import Dossier, Figure
from cuibono.model.trace import Condition, Trace


def judged(*items: str) -> Trace:
    return Trace("evidence", "made", (Condition("id", "in", items),), len(items))


def counted(n_rows: int, source: str = "icews") -> Trace:
    return Trace("events", source, (Condition("actor", "=", "RUS"),), n_rows)


def figure(name: str, value: float, *traces: Trace, band: float | None = None) -> Figure:
    low, high = (None, None) if band is None else (value - band, value + band)
    return Figure(name, name, value, low, high, 0.9, "dB", "added", traces or (judged("E1"),))


def row(name: str, **cells: str) -> dict[str, str]:
    return {"id": name, "text": "it was seen", "origin": "agency", **cells}


def dossier(*figures: Figure, items: tuple[str, ...] = ("E1",), **facts: object) -> Dossier:
    made = Dossier(
        name="made", title="", question="", context="", about="", asked="", answer=(),
        sections=(), figures=figures, series=(), distributions=(),
        evidence=tuple(row(name) for name in items), provenance={"case sha256": "a"},
    )  # fmt: skip
    return replace(made, **facts)  # type: ignore[arg-type]


def test_the_same_dossier_has_not_changed() -> None:
    made = dossier(figure("weight.a", 3.0))
    assert compare_dossiers(made, made) == ()


def test_a_moved_number_stands_with_before_and_after() -> None:
    one, other = dossier(figure("weight.a", 3.0)), dossier(figure("weight.a", 4.5))
    (change,) = compare_dossiers(one, other)
    assert (change.kind, change.id, change.said) == ("number", "weight.a", "3 dB → 4.5 dB")


def test_a_band_that_moved_is_a_change_too() -> None:
    one = dossier(figure("weight.a", 3.0, band=1.0))
    other = dossier(figure("weight.a", 3.0, band=2.0))
    (change,) = compare_dossiers(one, other)
    assert change.said == "3 [2, 4] dB → 3 [1, 5] dB"


def test_the_item_that_was_entered_is_named_as_the_cause() -> None:
    one = dossier(figure("weight.a", 3.0, judged("E1")))
    other = dossier(figure("weight.a", 4.0, judged("E1", "E2")), items=("E1", "E2"))
    entered, moved = compare_dossiers(one, other)
    assert entered == Change("evidence", "E2", "entered: it was seen")
    assert moved.rows == ("E2",)


def test_the_item_that_was_taken_out_is_named_as_the_cause() -> None:
    one = dossier(figure("weight.a", 4.0, judged("E1", "E2")), items=("E1", "E2"))
    other = dossier(figure("weight.a", 3.0, judged("E1")))
    taken, moved = compare_dossiers(one, other)
    assert taken.said.startswith("taken out: ")
    assert moved.rows == ("E2",)


def test_a_judgement_that_was_changed_is_shown_and_named() -> None:
    cell = "likelihood of a"
    one = dossier(figure("weight.a", 3.0), evidence=(row("E1", **{cell: "0.5 if at work"}),))
    other = dossier(figure("weight.a", 2.0), evidence=(row("E1", **{cell: "0.4 if at work"}),))
    changed, moved = compare_dossiers(one, other)
    assert changed.said == "likelihood of a: 0.5 if at work → 0.4 if at work"
    assert moved.rows == ("E1",)


def test_rows_that_were_loaded_since_are_counted() -> None:
    one = dossier(figure("record.a", 3.0, counted(100)))
    other = dossier(figure("record.a", 4.0, counted(120)))
    (change,) = compare_dossiers(one, other)
    assert change.rows == ("100 → 120 rows of events from icews where actor = RUS",)


def test_rows_of_another_source_are_named_as_gone_and_new() -> None:
    one = dossier(figure("record.a", 3.0, counted(100)))
    other = dossier(figure("record.a", 4.0, counted(50, "gdelt")))
    (change,) = compare_dossiers(one, other)
    assert change.rows == (
        "0 → 50 rows of events from gdelt where actor = RUS",
        "100 rows of events from icews gone",
    )


def test_a_number_whose_rows_are_the_same_names_no_row() -> None:
    one = dossier(figure("weight.a", 3.0))
    other = dossier(figure("weight.a", 2.0), provenance={"case sha256": "b"})
    hashed, moved = compare_dossiers(one, other)
    assert (hashed.kind, hashed.said) == ("provenance", "a → b")
    assert moved.rows == ()


def test_new_numbers_and_those_that_are_gone_are_told_apart() -> None:
    one, other = dossier(figure("weight.a", 3.0)), dossier(figure("weight.b", 3.0))
    kinds = {change.id: change.kind for change in compare_dossiers(one, other)}
    assert kinds == {"weight.a": "number gone", "weight.b": "new number"}


def test_what_a_reader_asks_first_stands_first() -> None:
    names = ("record.x", "order.a.b", "weight.a", "posterior.a", "flip.prior.a")
    one = dossier(*(figure(name, 1.0) for name in names))
    other = dossier(*(figure(name, 2.0) for name in names))
    assert [change.id for change in compare_dossiers(one, other)] == [
        "posterior.a",
        "weight.a",
        "flip.prior.a",
        "order.a.b",
        "record.x",
    ]


def test_dossiers_of_two_cases_are_not_compared() -> None:
    with pytest.raises(TraceError, match="dossiers of two cases, 'made' and 'other'"):
        compare_dossiers(dossier(), dossier(name="other"))


values = st.dictionaries(st.sampled_from("abcd"), st.floats(-20, 20), max_size=4)


def built(numbers: dict[str, float]) -> Dossier:
    return dossier(*(figure(f"weight.{name}", value) for name, value in numbers.items()))


@propose
@given(values, values)
def test_looking_back_names_the_same_numbers(
    one: dict[str, float], other: dict[str, float]
) -> None:
    there = {change.id for change in compare_dossiers(built(one), built(other))}
    back = {change.id for change in compare_dossiers(built(other), built(one))}
    assert there == back


@propose
@given(values)
def test_nothing_changes_against_itself(numbers: dict[str, float]) -> None:
    assert compare_dossiers(built(numbers), built(numbers)) == ()
