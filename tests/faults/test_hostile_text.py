"""Text from a case file is shown as text, wherever it lands."""

import re
from html import unescape
from pathlib import Path

import pytest
from tests.cli.calling import Said, call
from tests.dossier.small_case import small_case, write_case

ACTIVE = r"<script|<iframe|<object|<embed|\son\w+\s*=|href=.?javascript"
HOSTILE = "<script>alert(1)</script> {{ 7*7 }} ${x} [l](javascript:alert(2)) 'q' | c"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@pytest.fixture(scope="module")
def said(folder: Path) -> Said:
    text = small_case(title=HOSTILE, drivers=())
    for harmless in ('"Trade"', '"They met on the matter."', '"A memorandum"', '"page 1"'):
        assert harmless in text
        text = text.replace(harmless, f'"{HOSTILE}"')
    return call("explain", write_case(folder, text), "--out", folder)


def test_it_is_accepted_and_printed_as_it_is(said: Said) -> None:
    assert (said.code, said.err) == (0, "")
    assert HOSTILE in said.out


def test_the_page_shows_it_and_runs_none_of_it(said: Said, folder: Path) -> None:
    page = (folder / "small" / "dossier.html").read_text("utf-8")
    assert said.code == 0
    assert not re.search(
        r"<script|<iframe|<object|<embed|\son\w+\s*=|href=.?javascript", page, re.I
    )
    assert unescape(page).count(HOSTILE) > 5


def test_the_markdown_holds_no_element_of_it(said: Said, folder: Path) -> None:
    text = (folder / "small" / "dossier.md").read_text("utf-8")
    assert said.code == 0
    assert "alert(1)" in text
    assert not re.search(r"(?<!\\)<script", text)
    assert "](javascript:" not in text
