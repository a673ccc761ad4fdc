"""Bad input is one line with place and next step, exit code 1, and nothing on the disk."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.calling import assert_one_line_of_error, call
from tests.dossier.small_case import small_case, write_case

Change = Callable[[str], str]


def put(old: str, new: str) -> Change:
    """Replace in the text of the small case what must be there."""

    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


def without_evidence(text: str) -> str:
    return text.partition("\n[[evidence]]")[0]


# By fault: what is done to the file, and what the message says of it.
FAULTS: dict[str, tuple[Change, tuple[str, ...]]] = {
    "unknown actor": (
        put('actor = "TUR"', 'actor = "TURK"'),
        ("no actor 'TURK'", "Did you mean", "cuibono actors TURK"),
    ),
    "impossible period": (
        put("to = 2022-09-01", "to = 2020-01-01"),
        ("ends on 2020-01-01, not after it starts on 2021-01-01",),
    ),
    "impossible day": (put("to = 2022-09-01", "to = 2022-02-30"), ("not TOML",)),
    "quoted day": (put("from = 2021-01-01", 'from = "2021-01-01"'), ("without quotes",)),
    "misspelt key": (put("recipient =", "recipent ="), ("no such key", "mean recipient")),
    "unquoted code": (put('actor = "TUR"', "actor = TUR"), ("Text needs quotes: actor =",)),
    "empty title": (put('title = "A small case"', 'title = " "'), ("case.title",)),
    "contradictory bands": (
        put("if_true = [0.5, 0.7]", "if_true = [0.7, 0.5]"),
        ("runs downwards", "[low, high]"),
    ),
    "impossible probability": (
        put("if_true = [0.5, 0.7]", "if_true = [0.5, 1.0]"),
        ("less than 1",),
    ),
    "unknown explanation": (
        put("\ntrade = {", "\ntrad = {"),
        ("no explanation 'trad'", "Did you mean trade"),
    ),
    "unknown document": (
        put('document = "memo"', 'document = "mem"'),
        ("no document 'mem'", "Did you mean memo"),
    ),
    "unknown lens": (put('"third_party"', '"sixth_sense"'), ("lens", "'third_party'")),
    "two items of one id": (put('id = "E2"', 'id = "E1"'), ("'E1' is used twice",)),
}


def first_change(one: str, other: str) -> int:
    """Number the first line in which two texts differ."""
    pairs = zip(one.splitlines(), other.splitlines(), strict=False)
    return 1 + next(at for at, (left, right) in enumerate(pairs) if left != right)


def explain(folder: Path, text: str) -> tuple[Path, Path]:
    return write_case(folder, text), folder / "dossiers"


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_case_is_one_line_at_its_place(fault: str, tmp_path: Path) -> None:
    change, parts = FAULTS[fault]
    faulty = change(small_case())
    case, out = explain(tmp_path, faulty)
    line = first_change(small_case(), faulty)
    said = call("explain", case, "--out", out)
    assert_one_line_of_error(said, f"{case}:{line}: ", *parts)
    assert not out.exists()


@pytest.mark.parametrize("opening", ["", "evidence = []\n"], ids=["none", "empty"])
def test_a_case_without_evidence_says_that_nothing_was_judged(
    opening: str, tmp_path: Path
) -> None:
    case, out = explain(tmp_path, opening + without_evidence(small_case(drivers=())))
    said = call("explain", case, "--out", out)
    assert (said.code, said.err) == (0, "")
    assert "Nothing has been judged" in said.out


def test_a_missing_case_file_is_told_what_is_near(tmp_path: Path) -> None:
    write_case(tmp_path, small_case())
    said = call("explain", tmp_path / "smal.toml", "--out", tmp_path / "dossiers")
    assert_one_line_of_error(said, "smal.toml: no such case file", "Did you mean small.toml")
    assert not (tmp_path / "dossiers").exists()


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01", b"\xff\xfe", b"[" * 100_000, b"[case]\nname = 1" + b"0" * 5000]
)
def test_a_file_that_is_no_case_is_one_line(data: bytes, tmp_path: Path) -> None:
    case = tmp_path / "noise.toml"
    case.write_bytes(data)
    assert_one_line_of_error(call("explain", case, "--out", tmp_path / "dossiers"), str(case))
    assert not (tmp_path / "dossiers").exists()


def test_a_broken_store_is_told_before_anything_is_written(tmp_path: Path) -> None:
    case, out = explain(tmp_path, small_case())
    (tmp_path / "store" / "manifest").mkdir(parents=True)
    (tmp_path / "store" / "manifest" / "icews-1.json").write_text("not JSON", "utf-8")
    said = call("explain", case, "--out", out, "--store", tmp_path / "store")
    assert_one_line_of_error(said, "icews-1.json", "damaged manifest", "Delete it")
    assert not out.exists()


def test_a_folder_that_cannot_be_written_to_is_one_line(tmp_path: Path) -> None:
    case, _ = explain(tmp_path, small_case(drivers=()))
    (tmp_path / "taken").write_text("a file of yours", "utf-8")
    said = call("explain", case, "--out", tmp_path / "taken")
    assert_one_line_of_error(said, "cannot log the run", "--out")
    assert (tmp_path / "taken").read_text("utf-8") == "a file of yours"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{", "damaged"),
        (b"{}", "no `schema`"),
        (b"\xff", "utf-8"),
        (b'"\\u001b[2J\\n"', "schema"),
    ],
)
def test_a_damaged_dossier_is_one_line(data: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "dossier.json").write_bytes(data)
    told = call("trace", "x", "--dossier", tmp_path)
    assert_one_line_of_error(told, str(tmp_path / "dossier.json"), said)
