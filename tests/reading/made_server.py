"""A server on this machine that answers as it is told and remembers what it was asked."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

Answer = tuple[int, bytes]


def completion(content: Any) -> Answer:
    """A chat completion that says this: text as it is, anything else as JSON."""
    said = content if isinstance(content, str) else json.dumps(content)
    body = {"choices": [{"message": {"role": "assistant", "content": said}}]}
    return 200, json.dumps(body).encode()


def tool_call(content: Any) -> Answer:
    """A chat completion that calls the tool with this."""
    call = {"function": {"name": "records", "arguments": json.dumps(content)}}
    body = {"choices": [{"message": {"content": None, "tool_calls": [call]}}]}
    return 200, json.dumps(body).encode()


class MadeServer:
    """What a server was asked, and how it goes on.

    Attributes
    ----------
    url : str
        Base address for an endpoint.
    asked : list of dict
        Bodies, in order.
    headers : list of dict
        Headers of the same.
    """

    def __init__(self, port: int, answers: list[Answer | Callable[[], Answer]]) -> None:
        self.url = f"http://127.0.0.1:{port}/v1"
        self.answers = answers
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []


@contextmanager
def serving(*answers: Answer | Callable[[], Answer]) -> Iterator[MadeServer]:
    """Serve these answers one after the other; the last one again and again."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            made.headers.append(dict(self.headers))
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.asked.append({"path": self.path, **json.loads(body)})
            answer = made.answers.pop(0) if len(made.answers) > 1 else made.answers[0]
            status, data = answer() if callable(answer) else answer
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            if status in {301, 302, 307}:
                self.send_header("Location", made.url)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *arguments: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made = MadeServer(server.server_port, list(answers))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def silent() -> Iterator[MadeServer]:
    """Serve nothing: the server takes the question and does not answer until the end."""
    ended = Event()

    def wait() -> Answer:
        ended.wait()
        return 500, b""

    with serving(wait) as made:
        try:
            yield made
        finally:
            ended.set()
