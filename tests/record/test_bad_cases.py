"""Every fault in a case file is one line: file, line, what is wrong, what would mend it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.made_case import TEXT, changed, line_with, made, refused, write
from tests.store.made_files import propose

from cuibono.errors import CaseError, CaseSyntaxError, UnknownActorError
from cuibono.record.case_file import read_case

# What is written, what is written instead, a piece of the faulty line, what is said of it.
FAULTS = {
    "unknown actor": ('"RUS"', '"RUSS"', '"RUSS"', "no actor 'RUSS'. Did you mean RUS?"),
    "a name for a code": ('"PAK"', '"Pakistan"', '"Pakistan"', "cuibono actors Pakistan"),
    "unquoted code": ('"RUS"', "RUS", "actor = RUS", 'Text needs quotes: actor = "RUS".'),
    "unquoted NO": ('"RUS"', "NO", "actor = NO", "Text needs quotes"),
    "a number for a code": ('"RUS"', "643", "actor = 643", "case.actor: Input should be"),
    "an empty code": ('"RUS"', '""', 'actor = ""', "1 to 100 characters"),
    "a code that breaks the line": ('"RUS"', r'"R\nUS"', "actor =", "all of them printable"),
    "a code that turns the text": ('"RUS"', r'"\u202eSUR"', "actor =", "printable"),
    "acting on oneself": ('"PAK"', '"RUS"', "recipient =", "RUS acts on itself"),
    "comparing with oneself": ('["RUS", "IND"]', '["IND", "IND"]', "compare", "acts on itself"),
    "a triad to compare": ('"IND"]]', '"IND", "CHN"]]', "compare", "at most 2 items"),
    "a period that ends first": ("2023-01-01", "2011-01-01", "to =", "not after it starts"),
    "a period of no day": ("2023-01-01", "2012-01-01", "to =", "the first day after"),
    "a year out of all record": ("2012-01-01", "0212-01-01", "from =", "1800 to 2100"),
    "the thirtieth of February": ("2012-01-01", "2012-02-30", "from =", "Invalid date"),
    "a day in quotes": ("2012-01-01", '"2012-01-01"', "from =", "without quotes"),
    "a time of day": ("2012-01-01", "2012-01-01T08:00:00", "from =", "without a time"),
    "misspelt key": ("from =", "form =", "form =", "no such key. Did you mean from?"),
    "misspelt deep key": ("if_true", "if_tru", "if_tru ", "Did you mean if_true?"),
    "a key that breaks the line": ("name =", '"na\\nme" = 1\nname =', "[case]", "no such key"),
    "a key that is missing": (
        'judge = "us"\n',
        "",
        "[[evidence]]",
        "judge: this key is missing",
    ),
    "a key written twice": ("name =", 'name = "x"\nname =', 'name = "made"', "written twice"),
    "a name that leaves the folder": ('"made"', '"../made"', "name =", "an id has at most 64"),
    "empty evidence": (
        "[[evidence]]",
        "[[evidences]]",
        "[[evidences]]",
        "Did you mean evidence?",
    ),
    "no text": ('"Something was seen."', '"  "', "text =", "at least 1 character"),
    "a band upside down": ("[0.2, 0.5]", "[0.5, 0.2]", "prior =", "write [low, high]"),
    "a likelihood upside down": ("[0.1, 0.2]", "[0.2, 0.1]", "if_false", "runs downwards"),
    "certainly true": ("[0.2, 0.5]", "[0.2, 1]", "prior =", "less than 1"),
    "certainly false": ("[0.2, 0.5]", "[0, 0.5]", "prior =", "greater than 0"),
    "more than certain": ("[0.5, 0.7]", "[0.5, 70]", "if_true", "less than 1"),
    "no number": ("[0.2, 0.5]", "[nan, 0.5]", "prior =", "prior.0: Input should be"),
    "without end": ("[0.2, 0.5]", "[0.2, inf]", "prior =", "less than 1"),
    "words for a band": ("[0.2, 0.5]", '"likely"', "prior =", "valid tuple"),
    "a point for a band": ("[0.2, 0.5]", "0.5", "prior =", "valid tuple"),
    "three bounds": ("[0.2, 0.5]", "[0.2, 0.3, 0.5]", "prior =", "at most 2 items"),
    "an explanation twice": ('id = "gain"', 'id = "pressure"', "", "'pressure' is used twice"),
    "an unknown rival": ('"gain"\ndisc', '"gian"\ndisc', '"gian"', "Did you mean gain?"),
    "its own rival": ('"gain"\ndisc', '"pressure"\ndisc', "nearest_rival", "as its own rival"),
    "an unknown document": ('t = "doc"', 't = "dok"', '"dok"', "Did you mean doc?"),
    "an unknown explanation": ("ds.pressure", "ds.presure", "ds.presure", "mean pressure?"),
    "an unknown lens": ('"third_party"', '"thrid_party"', "lens", "should be 'third_party'"),
    "a sign of no direction": ("sign = 1", "sign = 0", "sign", "should be -1 or 1"),
    "an unknown driver": ('["IND", "USA"]', '["IND", "UAS"]', "driver", "no actor 'UAS'"),
    "a date of a document": ("2017-02-08", "2017", "published", "without quotes"),
    "not TOML": ("[case]", "[case", "[case", "not TOML"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_line_that_names_its_own(tmp_path: Path, fault: str) -> None:
    old, new, piece, said = FAULTS[fault]
    text = changed(old, new)
    message = refused(write(tmp_path, text))
    assert said in message
    line = line_with(text, piece) if piece else line_with(text, 'name = "Gain"') - 1
    assert message.startswith(f"made.toml:{line}: ")


@pytest.mark.parametrize("table", ["document", "evidence"])
def test_an_id_used_twice_is_told_at_the_second(tmp_path: Path, table: str) -> None:
    start = TEXT.index(f"[[{table}]]")
    end = TEXT.find("\n\n", TEXT.find("likelihoods") if table == "evidence" else start)
    entry = TEXT[start : end if end > 0 else len(TEXT)]
    text = f"{TEXT}\n{entry}\n"
    line = text[: text.rindex(f"[[{table}]]")].count("\n") + 2
    assert f"made.toml:{line}: {table} id" in refused(write(tmp_path, text))


def test_the_number_of_further_faults_is_told(tmp_path: Path) -> None:
    text = changed("[0.2, 0.5]", "[0, 7]").replace("sign = 1", "sign = 5")
    assert refused(write(tmp_path, text)).endswith("Faults in the file: 3.")


def test_an_empty_file_lacks_the_case(tmp_path: Path) -> None:
    assert "case: this key is missing" in refused(write(tmp_path, ""))


def test_one_explanation_competes_with_nothing(tmp_path: Path) -> None:
    text = TEXT.replace(
        TEXT[TEXT.index('[[explanation]]\nid = "gain"') : TEXT.index("[[evi")], ""
    )
    assert "explanation: List should have at least 2 items" in refused(write(tmp_path, text))


UNREADABLE = {
    "Latin-1": ("é".encode("latin-1"), "byte 0 is not UTF-8. Save the file as UTF-8 text."),
    "five megabytes": (b"#" * 5_000_000, "larger than 4,194,304 bytes"),
    "NUL": (b"\0", ":1: not TOML"),
    "brackets without end": (b"a = " + b"[" * 5000 + b"]" * 5000, "nested too deeply"),
    "a key without end": (b"a" + b".a" * 5000 + b" = 1", "no such key"),
    "digits without end": (b"a = " + b"9" * 5000, "more digits than can be read"),
    "an image": (b"\x89PNG\r\n\x1a\n", "byte 0 is not UTF-8"),
    "YAML": (b"case:\n  actor: NO\n", ":1: not TOML"),
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_a_file_that_is_no_case_file_is_one_line(tmp_path: Path, kind: str) -> None:
    data, said = UNREADABLE[kind]
    assert said in refused(write(tmp_path, data))


def test_a_missing_file_is_answered_with_the_near_one(tmp_path: Path) -> None:
    made(tmp_path)
    assert refused(tmp_path / "maed.toml") == (
        "maed.toml: no such case file. Did you mean made.toml?"
        " Start from one of the shipped files in `cases/`."
    )


def test_a_folder_is_no_case_file(tmp_path: Path) -> None:
    assert "no such case file" in refused(tmp_path / "nowhere" / "made.toml")
    assert "no such case file" in refused(tmp_path)


def test_a_name_too_long_for_the_disk_is_one_line(tmp_path: Path) -> None:
    assert "cannot be read" in refused(tmp_path / ("x" * 400))


def test_faults_have_types_of_their_own(tmp_path: Path) -> None:
    with pytest.raises(UnknownActorError):
        made(tmp_path, changed('"RUS"', '"RUSS"'))
    with pytest.raises(CaseSyntaxError):
        made(tmp_path, changed("from =", "form ="))


LINES = TEXT.splitlines()


@propose
@given(
    at=st.integers(0, len(LINES) - 1),
    junk=st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    cut=st.booleans(),
)
def test_any_damaged_line_gives_a_case_or_one_line(
    tmp_path: Path, at: int, junk: str, cut: bool
) -> None:
    lines = [*LINES[:at], junk, *LINES[at + cut :]]
    path = write(tmp_path, "\n".join(lines))
    said = ""
    try:
        read_case(path)
    except CaseError as error:
        said = str(error)
    assert "\n" not in said
