"""What every lens on relations holds to, whatever it asks: labels, rows, pictures, silence."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from tests.checks.made_lens import FOCAL, made_case
from tests.lenses.made_acts import acts_record, made_acts
from tests.lenses.test_double_standard import asked as case_with_pair
from tests.lenses.test_path import asked as case_with_chain

from cuibono.lenses.analogues import Analogues
from cuibono.lenses.base import Lens
from cuibono.lenses.double_standard import DoubleStandard
from cuibono.lenses.instruments import Instruments
from cuibono.lenses.path import PathLens
from cuibono.model.case import Case
from cuibono.model.finding import Finding
from cuibono.model.panel import Panel
from cuibono.record.record import Record
from cuibono.testing.records import make_record
from cuibono.testing.worlds import simulate_agreement, simulate_events

ACTS = made_acts(21, actors=16)
EVENTS = simulate_events(21)
VOTES = replace(simulate_agreement(21, actors=24), measure="agreement")
PANELS = {
    ("simulated", "week by instrument"): ACTS,
    ("simulated", "week"): EVENTS,
    ("simulated_votes", "agreement"): VOTES,
}
LENSES: dict[str, tuple[Lens, Case]] = {
    "instruments": (Instruments(), made_case()),
    "double_standard": (DoubleStandard(), case_with_pair("A02")),
    "analogues": (Analogues(), made_case()),
    "path": (PathLens(), case_with_chain(("A03", "A04"), FOCAL)),
}
every_lens = pytest.mark.parametrize("name", LENSES)


def look(name: str, panels: dict[tuple[str, str], Panel] | None = None) -> tuple[Finding, ...]:
    lens, case = LENSES[name]
    return lens.look(make_record(case, PANELS if panels is None else panels))


@cache
def plainly(name: str) -> tuple[Finding, ...]:
    return look(name)


def changed(change: Callable[[Panel], Panel]) -> dict[tuple[str, str], Panel]:
    return {key: change(panel) for key, panel in PANELS.items()}


@every_lens
def test_a_lens_answers_once_for_each_source_that_it_can_ask(name: str) -> None:
    found = plainly(name)
    assert found
    assert len({finding.source for finding in found}) == len(found)


@every_lens
def test_the_same_record_gives_the_same_finding(name: str) -> None:
    assert [f.measured for f in plainly(name)] == [f.measured for f in look(name)]


@every_lens
def test_a_lens_that_is_asked_of_no_source_finds_nothing(name: str) -> None:
    assert look(name, {}) == ()


@every_lens
def test_every_sentence_ends_and_no_verdict_does(name: str) -> None:
    for finding in plainly(name):
        assert all(said.endswith(".") for said in finding.said)
        assert finding.could_see.endswith(".")
        assert not any(one.said.endswith(".") for one in finding.measured)


@every_lens
def test_ids_are_fit_for_a_figure(name: str) -> None:
    for finding in plainly(name):
        for one in finding.measured:
            assert all(letter.isalnum() or letter in "._-" for letter in one.id)


@every_lens
def test_what_cannot_be_told_is_not_ranked(name: str) -> None:
    nobody = changed(
        lambda p: replace(p, relations=tuple(("X" + a, b) for a, b in p.relations))
    )
    for finding in look(name, nobody):
        for one in finding.measured:
            assert one.estimate is None
            assert one.ranks == ()
            assert "cannot be told" in one.said or "not covered" in one.said


@every_lens
def test_a_rank_counts_the_ranked_one_and_no_more_than_the_world(name: str) -> None:
    for finding in plainly(name):
        for rank in (rank for one in finding.measured for rank in one.ranks):
            assert 1 <= rank.place <= rank.of


@every_lens
def test_the_order_of_the_relations_in_a_panel_changes_nothing(name: str) -> None:
    def turned(panel: Panel) -> Panel:
        return replace(
            panel,
            relations=panel.relations[::-1],
            channels={kind: values[::-1] for kind, values in panel.channels.items()},
            exposure=panel.exposure[::-1],
            rows=panel.rows[::-1],
        )

    plain, other = plainly(name), look(name, changed(turned))
    for one, two in zip(plain, other, strict=True):
        for a, b in zip(one.measured, two.measured, strict=True):
            assert a.ranks == b.ranks
            assert (a.estimate is None) == (b.estimate is None)
            if a.estimate and b.estimate:
                assert a.estimate.value == pytest.approx(b.estimate.value, rel=1e-6, abs=1e-9)


@every_lens
def test_the_source_is_never_mixed_with_another(name: str) -> None:
    for finding in plainly(name):
        traces = [trace for one in finding.measured for trace in one.traces]
        assert {trace.source for trace in traces} == {finding.source}


@pytest.mark.parametrize("name", ["double_standard", "path"])
def test_a_lens_that_the_case_asks_nothing_finds_nothing(name: str) -> None:
    lens = LENSES[name][0]
    record: Record = acts_record(ACTS)
    assert lens.look(record) == ()
