"""Hostile text in a case comes through the workbench as text; no page asks anybody else."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.conftest import Visit, serve
from tests.dossier.sample import HOSTILE, sample
from tests.web.conftest import settings_in

from cuibono.dossier.write import write_dossier

TITLE = HOSTILE.replace("\x00", "").replace("\u202e", "")
CASE = """\
[case]
name = "russia-pakistan"
title = '''{0}'''
question = '''{0}'''
actor = "RUS"
recipient = "PAK"
from = 2012-01-01
to = 2017-01-01

[[document]]
id = "d"
title = '''{0}'''
author = '''{0}'''
published = 2016-01-01

[[explanation]]
id = "a"
name = '''{0}'''
mechanism = '''{0}'''
nearest_rival = "b"
discriminator = '''{0}'''

[[explanation]]
id = "b"
name = "b"
mechanism = "m"
nearest_rival = "a"
discriminator = "d"

[[evidence]]
id = "E1"
text = '''{0}'''
day = 2015-01-01
document = "d"
locator = '''{0}'''
holder = '''{0}'''
origin = "o"
judge = '''{0}'''
blank = ["b"]

[evidence.likelihoods]
a = {{ if_true = [0.5, 0.6], if_false = [0.2, 0.3], why = '''{0}''' }}
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("hostile")
    path = folder / 'a "b" ]; -- {{7}} 5%.toml'
    path.write_text(CASE.format(HOSTILE.replace("\x00", "")), "utf-8")
    settings = settings_in(folder, path)
    dossier = replace(sample(), title=HOSTILE, question=HOSTILE, context=HOSTILE)
    write_dossier(dossier, settings.out)
    server, thread, address = serve(settings)
    yield address.rstrip("/")
    server.should_exit = True
    thread.join()


@pytest.fixture
def visit(browser: Browser, hostile: str) -> Iterator[Visit]:
    context = browser.new_context()
    visit = Visit(context.new_page(), hostile)
    yield visit
    visit.close()


def test_f54_f56_f58_a_hostile_case_is_listed_and_opened_as_text(visit: Visit) -> None:
    dialogs: list[str] = []
    visit.page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    page = visit.go("/cases")
    page.locator("h2 a").click()
    title = page.get_by_role("heading", level=1)
    expect(title).to_contain_text("<script>alert(1)</script> {{ 7*7 }}")
    assert page.locator("h1 svg, h1 img, h1 script").count() == 0
    assert dialogs == []


def test_f56_markup_that_got_in_cannot_run_or_ask_anybody(visit: Visit) -> None:
    # A picture of no name is not found here, and others are refused before they are asked.
    visit.provoke("Content Security Policy", "404", "http://evil.example/")
    page = visit.go("/cases")
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend',"
        " `<img src=x onerror=\"document.title='it ran'\">"
        "<img src='http://evil.example/p.png'><iframe src='http://evil.example/'></iframe>`)"
    )
    page.evaluate(
        "const got = document.createElement('script');"
        " got.textContent = \"document.title = 'it ran'\"; document.body.append(got)"
    )
    visit.wait_for_words("Content Security Policy", 4)
    assert page.title() == "Cases · cuibono"


@pytest.mark.parametrize("form", ["csv", "svg"])
def test_f58_what_is_taken_along_holds_no_markup_of_the_case(visit: Visit, form: str) -> None:
    page = visit.go("/cases")
    page.locator("h2 a").click()
    link = page.locator(f".take a[href$='.{form}']").first.get_attribute("href")
    assert link
    body = page.request.get(visit.home + link).text()
    assert "<script>" not in body
