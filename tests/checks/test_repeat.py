"""A lens looks once after each change, and not at all where nothing is claimed."""

from dataclasses import replace
from typing import ClassVar

import pytest
from tests.checks.made_lens import Warmer, quiet_world, record_of, warmed

from cuibono.checks.alter import narrow
from cuibono.checks.repeat import Repeated, look_again
from cuibono.errors import CuibonoError, EmptyRecordError, NotCoveredError
from cuibono.model.finding import Finding
from cuibono.model.panel import Panel
from cuibono.model.period import Grid
from cuibono.record.record import Record

SOUND, QUIET = warmed(quiet_world()), quiet_world()


class Counting(Warmer):
    """Counts how often it looked."""

    looked: ClassVar[list[str]] = []

    def look(self, record: Record) -> tuple[Finding, ...]:
        Counting.looked.append(record.case.name)
        return Warmer.look(self, record)


def same(panel: Panel) -> Panel:
    return panel


def gone(panel: Panel) -> Panel:
    return warmed(panel, -1, share=1.0)


def check(*changes: object, placebo: bool = False, bound: int = 1) -> Repeated:
    return Repeated(
        name="thinning",
        looks=len(changes),
        changes=lambda record: list(changes),
        placebo=placebo,
        bound=bound,
    )


@pytest.mark.parametrize(("panel", "looks"), [(SOUND, 3), (QUIET, 0)], ids=["claim", "none"])
def test_looks_are_spent_on_claims_alone(panel: Panel, looks: int) -> None:
    record = record_of(panel)
    found = Warmer().look(record)
    Counting.looked.clear()
    check(same, same, same).check(Counting(), record, found[0], ())
    assert len(Counting.looked) == looks


@pytest.mark.parametrize(
    ("changes", "placebo", "bound", "verdict"),
    [
        ((same, gone), False, 1, "passed"),
        ((same, gone), False, 2, "failed"),
        ((same, gone), True, 1, "passed"),
        ((same, gone), True, 0, "failed"),
        ((same, same), True, 2, "informational"),
    ],
)
def test_the_bound_decides(
    changes: tuple[object, ...], placebo: bool, bound: int, verdict: str
) -> None:
    record = record_of(SOUND)
    (finding,) = Warmer().look(record)
    (result,) = check(*changes, placebo=placebo, bound=bound).check(
        Warmer(), record, finding, ()
    )
    assert result.verdict == verdict


def test_the_record_itself_is_not_changed() -> None:
    record = record_of(SOUND)
    (finding,) = Warmer().look(record)
    check(gone).check(Warmer(), record, finding, ())
    assert Warmer().look(record)[0].measured == finding.measured


@pytest.mark.parametrize("error", [EmptyRecordError, NotCoveredError])
def test_a_lens_that_has_nothing_left_to_look_at_shows_nothing(
    error: type[CuibonoError],
) -> None:
    class Empty(Warmer):
        def look(self, record: Record) -> tuple[Finding, ...]:
            raise error("nothing is left")

    assert look_again(Empty(), record_of(SOUND), "simulated") == {}


def test_only_the_source_that_was_asked_is_seen_again() -> None:
    record = record_of(SOUND, replace(QUIET, source="second"))
    first = look_again(Warmer(), record, "simulated")["warming"]
    second = look_again(Warmer(), record, "second")["warming"]
    assert first.ranks[0].place < second.ranks[0].place


def test_a_second_look_asks_the_source_of_the_claim_alone() -> None:
    other = replace(SOUND, source="other")
    record = record_of(SOUND, other)
    assert len(Warmer().look(record)) == 2
    assert {f.source for f in Warmer().look(narrow(record, "other"))} == {"other"}
    asked: list[str] = []

    def events(source: str, grid: Grid) -> Panel:
        asked.append(source)
        return record.events(source, grid)

    assert look_again(Warmer(), replace(record, events=events), SOUND.source)
    assert asked == [SOUND.source]
