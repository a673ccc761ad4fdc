"""A hostile page is read, reviewed and entered into a case; no browser runs any of it.

The browser reports every request that leaves the workbench, every breach of the page's
policy and every dialog: there are none, on any page that shows the document's words.
"""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.conftest import Visit, serve
from tests.cli.calling import call
from tests.web.conftest import settings_in, write_small

from cuibono.store.readings import read_records

RUN = "document.title='it ran';alert(1)"
MARKUP = f"<img src=http://evil.example/i.png onerror={RUN}>"
SHOWN = MARKUP.replace("<", "&lt;").replace(">", "&gt;")
HOSTILE_PAGE = f"""<!DOCTYPE html>
<html><head><title>Terms {SHOWN}</title>
<meta name=author content="Ann <script>{RUN}</script>">
<meta property="article:published_time" content="2021-06-01">
<meta http-equiv=refresh content="0; url=http://evil.example/refresh">
<base href="http://evil.example/base/"><link rel=stylesheet href="http://evil.example/a.css">
<script src="http://evil.example/a.js"></script><script>{RUN}</script></head>
<body onload="{RUN}"><svg onload="{RUN}"><script>{RUN}</script></svg>
<math><maction actiontype="statusline" xlink:href="javascript:{RUN}">x</maction></math>
<iframe src="http://evil.example/frame"></iframe><object data="http://evil.example/o"></object>
<img src="http://evil.example/pixel.gif" width=1 height=1 onerror="{RUN}">
<p onclick="{RUN}">Russia, under <a href="javascript:{RUN}">its</a> pact with
<a href="data:text/html,<script>{RUN}</script>">others</a>, attacked {SHOWN} Georgia.</p>
<p>Iran and {SHOWN} Iraq signed a treaty {{{{ 7*7 }}}} in Baghdad.</p>
<video src="http://evil.example/v.mp4" autoplay></video></body></html>
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Give a workbench whose store and case hold what the page says."""
    folder = tmp_path_factory.mktemp("hostile_document")
    case = write_small(folder)
    (folder / "page.html").write_text(HOSTILE_PAGE, "utf-8")
    settings = settings_in(folder, case)
    call("read", folder / "page.html", "--keep", "--store", settings.store)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("sys.stdin", io.StringIO("a\nq\n"))
        assert call("review", "--store", settings.store, "--case", case).code == 0
    server, thread, address = serve(settings)
    yield address.rstrip("/"), case
    server.should_exit = True
    thread.join()


@pytest.fixture
def visit(browser: Browser, desk: tuple[str, Path]) -> Iterator[Visit]:
    context = browser.new_context()
    visit = Visit(context.new_page(), desk[0])
    dialogs: list[str] = []
    visit.page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    yield visit
    visit.close()
    assert dialogs == []


def test_f56_the_page_becomes_records_that_quote_its_markup(desk: tuple[str, Path]) -> None:
    records = read_records(desk[1].parent / "store")
    assert {record.status for record in records} == {"accepted", "proposed"}
    assert all(MARKUP in record.quote for record in records if record.cameo)
    assert MARKUP in desk[1].read_text("utf-8")


@pytest.mark.parametrize("path", ["/reviews", "/cases/small/ledger"])
def test_f56_a_document_with_script_runs_nothing_and_asks_nobody(
    visit: Visit, path: str
) -> None:
    page = visit.go(path)
    page.wait_for_load_state("networkidle")
    expect(page.locator("main")).to_contain_text("onerror=document.title")
    assert page.title() != "it ran"
    shown = page.locator("main")
    assert shown.locator("img, svg[onload], iframe, object, video, script").count() == 0
    handlers = (
        "els => els.filter(e => [...e.attributes].some(a => a.name.startsWith('on'))).length"
    )
    assert page.eval_on_selector_all("main *", handlers) == 0
    hrefs = page.eval_on_selector_all("a", "links => links.map(link => link.protocol)")
    assert set(hrefs) <= {"http:", "https:"}


def test_f56_what_is_accepted_in_the_browser_stays_text(visit: Visit) -> None:
    page = visit.go("/reviews")
    before = page.locator("article").count()
    page.get_by_role("button", name="Accept").first.click()
    expect(page.locator("article")).to_have_count(before - 1)
    assert page.title() != "it ran"
