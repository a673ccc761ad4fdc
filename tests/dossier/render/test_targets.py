"""Every id stands for one thing, and every reference leads to one."""

from dataclasses import replace

import pytest
from tests.dossier.sample import sample

from cuibono.dossier.render.targets import describe_targets, name_point
from cuibono.errors import TraceError
from cuibono.model.dossier import Chart, Section, Span

DOSSIER = sample()


def test_every_number_has_a_target() -> None:
    numbers = [*DOSSIER.figures, *DOSSIER.series, *DOSSIER.distributions]
    assert {number.id for number in numbers} <= set(describe_targets(DOSSIER))


def test_every_period_of_every_series_has_a_target() -> None:
    points = {name_point(series, point) for series in DOSSIER.series for point in series.points}
    assert points <= set(describe_targets(DOSSIER))


def test_an_item_of_evidence_is_named_as_trace_names_it() -> None:
    assert describe_targets(DOSSIER)["evidence.E01"].startswith("An observation of 2000")


def test_a_figure_is_described_by_its_label_and_value() -> None:
    described = describe_targets(DOSSIER)["weight.china-urging"]
    assert described.startswith("China's urging: 1.3 [−4.0, 6.2] dB")


def test_a_reference_that_leads_nowhere_names_the_nearest_id() -> None:
    lost = replace(DOSSIER, answer=((Span("likely", "weight.china-urgin"),),))
    with pytest.raises(TraceError, match=r"Did you mean weight\.china-urging"):
        describe_targets(lost)


def test_a_reference_in_a_table_is_followed_too() -> None:
    table = DOSSIER.sections[3].tables[0]
    broken = replace(table, rows=((*table.rows[0][:-1], (Span("1", "gone"),)),))
    lost = replace(DOSSIER, sections=(Section(id="s", title="S", tables=(broken,)),))
    with pytest.raises(TraceError, match="'gone'"):
        describe_targets(lost)


def test_a_chart_of_an_unknown_series_is_refused() -> None:
    chart = Chart("c", "lines", "C", "", ("no-such-series",))
    lost = replace(DOSSIER, sections=(Section(id="s", title="S", charts=(chart,)),))
    with pytest.raises(TraceError, match="no-such-series"):
        describe_targets(lost)


def test_two_numbers_cannot_share_an_id() -> None:
    doubled = replace(DOSSIER, figures=(*DOSSIER.figures, DOSSIER.figures[0]))
    with pytest.raises(TraceError, match="two things"):
        describe_targets(doubled)
