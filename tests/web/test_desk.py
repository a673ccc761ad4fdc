"""The desk reads a file once, and again when it has changed."""

import os
from pathlib import Path

import pytest

from cuibono.errors import CaseError, MissingError
from cuibono.web.desk import Desk
from cuibono.web.settings import Settings


@pytest.fixture
def desk(settings: Settings) -> Desk:
    return Desk(settings)


def rewrite(path: Path, old: str, new: str) -> None:
    """Change a file, and make sure that its time tells."""
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    stat = path.stat()
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1_000_000))


def test_a_case_is_read_once(desk: Desk) -> None:
    assert desk.case("small") is desk.case("small")


def test_a_changed_case_is_read_again(desk: Desk) -> None:
    before = desk.case("small")
    rewrite(desk.path("small"), "A small case", "A smaller case")
    assert (before.title, desk.case("small").title) == ("A small case", "A smaller case")


def test_a_changed_dossier_is_read_and_drawn_again(desk: Desk) -> None:
    before, drawn = desk.written("small"), desk.drawings("small")
    assert desk.drawings("small") is drawn
    rewrite(desk.dossier_file("small"), '"title": "A small case"', '"title": "Another"')
    assert (before.title, desk.written("small").title) == ("A small case", "Another")
    assert desk.drawings("small") is not drawn


def test_a_case_that_is_not_served_is_missing_with_the_nearest_name(desk: Desk) -> None:
    with pytest.raises(MissingError, match="Did you mean small"):
        desk.path("smal")


def test_a_case_file_that_has_gone_is_told(desk: Desk) -> None:
    desk.path("small").unlink()
    with pytest.raises(CaseError, match="gone"):
        desk.case("small")


def test_before_the_first_run_there_is_no_dossier(desk: Desk) -> None:
    desk.dossier_file("small").unlink()
    assert desk.dossier("small") is None
    with pytest.raises(MissingError, match="Run it first"):
        desk.written("small")


def test_a_store_that_has_grown_is_opened_again(desk: Desk) -> None:
    with desk.store() as before:
        pass
    (desk.settings.store / "manifest").mkdir(parents=True)
    with desk.store() as after:
        assert after is not before
    with desk.store() as again:
        assert again is after


def text_of(desk: Desk) -> str:
    return desk.path("small").read_text("utf-8")


def test_a_saved_case_is_read_at_once_and_can_be_taken_back(desk: Desk) -> None:
    before = text_of(desk)
    saved = desk.save("small", f"{before}# one\n", desk.case("small").sha256)
    assert desk.case("small").sha256 == saved.sha256
    assert desk.can_undo("small")
    desk.undo("small")
    assert (text_of(desk), desk.can_undo("small")) == (before, False)


def test_changes_are_taken_back_one_by_one_the_last_first(desk: Desk) -> None:
    texts = [text_of(desk)]
    for number in range(3):
        texts.append(f"{texts[-1]}# change {number}\n")
        desk.save("small", texts[-1], desk.case("small").sha256)
    for earlier in reversed(texts[:-1]):
        desk.undo("small")
        assert text_of(desk) == earlier


def test_nothing_is_taken_back_over_what_somebody_else_wrote(desk: Desk) -> None:
    desk.save("small", f"{text_of(desk)}# one\n", desk.case("small").sha256)
    rewrite(desk.path("small"), "# one", "# two")
    with pytest.raises(CaseError, match="changed elsewhere"):
        desk.undo("small")
    assert text_of(desk).endswith("# two\n")


def test_where_nothing_was_saved_nothing_can_be_taken_back(desk: Desk) -> None:
    with pytest.raises(CaseError, match="Nothing that was saved"):
        desk.undo("small")


def test_a_save_that_fails_is_nothing_to_take_back(desk: Desk) -> None:
    with pytest.raises(CaseError):
        desk.save("small", "no case", desk.case("small").sha256)
    assert not desk.can_undo("small")
