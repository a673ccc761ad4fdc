"""Who may ask and what an answer may do: checked before any page sees the request."""

from __future__ import annotations

import hmac
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cuibono.web.settings import Settings

COOKIE = "cuibono_token"
LARGEST_BODY = 2**20
LONGEST_QUERY = 4096
READS = frozenset(("GET", "HEAD"))

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}


class Guard:
    """Refuses what does not come from the analyst's own page, and marks every answer.

    Parameters
    ----------
    app : ASGI application
        What is guarded.
    settings : Settings
        Hosts and token.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app, self._settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refuse(scope, Headers(scope=scope))
        if refusal is not None:
            await refusal(scope, receive, marked)
            return
        await self._app(scope, _Counted(receive), marked)

    def _refuse(self, scope: Scope, headers: Headers) -> Response | None:
        if headers.get("host", "").lower() not in self._settings.hosts:
            return _say(421, "This name is not served here. Use the address that was printed.")
        if scope["method"] not in READS and not _same_page(headers):
            return _say(403, "Only the workbench's own pages may change anything.")
        if len(scope["query_string"]) > LONGEST_QUERY:
            return _say(414, f"The address asks more than {LONGEST_QUERY} characters.")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > LARGEST_BODY:
            return _say(413, f"At most {LARGEST_BODY:,} bytes may be sent.")
        return self._let_in(scope, headers) if self._settings.token else None

    def _let_in(self, scope: Scope, headers: Headers) -> Response | None:
        """Ask for the token, and turn one in the address into a cookie."""
        shown = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if shown and self._knows(shown):
            answer = RedirectResponse(scope["path"], 303)
            answer.set_cookie(COOKIE, shown, httponly=True, samesite="strict")
            return answer
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        if self._knows(bearer) or self._knows(_cookie(headers)):
            return None
        return _say(401, "Open the address with ?token= and the token of this workbench.")

    def _knows(self, token: str) -> bool:
        return hmac.compare_digest(token.encode(), self._settings.token.encode())


class _Counted:
    """Takes in a body piece by piece, and cuts it off where it grows past the limit."""

    def __init__(self, receive: Receive) -> None:
        self._receive, self._taken = receive, 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._taken += len(message.get("body", b""))
        return {"type": "http.disconnect"} if self._taken > LARGEST_BODY else message


def _same_page(headers: Headers) -> bool:
    """Tell a request of our own page, or of a program, from one that another page made."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or origin.partition("://")[2].lower() == headers["host"].lower()


def _cookie(headers: Headers) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _say(status: int, text: str) -> Response:
    return PlainTextResponse(text + "\n", status)
