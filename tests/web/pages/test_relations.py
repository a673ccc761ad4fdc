"""Any relation of the world on a page whose address is what was asked."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from threading import enumerate as enumerate_threads
from unittest.mock import patch

import pyarrow as pa
import pytest
from starlette.testclient import TestClient
from tests.dossier.render.reader import Page
from tests.web.conftest import open_client
from tests.web.test_deadline import endless

from cuibono.errors import CaseError
from cuibono.store.store import Store
from cuibono.web.ahead import NAME
from cuibono.web.settings import Settings

DYAD = {"actor": "TUR", "recipient": "GRC"}


@pytest.fixture
def counted(settings: Settings) -> Iterator[TestClient]:
    """Ask a workbench whose events have been counted ahead."""
    with open_client(replace(settings, ahead=True)) as opened:
        for thread in enumerate_threads():
            if thread.name == NAME:
                thread.join()
        yield opened


def test_a_relation_shows_its_record_its_means_and_its_rows(reader: TestClient) -> None:
    told = reader.get("/relations.json", params=DYAD).json()
    assert told["series"]["about"] == "TUR→GRC"
    assert {one["instrument"] for one in told["instruments"]} >= {"talk"} or told["instruments"]
    assert len(told["rows"]) == min(50, told["n_rows"])


def test_an_armed_group_stands_at_the_top_by_its_name(reader: TestClient) -> None:
    asked = {"actor": "RUS", "recipient": "non_state:taliban"}
    page = reader.get("/relations", params=asked).text
    assert "<h1>RUS→Taliban</h1>" in page
    assert "<title>RUS→Taliban" in page


def test_an_actor_may_be_asked_for_by_its_code(reader: TestClient) -> None:
    asked = reader.get("/relations.json", params={"actor": "tur"})
    assert asked.status_code in {200, 422}


def test_of_one_actor_all_its_relations_are_ranked(reader: TestClient) -> None:
    ranking = reader.get("/relations.json", params={"actor": "TUR"}).json()["ranking"]
    assert {one["actor"] for one in ranking} == {"TUR"}
    assert [one["low"] for one in ranking] == sorted((o["low"] for o in ranking), reverse=True)


def test_the_ranking_of_the_world_leads_to_each_relation(reader: TestClient) -> None:
    links = [e.attributes["href"] for e in Page(reader.get("/world").text).every("a")]
    relations = [link for link in links if "recipient=" in link]
    assert len(relations) == 50
    assert reader.get(relations[0]).status_code == 200


def test_further_rows_follow_the_first(reader: TestClient) -> None:
    pages = [
        reader.get("/relations.json", params={**DYAD, "page": page}).json()["rows"]
        for page in (1, 2)
    ]
    keys = [(row["day"], row["row"]) for page in pages for row in page]
    assert keys == sorted(set(keys))


def test_a_filter_keeps_only_what_it_names(reader: TestClient) -> None:
    asked = {**DYAD, "quad": "verbal_conflict"}
    rows = reader.get("/relations.json", params=asked).json()["rows"]
    assert {row["quad"] for row in rows} <= {"verbal_conflict"}


@pytest.mark.parametrize("instrument", ["consult", "nothing of the kind"])
def test_an_instrument_that_is_none_is_refused(reader: TestClient, instrument: str) -> None:
    asked = {**DYAD, "instrument": instrument}
    assert reader.get("/relations", params=asked).status_code == 422


@pytest.mark.parametrize(
    "asked",
    [
        {"actor": "NOBODY"},
        {**DYAD, "source": "rumours"},
        {**DYAD, "start": "2022-01-01", "end": "2021-01-01"},
        {**DYAD, "start": "1700-01-01", "end": "1701-01-01"},
        {"actor": "'; DROP TABLE events; --"},
        {"actor": 'a"]; \n\x00 \u202e'},
        {**DYAD, "page": "0"},
        {**DYAD, "quad": "gossip"},
    ],
)
def test_f54_what_cannot_be_asked_is_refused_in_words(
    reader: TestClient, asked: dict[str, str]
) -> None:
    answer = reader.get("/relations", params=asked)
    assert answer.status_code == 422
    assert "\u202e" not in answer.text


@pytest.mark.parametrize(
    ("address", "opening"),
    [
        ("/relations.svg", b"<svg"),
        ("/relations.png", b"\x89PNG"),
        ("/relations.csv", b"series,label,unit"),
        ("/relations.parquet", b"PAR1"),
        ("/relations/rows.parquet", b"PAR1"),
    ],
)
def test_a_relation_can_be_taken_along(
    reader: TestClient, address: str, opening: bytes
) -> None:
    assert reader.get(address, params=DYAD).content.startswith(opening)


def test_the_whole_ranking_can_be_taken_along(reader: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(reader.get("/world.csv").text)))
    assert [int(row["place"]) for row in rows] == list(range(1, len(rows) + 1))


def test_the_drawing_of_a_relation_cites_its_source(reader: TestClient) -> None:
    told = reader.get("/relations.metadata.json", params=DYAD).json()
    assert [source["name"] for source in told["sources"]] == ["icews"]


def test_a_drawing_needs_both_parties(reader: TestClient) -> None:
    assert reader.get("/relations.svg", params={"actor": "TUR"}).status_code == 422


def test_a_page_that_offers_something_to_take_along_keeps_what_was_asked(
    reader: TestClient,
) -> None:
    asked = {**DYAD, "grid": "year", "quad": "verbal_cooperation"}
    page = Page(reader.get("/relations", params=asked).text)
    offered = [e.attributes["href"] for e in page.every("a") if "download" in e.attributes]
    assert [link for link in offered if "quad=verbal_cooperation" not in link] == []
    assert [link for link in offered if reader.get(link).status_code != 200] == []


def test_the_form_shows_what_was_asked(reader: TestClient) -> None:
    asked = {**DYAD, "start": "2021-02-01", "end": "2021-06-01", "grid": "week"}
    page = Page(reader.get("/relations", params=asked).text)
    fields = {e.attributes["name"]: e.attributes["value"] for e in page.every("input")}
    chosen = {e.attributes["value"] for e in page.every("option") if "selected" in e.attributes}
    assert fields == {
        "actor": "TUR",
        "recipient": "GRC",
        **{k: asked[k] for k in ("start", "end")},
    }
    assert {"week", "icews"} <= chosen


@pytest.mark.parametrize("grid", ["week", "month", "year"])
def test_each_grid_gives_its_own_periods(reader: TestClient, grid: str) -> None:
    points = reader.get("/relations.json", params={**DYAD, "grid": grid}).json()["series"][
        "points"
    ]
    firsts = [point["start"] for point in points]
    assert firsts == sorted(set(firsts))
    if grid == "month":
        assert {first[-2:] for first in firsts} == {"01"}


def test_relations_of_an_actor_lead_on_with_the_period_that_was_asked(
    reader: TestClient,
) -> None:
    asked = {"actor": "TUR", "start": "2021-02-01"}
    links = [
        e.attributes["href"]
        for e in Page(reader.get("/relations", params=asked).text).every("a")
    ]
    onward = [link for link in links if "recipient=" in link]
    assert onward
    assert [link for link in onward if "start=2021-02-01" not in link] == []


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"page": 2},
        {"page": 9000},
        {"quad": "verbal_conflict", "grid": "week"},
        {"instrument": "talked", "start": "2021-02-03", "end": "2021-05-20", "grid": "year"},
    ],
)
def test_what_was_counted_ahead_is_what_the_store_says(
    reader: TestClient, counted: TestClient, asked: dict[str, object]
) -> None:
    whole = reader.get("/relations.json", params={**DYAD, **asked}).json()
    assert counted.get("/relations.json", params={**DYAD, **asked}).json() == whole
    world = reader.get("/world.json", params=asked).json()
    assert counted.get("/world.json", params=asked).json() == world


def test_a_question_that_takes_too_long_is_one_line_and_the_next_is_answered(
    settings: Settings,
) -> None:
    def ask_endlessly(store: Store, *_: object) -> pa.Table:
        return store.engine.collect(endless())

    with open_client(replace(settings, longest_s=0.2)) as client:
        with patch("cuibono.web.pages.relations.order_relations", ask_endlessly):
            told = client.get("/world.csv", headers={"accept": "*/*"})
        assert told.status_code == 503
        assert told.json()["fault"].endswith("Ask for fewer days, or for one actor.")
        assert client.get("/cases").status_code == 200


def test_a_relation_is_drawn_once_for_all_pages_of_its_rows(client: TestClient) -> None:
    with patch("cuibono.web.pages.relations.chart_svg", return_value="<svg/>") as drawing:
        pages = [client.get("/relations", params={**DYAD, "page": page}) for page in (1, 2, 1)]
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert all("<svg/>" in page.text for page in pages)
    assert drawing.call_count == 1


def test_nothing_is_drawn_for_the_json_of_a_relation(client: TestClient) -> None:
    with patch("cuibono.web.pages.relations.chart_svg") as drawing:
        told = client.get("/relations.json", params=DYAD).json()
    assert told["series"]["points"]
    assert drawing.call_count == 0


def test_a_drawing_that_fails_is_no_page(client: TestClient) -> None:
    failure = CaseError("The drawing failed.")
    with patch("cuibono.web.pages.relations.chart_svg", side_effect=failure):
        assert client.get("/relations", params=DYAD).status_code == 422
    assert client.get("/relations", params=DYAD).status_code == 200


@pytest.mark.parametrize("form", ["svg", "csv", "metadata.json"])
def test_an_actor_that_a_source_does_not_know_is_refused_in_every_form(
    reader: TestClient, form: str
) -> None:
    asked = {"actor": "TUR", "recipient": "NOBODY"}
    assert reader.get(f"/relations.{form}", params=asked).status_code == 422


@pytest.mark.parametrize("page", [1, 2])
def test_the_world_s_pages_are_slices_of_the_file(reader: TestClient, page: int) -> None:
    rows = list(csv.DictReader(io.StringIO(reader.get("/world.csv").text)))
    shown = Page(reader.get("/world", params={"page": page}).text)
    links = [a.text for a in shown.every("a") if "→" in a.text]
    first = 50 * (page - 1)
    assert links == [f"{one['actor']}→{one['recipient']}" for one in rows[first : first + 50]]
