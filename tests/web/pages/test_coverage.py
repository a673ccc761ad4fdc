"""What is covered, as a page, a table and a drawing."""

import pytest
from starlette.testclient import TestClient


def test_every_source_of_the_store_is_listed(reader: TestClient) -> None:
    page = reader.get("/coverage").text
    labels = {row["label"] for row in reader.get("/coverage.json").json()}
    assert len(labels) > 3
    assert [label for label in labels if label not in page] == []


def test_of_one_actor_the_gaps_come_with_their_remedy(reader: TestClient) -> None:
    rows = reader.get("/coverage.json", params={"actor": "RUS"}).json()
    icews = next(row for row in rows if row["source"] == "icews")
    assert (icews["about"], "cuibono fetch icews" in icews["remedy"]) == ("Russia", True)


def test_a_name_tells_what_the_id_does_unless_several_may_bear_it(reader: TestClient) -> None:
    by_id, by_name = (
        reader.get("/coverage.json", params={"actor": actor}).json()
        for actor in ("RUS", "the Kremlin")
    )
    assert by_id == by_name
    answer = reader.get("/coverage", params={"actor": "Georgia"})
    assert (answer.status_code, "may mean GEO (Georgia) or USA" in answer.text) == (422, True)


def test_an_unknown_actor_is_told_with_the_nearest(reader: TestClient) -> None:
    answer = reader.get("/coverage", params={"actor": "RUSS"})
    assert (answer.status_code, "Did you mean RUS" in answer.text) == (422, True)


@pytest.mark.parametrize(
    ("form", "opening"),
    [
        ("csv", b"source,about,start,end"),
        ("parquet", b"PAR1"),
        ("svg", b"<svg"),
        ("png", b"\x89PNG"),
    ],
)
def test_it_can_be_taken_along(reader: TestClient, form: str, opening: bytes) -> None:
    assert reader.get(f"/coverage.{form}").content.startswith(opening)


def test_the_drawing_is_described(reader: TestClient) -> None:
    assert reader.get("/coverage.metadata.json").json()["kind"] == "coverage"
