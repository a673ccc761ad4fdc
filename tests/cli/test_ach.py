"""`cuibono ach export` and `import`: a matrix to a spreadsheet and back."""

from pathlib import Path

import pytest
from tests.cli.calling import assert_one_line_of_error, call
from tests.dossier.small_case import small_case, write_case

from cuibono.record.case_file import read_case
from cuibono.record.judgements import merge_judgements


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    return write_case(tmp_path, small_case())


def test_a_case_goes_out_and_comes_back_as_a_second_judge(asked: Path) -> None:
    exported = call("ach", "export", asked)
    matrix = asked.with_name("matrix.csv")
    matrix.write_text(exported.out, "utf-8")
    back = call("ach", "import", asked, matrix, "--judge", "B. Analyst")
    judgements = asked.with_name("second.toml")
    judgements.write_text(back.out, "utf-8")
    case = read_case(asked)
    merged = merge_judgements(case, [judgements])
    for before, after in zip(case.evidence, merged.evidence, strict=True):
        (second,) = after.others
        assert second.likelihoods == before.likelihoods
        assert second.judge == "B. Analyst"


def test_the_matrix_has_a_row_for_each_explanation(asked: Path) -> None:
    lines = call("ach", "export", asked).out.splitlines()
    assert [line.partition(",")[0] for line in lines] == [
        "explanation",
        "trade",
        "fear",
        "purpose",
    ]


def test_a_faulty_matrix_is_one_line(asked: Path) -> None:
    matrix = asked.with_name("matrix.csv")
    matrix.write_text(call("ach", "export", asked).out.replace("fear,", "faer,", 1), "utf-8")
    said = call("ach", "import", asked, matrix, "--judge", "B. Analyst")
    assert_one_line_of_error(said, "no explanation 'faer'", "fear")


def test_a_missing_matrix_is_one_line(asked: Path) -> None:
    said = call("ach", "import", asked, asked.with_name("no.csv"), "--judge", "B.")
    assert_one_line_of_error(said, "no such matrix")
