"""What the lenses found for the shipped case holds together, whatever they found."""

import math
import re

import pytest

from cuibono.dossier.gather import Gathered
from cuibono.lenses.known import known_lenses
from cuibono.model.finding import Finding, Measured
from cuibono.store.rows import count_rows

TIMED = ("turning_points", "linkage", "latency", "declared_done")
ID = re.compile(r"^[A-Za-z0-9._-]+$")


@pytest.fixture(scope="module")
def found(gathered: Gathered) -> tuple[Finding, ...]:
    return gathered.findings


def measured(found: tuple[Finding, ...]) -> list[tuple[Finding, Measured]]:
    return [(finding, one) for finding in found for one in finding.measured]


def of(found: tuple[Finding, ...], lens: str) -> dict[str, Finding]:
    return {finding.source: finding for finding in found if finding.lens == lens}


def test_every_lens_of_time_and_targets_answers(found: tuple[Finding, ...]) -> None:
    assert set(TIMED) <= {finding.lens for finding in found}
    assert set(TIMED) <= {lens.name for lens in known_lenses()}


def test_ids_are_unique_in_the_whole_dossier(found: tuple[Finding, ...]) -> None:
    ids = [finding.figure_id(one) for finding, one in measured(found)]
    assert len(set(ids)) == len(ids)
    assert [name for name in ids if not ID.match(name)] == []


def test_every_number_is_finite_and_in_its_interval(found: tuple[Finding, ...]) -> None:
    for _, one in measured(found):
        if one.estimate:
            bounds = (one.estimate.low, one.estimate.value, one.estimate.high)
            assert all(math.isfinite(bound) for bound in bounds), one.id
            assert one.estimate.unit


def test_what_cannot_be_told_says_why(found: tuple[Finding, ...]) -> None:
    for _, one in measured(found):
        if one.estimate is None:
            assert one.said, one.id


def test_nothing_that_is_said_has_a_hole(found: tuple[Finding, ...]) -> None:
    for finding in found:
        said = [*finding.said, finding.could_see, *(one.said for one in finding.measured)]
        said += [check.said for check in finding.checks]
        assert [text for text in said if "{" in text or "nan" in text.split()] == []


def test_a_place_lies_in_its_world(found: tuple[Finding, ...]) -> None:
    ranks = [rank for _, one in measured(found) for rank in one.ranks]
    assert ranks
    assert all(1 <= rank.place <= rank.of and rank.among for rank in ranks)


def test_every_chart_draws_what_is_there(found: tuple[Finding, ...]) -> None:
    for finding in found:
        known = {series.id for series in finding.series}
        known |= {finding.figure_id(one) for one in finding.measured if one.estimate}
        for chart in finding.charts:
            assert set(chart.series) <= known, chart.id
            assert chart.title
            assert chart.caption


def test_traces_of_the_strikes_lead_to_rows(
    found: tuple[Finding, ...], gathered: Gathered
) -> None:
    for finding in of(found, "declared_done").values():
        for one in finding.measured:
            assert sum(count_rows(gathered.store, trace) for trace in one.traces) > 0


def test_agreement_and_events_are_dated_each_in_its_own_source(
    found: tuple[Finding, ...],
) -> None:
    dated = of(found, "turning_points")
    assert {"icews", "un_votes"} <= set(dated)
    assert dated["icews"].about == "RUS→PAK"
    assert dated["un_votes"].about == "PAK–RUS"


def test_every_check_of_a_turn_is_about_one_that_was_measured(
    found: tuple[Finding, ...],
) -> None:
    for finding in of(found, "turning_points").values():
        ids = {one.id for one in finding.measured}
        about = {check.about for check in finding.checks if check.check.startswith("beside_")}
        assert about <= ids
