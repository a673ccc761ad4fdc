"""Each source has a page that says what its card says."""

from pathlib import Path
from runpy import run_path

import pytest

from cuibono.sources.base import read_card, source_names

ROOT = Path(__file__).parents[1]
PAGES: dict[str, str] = run_path(str(ROOT / "tools" / "write_source_pages.py"))["pages"]()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_its_card_says(name: str) -> None:
    written = (ROOT / "docs" / "sources" / name).read_text("utf-8")
    assert written == PAGES[name], "write the pages with tools/write_source_pages.py"


def test_no_page_is_of_a_source_that_is_gone() -> None:
    assert {page.name for page in (ROOT / "docs" / "sources").iterdir()} == PAGES.keys()


@pytest.mark.parametrize("name", source_names())
def test_a_page_says_every_blind_spot_and_fault(name: str) -> None:
    card, page = read_card(name), PAGES[f"{name}.md"]
    said = [*card.blind_spots, *(fault.what for fault in card.faults), card.citation]
    assert [one for one in said if one not in page] == []
