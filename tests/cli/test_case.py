"""`cuibono case new` writes a case to edit, and `explain A B` runs one at once."""

from pathlib import Path

import pytest
from tests.cli.calling import Said, assert_one_line_of_error, call

from cuibono.dossier.run_log import read_runs
from cuibono.dossier.write import read_dossier
from cuibono.record.case_file import read_case


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("drafts")


@pytest.fixture(scope="module")
def explained_pair(place: Path) -> Said:
    return call("explain", "TUR", "GRC", "--from", "2021", "--to", "2022", "--out", place)


def test_a_new_case_is_written_and_reads(tmp_path: Path) -> None:
    said = call("case", "new", "RUS", "PAK", "--from", "2010", "--out", tmp_path)
    assert (said.code, said.out) == (0, f"Case: {tmp_path / 'rus-pak.toml'}\n")
    assert read_case(tmp_path / "rus-pak.toml").relation.actor.id == "RUS"


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "rus-pak.toml").write_text("mine")
    said = call("case", "new", "RUS", "PAK", "--out", tmp_path)
    assert_one_line_of_error(said, "there is a file already")
    assert (tmp_path / "rus-pak.toml").read_text() == "mine"


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("RUS", "RUS"), "acts on itself"),
        (("RUS", "PAQ"), "no actor 'PAQ'"),
        (("RUS", "Georgia"), "recipient: 'Georgia' may mean GEO"),
        (("Moscow", "Russia"), "RUS acts on itself"),
        (("RUS", "PAK", "--from", "2012-13"), "neither a year nor a day"),
        (("RUS", "PAK", "--from", "2022", "--to", "2012"), "not after"),
    ],
)
def test_a_fault_is_one_line(words: tuple[str, ...], part: str, tmp_path: Path) -> None:
    assert_one_line_of_error(call("case", "new", *words, "--out", tmp_path), part)


def test_two_actors_are_explained_without_a_hand(explained_pair: Said, place: Path) -> None:
    assert explained_pair.code == 0
    assert explained_pair.err == ""
    assert explained_pair.out.startswith("In short: ")
    dossier = read_dossier(place / "tur-grc")
    assert dossier.about.startswith("TUR→GRC")


def test_the_drafted_case_lies_beside_its_dossier(explained_pair: Said, place: Path) -> None:
    case = read_case(place / "tur-grc" / "case.toml")
    assert case.name == "tur-grc"
    assert [run.case for run in read_runs(place / "runs.jsonl")] == ["tur-grc"]


def test_a_draft_that_was_edited_is_not_overwritten(explained_pair: Said, place: Path) -> None:
    path = place / "tur-grc" / "case.toml"
    text = path.read_text("utf-8")
    path.write_text(text + "# mine\n", "utf-8")
    said = call("explain", "TUR", "GRC", "--from", "2021", "--to", "2022", "--out", place)
    path.write_text(text, "utf-8")
    assert_one_line_of_error(said, "has been changed since it was drafted")


def test_three_words_are_one_too_many(tmp_path: Path) -> None:
    said = call("explain", "RUS", "PAK", "IND", "--out", tmp_path)
    assert_one_line_of_error(said, "IND: name one case file, or two actors")


def test_a_question_changed_after_an_answer_is_told(tmp_path: Path) -> None:
    from tests.dossier.small_case import small_case, write_case

    case = write_case(tmp_path, small_case(drivers=()))
    assert call("explain", case, "--out", tmp_path).err == ""
    case.write_text(case.read_text("utf-8") + "\n# another thought\n", "utf-8")
    said = call("explain", case, "--out", tmp_path)
    assert said.code == 0
    assert "was run before with 1 other versions" in " ".join(said.err.split())


def test_days_may_stand_in_place_of_years(tmp_path: Path) -> None:
    words = ("--from", "2012-05-07", "--to", "2018-03-01", "--out", tmp_path)
    assert call("case", "new", "RUS", "PAK", *words).code == 0
    period = read_case(tmp_path / "rus-pak.toml").period
    assert (str(period.start), str(period.end)) == ("2012-05-07", "2018-03-01")


def test_the_last_year_named_is_part_of_the_case(tmp_path: Path) -> None:
    call("case", "new", "RUS", "PAK", "--from", "2012", "--to", "2016", "--out", tmp_path)
    assert str(read_case(tmp_path / "rus-pak.toml").period.end) == "2017-01-01"


def test_a_folder_that_is_missing_is_made(tmp_path: Path) -> None:
    call("case", "new", "RUS", "non_state:taliban", "--out", tmp_path / "new" / "folder")
    assert (tmp_path / "new" / "folder" / "rus-taliban.toml").is_file()


def test_an_actor_may_be_given_by_any_code(tmp_path: Path) -> None:
    assert call("case", "new", "RUS", "PAK", "--out", tmp_path / "one").code == 0
    one = (tmp_path / "one" / "rus-pak.toml").read_text("utf-8")
    assert 'actor = "RUS"' in one
