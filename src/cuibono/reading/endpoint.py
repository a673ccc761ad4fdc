"""A language model that the user names, asked over HTTP: text goes out, one JSON answer comes.

Any server that answers as OpenAI's `chat/completions` does will do. It is asked for an answer
under a JSON schema; where it refuses that, for a call of a tool; where it refuses that too,
in plain words. Nothing else in this layer opens a connection.
"""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any
from urllib.parse import SplitResult, urlsplit

from cuibono.errors import ProposerError

TIMEOUT_S = 120.0
LONGEST_ANSWER = 4 << 20
# What servers say to a field of the question that they do not know.
UNKNOWN_FIELD = frozenset((400, 404, 422, 501))
REPAIR = "That is no JSON of the form asked for ({problem}). Answer with the JSON alone."

Message = dict[str, str]


@dataclass(slots=True)
class Endpoint:
    """Where a model is asked, and how it likes to be asked.

    Attributes
    ----------
    url : str
        Base address, such as `http://127.0.0.1:8080/v1`.
    model : str
        Name that the server knows it by.
    key : str
        Sent as a bearer token; empty for none.
    timeout_s : float
        For one answer as a whole.

    Raises
    ------
    ProposerError
        If the address is none, or would send text in the clear to another machine.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    timeout_s: float = TIMEOUT_S
    _ways: list[str] = field(default_factory=lambda: ["schema", "tool", "plain"], init=False)

    def __post_init__(self) -> None:
        parts = self._parts
        if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
            raise ProposerError(
                f"{self.url!r} is no address of a model. Give one such as"
                " http://127.0.0.1:8080/v1; the key goes into CUIBONO_LLM_KEY."
            )
        if parts.scheme == "http" and not self.is_local:
            raise ProposerError(
                f"{parts.hostname} would be sent the text in the clear. Use https, or a model"
                " on this machine."
            )
        if not self.model:
            raise ProposerError("No model is named. Give --llm-model or CUIBONO_LLM_MODEL.")

    @property
    def _parts(self) -> SplitResult:
        return urlsplit(self.url)

    @property
    def host(self) -> str:
        """Name the machine that the text goes to.

        Returns
        -------
        str
            Without the port.
        """
        return self._parts.hostname or ""

    @property
    def is_local(self) -> bool:
        """Say whether the text stays on this machine.

        Returns
        -------
        bool
            True for a loopback address, and for `localhost`.
        """
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    def ask(self, messages: list[Message], schema: Mapping[str, Any]) -> Any:
        """Ask for JSON; an answer that is none is sent back once.

        Parameters
        ----------
        messages : list of dict
            The question, as `role` and `content`.
        schema : mapping
            JSON schema of the answer.

        Returns
        -------
        object
            The answer as parsed; it is the caller's to check.

        Raises
        ------
        ProposerError
            If the server cannot be reached, refuses, is too slow, says too much, or twice
            says something else than JSON.
        """
        answer = self._answer(messages, schema)
        try:
            return _parsed(answer)
        except ValueError as error:
            problem = str(error)
        again = [
            *messages,
            {"role": "assistant", "content": answer[:LONGEST_ANSWER]},
            {"role": "user", "content": REPAIR.format(problem=problem)},
        ]
        try:
            return _parsed(self._answer(again, schema))
        except ValueError as error:
            raise ProposerError(f"{self.host}: twice no JSON ({error}).") from error

    def _answer(self, messages: list[Message], schema: Mapping[str, Any]) -> str:
        while True:
            way = self._ways[0]
            body = {"model": self.model, "messages": messages, "temperature": 0, "seed": 0}
            status, answer = self._post(body | _form(way, schema))
            if status == http.client.OK:
                return _content(answer, self.host)
            if status not in UNKNOWN_FIELD or len(self._ways) == 1:
                raise ProposerError(f"{self.host}: answered {status}. Nothing was proposed.")
            self._ways.pop(0)

    def _post(self, body: Mapping[str, Any]) -> tuple[int, bytes]:
        parts, deadline = self._parts, time.monotonic() + self.timeout_s
        kind = (
            http.client.HTTPSConnection
            if parts.scheme == "https"
            else http.client.HTTPConnection
        )
        headers = {"Content-Type": "application/json", "User-Agent": "cuibono"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        try:
            connection = kind(self.host, parts.port, timeout=self.timeout_s)
            try:
                path = parts.path.rstrip("/") + "/chat/completions"
                connection.request("POST", path, json.dumps(body), headers)
                with connection.getresponse() as response:
                    return response.status, _read(response, deadline, self.host)
            finally:
                connection.close()
        except (OSError, ValueError, http.client.HTTPException) as error:
            said = str(error) or type(error).__name__
            raise ProposerError(f"{self.host}: no answer ({said}).") from error


def _read(response: http.client.HTTPResponse, deadline: float, host: str) -> bytes:
    pieces, size = [], 0
    while piece := response.read1(1 << 16):
        pieces.append(piece)
        size += len(piece)
        if size > LONGEST_ANSWER:
            raise ProposerError(f"{host}: its answer is longer than {LONGEST_ANSWER:,} bytes.")
        if time.monotonic() > deadline:
            raise ProposerError(f"{host}: its answer took too long.")
    return b"".join(pieces)


def _form(way: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    if way == "schema":
        named = {"name": "records", "strict": True, "schema": schema}
        return {"response_format": {"type": "json_schema", "json_schema": named}}
    if way == "tool":
        tool = {"name": "records", "parameters": schema}
        choice = {"type": "function", "function": {"name": "records"}}
        return {"tools": [{"type": "function", "function": tool}], "tool_choice": choice}
    return {}


def _content(answer: bytes, host: str) -> str:
    try:
        message = json.loads(answer)["choices"][0]["message"]
        calls = message.get("tool_calls")
        said = calls[0]["function"]["arguments"] if calls else message["content"]
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise ProposerError(f"{host}: its answer is no chat completion.") from error
    if not isinstance(said, str):
        raise ProposerError(f"{host}: its answer holds no text.")
    return said


def _parsed(answer: str) -> Any:
    """Parse an answer, with what some models put around it taken off."""
    bare = answer.strip()
    if bare.startswith("```"):
        bare = bare.strip("`").removeprefix("json")
    try:
        return json.loads(bare)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
