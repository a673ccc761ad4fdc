"""What the guard refuses before any page sees it, and what it puts on every answer."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import open_client

from cuibono.web.guard import COOKIE, LARGEST_BODY, LONGEST_QUERY
from cuibono.web.settings import Settings

TOKEN = "correct horse battery staple"
START = "/cases/none/run"


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example:8787", "", "127.0.0.1:1"]
)
def test_f61_a_name_pointed_at_this_machine_is_refused(reader: TestClient, host: str) -> None:
    assert reader.get("/cases", headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8787", "LOCALHOST:8787", "[::1]:8787", "localhost"]
)
def test_the_names_of_loopback_are_answered(reader: TestClient, host: str) -> None:
    assert reader.get("/cases", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_f61_another_page_cannot_change_anything(
    reader: TestClient, headers: dict[str, str]
) -> None:
    assert reader.post(START, headers=headers).status_code == 403


@pytest.mark.parametrize(
    "headers", [{}, {"origin": "http://127.0.0.1:8787", "sec-fetch-site": "same-origin"}]
)
def test_our_own_page_and_a_program_get_through(
    reader: TestClient, headers: dict[str, str]
) -> None:
    assert reader.post(START, headers=headers).status_code == 404


@pytest.mark.parametrize(
    "page", ["/cases", "/nothing/here", "/static/page.css", "/openapi.json"]
)
def test_f63_every_answer_forbids_what_no_page_needs(reader: TestClient, page: str) -> None:
    headers = reader.get(page).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in headers


def test_f63_a_refusal_is_marked_as_well(reader: TestClient) -> None:
    refused = reader.get("/cases", headers={"host": "evil.example"})
    assert "frame-ancestors 'none'" in refused.headers["content-security-policy"]


def test_f64_a_large_body_is_refused_before_it_is_read(reader: TestClient) -> None:
    assert reader.post(START, content=b"x" * (LARGEST_BODY + 1)).status_code == 413


def test_f64_a_body_without_a_length_is_cut_off(reader: TestClient) -> None:
    def endless() -> Iterator[bytes]:
        yield from (b"a" * 65_536 for _ in range(LARGEST_BODY // 65_536 + 2))

    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert reader.post(START, content=endless(), headers=kind).status_code >= 400


@pytest.mark.parametrize("length", ["-1", "many", "1e9"])
def test_a_length_that_is_no_number_is_refused(reader: TestClient, length: str) -> None:
    assert reader.post(START, headers={"content-length": length}).status_code == 413


def test_f66_an_address_without_end_is_refused(reader: TestClient) -> None:
    assert reader.get("/relations?actor=" + "A" * LONGEST_QUERY).status_code == 414


@pytest.fixture
def guarded(settings: Settings) -> TestClient:
    return open_client(replace(settings, token=TOKEN))


def test_without_the_token_nothing_is_shown(guarded: TestClient) -> None:
    answer = guarded.get("/cases")
    assert (answer.status_code, TOKEN in answer.text) == (401, False)


@pytest.mark.parametrize("shown", ["", "guess", TOKEN[:-1], TOKEN + "x"])
def test_a_wrong_token_is_none(guarded: TestClient, shown: str) -> None:
    assert guarded.get("/cases", params={"token": shown}).status_code == 401


def test_a_program_shows_the_token_in_a_header(guarded: TestClient) -> None:
    answer = guarded.get("/cases", headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200


def test_a_token_in_the_address_becomes_a_cookie_and_leaves_the_address(
    guarded: TestClient,
) -> None:
    answer = guarded.get("/cases", params={"token": TOKEN}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/cases")
    assert {"HttpOnly", "SameSite=strict"} <= set(answer.headers["set-cookie"].split("; "))


def test_the_cookie_opens_the_next_page(guarded: TestClient) -> None:
    guarded.cookies.set(COOKIE, f'"{TOKEN}"')
    assert guarded.get("/cases").status_code == 200


@pytest.mark.parametrize("cookie", ["=", f"{COOKIE}", f"{COOKIE}=\x7f;;=", "a" * 5000])
def test_a_broken_cookie_opens_nothing(guarded: TestClient, cookie: str) -> None:
    assert guarded.get("/cases", headers={"cookie": cookie}).status_code == 401
