"""How two states voted stands beside their events, and can be taken along."""

import io

import pyarrow.parquet
import pytest
from starlette.testclient import TestClient
from tests.dossier.render.reader import Page

from cuibono.store.rows import count_rows
from cuibono.store.store import Store
from cuibono.web.pages.votes import _dyad, _trace

DYAD = {"actor": "TUR", "recipient": "GRC"}


@pytest.mark.parametrize("headers", [{}, {"hx-request": "true"}])
def test_a_page_and_its_part_draw_both_measures(
    reader: TestClient, headers: dict[str, str]
) -> None:
    page = Page(reader.get("/relations/votes", params=DYAD, headers=headers).text)
    assert "In the United Nations" in [heading.text for heading in page.every("h2")]
    assert len(page.every("svg")) == 2
    assert len(page.every("h1")) == (0 if headers else 1)
    told = reader.get("/relations/votes.json", params=DYAD).json()
    assert [series["id"] for series in told] == [
        "record.un_votes.GRC-TUR.agreement",
        "record.ideal_points.GRC-TUR.distance",
    ]


def test_the_page_of_a_relation_leads_to_them(reader: TestClient) -> None:
    page = Page(reader.get("/relations", params=DYAD).text)
    assert "/relations/votes?actor=TUR&recipient=GRC" in page.values("href")


def test_it_does_not_matter_from_which_side_one_looks(reader: TestClient) -> None:
    turned = {"actor": "GRC", "recipient": "TUR"}
    ways = [reader.get("/relations/votes.json", params=way).json() for way in (DYAD, turned)]
    assert ways[0] == ways[1]


@pytest.mark.parametrize("form", ["svg", "png", "csv", "parquet", "metadata.json"])
def test_votes_can_be_taken_along(reader: TestClient, form: str) -> None:
    answer = reader.get(f"/relations/votes.{form}", params=DYAD)
    assert answer.status_code == 200
    assert answer.content


def test_the_description_cites_both_sources(reader: TestClient) -> None:
    told = reader.get("/relations/votes.metadata.json", params=DYAD).json()
    assert {source["name"] for source in told["sources"]} == {"un_votes", "ideal_points"}


def test_the_rows_taken_along_are_all_that_the_trace_finds(
    reader: TestClient, pack_store: Store
) -> None:
    body = reader.get("/relations/votes/rows.parquet", params=DYAD).content
    rows = pyarrow.parquet.read_table(io.BytesIO(body))
    assert rows.num_rows == count_rows(pack_store, _trace(_dyad("TUR", "GRC"))) > 50
    assert rows["start"].to_pylist() == sorted(rows["start"].to_pylist())


@pytest.mark.parametrize(
    ("asked", "status"),
    [({"actor": "TUR"}, 422), ({"actor": "TUR", "recipient": "NOBODY"}, 422),
     ({"actor": "TUR", "recipient": "PSE"}, 404)],
)  # fmt: skip
def test_what_was_never_voted_on_is_told(
    reader: TestClient, asked: dict[str, str], status: int
) -> None:
    assert reader.get("/relations/votes.json", params=asked).status_code == status
