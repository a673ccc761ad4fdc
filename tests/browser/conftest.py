"""A workbench on a real socket and a real browser that reports what it should not see."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright
from tests.web.conftest import settings_in, write_early, write_small

from cuibono.web.app import make_app
from cuibono.web.listen import listen_on
from cuibono.web.settings import Settings

CHROMIUM = next(
    filter(None, map(shutil.which, ["chromium", "chromium-browser", "chrome"])), None
)
# A machine that does something else besides answers late, and late is no fault.
PATIENCE_MS = 60_000
expect.set_options(timeout=PATIENCE_MS)

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


def serve(settings: Settings) -> tuple[uvicorn.Server, Thread, str]:
    """Serve a workbench from a thread, on any free port."""
    listener = listen_on("127.0.0.1", 0)
    known = replace(settings, port=listener.getsockname()[1])
    server = uvicorn.Server(uvicorn.Config(make_app(known), log_level="error"))
    thread = Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    return server, thread, known.address


@pytest.fixture(scope="session")
def desk_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("browsed")
    return settings_in(folder, write_small(folder), write_early(folder))


@pytest.fixture(scope="session")
def workbench(desk_settings: Settings) -> Iterator[str]:
    """Give the address of a workbench over the small case."""
    server, thread, address = serve(desk_settings)
    yield address.rstrip("/")
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="session")
def playing() -> Iterator[Playwright]:
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine")
    with sync_playwright() as playing:
        yield playing


@pytest.fixture(scope="session")
def browser(playing: Playwright) -> Iterator[Browser]:
    opened = playing.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    yield opened
    opened.close()


class Visit:
    """A page together with what it asked of others and what its console said.

    A browser reports both in its own time, so what a test provokes on purpose is named before
    it happens and never taken out afterwards.
    """

    def __init__(self, page: Page, home: str) -> None:
        self.page, self.home = page, home
        self.provoked: list[str] = []
        self.outside: list[str] = []
        self.said: list[str] = []
        page.set_default_timeout(PATIENCE_MS)
        page.on("request", lambda request: self._note(request.url))
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def provoke(self, *words: str) -> None:
        """Name what the console or an address may hold, because the test brings it about."""
        self.provoked += words

    def wait_for_words(self, words: str, times: int) -> None:
        """Wait until the console has said something so many times."""
        while sum(words in said for said in self.said) < times:
            self.page.wait_for_event("console")

    def close(self) -> None:
        """End the visit: nothing was asked of others and nothing went wrong."""
        self.page.context.close()
        unasked = [
            said
            for said in [*self.outside, *self.said]
            if not any(words in said for words in self.provoked)
        ]
        assert unasked == []

    def _note(self, url: str) -> None:
        if not url.startswith((self.home, "data:", "blob:")):
            self.outside.append(url)

    def go(self, path: str) -> Page:
        self.page.goto(self.home + path)
        return self.page


@pytest.fixture
def visit(browser: Browser, workbench: str) -> Iterator[Visit]:
    """Visit at the desk."""
    context = browser.new_context(viewport=DESK, reduced_motion="reduce")
    visit = Visit(context.new_page(), workbench)
    yield visit
    visit.close()


@pytest.fixture
def phone(browser: Browser, workbench: str) -> Iterator[Visit]:
    """Visit with a phone."""
    context = browser.new_context(
        viewport=PHONE, has_touch=True, is_mobile=True, reduced_motion="reduce"
    )
    visit = Visit(context.new_page(), workbench)
    yield visit
    visit.close()


@pytest.fixture(scope="session")
def axe() -> str:
    return (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
