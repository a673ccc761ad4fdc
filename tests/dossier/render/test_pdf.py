"""The page on paper: printed where a browser is, and one line where none is."""

import stat
from pathlib import Path

import pytest
from pypdf import PdfReader
from tests.dossier.sample import sample

from cuibono.dossier.render import pdf
from cuibono.dossier.render.html import render_html
from cuibono.dossier.render.pdf import find_browser, print_pdf
from cuibono.errors import PrintError


def pretend(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Let a script stand in for the browser."""
    path = folder / "chromium"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(pdf, "which", lambda name: str(path) if name == "chromium" else None)


def test_without_a_browser_the_next_step_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "which", lambda _: None)
    with pytest.raises(PrintError, match=r"apt install chromium.*print it from there"):
        print_pdf("<p>nothing</p>")


@pytest.mark.parametrize(
    ("script", "told"),
    [("exit 3", "exit code 3"), ("exit 0", "No such file"), ("sleep 9", "not done after")],
)
def test_a_browser_that_prints_nothing_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, told: str
) -> None:
    pretend(tmp_path, monkeypatch, script)
    monkeypatch.setattr(pdf, "LONGEST_S", 1)
    with pytest.raises(PrintError, match=told):
        print_pdf("<p>nothing</p>")


def test_what_the_browser_prints_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    print_it = (
        'for one; do case $one in --print-to-pdf=*) echo paper > "${one#*=}";; esac; done'
    )
    pretend(tmp_path, monkeypatch, print_it)
    assert print_pdf("<p>a page</p>") == b"paper\n"


def test_a_dossier_is_printed_with_its_title_and_bookmarks(tmp_path: Path) -> None:
    try:
        find_browser()
    except PrintError:
        pytest.skip("no browser on this machine")
    path = tmp_path / "dossier.pdf"
    path.write_bytes(print_pdf(render_html(sample())))
    reader = PdfReader(path)
    assert "Russia's turn to Pakistan" in " ".join(reader.pages[0].extract_text().split())
    assert len(reader.outline) > 0
    width, height = (float(side) for side in reader.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (595, 842)
