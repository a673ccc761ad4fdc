"""Any two actors have a readable dossier without a hand on it; what it cannot tell it says."""

from pathlib import Path

import pytest
from tests.cli.calling import Said, call
from tests.dossier.sections.reading import text

from cuibono.dossier.write import read_dossier
from cuibono.model.dossier import Dossier
from cuibono.record.case_file import read_case

# One of the hundred most active directed dyads of the embedded data; the bench runs twenty.
PAIRS = [("PRK", "JPN")]


@pytest.fixture(scope="module", params=PAIRS, ids="-".join)
def drafted(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Said, Path]:
    out = tmp_path_factory.mktemp("drafted")
    words = ("--from", "2015", "--to", "2022", "--checks", "none", "--out", out)
    said = call("explain", *request.param, *words)
    actor, recipient = (name.lower() for name in request.param)
    return said, out / f"{actor}-{recipient}"


def dossier(drafted: tuple[Said, Path]) -> Dossier:
    return read_dossier(drafted[1])


def test_it_is_written_whole(drafted: tuple[Said, Path]) -> None:
    said, home = drafted
    assert (said.code, said.err) == (0, "")
    assert {file.name for file in home.iterdir()} == {
        "case.toml",
        "dossier.html",
        "dossier.json",
        "dossier.md",
    }


def test_the_answer_is_three_lines_of_words(drafted: tuple[Said, Path]) -> None:
    lines = [text(line) for line in dossier(drafted).answer]
    assert len(lines) == 3
    assert all(line.strip() and "nan" not in line.split() for line in lines)


def test_the_declared_purpose_stands_among_its_rivals(drafted: tuple[Said, Path]) -> None:
    explanations = read_case(drafted[1] / "case.toml").explanations
    assert explanations[0].id == "declared-purpose"
    assert len(explanations) >= 6


def test_nothing_is_told_apart_that_nothing_bears_on(drafted: tuple[Said, Path]) -> None:
    made = dossier(drafted)
    weights = {f.id: f.value for f in made.figures if f.id.startswith("weight.")}
    if not made.evidence:
        assert set(weights.values()) == {0.0}
    assert all(abs(value) <= 10 for value in weights.values())


def test_every_measured_item_leads_back_to_itself(drafted: tuple[Said, Path]) -> None:
    made = dossier(drafted)
    ids = {row["id"] for row in made.evidence}
    for figure in made.figures:
        for trace in figure.traces:
            if trace.table == "evidence":
                assert set(trace.where[0].value) <= ids


def test_two_drafts_are_the_same_bytes(drafted: tuple[Said, Path], tmp_path: Path) -> None:
    case = read_case(drafted[1] / "case.toml")
    pair = (case.relation.actor.id, case.relation.recipient.id)
    words = ("--from", "2015", "--to", "2022", "--out", tmp_path)
    assert call("case", "new", *pair, *words).code == 0
    again = (tmp_path / f"{case.name}.toml").read_bytes()
    assert again == (drafted[1] / "case.toml").read_bytes()
