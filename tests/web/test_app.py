"""The application as a whole: its faults, its files, and what its addresses cannot do."""

import pytest
from starlette.testclient import TestClient

PAGES = ["/cases", "/cases/small/dossier", "/coverage", "/relations", "/world"]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_a_json_twin(reader: TestClient, page: str) -> None:
    twin = reader.get(f"{page}.json")
    assert (twin.status_code, twin.headers["content-type"]) == (200, "application/json")
    assert twin.json()


def test_no_page_of_any_address_lacks_its_json_twin(reader: TestClient) -> None:
    paths = reader.get("/openapi.json").json()["paths"]
    pages = [
        path
        for path, told in paths.items()
        if "get" in told
        and "text/html" in told["get"]["responses"].get("200", {}).get("content", {})
    ]
    assert len(pages) >= 10
    assert [path for path in pages if not has_twin(path, paths)] == []


def has_twin(path: str, paths: dict[str, dict[str, dict[str, list[object]]]]) -> bool:
    """Tell whether an address, or one that has the form in it, gives the page as JSON."""
    forms = paths.get(f"{path}.{{form}}", {}).get("get", {}).get("parameters", [])
    return f"{path}.json" in paths or "'json'" in str(forms)


@pytest.mark.parametrize("page", PAGES)
def test_f65_no_page_tells_a_path_of_this_machine(
    reader: TestClient, page: str, run_once: object
) -> None:
    assert str(run_once) not in reader.get(page).text


@pytest.mark.parametrize(
    "address",
    [
        "/static/..%2f..%2fapp.py",
        "/static/%2e%2e%2fapp.py",
        "/static/page.css%00.js",
        "/cases/..%2f..%2fetc%2fpasswd/dossier",
        "/cases/%2e%2e/dossier.json",
        "/cases/small/charts/..%2f..%2fdossier.svg",
        "/cases/small/tables/..%2f/1.csv",
        "//evil.example/cases",
        "/%5cevil.example",
    ],
)
def test_f62_no_address_leads_out(reader: TestClient, address: str) -> None:
    answer = reader.get(f"http://127.0.0.1:8787{address}", follow_redirects=False)
    assert answer.status_code == 404
    assert "location" not in answer.headers


@pytest.mark.parametrize("path", ["/<script>alert(1)</script>", "/%3Cimg%20src=x%3E"])
def test_f62_a_fault_does_not_repeat_the_address(reader: TestClient, path: str) -> None:
    assert "<script>alert" not in reader.get(path).text
    assert "<img" not in reader.get(path).text


def test_f62_no_header_is_made_of_what_was_asked(reader: TestClient) -> None:
    answer = reader.get("/cases/small/rows.csv", params={"number": "a\r\nset-cookie: x=1"})
    assert "set-cookie" not in answer.headers


def test_a_program_is_told_a_fault_as_json(reader: TestClient) -> None:
    answer = reader.get("/cases/smal/dossier", headers={"accept": "application/json"})
    assert answer.json() == {"fault": "No case of this name. Did you mean small?"}


def test_a_wrong_word_in_the_address_is_named(reader: TestClient) -> None:
    answer = reader.get("/relations", params={"grid": "decade"})
    assert (answer.status_code, "grid" in answer.text) == (422, True)


def test_a_method_that_no_page_knows_is_refused(reader: TestClient) -> None:
    answer = reader.delete("/cases")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")


def test_the_first_address_leads_to_the_cases(reader: TestClient) -> None:
    assert reader.get("/").url.path == "/cases"


@pytest.mark.parametrize("name", ["page.css", "workbench.css", "workbench.js", "htmx.min.js"])
def test_every_file_that_pages_load_is_there(reader: TestClient, name: str) -> None:
    assert reader.get(f"/static/{name}").status_code == 200
    assert name in reader.get("/cases").text


def test_the_openapi_document_lists_every_group(reader: TestClient) -> None:
    document = reader.get("/openapi.json").json()
    tags = {
        tag for path in document["paths"].values() for op in path.values() for tag in op["tags"]
    }
    assert tags >= {"cases", "runs", "dossiers", "coverage", "relations"}
