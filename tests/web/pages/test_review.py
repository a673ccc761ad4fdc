"""The review queue: each record beside its words, decided once, and nothing overwritten."""

from html import escape

import pytest
from starlette.testclient import TestClient
from tests.cli.calling import call

from cuibono.store.readings import history_of
from cuibono.web.settings import Settings

TEXT = """\
MOSCOW, 4 June 2014. Russian Foreign Minister Sergei Lavrov met his Pakistani counterpart in
Moscow on Tuesday. Russia lifted its embargo on arms sales to Pakistan. Pakistan criticized
India <b>on Wednesday</b>.
"""


@pytest.fixture
def queue(client: TestClient, settings: Settings) -> TestClient:
    """Give a workbench whose store has read a document."""
    document = settings.out.parent / "wire.txt"
    document.write_text(TEXT, "utf-8")
    said = call(
        "read", document, "--keep", "--published", "2014-06-05", "--store", settings.store
    )
    assert said.code == 0, said.err
    return client


def waiting(queue: TestClient) -> list[dict[str, object]]:
    return list(queue.get("/reviews.json").json())


def test_where_nothing_was_read_nothing_waits(client: TestClient) -> None:
    assert waiting(client) == []
    assert "cuibono read --keep FILE" in client.get("/reviews").text


def test_a_record_stands_marked_in_the_words_around_it(queue: TestClient) -> None:
    page = queue.get("/reviews").text
    records = waiting(queue)
    assert records
    quotes = {str(record["quote"]) for record in records}
    assert [q for q in quotes if f"<mark>{escape(q, quote=False)}</mark>" not in
            page.replace("&#39;", "'").replace("&#34;", '"')] == []  # fmt: skip


def test_an_accepted_record_waits_no_more_and_its_history_stays(
    queue: TestClient, settings: Settings
) -> None:
    record = str(waiting(queue)[0]["id"])
    queue.post(f"/reviews/{record}/accept")
    assert record not in {one["id"] for one in waiting(queue)}
    statuses = [one.status for one in history_of(settings.store, record)]
    assert statuses == ["proposed", "accepted"]


def test_a_rejected_record_is_kept_as_rejected(queue: TestClient, settings: Settings) -> None:
    record = str(waiting(queue)[0]["id"])
    queue.post(f"/reviews/{record}/reject")
    assert history_of(settings.store, record)[-1].status == "rejected"


def test_a_corrected_record_keeps_its_quote(queue: TestClient, settings: Settings) -> None:
    record = waiting(queue)[0]
    queue.post(f"/reviews/{record['id']}/edit", data={"factuality": "planned"})
    last = history_of(settings.store, str(record["id"]))[-1]
    assert (last.factuality, last.quote) == ("planned", record["quote"])


@pytest.mark.parametrize("changes", [{"factuality": "perhaps"}, {"day_from": "yesterday"}])
def test_a_correction_that_is_none_changes_nothing(
    queue: TestClient, settings: Settings, changes: dict[str, str]
) -> None:
    record = str(waiting(queue)[0]["id"])
    assert queue.post(f"/reviews/{record}/edit", data=changes).status_code >= 400
    assert len(history_of(settings.store, record)) == 1


def test_a_record_is_decided_once(queue: TestClient) -> None:
    record = str(waiting(queue)[0]["id"])
    assert queue.post(f"/reviews/{record}/accept").status_code == 200
    assert queue.post(f"/reviews/{record}/reject").status_code == 404


def test_another_page_decides_nothing(queue: TestClient) -> None:
    record = str(waiting(queue)[0]["id"])
    headers = {"origin": "http://evil.example"}
    assert queue.post(f"/reviews/{record}/accept", headers=headers).status_code == 403
    assert record in {one["id"] for one in waiting(queue)}


def test_an_accepted_record_goes_into_a_case_unjudged_and_can_be_taken_back(
    queue: TestClient, settings: Settings
) -> None:
    record = str(waiting(queue)[0]["id"])
    before = settings.cases["small"].read_text("utf-8")
    answer = queue.post(
        f"/reviews/{record}/accept", data={"case": "small"}, follow_redirects=False
    )
    assert answer.status_code == 303
    page, _, item = answer.headers["location"].partition("#item:")
    assert page == "/cases/small/ledger"
    told = {one["id"]: one for one in queue.get("/cases/small/ledger.json").json()["evidence"]}
    assert told[item]["likelihoods"] == {}
    assert told[item]["document"] == "wire"
    queue.post("/cases/small/ledger/undo")
    assert settings.cases["small"].read_text("utf-8") == before


def test_a_record_for_a_case_that_is_none_stays_in_the_queue(queue: TestClient) -> None:
    records = waiting(queue)
    answer = queue.post(f"/reviews/{records[0]['id']}/accept", data={"case": "nowhere"})
    assert answer.status_code == 404
    assert waiting(queue) == records


def test_a_rejected_record_goes_into_no_case(queue: TestClient, settings: Settings) -> None:
    before = settings.cases["small"].read_text("utf-8")
    queue.post(f"/reviews/{waiting(queue)[0]['id']}/reject", data={"case": "small"})
    assert settings.cases["small"].read_text("utf-8") == before
