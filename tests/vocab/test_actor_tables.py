"""Every row of the registry has a source, and the raw data find their actors in it."""

import csv
import importlib.util
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path
from types import ModuleType

import pytest

from cuibono.model.actor import Kind
from cuibono.vocab.actors import (
    actor_of_code,
    code_table,
    load_actors,
    load_codes,
    load_profiles,
)
from cuibono.vocab.memberships import load_memberships, members_of
from cuibono.vocab.search import NAME_TABLES, ROLES
from cuibono.vocab.terms import load_terms

TABLES = Path(str(files("cuibono.vocab") / "data" / "actors"))
ROOT = Path(__file__).parents[2]
RAW = ROOT.parent / "shared" / "data"
needs_raw = pytest.mark.skipif(not RAW.is_dir(), reason="the raw data folder is not here")
GENERATED = ("states.csv", "codes.csv", "names.csv", "leaders.csv")


def rows(table: str) -> list[dict[str, str]]:
    with (TABLES / table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def every_row() -> Iterator[tuple[str, dict[str, str]]]:
    for path in sorted(TABLES.glob("*.csv")):
        for row in rows(path.name):
            yield path.name, row


def distinct(path: str, *columns: str) -> set[tuple[object, ...]]:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(RAW / path, columns=list(columns)).to_pydict()
    return set(zip(*(table[column] for column in columns), strict=True))


def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "build_actors", ROOT / "tools/build_actors.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_row_names_its_source() -> None:
    assert [(t, row) for t, row in every_row() if not row["source"]] == []


def test_no_row_names_a_place_on_somebodys_machine() -> None:
    text = "".join(path.read_text("utf-8") for path in TABLES.glob("*.csv"))
    assert re.search(r"/(work|tmp|home|usr)/", text) is None


def test_no_row_stands_twice() -> None:
    counted = Counter((table, *row.values()) for table, row in every_row())
    assert [row for row, count in counted.items() if count > 1] == []


def test_every_span_ends_after_it_starts() -> None:
    dated = [(t, r) for t, r in every_row() if r.get("start") and r.get("end")]
    assert [(t, r) for t, r in dated if r["start"] >= r["end"]] == []


def test_every_name_and_code_belongs_to_a_known_actor() -> None:
    named = {row["actor"] for table in NAME_TABLES for row in rows(table)}
    coded = {code.actor for codes in load_codes().values() for code in codes}
    assert (named | coded) - load_actors().keys() == set()


def test_every_name_has_a_role_that_the_search_ranks() -> None:
    assert {row["role"] for table in NAME_TABLES for row in rows(table)} <= set(ROLES)


def test_every_home_and_office_belongs_to_a_known_actor() -> None:
    homes = {profile.home for profile in load_profiles().values() if profile.home}
    assert (homes | {term.state for term in load_terms()}) - load_actors().keys() == set()


def test_an_id_says_what_kind_of_actor_it_is() -> None:
    shapes = {Kind.STATE: r"[A-Z]{3}|GW:\d+"}
    shapes |= {kind: rf"{kind}:[a-z0-9-]+" for kind in Kind if kind is not Kind.STATE}
    assert [a for a in load_actors().values() if not re.fullmatch(shapes[a.kind], a.id)] == []


def test_there_are_at_least_200_armed_groups_and_organisations() -> None:
    kinds = Counter(actor.kind for actor in load_actors().values())
    assert kinds[Kind.NON_STATE] + kinds[Kind.IGO] >= 200


def test_every_armed_group_has_a_name_of_its_own() -> None:
    names = Counter(
        a.name.casefold() for a in load_actors().values() if a.kind is Kind.NON_STATE
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_the_terms_of_one_person_do_not_overlap() -> None:
    spans: dict[tuple[str, str], list[tuple[date, date]]] = {}
    for term in load_terms():
        if term.start:
            held = (term.start, term.end or date.max)
            spans.setdefault((term.person, term.office), []).append(held)
    following = [(a, b) for each in spans.values() for a, b in itertools.pairwise(each)]
    assert [pair for pair in following if sorted(pair)[0][1] > sorted(pair)[1][0]] == []


@pytest.mark.parametrize(
    ("bloc", "day", "state", "inside"),
    [
        ("igo:eu", date(2020, 1, 31), "GBR", True),
        ("igo:eu", date(2020, 2, 1), "GBR", False),
        ("igo:nato", date(2004, 3, 28), "EST", False),
        ("igo:nato", date(2004, 3, 29), "EST", True),
        ("igo:sco", date(2017, 6, 8), "PAK", False),
        ("igo:sco", date(2017, 6, 9), "PAK", True),
        ("bloc:g8", date(2014, 4, 1), "RUS", False),
        ("bloc:brics", date(2016, 7, 18), "IND", True),
    ],
)
def test_a_member_belongs_from_its_first_day_to_its_last(
    bloc: str, day: date, state: str, inside: bool
) -> None:
    members = members_of(load_actors()[bloc], day)
    assert (load_actors()[state] in members) is inside


def test_a_bloc_without_dated_members_is_refused_and_not_empty() -> None:
    with pytest.raises(ValueError, match="dates no members of bloc:five-eyes"):
        members_of(load_actors()["bloc:five-eyes"], date(2016, 7, 18))


def test_the_west_is_not_a_bloc() -> None:
    assert not any("west" in each.bloc for each in load_memberships())


def test_every_member_is_a_state() -> None:
    kinds = {load_actors()[each.member].kind for each in load_memberships()}
    assert kinds == {Kind.STATE}


@needs_raw
@pytest.mark.parametrize("system", ["cow", "gw"])
def test_every_state_of_the_list_since_1945_is_here(system: str) -> None:
    number, last = {"cow": ("ccode", "endyear"), "gw": ("gwcode", "enddate")}[system]
    listed = distinct(f"peacesciencer/{system}_states.parquet", number, last)
    wanted = {str(int(float(str(n)))) for n, end in listed if str(end)[:4] >= "1945"}
    assert wanted == {code.code for code in code_table(system)}


@needs_raw
@pytest.mark.parametrize("year", [2018, 2021, 2022])
def test_every_iso3_of_icews_is_an_actor(year: int) -> None:
    sides = distinct(f"icews/icews_{year}.parquet", "source_iso3", "target_iso3")
    codes = {str(code) for pair in sides for code in pair if code is not None}
    assert {code for code in codes if actor_of_code("iso3", code) is None} == set()


@needs_raw
def test_every_country_of_native_icews_is_an_actor() -> None:
    path = RAW / "icews_native" / "events.2018.sample.tab"
    with path.open(encoding="utf-8", newline="") as file:
        read = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        names = {row[f"{side} Country"] for row in read for side in ("Source", "Target")}
    assert {name for name in names if actor_of_code("icews", name) is None} == {"NA"}


@needs_raw
def test_every_country_of_the_roll_calls_is_an_actor() -> None:
    votes = distinct("un_votes/un_votes.parquet", "country")
    day = date(1980, 1, 1)
    assert {name for (name,) in votes if actor_of_code("un", str(name), day) is None} == set()


@needs_raw
def test_every_number_of_the_ideal_points_is_an_actor_in_its_year() -> None:
    points = distinct("ideal_points/ideal_points.parquet", "ccode", "year")
    lost = {
        (number, year)
        for number, year in points
        if actor_of_code("cow", str(number), date(int(str(year)), 12, 31)) is None
    }
    assert lost == set()


@needs_raw
def test_letters_of_the_ideal_points_disagree_only_where_they_are_wrong() -> None:
    points = distinct("ideal_points/ideal_points.parquet", "ccode", "iso3c", "year")
    wrong = {
        (number, letters)
        for number, letters, year in points
        if actor_of_code("iso3", str(letters))
        != actor_of_code("cow", str(number), date(int(str(year)), 12, 31))
    }
    # YAR is no ISO code and stands for both Yemens; YUG goes on for Serbia after 2006.
    assert wrong == {(678, "YAR"), (680, "YAR"), (345, "YUG")}


@needs_raw
def test_generated_tables_are_what_the_builder_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in TABLES.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    build = builder()
    monkeypatch.setattr(build, "OUT", tmp_path)
    build.main()
    for name in GENERATED:
        assert (tmp_path / name).read_bytes() == (TABLES / name).read_bytes(), name
