"""Rows that are wrong, doubled or out of their time: each costs itself and nothing else."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from tests.faults.test_ingest_files import EVENTS, panel
from tests.sources.made_sources import GDELT, layout_of
from tests.store.made_files import (
    event,
    load_lines,
    loaded_only,
    quarantined,
    rows_of,
    tab_file,
)

from cuibono.errors import DriftError
from cuibono.model.tables import EVENTS as COLUMNS
from cuibono.record.case_file import read_case
from cuibono.store.engines import duckdb
from cuibono.store.load import LoadReport, load
from cuibono.store.store import open_store
from cuibono.testing.native import write_native

ADDED = {"daily": "20150302", "quarter_hour": "20150302231500"}


def line(number: int, layout: str = "quarter_hour", **changes: str) -> str:
    cells = {**GDELT, "DATEADDED": ADDED[layout], "GLOBALEVENTID": str(number), **changes}
    columns = layout_of("gdelt", layout).columns["events"]
    return "\t".join(str(cells.get(c, "")) for c in columns)


def gdelt(folder: Path, *text: str, name: str = "20150302231500.export.CSV") -> LoadReport:
    path = folder / name
    path.write_text("\n".join(text) + "\n", "utf-8")
    return load(open_store(folder / "store"), "gdelt", path)


def keys(folder: Path) -> list[object]:
    return [row["row"] for row in rows_of(loaded_only(folder))]


GOOD = [line(number) for number in range(10, 40)]
ODD = {
    "33 fields": "\t".join(line(1).split("\t")[:33]),
    "60 fields": line(1).rsplit("\t", 1)[0],
    "62 fields": line(1) + "\t",
    "a tab in a name": line(1, Actor1Name="MOS\tCOW"),
    "a line feed in a name": line(1, Actor1Name="MOS\nCOW"),
}


def test_c22_a_row_of_other_fields_costs_itself_wherever_it_stands(tmp_path: Path) -> None:
    odd = list(ODD.values())
    done = gdelt(tmp_path, *odd, *GOOD[:15], *odd, *GOOD[15:], *odd).snapshot
    # The name with a line feed makes two rows, neither of them whole.
    assert (done.accepted, done.quarantined) == (30, 3 * (len(odd) + 1))


def test_c22_a_last_row_that_was_cut_costs_itself(tmp_path: Path) -> None:
    path = tmp_path / "20150302231500.export.CSV"
    path.write_text("\n".join([*GOOD, line(1)[:60]]), "utf-8")
    done = load(open_store(tmp_path / "store"), "gdelt", path).snapshot
    assert (done.rows_in, done.accepted, done.quarantined) == (31, 30, 1)


PLACES = {"Lat": "95", "Long": "-300", "FullName": "0", "CountryCode": "ZZ"}


def test_c29_a_place_that_is_none_costs_no_event(tmp_path: Path) -> None:
    wrong = [
        line(number, **{f"ActionGeo_{column}": said})
        for number, (column, said) in enumerate(PLACES.items())
    ]
    assert gdelt(tmp_path, *wrong).snapshot.accepted == len(PLACES)


def test_c29_no_place_is_kept_that_could_be_wrong() -> None:
    assert not [name for name in COLUMNS if "lat" in name or "lon" in name or "geo" in name]


NOTHINGS = ("NA", "NULL", "NaN", "None", "nan", "-inf", "012")


def test_c30_a_name_that_other_readers_take_for_nothing_stays_a_name(tmp_path: Path) -> None:
    load_lines(tmp_path, [event(n, Source_Name=name) for n, name in enumerate(NOTHINGS)])
    assert [row["actor_name"] for row in rows_of(loaded_only(tmp_path))] == list(NOTHINGS)


FORMER = ("SUN", "DDR", "ZAR", "TMP", "KSV", "SCG")


def test_c31_a_code_of_no_actor_that_day_is_never_guessed(tmp_path: Path) -> None:
    gdelt(tmp_path, *(line(n, Actor1CountryCode=code, Actor1Name=code)
                      for n, code in enumerate(FORMER)))  # fmt: skip
    rows = rows_of(loaded_only(tmp_path))
    assert [(row["actor"], row["actor_name"]) for row in rows] == [(None, c) for c in FORMER]


def test_d34_of_two_versions_of_an_event_the_first_loaded_is_kept_and_the_other_counted(
    tmp_path: Path,
) -> None:
    gdelt(tmp_path, line(1, Actor2Name="PAKISTAN"))
    done = gdelt(tmp_path, line(1, Actor2Name="ISLAMABAD"), name="later.export.CSV").snapshot
    assert (done.accepted, done.duplicates) == (0, 1)
    assert [row["recipient_name"] for row in rows_of(loaded_only(tmp_path))] == ["PAKISTAN"]


def test_d35_an_event_in_both_versions_of_gdelt_counts_once(tmp_path: Path) -> None:
    gdelt(tmp_path, line(1, "daily"), line(2, "daily"), name="20150302.export.CSV")
    done = gdelt(tmp_path, line(2), line(3)).snapshot
    assert (done.accepted, done.duplicates) == (1, 1)
    assert keys(tmp_path) == ["1", "2", "3"]


def test_d36_an_event_of_long_ago_stands_on_its_day_and_is_had_on_the_day_it_was_added(
    tmp_path: Path,
) -> None:
    gdelt(tmp_path, line(1, SQLDATE="20050302"))
    (row,) = rows_of(loaded_only(tmp_path))
    assert (row["day"], row["available"]) == (date(2005, 3, 2), date(2015, 3, 2))


def test_d39_a_sixty_second_column_is_refused_with_what_is_known(tmp_path: Path) -> None:
    with pytest.raises(DriftError, match="62 fields separated by tabs; known are 57, 58, 61"):
        gdelt(tmp_path, *(f"{each}\tnew" for each in GOOD))


def test_e51_the_number_of_workers_changes_no_bit_of_a_panel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panels = set()
    for threads in (1, 2, 4):
        monkeypatch.setattr(duckdb, "THREADS", threads)
        load_lines(tmp_path / str(threads), EVENTS[::-1] if threads == 4 else EVENTS)
        panels.add(panel(loaded_only(tmp_path / str(threads))))
    assert len(panels) == 1


CHILD = """
import os, re, sys
from pathlib import Path
from cuibono.store.load import load
from cuibono.store.store import open_store
os.umask(0o077)
source, store = map(Path, sys.argv[1:])
print(load(open_store(store), "icews", source).snapshot.rows_sha256)
# Not ru_maxrss, which a child takes over from the process that started it.
print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


