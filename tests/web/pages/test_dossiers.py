"""A dossier on the page: every number opens to its rows, everything can be taken along."""

import io
from unittest.mock import patch
from urllib.parse import unquote
from zipfile import ZipFile

import pyarrow.parquet
import pytest
from starlette.testclient import TestClient
from tests.dossier.render.reader import Page

from cuibono.web.settings import Settings

CASE = "/cases/small"


def page_of(reader: TestClient) -> Page:
    return Page(reader.get(f"{CASE}/dossier").text)


def numbers_of(page: Page) -> list[str]:
    links = [e.attributes["href"] for e in page.every("a") if e.attributes.get("class") == "n"]
    return sorted({unquote(link[1:]) for link in links})


def test_a_number_on_the_page_leads_to_as_many_rows_as_when_it_was_computed(
    reader: TestClient,
) -> None:
    # Each tenth: that every one of them does is a test of the dossier.
    numbers = numbers_of(page_of(reader))[::10]
    told = [reader.get(f"{CASE}/rows.json", params={"number": n}).json() for n in numbers]
    parts = [part for one in told for part in one["parts"]]
    assert len(numbers) > 5
    assert [p["trace"] for p in parts if p["rows_now"] != p["rows_then"]] == []


def test_a_number_in_the_address_opens_its_rows_beside_the_dossier(reader: TestClient) -> None:
    shown = reader.get(f"{CASE}/dossier", params={"number": "posterior.fear"}).text
    beside = next(e for e in Page(shown).every("aside"))
    assert "cuibono trace posterior.fear" in beside.text


def test_a_page_asks_for_the_rows_alone(reader: TestClient) -> None:
    part = reader.get(f"{CASE}/rows?number=posterior.fear", headers={"hx-request": "true"}).text
    whole = reader.get(f"{CASE}/rows?number=posterior.fear").text
    assert ("<html" in part, "<html" in whole) == (False, True)


def test_an_id_that_no_number_has_is_missing(reader: TestClient) -> None:
    answer = reader.get(f"{CASE}/rows", params={"number": "posterior.feer"})
    assert (answer.status_code, "Did you mean posterior.fear" in answer.text) == (404, True)


def test_rows_come_as_parquet_with_as_many_rows_as_traced(reader: TestClient) -> None:
    asked = {"number": "rows.icews.TUR", "part": 0}
    number = next(n for n in numbers_of(page_of(reader)) if n.startswith("rows.icews"))
    body = reader.get(f"{CASE}/rows.parquet", params={**asked, "number": number}).content
    told = reader.get(f"{CASE}/rows.json", params={"number": number}).json()["parts"][0]
    assert pyarrow.parquet.read_table(io.BytesIO(body)).num_rows == told["rows_then"]


def test_a_part_that_a_number_does_not_have_is_missing(reader: TestClient) -> None:
    asked = {"number": "posterior.fear", "part": 7}
    assert reader.get(f"{CASE}/rows.csv", params=asked).status_code == 404


def test_everything_that_a_page_offers_to_take_along_is_there(reader: TestClient) -> None:
    offered = [e.attributes["href"] for e in page_of(reader).every("a")
               if "download" in e.attributes]  # fmt: skip
    assert len(offered) > 10
    assert [link for link in offered if reader.get(link).status_code != 200] == []


@pytest.mark.parametrize("form", ["html", "md", "json"])
def test_the_files_are_those_that_the_command_writes(
    reader: TestClient, run_once: object, form: str
) -> None:
    written = (run_once / "dossiers" / "small" / f"dossier.{form}").read_bytes()
    assert reader.get(f"{CASE}/dossier.{form}").content == written


def test_before_the_first_run_the_page_offers_one(
    client: TestClient, settings: Settings
) -> None:
    (settings.out / "small" / "dossier.json").unlink()
    page = Page(client.get(f"{CASE}/dossier").text)
    assert [form.attributes["action"] for form in page.every("form")] == [f"{CASE}/run"]
    assert client.get(f"{CASE}/dossier.json").status_code == 404


@pytest.mark.parametrize(
    "address", ["charts/none.svg", "tables/ledger/9.csv", "tables/x/1.csv"]
)
def test_what_a_dossier_does_not_have_is_missing(reader: TestClient, address: str) -> None:
    assert reader.get(f"{CASE}/{address}").status_code == 404


def test_the_whole_case_is_one_file(client: TestClient) -> None:
    answer = client.get("/cases/small/case.zip")
    assert answer.headers["content-disposition"] == 'attachment; filename="small.zip"'
    names = ZipFile(io.BytesIO(answer.content)).namelist()
    assert {"small/small.toml", "small/dossier/dossier.html", "small/rows/index.csv"} <= set(
        names
    )


def test_paper_is_printed_once_for_each_dossier(client: TestClient) -> None:
    with patch("cuibono.web.dossier_files.print_pdf", side_effect=[b"paper"]) as printing:
        bodies = [client.get("/cases/small/dossier.pdf").content for _ in range(2)]
    assert bodies == [b"paper", b"paper"]
    assert printing.call_count == 1


def test_without_a_browser_the_page_says_how_to_print(client: TestClient) -> None:
    with patch("cuibono.dossier.render.pdf.which", lambda _: None):
        answer = client.get("/cases/small/dossier.pdf")
    assert answer.status_code == 503
    assert "apt install chromium" in answer.text
