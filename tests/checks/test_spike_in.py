"""A planted effect is counted where it is claimed, and the count is judged at its bounds."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from tests.checks.made_lens import SOURCE, Warmer, quiet_world, record_of, warmed

from cuibono.checks.spike_in import SPIKES, Plants, SpikeIn
from cuibono.errors import EmptyRecordError, NotCoveredError
from cuibono.lenses.base import Lens
from cuibono.model.finding import CheckResult, Finding, Rank
from cuibono.model.period import Grid
from cuibono.record.record import Record

QUIET = quiet_world()
RECORD = record_of(QUIET)
FINDING = Warmer().look(RECORD)[0]
CLAIMED = Warmer().look(record_of(warmed(QUIET)))[0]


class Counting:
    """Claims what it is told to, look by look, and keeps what it was asked."""

    name, question, planted = "counting", "How often?", "an effect"

    def __init__(self, hits: Iterable[bool]) -> None:
        self.hits = iter(hits)
        self.signs: list[int] = []
        self.worlds: list[bytes] = []

    def plant(self, record: Record, sign: int) -> Record:
        self.signs.append(sign)
        self.worlds.append(whole(record))
        return record

    def look(self, record: Record) -> tuple[Finding, ...]:
        return (CLAIMED if next(self.hits) else unclaimed(CLAIMED),)


def whole(record: Record) -> bytes:
    return record.events(SOURCE, Grid.WEEK).channels["all"].tobytes()


def unclaimed(finding: Finding) -> Finding:
    middle = (Rank(50, 100, "all relations"),)
    return replace(finding, measured=tuple(replace(m, ranks=middle) for m in finding.measured))


def spiked(lens: Lens, finding: Finding = FINDING) -> CheckResult:
    (result,) = SpikeIn().check(lens, RECORD, finding, ())
    return result


@pytest.mark.parametrize(
    ("n", "verdict"),
    [
        (0, "failed"),
        (1, "informational"),
        (5, "informational"),
        (6, "passed"),
        (10, "passed"),
    ],
)
def test_most_must_be_found_and_none_is_a_failure(n: int, verdict: str) -> None:
    result = spiked(Counting(place < n for place in range(SPIKES)))
    assert result.verdict == verdict
    assert result.said.endswith(f"(an effect), {n} were claimed")


def test_it_is_planted_once_in_each_of_ten_worlds_in_the_same_direction() -> None:
    lens = Counting([True] * SPIKES)
    spiked(lens)
    assert lens.signs == [1] * SPIKES
    assert len({*lens.worlds, whole(RECORD)}) == SPIKES + 1


def test_it_is_about_the_whole_finding_whether_that_claims_anything_or_not() -> None:
    results = [spiked(Counting([True] * SPIKES), f) for f in (FINDING, CLAIMED)]
    assert [r.about for r in results] == ["", ""]
    assert results[0] == results[1]


def test_what_another_source_shows_is_not_counted() -> None:
    elsewhere = replace(FINDING, source="second")
    assert spiked(Counting([True] * SPIKES), elsewhere).verdict == "failed"


@pytest.mark.parametrize("error", [EmptyRecordError, NotCoveredError])
def test_a_lens_that_refuses_the_planted_world_has_not_found_it(
    error: type[EmptyRecordError | NotCoveredError],
) -> None:
    class Refusing(Warmer):
        def look(self, record: Record) -> tuple[Finding, ...]:
            raise error("nothing is left")

    assert spiked(Refusing()).verdict == "failed"


def test_another_error_of_the_lens_is_not_swallowed() -> None:
    class Broken(Warmer):
        def look(self, record: Record) -> tuple[Finding, ...]:
            raise ZeroDivisionError("a fault of the lens")

    with pytest.raises(ZeroDivisionError, match="a fault of the lens"):
        spiked(Broken())


def test_a_lens_can_plant_where_it_has_both_the_effect_and_its_words() -> None:
    class Wordless:
        name, question = "wordless", "Did it warm?"

        def look(self, record: Record) -> tuple[Finding, ...]:
            return (CLAIMED,)

        def plant(self, record: Record, sign: int) -> Record:
            return record

    assert isinstance(Warmer(), Plants)
    assert not isinstance(Wordless(), Plants)
    assert spiked(Wordless()).said == "this lens has no way to plant what it looks for"


def test_the_record_itself_is_left_as_it_was() -> None:
    before = RECORD.events(SOURCE, Grid.WEEK).channels["verbal_conflict"].copy()
    spiked(Warmer())
    assert (RECORD.events(SOURCE, Grid.WEEK).channels["verbal_conflict"] == before).all()
