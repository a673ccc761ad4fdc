"""A run from the page: started, followed to its end, cancelled, and told when it fails."""

import json

from starlette.testclient import TestClient
from tests.dossier.small_case import small_case

from cuibono.web.settings import Settings

RUN = "/cases/small/run"


def test_a_failing_run_is_followed_to_its_fault(client: TestClient, settings: Settings) -> None:
    assert client.post(RUN, follow_redirects=False).headers["location"] == RUN
    # The run has only begun; it reads the file once its process stands.
    settings.cases["small"].write_text(small_case(actor="NOBODY"), "utf-8")
    lines = client.get(f"{RUN}/events").text.split("\n\n")
    told = [json.loads(line.removeprefix("data: ")) for line in lines if line]
    assert told[-1]["state"] == "failed"
    assert "no actor 'NOBODY'" in told[-1]["fault"]
    assert [one["stages"] for one in told] == sorted((o["stages"] for o in told), key=len)


def test_a_run_can_be_cancelled_and_started_again(client: TestClient) -> None:
    client.post(RUN)
    assert client.post(RUN).status_code == 429
    assert "Cancelled." in client.post(f"{RUN}/cancel").text
    assert client.get(f"{RUN}.json").json()["state"] == "cancelled"
    assert client.post(RUN, follow_redirects=False).status_code == 303


def test_a_case_that_does_not_read_is_not_run(client: TestClient, settings: Settings) -> None:
    settings.cases["small"].write_text("", "utf-8")
    assert client.post(RUN).status_code == 422
    assert client.get(RUN).status_code == 404


def test_a_busy_workbench_says_when_to_ask_again(client: TestClient) -> None:
    client.post(RUN)
    assert client.post(RUN).headers["retry-after"] == "2"
