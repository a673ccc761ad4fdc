"""What is not covered is said to be unknown; it is never counted as nothing."""

from datetime import date
from pathlib import Path

import pytest
from tests.contracts.small_runs import assert_readable, dossier_from, section, words
from tests.dossier.small_case import small_case

from cuibono.errors import NotCoveredError
from cuibono.model.dossier import Dossier
from cuibono.model.period import Period
from cuibono.record.coverage import require
from cuibono.store.store import Store
from cuibono.vocab.actors import resolve_actor

SPANS = {
    "years without events": ("2012-01-01", "2018-01-01"),
    "the future": ("2035-01-01", "2036-01-01"),
    "before all sources": ("1850-01-01", "1851-01-01"),
    "a day": ("2021-02-01", "2021-02-02"),
    "five weeks": ("2021-02-01", "2021-03-08"),
}


@pytest.fixture(scope="module")
def thin(tmp_path_factory: pytest.TempPathFactory, pack_store: Store) -> Dossier:
    start, end = SPANS["years without events"]
    folder = tmp_path_factory.mktemp("thin")
    return dossier_from(folder, small_case(start=start, end=end), pack_store)


@pytest.mark.parametrize("span", SPANS.values(), ids=SPANS)
def test_any_period_makes_a_dossier(
    span: tuple[str, str], tmp_path: Path, pack_store: Store
) -> None:
    dossier = dossier_from(tmp_path, small_case(start=span[0], end=span[1]), pack_store)
    assert_readable(dossier)


def test_the_answer_says_which_days_have_no_events(thin: Dossier) -> None:
    said = "".join(span.text for span in thin.answer[2])
    assert "2012-01-01 to 2017-12-31" in said
    assert "cuibono load icews" in said


def test_the_coverage_table_says_so_too_and_how_to_mend_it(thin: Dossier) -> None:
    rows = words(thin, "coverage").split("\n")
    at = rows.index("ICEWS events")
    assert rows[at + 2 : at + 5] == ["nothing", "2012-01-01 to 2017-12-31", "none"]
    (remedy,) = [row for row in rows if row.startswith("To fill gaps in ICEWS events")]
    assert "cuibono load icews" in remedy


def test_no_number_of_events_is_shown_for_days_without_a_source(thin: Dossier) -> None:
    events = [
        figure.id
        for figure in thin.figures
        if any((trace.table, trace.source) == ("events", "icews") for trace in figure.traces)
    ]
    assert (events, [s.id for s in thin.series if s.source == "icews"]) == ([], [])


def test_what_is_covered_in_those_days_is_still_shown(thin: Dossier) -> None:
    drawn = {name for chart in section(thin, "record").charts for name in chart.series}
    measured = [series for series in thin.series if series.id in drawn]
    assert {series.source for series in measured} == {"un_votes", "ideal_points"}
    assert all(len(series.points) == 6 for series in measured)


def test_asking_past_what_a_source_covers_raises(pack_store: Store) -> None:
    asked = Period(date(2012, 1, 1), date(2018, 1, 1))
    with pytest.raises(NotCoveredError) as raised:
        require(pack_store, "icews", [resolve_actor("TUR", "here")], asked)
    for said in ("icews", "2012-01-01 to 2017-12-31", "2021-01-01", "cuibono load icews"):
        assert said in str(raised.value)