def load_elsewhere(source: Path, store: Path, **environment: str) -> list[str]:
    """Load in a process of its own; give the hash of the rows, and the most megabytes held."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(source), str(store)],
        env={**os.environ, **environment}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.split()


def test_e52_a_load_holds_less_than_half_a_gigabyte(tmp_path: Path) -> None:
    write_native(tmp_path / "events.tab", 60_000)
    _, megabytes = load_elsewhere(tmp_path / "events.tab", tmp_path / "store")
    assert int(megabytes) < 512


YAML = {
    "an unquoted word": "question = NO\n",
    "an octal number": "question = 012\n",
    "a time of day": "question = 1:30\n",
    "a key twice": 'question = "a"\nquestion = "b"\n',
    "a tag": "question = !!python/object:os.system\n",
    "an anchor": "question = &a [*a, *a]\n",
    "brackets": "question = " + "[" * 5_000 + "]" * 5_000,
    "ten megabytes": 'question = "' + "a" * 10_000_000 + '"\n',
}


@pytest.mark.parametrize("kind", YAML)
def test_f53_a_case_file_of_another_language_is_one_line(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "case.toml"
    path.write_text(YAML[kind], "utf-8")
    with pytest.raises(Exception, match=r"case\.toml") as caught:
        read_case(path)
    assert type(caught.value).__name__ in ("CaseSyntaxError", "CaseError")
    assert "\n" not in str(caught.value)


NAMES = ["a\"b'];-- $x", "a\u202e b ü 東", "x" * 200]


@pytest.mark.parametrize("name", NAMES)
def test_f54_a_file_of_any_name_loads_and_is_known_by_it(tmp_path: Path, name: str) -> None:
    path = tab_file(tmp_path / name, [event(1), "bad"])
    load(open_store(tmp_path / "store"), "icews", path)
    (known,) = open_store(tmp_path / "store").loaded
    assert known.input_name == name
    assert quarantined(tmp_path) == [(3, "not 20 fields")]


ACTORS = ('a"];--', "a\u202eb", "x\x00y", "; DROP TABLE events")


def test_f54_an_actor_of_any_name_comes_back_as_it_was(tmp_path: Path) -> None:
    load_lines(tmp_path, [event(n, Source_Name=name) for n, name in enumerate(ACTORS)])
    assert [row["actor_name"] for row in rows_of(loaded_only(tmp_path))] == list(ACTORS)


def test_f66_a_name_of_a_hundred_thousand_letters_is_a_name(tmp_path: Path) -> None:
    load_lines(tmp_path, [event(1, Source_Name="(" * 100_000)])
    assert len(str(rows_of(loaded_only(tmp_path))[0]["actor_name"])) == 100_000


def test_f67_the_language_of_the_machine_and_the_name_of_the_folder_change_no_row(
    tmp_path: Path,
) -> None:
    source = tab_file(tmp_path / "events.tab", [event(1, Source_Name="İstanbul ıi")])
    hashes = {
        load_elsewhere(source, tmp_path / place, LC_ALL=language, LANG=language)[0]
        for place, language in (("plain", "C.UTF-8"), ("ä b" + "c" * 200, "C"), ("tr", "tr_TR"))
    }
    assert len(hashes) == 1
