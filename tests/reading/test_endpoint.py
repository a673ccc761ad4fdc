"""A model is asked as the user says, in the way it understands, and no other machine is."""

import socket

import pytest
from tests.reading.made_server import completion, serving, silent, tool_call

from cuibono.errors import ProposerError
from cuibono.reading.endpoint import LONGEST_ANSWER, Endpoint

QUESTION = [{"role": "user", "content": "Who?"}]
SCHEMA = {"type": "object"}
REFUSED = (400, b"no such field")


def test_a_question_is_asked_once_under_the_schema() -> None:
    with serving(completion({"records": []})) as server:
        assert Endpoint(server.url, "small").ask(QUESTION, SCHEMA) == {"records": []}
    (asked,) = server.asked
    assert asked["path"] == "/v1/chat/completions"
    assert (asked["model"], asked["temperature"]) == ("small", 0)
    assert asked["response_format"]["json_schema"]["schema"] == SCHEMA


def test_a_server_without_schemas_is_asked_for_a_tool_call() -> None:
    with serving(REFUSED, tool_call([1])) as server:
        assert Endpoint(server.url, "small").ask(QUESTION, SCHEMA) == [1]
    assert "response_format" not in server.asked[1]
    assert server.asked[1]["tools"][0]["function"]["parameters"] == SCHEMA


def test_a_server_without_tools_is_asked_in_plain_words_and_from_then_on() -> None:
    with serving(REFUSED, (422, b""), completion("[1]"), completion("[2]")) as server:
        endpoint = Endpoint(server.url, "small")
        assert [endpoint.ask(QUESTION, SCHEMA) for _ in range(2)] == [[1], [2]]
    assert len(server.asked) == 4
    assert not {"tools", "response_format"}.intersection(server.asked[3])


def test_what_is_no_json_is_sent_back_once() -> None:
    with serving(completion("Sure! Here:"), completion([1])) as server:
        assert Endpoint(server.url, "small").ask(QUESTION, SCHEMA) == [1]
    again = server.asked[1]["messages"]
    assert [said["role"] for said in again] == ["user", "assistant", "user"]
    assert again[1]["content"] == "Sure! Here:"


def test_twice_no_json_is_given_up() -> None:
    with (
        serving(completion("Sure!")) as server,
        pytest.raises(ProposerError, match="twice no JSON"),
    ):
        Endpoint(server.url, "small").ask(QUESTION, SCHEMA)
    assert len(server.asked) == 2


def test_a_fence_around_the_answer_is_taken_off() -> None:
    with serving(completion("```json\n[1]\n```")) as server:
        assert Endpoint(server.url, "small").ask(QUESTION, SCHEMA) == [1]


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ((500, b""), "answered 500"),
        ((302, b""), "answered 302"),
        ((401, b""), "answered 401"),
        (REFUSED, "answered 400"),
        ((200, b"<html>"), "no chat completion"),
        ((200, b"[]"), "no chat completion"),
        ((200, b'{"choices": [{"message": {"content": 7}}]}'), "holds no text"),
        ((200, b" " * (LONGEST_ANSWER + 1)), "longer than"),
        (completion("[" * 100_000), "twice no JSON"),
    ],
)
def test_an_answer_that_is_none_is_one_line(answer: tuple[int, bytes], says: str) -> None:
    with serving(answer) as server, pytest.raises(ProposerError, match=says) as raised:
        Endpoint(server.url, "small").ask(QUESTION, SCHEMA)
    assert "\n" not in str(raised.value)


def test_a_server_that_does_not_answer_is_left() -> None:
    with silent() as server, pytest.raises(ProposerError, match="no answer"):
        Endpoint(server.url, "small", timeout_s=0.1).ask(QUESTION, SCHEMA)


def test_a_server_that_is_not_there_is_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(ProposerError, match=r"127\.0\.0\.1: no answer"):
        Endpoint(f"http://127.0.0.1:{port}/v1", "small").ask(QUESTION, SCHEMA)


@pytest.mark.parametrize(
    ("url", "model", "says"),
    [
        ("http://models.example/v1", "small", "in the clear"),
        ("http://8.8.8.8/v1", "small", "in the clear"),
        ("ftp://127.0.0.1/v1", "small", "no address"),
        ("file:///etc/passwd", "small", "no address"),
        ("https://user:word@models.example/v1", "small", "no address"),
        ("models.example", "small", "no address"),
        ("https://models.example/v1", "", "No model is named"),
    ],
)
def test_an_address_that_will_not_do_is_refused(url: str, model: str, says: str) -> None:
    with pytest.raises(ProposerError, match=says):
        Endpoint(url, model)


def test_the_key_is_sent_and_never_shown() -> None:
    with serving(completion([])) as server:
        endpoint = Endpoint(server.url, "small", "hush")
        endpoint.ask(QUESTION, SCHEMA)
    assert server.headers[0]["Authorization"] == "Bearer hush"
    assert "hush" not in repr(endpoint)


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://127.0.0.1:1/v1", True),
        ("http://localhost/v1", True),
        ("http://[::1]/v1", True),
        ("https://models.example/v1", False),
    ],
)
def test_it_knows_whether_the_text_stays(url: str, local: bool) -> None:
    assert Endpoint(url, "small").is_local is local
