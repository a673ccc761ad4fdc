"""The list of cases says what each asks, what was found, and what is wrong with a file."""

from starlette.testclient import TestClient
from tests.dossier.render.reader import Page

from cuibono.web.settings import Settings


def test_a_case_shows_its_question_and_its_answer(reader: TestClient) -> None:
    text = reader.get("/cases").text
    assert "Why did one draw closer to the other?" in text
    assert "In short: " in text


def test_a_case_file_with_a_fault_shows_the_fault(
    client: TestClient, settings: Settings
) -> None:
    settings.cases["small"].write_text("[case\n", "utf-8")
    faults = [e.text for e in Page(client.get("/cases").text).every("p") if "TOML" in e.text]
    assert faults == ["small.toml:1: not TOML: Expected ']' at the end of a table declaration."]


def test_a_case_that_changed_since_its_run_says_so(
    client: TestClient, settings: Settings
) -> None:
    assert client.get("/cases.json").json()[0]["changed"] is False
    path = settings.cases["small"]
    path.write_text(path.read_text("utf-8") + "# a second thought\n", "utf-8")
    assert client.get("/cases.json").json()[0]["changed"] is True
    assert "has changed since" in client.get("/cases/small/dossier").text
