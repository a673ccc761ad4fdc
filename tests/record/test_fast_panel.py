"""The panel from bytes is the panel from loaded rows, and every line is accounted for."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.made_events import same
from tests.record.made_exports import (
    DAMAGES,
    WEEK,
    by_loading,
    damaged,
    directly,
    made_lines,
    packed,
    put,
    write_file,
)
from tests.store.made_files import propose_few, quarantined

from cuibono.errors import DriftError, EmptyRecordError, SourceError
from cuibono.model.panel import Panel
from cuibono.model.period import Grid
from cuibono.record import fast_panel as module
from cuibono.record.fast_panel import (
    DOMESTIC,
    DUPLICATE,
    UNCOVERED,
    UNKNOWN,
    Account,
    fast_panel,
)
from cuibono.store.load import LoadReport

OWN = {DUPLICATE, UNKNOWN, DOMESTIC, UNCOVERED}
DAYS = [f"2018010{day}120000.export.CSV" for day in range(1, 9)]


class Both(NamedTuple):
    fast: Panel
    account: Account
    loaded: Panel
    reports: Sequence[LoadReport]
    reasons: Counter[str]


def read_both(folder: Path, files: Sequence[Path]) -> Both:
    fast, account = directly(files)
    loaded, reports = by_loading(folder, files)
    return Both(fast, account, loaded, reports, Counter(r for _, r in quarantined(folder)))


def halves_of_a_week(rows: int, seed: int = 1) -> list[list[bytes]]:
    """Six days in two files: each load takes a second, however few its lines."""
    days = made_lines(6, rows, seed)
    return [[line for day in half for line in day] for half in (days[:3], days[3:])]


def every_damage_in_a_week(folder: Path) -> list[Path]:
    """Each damage on one line in either file."""
    halves = halves_of_a_week(60)
    for half in halves:
        for line, damage in enumerate(DAMAGES, start=5):
            half[line] = damaged(half[line], damage)
    return [write_file(folder / name, x) for name, x in zip(DAYS, halves, strict=False)]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Both:
    folder = tmp_path_factory.mktemp("exports")
    return read_both(folder, every_damage_in_a_week(folder))


def test_damaged_files_give_the_panel_that_loading_gives(both: Both) -> None:
    assert same(both.fast, both.loaded)


def test_the_span_is_the_one_that_loading_gives(both: Both) -> None:
    assert (both.fast.span, both.fast.grid, both.fast.source) == (
        both.loaded.span, both.loaded.grid, both.loaded.source,
    )  # fmt: skip


def test_every_line_is_counted_or_skipped_for_a_reason(both: Both) -> None:
    assert both.account.rows_in == both.account.counted + sum(both.account.skipped.values())


def test_as_many_lines_come_in_as_are_loaded(both: Both) -> None:
    assert both.account.rows_in == sum(report.snapshot.rows_in for report in both.reports)


def test_lines_are_refused_for_the_reasons_that_loading_gives(both: Both) -> None:
    refused = {r: n for r, n in both.account.skipped.items() if r not in OWN}
    assert refused == both.reasons


def test_as_many_lines_are_duplicates_as_in_loading(both: Both) -> None:
    duplicates = sum(report.snapshot.duplicates for report in both.reports)
    assert (duplicates > 0, both.account.skipped[DUPLICATE]) == (True, duplicates)


def test_what_is_counted_is_what_the_panel_holds(both: Both) -> None:
    assert both.account.counted == both.fast.channels["all"].sum() == both.fast.rows.sum()


def test_the_tally_reads_as_an_identity(both: Both) -> None:
    first, *reasons = str(both.account).splitlines()
    assert first.startswith("2 files: ")
    assert len(reasons) == len(both.account.skipped)


LINES = st.tuples(
    st.integers(0, 1),
    st.integers(0, 59),
    st.sampled_from(sorted(DAMAGES)),
)


@propose_few
@given(
    seed=st.integers(0, 999),
    damages=st.lists(LINES, max_size=20, unique_by=(lambda x: x[:2], lambda x: x[::2])),
    end=st.sampled_from([b"\n", b"\r\n"]),
)
def test_any_damage_to_any_lines_gives_the_panel_that_loading_gives(
    tmp_path_factory: pytest.TempPathFactory,
    seed: int,
    damages: list[tuple[int, int, str]],
    end: bytes,
) -> None:
    folder = tmp_path_factory.mktemp("any")
    halves = halves_of_a_week(60, seed)
    for half, line, damage in damages:
        halves[half][line] = damaged(halves[half][line], damage)
    files = [write_file(folder / DAYS[n], half, end) for n, half in enumerate(halves)]
    both = read_both(folder, files)
    assert same(both.fast, both.loaded)
    assert {r: n for r, n in both.account.skipped.items() if r not in OWN} == both.reasons


FIRST, SECOND = (
    {"Actor1CountryCode": a, "Actor2CountryCode": b, "Actor1KnownGroupCode": b"",
     "Actor2KnownGroupCode": b"", "GLOBALEVENTID": b"719999999", "SQLDATE": b"20180101"}
    for a, b in ((b"RUS", b"PAK"), (b"IND", b"USA"))
)  # fmt: skip
ODD_SCORE = {"GoldsteinScale": b"1e0"}


@pytest.mark.parametrize(
    ("first", "second", "counted"),
    [
        (FIRST, SECOND, ("RUS", "PAK")),
        (FIRST | ODD_SCORE, SECOND, ("RUS", "PAK")),
        (FIRST, SECOND | ODD_SCORE, ("RUS", "PAK")),
        (FIRST | {"GoldsteinScale": b"999"}, SECOND, ("IND", "USA")),
        (FIRST | {"QuadClass": b"9"}, SECOND | ODD_SCORE, ("IND", "USA")),
    ],
    ids=["both plain", "first odd", "second odd", "first refused", "refused, then odd"],
)
@pytest.mark.parametrize("files", [1, 2], ids=["in one file", "in two files"])
def test_of_one_event_the_first_sound_row_counts(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    first: dict[str, bytes],
    second: dict[str, bytes],
    counted: tuple[str, str],
    files: int,
) -> None:
    monkeypatch.setattr(module, "BLOCK_BYTES", 1)
    week = made_lines(6, 60)
    nobody = put(Actor1CountryCode=b"", Actor1KnownGroupCode=b"")
    week = [[nobody(line.split(b"\t")) for line in lines] for lines in week]
    week[0][7] = put(**first)(week[0][7].split(b"\t"))
    week[files - 1][9] = put(**second)(week[files - 1][9].split(b"\t"))
    paths = [write_file(tmp_path / name, x) for name, x in zip(DAYS, week, strict=False)]
    panel, account = directly(paths)
    assert (panel.relations, account.skipped[DUPLICATE] if counted[0] == "RUS" else 1) == (
        (counted,), 1,
    )  # fmt: skip


def test_lines_may_wait_in_several_lots(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, both: Both
) -> None:
    monkeypatch.setattr(module, "ODD_LINES_WAITING", 20)
    panel, account = directly(every_damage_in_a_week(tmp_path))
    assert same(panel, both.fast)
    assert account == both.account


def test_the_same_file_twice_counts_once(tmp_path: Path) -> None:
    files = [write_file(tmp_path / n, x) for n, x in zip(DAYS, made_lines(7, 60), strict=False)]
    once, _ = directly(files)
    twice, account = directly([*files, files[0]])
    assert same(once, twice)
    assert account.skipped[DUPLICATE] == 60


def test_a_week_of_which_half_is_missing_is_left_out(tmp_path: Path) -> None:
    files = [write_file(tmp_path / n, x) for n, x in zip(DAYS, made_lines(3, 60), strict=False)]
    with pytest.raises(EmptyRecordError, match="gdelt has no row between two known actors"):
        directly(files)


def test_a_file_of_version_1_is_refused_by_name(tmp_path: Path) -> None:
    lines = [b"\t".join(line.split(b"\t")[:58]) for line in made_lines(1, 5)[0]]
    with pytest.raises(DriftError, match=r"58 fields separated by tabs are GDELT 1\.0"):
        directly([write_file(tmp_path / DAYS[0], lines)])


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DriftError, match="0 columns were found"):
        directly([write_file(tmp_path / DAYS[0], [])])


def test_a_cut_off_archive_is_refused(tmp_path: Path) -> None:
    path = packed(write_file(tmp_path / DAYS[0], made_lines(1, 50)[0]))
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(SourceError, match="no zip archive, or one that was cut off"):
        fast_panel([path], Grid.WEEK, WEEK)
