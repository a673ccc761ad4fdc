"""The page in a real browser: it opens, nothing runs, nothing is asked of a network."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from tests.dossier.render.reader import Page
from tests.dossier.sample import HOSTILE, sample

from cuibono.dossier.render.html import render_html

BROWSER = next(
    filter(None, map(shutil.which, ["chromium", "chromium-browser", "chrome"])), None
)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine")
PHONE = 390
# A browser that starts while the machine does something else.
PATIENCE_S = 180
CANARY = "<script>document.title = 'it ran'</script><img src='http://evil.example/p.png'>"


def browse(address: str, *options: str) -> str:
    """Open a file and give the page as it stands once loaded."""
    quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    done = subprocess.run(
        [str(BROWSER), *quiet, *options, "--dump-dom", address],
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=True,
    )
    return done.stdout


def write(folder: Path, name: str, html: str) -> str:
    path = folder / f"{name}.html"
    path.write_text(html, "utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


@pytest.fixture(scope="module")
def hostile(folder: Path) -> str:
    dossier = replace(sample(), title=CANARY, question=HOSTILE, context=CANARY)
    return write(folder, "hostile", render_html(dossier))


def test_the_page_opens_with_its_title_and_drawings(folder: Path) -> None:
    page = Page(browse(write(folder, "sample", render_html(sample()))))
    assert page.every("title")[0].text == "Russia's turn to Pakistan"
    # Twelve panels over time, one of dates, one of a curve, one of a fan; weights, world and
    # coverage, each for the desk and the phone.
    assert len(page.every("svg")) == 12 + 1 + 1 + 1 + 3 * 2


def test_no_hostile_text_runs(hostile: str) -> None:
    assert Page(browse(hostile)).every("title")[0].text == CANARY


@pytest.mark.parametrize(("kind", "asked"), [("dossier", False), ("control", True)])
def test_only_a_page_without_our_care_asks_the_network(
    kind: str, asked: bool, folder: Path, hostile: str
) -> None:
    address = hostile if kind == "dossier" else write(folder, "control", CANARY)
    log = folder / f"{kind}.json"
    browse(address, f"--log-net-log={log}", "--host-resolver-rules=MAP * ~NOTFOUND")
    assert ("http://evil.example/p.png" in log.read_text("utf-8", "replace")) is asked


def test_the_policy_stops_a_script_that_got_in(folder: Path) -> None:
    html = render_html(sample()).replace("<h1>", f"<h1>{CANARY}")
    page = Page(browse(write(folder, "broken-in", html)))
    assert page.every("title")[0].text == "Russia's turn to Pakistan"


def test_nothing_but_tables_is_wider_than_a_phone(folder: Path) -> None:
    inside = write(folder, "phone", render_html(sample()))
    measure = (
        "const page = document.querySelector('iframe').contentDocument;"
        "document.title = page.documentElement.scrollWidth"
    )
    outside = (
        f'<body onload="{measure}"><iframe src="{inside}" width="{PHONE}" height="800"'
        ' style="border:0"></iframe>'
    )
    dom = browse(write(folder, "outside", outside), "--allow-file-access-from-files")
    assert 0 < int(Page(dom).every("title")[0].text) <= PHONE
