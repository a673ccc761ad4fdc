"""A case file is read once, saved with what it was, and taken back change by change."""

import pytest
from tests.web.conftest import rewrite

from cuibono.errors import CaseError, MissingError
from cuibono.web.case_files import CaseFiles
from cuibono.web.settings import Settings
from cuibono.weighing.weigh import weigh


@pytest.fixture
def cases(settings: Settings) -> CaseFiles:
    return CaseFiles(settings)


def text_of(cases: CaseFiles) -> str:
    return cases.path("small").read_text("utf-8")


def test_a_case_is_read_once(cases: CaseFiles) -> None:
    assert cases.read("small") is cases.read("small")


def test_a_changed_case_is_read_again(cases: CaseFiles) -> None:
    before = cases.read("small")
    rewrite(cases.path("small"), "A small case", "A smaller case")
    assert (before.title, cases.read("small").title) == ("A small case", "A smaller case")


def test_a_case_is_weighed_once_and_again_when_it_has_changed(cases: CaseFiles) -> None:
    before = cases.weigh("small")
    assert cases.weigh("small") is before
    assert before == weigh(cases.read("small"))
    rewrite(cases.path("small"), "0.5, 0.7", "0.8, 0.9")
    assert cases.weigh("small") == weigh(cases.read("small"))
    assert cases.weigh("small") != before


def test_a_case_that_is_not_served_is_missing_with_the_nearest_name(cases: CaseFiles) -> None:
    with pytest.raises(MissingError, match="Did you mean small"):
        cases.path("smal")


def test_a_case_file_that_has_gone_is_told(cases: CaseFiles) -> None:
    cases.path("small").unlink()
    with pytest.raises(CaseError, match="gone"):
        cases.read("small")


def test_a_saved_case_is_read_at_once_and_can_be_taken_back(cases: CaseFiles) -> None:
    before = text_of(cases)
    saved = cases.save("small", f"{before}# one\n", cases.read("small").sha256)
    assert cases.read("small").sha256 == saved.sha256
    assert cases.can_undo("small")
    cases.undo("small")
    assert (text_of(cases), cases.can_undo("small")) == (before, False)


def test_changes_are_taken_back_one_by_one_the_last_first(cases: CaseFiles) -> None:
    texts = [text_of(cases)]
    for number in range(3):
        texts.append(f"{texts[-1]}# change {number}\n")
        cases.save("small", texts[-1], cases.read("small").sha256)
    for earlier in reversed(texts[:-1]):
        cases.undo("small")
        assert text_of(cases) == earlier


def test_nothing_is_taken_back_over_what_somebody_else_wrote(cases: CaseFiles) -> None:
    cases.save("small", f"{text_of(cases)}# one\n", cases.read("small").sha256)
    rewrite(cases.path("small"), "# one", "# two")
    with pytest.raises(CaseError, match="changed elsewhere"):
        cases.undo("small")
    assert text_of(cases).endswith("# two\n")


def test_where_nothing_was_saved_nothing_can_be_taken_back(cases: CaseFiles) -> None:
    with pytest.raises(CaseError, match="Nothing that was saved"):
        cases.undo("small")


def test_a_save_that_fails_is_nothing_to_take_back(cases: CaseFiles) -> None:
    with pytest.raises(CaseError):
        cases.save("small", "no case", cases.read("small").sha256)
    assert not cases.can_undo("small")
