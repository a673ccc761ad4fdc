"""The repository as a stranger clones it: sizes, names, links and licences."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACK = ROOT / "src" / "cuibono" / "data"
LARGEST_BYTES = 8_000_000
MACHINE = re.compile(r"(?<![\w.-])/(?:" + "|".join(["work", "tmp", "home", "root"]) + r")/")
LINK = re.compile(r"\]\(<?(?![a-z]+:|#)([^)#>\s]+)")


def tracked() -> list[Path]:
    """Files that git tracks; all that lie here where this is no clone, as in an sdist."""
    if not (ROOT / ".git").exists():
        return sorted(path for path in ROOT.rglob("*") if path.is_file())
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


FILES = tracked()
PAGES = [path for path in FILES if path.suffix == ".md"]
FRAGMENTS = [p for p in FILES if p.parent == ROOT / "changelog.d" and p.name != "README.md"]
DECISIONS = sorted(p.name for p in FILES if p.parent == ROOT / "docs" / "decisions")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_no_file_names_a_path_of_one_machine() -> None:
    wrong = [
        f"{named(path)}:{number}"
        for path in FILES
        if b"\0" not in (raw := path.read_bytes())
        for number, line in enumerate(raw.decode("utf-8", "replace").splitlines(), 1)
        if MACHINE.search(line)
    ]
    assert wrong == []


def test_no_file_is_too_large_to_clone_lightly() -> None:
    assert [named(path) for path in FILES if path.stat().st_size > LARGEST_BYTES] == []


def test_embedded_pack_is_small() -> None:
    pack = [path for path in FILES if PACK in path.parents]
    assert sum(path.stat().st_size for path in pack) <= LARGEST_BYTES


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("fragment", FRAGMENTS, ids=named)
def test_changelog_fragment_is_named_after_what_it_changes(fragment: Path) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*\.(feat|fix|break)\.md", fragment.name)


def test_no_two_decisions_share_a_number() -> None:
    numbers = [name[:4] for name in DECISIONS if name != "template.md"]
    assert sorted(set(numbers)) == numbers


def test_decisions_are_named_after_what_was_decided() -> None:
    names = [name for name in DECISIONS if name != "template.md"]
    assert [n for n in names if not re.fullmatch(r"\d{4}(-[a-z0-9]+)+\.md", n)] == []


def test_licence_is_the_whole_apache_text() -> None:
    text = read("LICENSE")
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_citation_names_the_version_and_licence_that_ship() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    cited = dict(re.findall(r"^(version|license): (\S+)$", read("CITATION.cff"), re.MULTILINE))
    assert cited == {"version": project["version"], "license": project["license"]}


def test_ci_runs_the_command_that_a_contributor_runs() -> None:
    assert read(".ci/run").splitlines()[-1] == "make test"


def test_hooks_fetch_nothing() -> None:
    repos = re.findall(r"repo: (\S+)", read(".pre-commit-config.yaml"))
    assert repos == ["local"]


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_make_target_in_the_pages_exists(page: Path) -> None:
    targets = re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE)
    shown = re.findall(r"(?:^ {4}|`)make ([a-z]+)", page.read_text("utf-8"), re.MULTILINE)
    assert set(shown) <= set(targets)
