"""Every layer is asked once, and a source is asked only about those whom it sees."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.dossier.small_case import small_case, write_case

from cuibono.dossier.gather import SOURCES, Gathered, gather
from cuibono.lenses.known import known_lenses
from cuibono.model.case import Case
from cuibono.record.case_file import read_case
from cuibono.store.store import Store

Make = Callable[..., Case]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Give a function that makes a small case."""

    def made(*actors: str, **changes: object) -> Case:
        text = small_case(*actors, **changes)  # type: ignore[arg-type]
        return read_case(write_case(tmp_path, text))

    return made


@pytest.mark.with_lenses
def test_stages_are_told_as_they_begin(make: Make, pack_store: Store) -> None:
    told: list[str] = []
    gather(make(drivers=()), pack_store, told.append)
    lenses = [lens.name.replace("_", " ") for lens in known_lenses()]
    assert told == ["coverage", "record", *lenses, "weighing"]


def test_coverage_is_asked_for_every_source_and_actor(gathered: Gathered) -> None:
    asked = {(one.source, one.actor) for one in gathered.coverage}
    assert asked == {(source, actor) for source in SOURCES for actor in gathered.case.actors}
    assert len(gathered.coverage) == len(asked)


def test_the_focal_relation_stands_first_in_all_and_by_quad(gathered: Gathered) -> None:
    kinds = [series.id.rpartition(".")[2] for series in gathered.record[:5]]
    assert {series.about for series in gathered.record[:5]} == {"RUS→PAK"}
    assert kinds == [
        "all", "verbal_cooperation", "material_cooperation", "verbal_conflict",
        "material_conflict",
    ]  # fmt: skip


def test_the_reply_and_the_relations_to_compare_follow_each_once(gathered: Gathered) -> None:
    beside = [series.about for series in gathered.record[5:]]
    assert beside == ["PAK→RUS", "RUS→IND", "IND→USA", "RUS→CHN"]


def test_the_focal_relation_is_not_set_beside_itself(make: Make, pack_store: Store) -> None:
    case = make(compare='[["TUR", "GRC"], ["GRC", "TUR"]]', drivers=())
    told = [series.about for series in gather(case, pack_store).record]
    assert told == ["TUR→GRC"] * 5 + ["GRC→TUR"]


def test_a_pair_is_measured_once_whichever_way_it_is_asked(
    make: Make, pack_store: Store
) -> None:
    compare = '[["GRC", "TUR"], ["BRA", "ARG"]]'
    found = gather(make(compare=compare, start="2015-01-01", drivers=()), pack_store)
    assert [series.about for series in found.votes] == ["GRC–TUR", "ARG–BRA"]
    assert [series.about for series in found.points] == ["GRC–TUR", "ARG–BRA"]


def test_a_relation_with_one_who_is_not_seen_has_no_record(
    make: Make, pack_store: Store
) -> None:
    found = gather(make("USA", "NRU", compare='[["USA", "GRC"]]'), pack_store)
    assert [series.about for series in found.record] == ["USA→GRC"]
    assert [shares[0].dyad.recipient.id for shares in found.instruments] == ["GRC"]


def test_the_weighing_is_of_the_case_alone(gathered: Gathered, make: Make) -> None:
    blind = Store(gathered.store.engine, None, gathered.store.embedded, ())
    case = make(drivers=())
    moved = replace(case, relation=case.relation.reverse)
    assert gather(moved, blind).weighing == gather(case, gathered.store).weighing
