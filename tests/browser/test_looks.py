"""The first screen looks as it did when a person last looked at it, but for fonts and machines.

To accept a new look, delete the picture in `tests/browser/golden` and run this again.
"""

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.conftest import DESK, PHONE

GOLDEN = Path(__file__).parent / "golden"
# Pictures are compared as coarse greys: half a cell of text more or less is no other look.
CELLS = 48
MOST_DIFFERENCE = 10.0
CONTRAST = """
async ([one, two, cells]) => {
  const greys = async (data) => {
    const picture = new Image();
    picture.src = data;
    await picture.decode();
    const canvas = new OffscreenCanvas(cells, cells);
    const pen = canvas.getContext("2d");
    pen.imageSmoothingQuality = "high";
    pen.drawImage(picture, 0, 0, cells, cells);
    const { data: pixels } = pen.getImageData(0, 0, cells, cells);
    return Array.from({ length: cells * cells }, (_, n) =>
      (pixels[4 * n] + pixels[4 * n + 1] + pixels[4 * n + 2]) / 3);
  };
  const [a, b] = [await greys(one), await greys(two)];
  return a.reduce((sum, grey, n) => sum + Math.abs(grey - b[n]), 0) / a.length;
}
"""
LOOKS = {
    "cases-desk-light": ("/cases", DESK, "light"),
    "dossier-desk-light": ("/cases/small/dossier", DESK, "light"),
    "dossier-desk-dark": ("/cases/small/dossier", DESK, "dark"),
    "dossier-phone-light": ("/cases/small/dossier", PHONE, "light"),
    "ledger-desk-light": ("/cases/small/ledger", DESK, "light"),
}


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Iterator[Page]:
    """Give a page without a policy, on which pictures can be compared."""
    page = browser.new_page()
    yield page
    page.close()


def as_address(picture: bytes) -> str:
    return f"data:image/png;base64,{b64encode(picture).decode()}"


def difference(blank: Page, one: bytes, two: bytes) -> float:
    """Give the mean difference of two pictures, of 255 greys."""
    return float(blank.evaluate(CONTRAST, [as_address(one), as_address(two), CELLS]))


def look(browser: Browser, address: str, size: dict[str, int], scheme: str) -> bytes:
    context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address)
    picture = page.screenshot()
    context.close()
    return picture


@pytest.mark.parametrize("name", LOOKS)
def test_the_first_screen_looks_as_it_did(
    browser: Browser, blank: Page, workbench: str, name: str
) -> None:
    path, size, scheme = LOOKS[name]
    seen, kept = look(browser, workbench + path, size, scheme), GOLDEN / f"{name}.png"
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes(seen)
        pytest.fail(f"{kept.name} was not there and has been taken. Look at it and keep it.")
    assert difference(blank, seen, kept.read_bytes()) < MOST_DIFFERENCE


def test_the_comparison_tells_another_look(blank: Page) -> None:
    pictures = {name: (GOLDEN / f"{name}.png").read_bytes() for name in LOOKS}
    light, dark = pictures["dossier-desk-light"], pictures["dossier-desk-dark"]
    assert difference(blank, light, light) == 0
    assert difference(blank, light, dark) > 5 * MOST_DIFFERENCE


def test_on_paper_nothing_of_the_workbench_is_left(browser: Browser, workbench: str) -> None:
    page = browser.new_page()
    page.goto(f"{workbench}/cases/small/dossier")
    page.emulate_media(media="print")
    shown = page.locator(".bar, .take, nav, #beside, form").all()
    assert [one for one in shown if one.is_visible()] == []
    assert page.locator("h1").is_visible()
    page.close()
