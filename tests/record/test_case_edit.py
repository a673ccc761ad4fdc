"""A case file is changed as its author would: what was not touched stays, byte for byte."""

import tomllib
from dataclasses import replace
from datetime import date
from difflib import ndiff
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.dossier.small_case import small_case, write_case

from cuibono.errors import CaseError
from cuibono.model.case import Case
from cuibono.model.evidence import Evidence, Likelihood
from cuibono.record.case_edit import (
    Judged,
    judge_again,
    save_case,
    write_item,
    write_judgement,
)
from cuibono.record.case_file import read_case

TODAY = date(2026, 11, 27)
SHIPPED = sorted((Path(__file__).parents[2] / "cases").glob("*.toml"))
SEEN = Likelihood((0.55, 0.8), (0.1, 0.2), 'it "says" so')

shares = st.integers(1, 99).map(lambda percent: percent / 100)
bands = st.tuples(shares, shares).map(lambda band: (min(band), max(band)))
words = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1).filter(
    lambda text: text.strip() == text
)
likelihoods = st.builds(Likelihood, bands, bands, words)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_case(tmp_path, "# Judged with care.\n" + small_case())


def judged(case: Case, number: int = 0, **changes: object) -> Judged:
    """Say of an item what the case says already, but for the changes."""
    item = case.evidence[number]
    said = Judged(
        item=item.id,
        judge=item.judge,
        origin=item.origin,
        cluster=item.cluster,
        likelihoods=item.likelihoods,
    )
    return replace(said, **changes)


def changed_lines(before: str, after: str) -> list[str]:
    return [line for line in ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda path: path.stem)
def test_one_band_changes_one_line_and_the_judge(shipped: Path) -> None:
    case, text = read_case(shipped), shipped.read_text("utf-8")
    name = next(iter(case.evidence[3].likelihoods))
    cells = {**case.evidence[3].likelihoods, name: SEEN}
    after = write_judgement(text, case, judged(case, 3, judge="A", likelihoods=cells), TODAY)
    touched = {
        line[2:].split(" ")[0] for line in changed_lines(text, after) if line[2:].strip()
    }
    assert touched <= {"judge", "judged", name, "[evidence.likelihoods]"}


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda path: path.stem)
def test_every_comment_of_a_shipped_case_stays(shipped: Path) -> None:
    case, text = read_case(shipped), shipped.read_text("utf-8")
    after = write_judgement(text, case, judged(case, 5, judge="A", likelihoods={}), TODAY)
    comments = [line for line in text.splitlines() if line.startswith("#")]
    assert [line for line in after.splitlines() if line.startswith("#")] == comments


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    cells=st.dictionaries(st.sampled_from(["trade", "fear", "purpose"]), likelihoods),
    judge=words,
)
def test_what_is_written_is_read_back(
    path: Path, cells: dict[str, Likelihood], judge: str
) -> None:
    case = read_case(path)
    said = judged(case, judge=judge[:100], likelihoods=cells)
    text = write_judgement(path.read_text("utf-8"), case, said, TODAY)
    aside = path.with_name("again.toml")
    aside.write_text(text, "utf-8")
    item = read_case(aside).evidence[0]
    assert dict(item.likelihoods) == cells
    assert (item.judge, item.judged) == (judge[:100], TODAY)


def test_a_judgement_tried_is_the_judgement_saved(path: Path) -> None:
    case = read_case(path)
    said = judged(case, judge="A", likelihoods={"fear": SEEN})
    text = write_judgement(path.read_text("utf-8"), case, said, TODAY)
    saved = save_case(path, text, case.sha256)
    tried = judge_again(case, said)
    assert [i.likelihoods for i in saved.evidence] == [i.likelihoods for i in tried.evidence]


def test_saying_the_same_again_touches_no_cell(path: Path) -> None:
    case, text = read_case(path), path.read_text("utf-8")
    after = write_judgement(text, case, judged(case), TODAY)
    same = tomllib.loads(after)["evidence"][0]
    assert same.pop("judged") == TODAY
    assert same == tomllib.loads(text)["evidence"][0]


def test_dependence_can_be_named_and_taken_away(path: Path) -> None:
    case = read_case(path)
    said = judged(case, origin="leak", cluster="one-author")
    first = save_case(
        path, write_judgement(path.read_text("utf-8"), case, said, TODAY), case.sha256
    )
    assert (first.evidence[0].origin, first.evidence[0].cluster) == ("leak", "one-author")
    alone = write_judgement(path.read_text("utf-8"), first, judged(first, cluster=""), TODAY)
    assert save_case(path, alone, first.sha256).evidence[0].cluster == ""


def new_item(**changes: object) -> Evidence:
    item = Evidence(
        id="N1",
        text="A further meeting.",
        day=date(2021, 7, 1),
        document="memo",
        locator="page 2",
        holder="A. Writer",
        origin="second-meeting",
        judge="A",
        judged=TODAY,
        likelihoods={"trade": SEEN},
    )
    return replace(item, **changes)


def test_a_further_item_stands_behind_the_others(path: Path) -> None:
    case, text = read_case(path), path.read_text("utf-8")
    after = write_item(text, new_item(), ("fear", "purpose"))
    assert after.startswith(text.rstrip("\n"))
    saved = save_case(path, after, case.sha256)
    assert saved.evidence[-1] == new_item()
    assert saved.evidence[:-1] == case.evidence


def test_an_item_of_which_nobody_says_anything_is_refused_by_the_reader(path: Path) -> None:
    case = read_case(path)
    after = write_item(path.read_text("utf-8"), new_item(likelihoods={}), ())
    with pytest.raises(CaseError, match="not put to"):
        save_case(path, after, case.sha256)


def test_an_item_that_the_case_does_not_have_is_told_with_the_nearest(path: Path) -> None:
    case = read_case(path)
    with pytest.raises(CaseError, match="Did you mean E1"):
        judge_again(case, replace(judged(case), item="E11"))


def test_what_is_no_case_is_not_saved(path: Path) -> None:
    case, before = read_case(path), path.read_bytes()
    with pytest.raises(CaseError, match=r"^small\.toml:\d+: "):
        save_case(
            path,
            path.read_text("utf-8").replace('actor = "TUR"', 'actor = "TURR"'),
            case.sha256,
        )
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == ["small.toml"]


def test_what_somebody_else_has_changed_is_not_overwritten(path: Path) -> None:
    case, text = read_case(path), path.read_text("utf-8")
    path.write_text(text + "# mine\n", "utf-8")
    with pytest.raises(CaseError, match="changed elsewhere"):
        save_case(path, text, case.sha256)
    assert path.read_text("utf-8").endswith("# mine\n")


def test_a_saved_file_may_be_read_by_whom_it_could_before(path: Path) -> None:
    case = read_case(path)
    path.chmod(0o640)
    save_case(path, path.read_text("utf-8") + "\n", case.sha256)
    assert path.stat().st_mode & 0o777 == 0o640
