"""A claimed number is held against a series of the record, and the bound opens to its rows."""

from pathlib import Path

import pytest
from tests.record.made_case import TEXT, made, refused, write

from cuibono.model.audit import Claim
from cuibono.record.case_bounds import set_bounds, trace_of
from cuibono.store.rows import count_rows, fetch_rows
from cuibono.store.store import Store

CLAIM = """
[[claim]]
id = "C1"
text = "so many were killed"
speaker = "the ministry"
day = 2017-02-01
number = 2000
unit = "deaths"
"""
SERIES = (
    'from_rows = { source = "ucdp_ged", measure = "fatalities", actor = "SYR",'
    ' recipient = "non_state:islamic-state", from = 2016-01-01, to = 2017-01-01,'
    ' statistic = "sum" }'
)
VOTES = (
    'from_rows = { source = "un_votes", measure = "agreement", actor = "PAK",'
    ' recipient = "RUS", from = 2000-01-01, to = 2011-01-01,'
    ' statistic = "largest", within = [0.5, 2] }'
)
EVENTS = (
    'from_rows = { source = "icews", quad = "verbal_conflict", actor = "USA",'
    ' recipient = "RUS", from = 2021-01-01, to = 2021-09-01, statistic = "sum" }'
)


def bounded(folder: Path, store: Store, series: str) -> Claim:
    (claim,) = set_bounds(made(folder, f"{TEXT}{CLAIM}{series}\n"), store).claims
    return claim


def test_a_sum_takes_the_source_s_own_bounds(tmp_path: Path, pack_store: Store) -> None:
    claim = bounded(tmp_path, pack_store, SERIES)
    assert claim.series is not None
    rows = fetch_rows(pack_store, trace_of(claim.series)).to_pylist()
    assert claim.plausible == (sum(r["low"] for r in rows), sum(r["high"] for r in rows))
    assert claim.plausible[0] < claim.plausible[1]


def test_the_bound_opens_to_its_rows(tmp_path: Path, pack_store: Store) -> None:
    claim = bounded(tmp_path, pack_store, SERIES)
    assert claim.rows is not None
    assert claim.rows.n_rows == count_rows(pack_store, claim.rows) == 12


def test_factors_widen_what_is_recorded(tmp_path: Path, pack_store: Store) -> None:
    claim = bounded(tmp_path, pack_store, VOTES)
    assert claim.series is not None
    assert claim.plausible is not None
    found = fetch_rows(pack_store, trace_of(claim.series)).to_pylist()
    largest = max(row["value"] for row in found)
    assert claim.plausible[1] >= 2 * largest
    assert claim.bound.endswith("times 0.5 to 2")


def test_events_are_counted(tmp_path: Path, pack_store: Store) -> None:
    claim = bounded(tmp_path, pack_store, EVENTS)
    assert claim.series is not None
    rows = fetch_rows(pack_store, trace_of(claim.series)).to_pylist()
    total = float(sum(row["events"] for row in rows))
    assert claim.plausible == (total, total)
    assert total > 100


@pytest.mark.parametrize("statistic", ["mean", "smallest", "rows"])
def test_other_statistics_are_taken(statistic: str, tmp_path: Path, pack_store: Store) -> None:
    claim = bounded(tmp_path, pack_store, EVENTS.replace('"sum"', f'"{statistic}"'))
    assert claim.series is not None
    assert claim.plausible is not None
    events = fetch_rows(pack_store, trace_of(claim.series))["events"].to_pylist()
    wanted = {"mean": sum(events) / len(events), "smallest": min(events), "rows": len(events)}
    assert claim.plausible[0] == pytest.approx(wanted[statistic])


def test_a_series_without_a_row_sets_no_bound(tmp_path: Path, pack_store: Store) -> None:
    claim = bounded(tmp_path, pack_store, SERIES.replace('"SYR"', '"BRA"'))
    assert (claim.plausible, claim.rows) == (None, None)
    assert claim.bound.endswith("in ucdp_ged: no row")


def test_bounds_that_were_written_down_stay(tmp_path: Path, pack_store: Store) -> None:
    claim = bounded(tmp_path, pack_store, 'plausible = [10, 900]\nbound = "by hand"')
    assert (claim.plausible, claim.bound, claim.rows) == ((10.0, 900.0), "by hand", None)


FAULTS = {
    "no number": (('number = 2000\nunit = "deaths"\n', ""), "it needs `number`"),
    "both": (
        ('unit = "deaths"\n', 'unit = "deaths"\nplausible = [1, 2]\nbound = "x"\n'),
        "no `plausible`",
    ),
    "an unknown source": (('"ucdp_ged"', '"ucdp"'), "no source 'ucdp'"),
    "neither measure nor quad": (('measure = "fatalities", ', ""), "a `measure` or a `quad`"),
    "days backwards": (("to = 2017-01-01", "to = 2015-01-01"), "to a later `to`"),
    "an unknown quad": (
        ('measure = "fatalities"', 'quad = "verbal"'),
        "no quad 'verbal'",
    ),
    "an unknown actor": (('"SYR"', '"SYRR"'), "no actor 'SYRR'"),
    "an unknown statistic": (('"sum"', '"median"'), "from_rows.statistic: Input should be"),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_is_one_line_with_its_place(kind: str, tmp_path: Path) -> None:
    (old, new), said = FAULTS[kind]
    text = f"{TEXT}{CLAIM}{SERIES}\n"
    assert old in text
    assert said in refused(write(tmp_path, text.replace(old, new)))
