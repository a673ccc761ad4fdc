"""`cuibono pack build` needs the providers' files and says which."""

from pathlib import Path

from tests.cli.calling import assert_one_line_of_error, call


def test_a_missing_raw_file_is_named_with_the_way_to_it(tmp_path: Path) -> None:
    said = call("pack", "build", "--raw", tmp_path, "--out", tmp_path / "made")
    assert_one_line_of_error(said, str(tmp_path), ": missing. To get it: ")
    assert list(tmp_path.rglob("*.parquet")) == []
