from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.store.fetch.replica import (
    LIST,
    Calm,
    Replica,
    fetch_all,
    kept,
    leftovers,
    plan_all,
    planned,
    published,
    quarters,
    relist,
    serve,
    slot_name,
)

from cuibono.errors import CaseError, NotCoveredError, SourceError
from cuibono.sources.base import read_card
from cuibono.store.fetch.plan import choose_publication, open_site


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def test_a_plan_names_the_files_and_their_bytes(store: Path) -> None:
    with serve(quarters(3)) as replica:
        plan = planned(store, replica)
        sizes = [len(body) for path, body in replica.files.items() if path != LIST]
    assert [listed.name for listed in plan.wanted] == [slot_name(n) for n in range(3)]
    assert plan.n_bytes == sum(sizes)


def test_a_plan_downloads_no_file_and_leaves_nothing(store: Path) -> None:
    with serve(quarters(3)) as replica:
        planned(store, replica)
        assert replica.paths() == [LIST]
    assert not store.exists()


def test_a_plan_knows_what_is_here(store: Path) -> None:
    with serve(quarters(2)) as replica:
        fetch_all(store, replica)
        replica.files = quarters(3).files
        plan = planned(store, replica)
    assert [f.name for f in plan.present] == [slot_name(0), slot_name(1)]
    assert [f.name for f in plan.wanted] == [slot_name(2)]


def test_a_file_that_no_record_knows_is_recognised_by_its_hash(store: Path) -> None:
    with serve(quarters(2)) as replica:
        fetch_all(store, replica)
        for path in (store / "fetched").rglob("*.json"):
            path.unlink()
        assert planned(store, replica).wanted == ()


def test_a_file_that_was_cut_short_here_is_fetched_again(store: Path) -> None:
    with serve(quarters(2)) as replica:
        fetch_all(store, replica)
        short = store / "raw" / "gdelt" / "events" / slot_name(1)
        short.write_bytes(short.read_bytes()[:-1])
        fetch_all(store, replica)
        assert kept(store)[slot_name(1)] == replica.files[f"gdeltv2/{slot_name(1)}"]


def test_what_no_file_is_listed_for_is_told(store: Path) -> None:
    replica = quarters(3)
    del replica.files[f"gdeltv2/{slot_name(1)}"]
    relist(replica)
    with serve(replica):
        plan = planned(store, replica)
    assert [str(s) for s in plan.unlisted] == ["2015-02-18 23:15 to 2015-02-18 23:30 UTC"]


def test_what_lies_outside_the_providers_span_is_told(store: Path) -> None:
    with serve(quarters(3)) as replica:
        plan = planned(store, replica, None, "2012", "2015-02-18")
    assert [str(span) for span in plan.outside] == ["2012-01-01 00:00 to 2015-02-18 23:00 UTC"]


def test_a_span_wholly_outside_is_an_error(store: Path) -> None:
    with (
        serve(quarters(3)) as replica,
        pytest.raises(NotCoveredError, match="gdelt has files about 2015-02-18 23:00"),
    ):
        planned(store, replica, None, "2012", "2013")


def test_a_span_turned_round_is_an_error(store: Path) -> None:
    with (
        serve(quarters(3)) as replica,
        pytest.raises(CaseError, match=r"--from 2017.* lies after --to 2012.* Turn them round"),
    ):
        planned(store, replica, None, "2017", "2012")


def test_without_an_end_the_plan_goes_to_the_last_listed_file(store: Path) -> None:
    with serve(quarters(3)) as replica:
        assert str(planned(store, replica).asked).endswith("23:45 UTC")


def test_with_an_end_it_goes_no_further_than_the_providers_clock(store: Path) -> None:
    replica = replace(quarters(3), now=datetime(2015, 2, 19, 0, 37, tzinfo=UTC))
    with serve(replica):
        plan = planned(store, replica, None, "2015", "2016")
    assert plan.asked.end == datetime(2015, 2, 19, 0, 30, tzinfo=UTC)


def test_of_a_list_in_the_card_this_machines_clock_is_read(store: Path) -> None:
    lists = [{"format": "name", "lines": ["all.zip"]}]
    publication = published(list=lists, file=[{"name": "all[.]zip"}], start=date(1989, 1, 1))
    plan = plan_all(store, open_site(publication), publication, calm=Calm())
    assert [listed.name for listed in plan.wanted] == ["all.zip"]
    assert plan.unlisted == ()


def test_a_list_that_is_no_data_set_leaves_nothing(store: Path) -> None:
    publication = published(list=[{"path": LIST, "format": "dataverse"}])
    with serve(Replica({LIST: b'{"status": "ERROR"}'})) as replica:
        for _ in range(2):
            with pytest.raises(SourceError, match="not the description"):
                planned(store, replica, publication)
    assert leftovers(store) == []


def test_a_source_without_a_list_says_how_to_get_its_files() -> None:
    with pytest.raises(SourceError, match="declared_vs_done cannot be fetched by a command"):
        choose_publication(read_card("declared_vs_done"))


def test_an_unknown_kind_is_answered_with_the_known_ones() -> None:
    with pytest.raises(SourceError, match="Did you mean events"):
        choose_publication(read_card("icews"), "event")


def test_a_mirror_stands_in_for_the_provider() -> None:
    assert open_site(published(), "http://127.0.0.1:8000/copy").base.endswith("8000/copy/")


@pytest.mark.parametrize(
    "mirror", ["ftp://copy.example", "file:///etc", "http://", "copy", "http://a:b@c.example/"]
)
def test_a_mirror_that_is_no_address_is_refused(mirror: str) -> None:
    with pytest.raises(SourceError, match="is no address to fetch from"):
        open_site(published(), mirror)
