"""Names and small lists of codes lead to the actor of the day, or to nobody."""

from datetime import date

import ibis
import pyarrow as pa
import pytest
from tests.sources.made_tables import ENGINE

from cuibono.sources.base import source_names
from cuibono.sources.codes import listed_codes, name_lookup, read_list, tenths
from cuibono.sources.resolve import resolve
from cuibono.vocab.actors import load_actors

LISTS = [
    ("gdelt", "known_groups.csv"),
    ("keds", "groups.csv"),
    ("keds", "states.csv"),
    ("sipri", "names.csv"),
]


def found(lookup: ibis.Table, text: str, day: date) -> object:
    asked = ibis.memtable(pa.table({"text": [text], "day": pa.array([day], pa.date32())}))
    rows = ENGINE.collect(resolve(asked, lookup, asked.text, asked.day, "actor"))
    return rows["actor"][0].as_py()


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("Russia", "RUS"),
        ("Soviet Union", "RUS"),
        ("South Vietnam", "GW:817"),
        ("Hezbollah", "non_state:hezbollah"),
        ("United Nations", "igo:un"),
        ("Congo", None),
        ("russia", None),
        ("Moscow", None),
        ("", None),
    ],
)
def test_a_name_is_its_one_bearer_on_any_day(name: str, actor: str | None) -> None:
    assert found(name_lookup(), name, date(1992, 1, 1)) == actor


@pytest.mark.parametrize(
    ("day", "actor"), [(date(1992, 12, 31), "GW:315"), (date(1993, 1, 1), "CZE")]
)
def test_a_listed_code_changes_hands_on_its_day(day: date, actor: str) -> None:
    assert found(listed_codes("keds", "states.csv"), "CZE", day) == actor


@pytest.mark.parametrize(("source", "name"), LISTS)
def test_listed_codes_mean_actors_of_the_registry(source: str, name: str) -> None:
    listed = {row["actor"] for row in read_list(source, name)}
    assert source in source_names()
    assert listed <= load_actors().keys()


@pytest.mark.parametrize(
    ("score", "read"),
    [("-2.5", -25), ("10", 100), ("0", 0), ("", None), ("nan", None), ("10.1", None)],
)
def test_a_score_is_read_as_tenths_of_its_scale(score: str, read: int | None) -> None:
    cells = ibis.memtable(pa.table({"score": [score]}))
    assert ENGINE.collect(cells.select(t=tenths(cells.score)))["t"][0].as_py() == read
