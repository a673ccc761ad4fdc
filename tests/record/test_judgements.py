"""Judges keep separate files that merge, and every fault is one line."""

from pathlib import Path

import pytest
from tests.record.made_case import changed, made, write

from cuibono.errors import CaseError
from cuibono.record.judgements import merge_judgements
from cuibono.weighing.ledger import build_ledger
from cuibono.weighing.rules import Rules
from cuibono.weighing.weigh import weigh

SECOND = """\
case = "made"
judge = "Zoë"
judged = 2026-11-25

[[judgement]]
evidence = "E1"
blank = ["gain"]
[judgement.likelihoods]
pressure = { if_true = [0.2, 0.3], if_false = [0.2, 0.3], why = "Seen anyway." }
"""


def file(folder: Path, text: str = SECOND, name: str = "zoe.toml") -> Path:
    return write(folder, text, name)


def test_a_second_judge_s_view_stands_beside_the_first(tmp_path: Path) -> None:
    case = merge_judgements(made(tmp_path), [file(tmp_path)])
    assert [one.judge for one in case.evidence[0].judgements] == ["us", "Zoë"]
    assert list(case.judgement_files) == [str(tmp_path / "zoe.toml")]


def test_disagreement_widens_the_band_of_the_weight(tmp_path: Path) -> None:
    alone = made(tmp_path)
    both = merge_judgements(alone, [file(tmp_path)])
    (cell,) = [row.cells["pressure"] for row in build_ledger(both)]
    assert cell is not None
    assert cell.disagreement_db > 5
    before, after = (
        {w.explanation: w.evidence for w in weigh(case, Rules(n_draws=200)).weights}["pressure"]
        for case in (alone, both)
    )
    assert after.high - after.low > before.high - before.low


def test_the_order_of_the_files_does_not_matter(tmp_path: Path) -> None:
    third = file(tmp_path, SECOND.replace("Zoë", "Ali"), "ali.toml")
    one, other = (
        merge_judgements(made(tmp_path), paths)
        for paths in ([file(tmp_path), third], [third, file(tmp_path)])
    )
    assert one == other


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('case = "made"', 'case = "other"', ":1: these judgements are of 'other'"),
        ('judge = "Zoë"', 'judge = "us"', ":2: 'us' has judged this case already"),
        ('evidence = "E1"', 'evidence = "E2"', ":6: no evidence 'E2'."),
        ('blank = ["gain"]\n', "", ":5: this item was not put to gain"),
        ("judged = 2026-11-25\n", "", "judged: this key is missing"),
        ("if_true = [0.2", "if_true = [0.0", "if_true"),
        ("[judgement.likelihoods]\npressure", "[judgement.likelihoods]\npresure", "presure"),
        ("[[judgement]]", "[[judgment]]", "Did you mean judgement or"),
    ],
)
def test_a_faulty_file_is_one_line(old: str, new: str, said: str, tmp_path: Path) -> None:
    assert old in SECOND
    with pytest.raises(CaseError) as caught:
        merge_judgements(made(tmp_path), [file(tmp_path, SECOND.replace(old, new, 1))])
    assert said in str(caught.value)
    assert str(caught.value).isprintable()


def test_an_item_judged_twice_by_one_judge_is_refused(tmp_path: Path) -> None:
    twice = SECOND + SECOND[SECOND.index("[[judgement]]") :]
    with pytest.raises(CaseError, match="E1 is judged twice"):
        merge_judgements(made(tmp_path), [file(tmp_path, twice)])


def test_a_missing_file_names_what_lies_beside_it(tmp_path: Path) -> None:
    case = made(tmp_path, changed('name = "made"', 'name = "made"'))
    file(tmp_path)
    with pytest.raises(CaseError, match=r"no such file of judgements. Did you mean zoe.toml"):
        merge_judgements(case, [tmp_path / "zo.toml"])
