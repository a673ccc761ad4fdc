"""A file is read once, and again when it has changed."""

from pathlib import Path

import pytest
from tests.web.conftest import rewrite

from cuibono.web.reread import Reread, mark_of


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "file").write_text("one", "utf-8")
    return tmp_path / "file"


def read(path: Path) -> list[str]:
    return [path.read_text("utf-8")]


def test_a_file_that_stays_is_read_once(file: Path) -> None:
    reread = Reread(read)
    assert reread.give(file) is reread.give(file)


def test_a_file_that_changed_is_read_again(file: Path) -> None:
    reread = Reread(read)
    before = reread.give(file)
    rewrite(file, "one", "two")
    assert (before, reread.give(file)) == (["one"], ["two"])


def test_a_file_that_has_gone_holds_nothing(file: Path) -> None:
    reread = Reread(read)
    reread.give(file)
    file.unlink()
    assert reread.give(file) is None
    assert mark_of(file) is None


def test_what_cannot_be_read_is_tried_again(file: Path) -> None:
    reread = Reread(lambda path: int(path.read_text("utf-8")))
    with pytest.raises(ValueError, match="one"):
        reread.give(file)
    with pytest.raises(ValueError, match="one"):
        reread.give(file)
