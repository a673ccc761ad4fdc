"""The documentation builds as a site that asks nothing of any network."""

import re
import subprocess
import sys
from pathlib import Path
from shutil import copy, copytree

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted(path.relative_to(ROOT / "docs") for path in (ROOT / "docs").rglob("*.md"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    copytree(ROOT / "docs", folder / "docs")
    copy(ROOT / "zensical.toml", folder)
    subprocess.run(
        [sys.executable, "-m", "zensical", "build"],
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=300,
    )
    return folder / "dist" / "docs"


def built(site: Path, page: Path) -> Path:
    inside = page.with_suffix("")
    return site / (inside.parent if inside.name == "index" else inside) / "index.html"


def test_every_page_is_part_of_the_site(site: Path) -> None:
    assert [page for page in PAGES if not built(site, page).is_file()] == []


def test_no_page_of_the_site_loads_anything_from_elsewhere(site: Path) -> None:
    loaded = [
        (page.name, link)
        for page in site.rglob("*.html")
        for tag in re.findall(r"<(?:link|script|img|iframe)[^>]*>", page.read_text("utf-8"))
        for link in re.findall(r"(?:src|href)=[\"']?(https?://[^\"' >]+)", tag)
        if 'rel="canonical"' not in tag
    ]
    assert loaded == []


def test_the_site_can_be_searched(site: Path) -> None:
    assert "directed dyad" in (site / "search.json").read_text("utf-8")
