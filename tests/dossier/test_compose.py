"""A dossier is plain data: complete, in order, and the same each time."""

from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path

import pytest
from tests.dossier.sections.reading import text

from cuibono.dossier.compose import compose
from cuibono.dossier.gather import Gathered
from cuibono.dossier.render.json import from_json, to_json
from cuibono.dossier.render.targets import describe_targets
from cuibono.dossier.sections.findings import JOINED
from cuibono.lenses.known import known_lenses
from cuibono.model.dossier import Dossier

ROOT = Path(__file__).parents[2]


def test_two_dossiers_of_one_run_are_the_same_to_the_byte(
    gathered: Gathered, dossier: Dossier
) -> None:
    assert to_json(compose(gathered)) == to_json(dossier)


def test_a_shipped_dossier_reads_back_from_its_json(dossier: Dossier, india: Dossier) -> None:
    for made in (dossier, india):
        assert from_json(to_json(made)) == made


def test_every_reference_of_a_shipped_dossier_leads_somewhere(
    dossier: Dossier, india: Dossier
) -> None:
    for made in (dossier, india):
        assert len(describe_targets(made)) > 400


def test_sections_stand_in_reading_order(dossier: Dossier) -> None:
    lenses = [lens.name.replace("_", "-") for lens in known_lenses()]
    shown = [section.id for section in dossier.sections]
    found = [name for name in lenses if name in shown and name not in JOINED]
    assert shown == [
        "explanations", "flips", "over-time", "record", *found, "outlook", "claims", "goals",
        "ledger", "absences", "coverage", "limits", "sources",
    ]  # fmt: skip


def test_a_section_with_nothing_to_say_is_left_out(india: Dossier) -> None:
    assert "declared-done" not in [section.id for section in india.sections]


def test_the_answer_is_three_lines_without_a_blank(dossier: Dossier, india: Dossier) -> None:
    for made in (dossier, india):
        said = [text(line) for line in made.answer]
        assert len(said) == 3
        assert all(len(line) > 20 and "nan" not in line.split() for line in said)


def test_the_question_is_the_case_s(gathered: Gathered, dossier: Dossier) -> None:
    case = gathered.case
    assert (dossier.name, dossier.title, dossier.question, dossier.context) == (
        case.name, case.title, case.question, case.context,
    )  # fmt: skip
    assert dossier.about == "RUS→PAK (Russia, Pakistan)"
    assert dossier.asked == "1992-01-01 to 2022-08-31"


def test_every_item_is_carried_whole(gathered: Gathered, dossier: Dossier) -> None:
    for item, row in zip(gathered.case.evidence, dossier.evidence, strict=False):
        judged = ("likelihoods", "others")
        plain = {
            key: str(part or "") for key, part in asdict(item).items() if key not in judged
        }
        assert {key: row[key] for key in plain} == plain


def test_every_likelihood_is_carried_with_its_reason(
    gathered: Gathered, dossier: Dossier
) -> None:
    for item, row in zip(gathered.case.evidence, dossier.evidence, strict=False):
        judged = {key.removeprefix("likelihood of ") for key in row if key.startswith("likel")}
        assert judged == set(item.likelihoods)
        for name, seen in item.likelihoods.items():
            said = row[f"likelihood of {name}"]
            assert said.startswith(f"{seen.if_true[0]:g}–{seen.if_true[1]:g} if at work, ")
            assert said.endswith(seen.why)


@pytest.mark.parametrize("name", ["cuibono", "duckdb", "ibis-framework", "numpy", "scipy"])
def test_versions_are_told(name: str, dossier: Dossier) -> None:
    assert dossier.provenance[f"version of {name}"] == version(name)


def test_what_it_takes_to_run_again_is_told(gathered: Gathered, dossier: Dossier) -> None:
    told = dossier.provenance
    assert told["command"] == "cuibono explain cases/russia-pakistan.toml"
    assert told["case sha256"] == gathered.case.sha256
    for snapshot in gathered.store.snapshots:
        assert snapshot.sha256 in told[f"snapshot {snapshot.name}"]


def test_no_machine_is_named(dossier: Dossier) -> None:
    plain = to_json(dossier)
    assert str(ROOT) not in plain
    assert f"{Path.home()}/" not in plain


def test_every_lens_answers_its_question_in_a_line(dossier: Dossier) -> None:
    answered = {section.id: section.answer for section in dossier.sections if section.answer}
    assert {"turning-points", "motives", "instruments"} <= set(answered)
    assert [name for name, answer in answered.items() if len(answer) != 1] == []


def test_f65_a_dossier_that_is_passed_on_names_no_folder(gathered: Gathered) -> None:
    for path in ("/somewhere/of/mine/case.toml", "../../mine/case.toml"):
        made = compose(replace(gathered, case=replace(gathered.case, path=path)))
        assert made.provenance["case file"] == "case.toml"
        assert "mine" not in to_json(made)
