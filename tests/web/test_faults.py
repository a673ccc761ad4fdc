"""Faults of a web page that a test can provoke: load, slowness, odd names, odd places."""

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from starlette.testclient import TestClient
from tests.browser.conftest import serve
from tests.dossier.small_case import small_case
from tests.web.conftest import open_client, settings_in


@pytest.fixture(scope="module")
def address(run_once: Path) -> Iterator[str]:
    server, thread, address = serve(settings_in(run_once, run_once / "small.toml"))
    yield address
    server.should_exit = True
    thread.join()


def ask(address: str) -> int:
    try:
        with urlopen(Request(address, headers={"accept": "text/html"}), timeout=60) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code


def test_f64_of_a_hundred_heavy_questions_each_is_answered_or_told_to_come_again(
    address: str,
) -> None:
    with ThreadPoolExecutor(40) as many:
        heavy = [many.submit(ask, f"{address}world?actor=&page={n}") for n in range(1, 101)]
        light = many.submit(ask, f"{address}static/page.css")
        assert light.result() == 200
        statuses = {one.result() for one in heavy}
    assert statuses <= {200, 429}
    assert 200 in statuses


def test_f64_callers_who_never_finish_do_not_keep_others_out(address: str) -> None:
    host, port = address.removeprefix("http://").rstrip("/").split(":")
    slow = [socket.create_connection((host, int(port))) for _ in range(50)]
    for connection in slow:
        connection.sendall(b"GET /cases HTTP/1.1\r\nHost: ")
    assert ask(f"{address}cases") == 200
    for connection in slow:
        connection.close()


@pytest.mark.parametrize(
    "path", ["/relations?actor={}", "/coverage?actor={}", "/cases/{}/dossier"]
)
@pytest.mark.parametrize("text", ["A" * 90, "(a+)+$" * 15, "%C3%84" * 90, "a%00" * 30])
def test_f66_a_pathological_search_is_refused(reader: TestClient, path: str, text: str) -> None:
    assert reader.get(path.format(text)).status_code in {404, 422}


def test_f66_a_name_of_many_thousand_characters_is_refused_unread(reader: TestClient) -> None:
    assert reader.get("/relations", params={"actor": "A" * 5_000}).status_code == 414


@pytest.mark.parametrize(
    "stem",
    ["with space", "Fälle–北京", "a.b.c", "q?x=1&y", "x" * 200, "-dash", "<b>"],
)
def test_f67_a_case_file_of_any_name_is_served_under_it(
    run_once: Path, tmp_path: Path, stem: str
) -> None:
    path = tmp_path / f"{stem}.toml"
    path.write_text(small_case(), "utf-8")
    with open_client(settings_in(tmp_path, path)) as client:
        listed = client.get("/cases").text
        link = listed.split('<h2><a href="')[1].split('"')[0].replace("&amp;", "&")
        assert client.get(link).status_code == 200
        assert client.get(link.replace("/dossier", "/run.json")).status_code == 404


def test_f65_the_dossier_that_is_passed_on_tells_nothing_of_this_machine(
    reader: TestClient, run_once: Path
) -> None:
    for form in ("html", "md", "json"):
        text = reader.get(f"/cases/small/dossier.{form}").text
        assert str(run_once) not in text
        assert "127.0.0.1" not in text
