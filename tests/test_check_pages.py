"""Each check has a page that says what it asks, when it passes and what a failure means."""

from pathlib import Path

import pytest

from cuibono.checks.known import known_checks

PAGES = Path(__file__).parents[1] / "docs" / "checks"
NAMES = sorted(check.name for check in known_checks("all"))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_says_when_a_check_passes_and_what_a_failure_means(name: str) -> None:
    text = (PAGES / f"{name}.md").read_text("utf-8")
    assert text.startswith(f"# `{name}`: ")
    assert "| passed if |" in text
    assert "| a failure most likely means |" in text


def test_no_page_is_of_a_check_that_is_gone() -> None:
    assert sorted(page.stem for page in PAGES.iterdir()) == NAMES
