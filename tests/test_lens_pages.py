"""Each lens has a page of its own, and no page is of a lens that is gone."""

from pathlib import Path

import pytest

from cuibono.lenses.known import known_lenses

PAGES = Path(__file__).parents[1] / "docs" / "lenses"
NAMES = sorted(lens.name for lens in known_lenses())


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_named_after_its_lens(name: str) -> None:
    assert (PAGES / f"{name}.md").read_text("utf-8").startswith(f"# {name}\n")


def test_no_page_is_of_a_lens_that_is_gone() -> None:
    assert sorted(page.stem for page in PAGES.iterdir()) == NAMES
