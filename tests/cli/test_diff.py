"""`cuibono diff` says what changed and which rows did it."""

import json
from pathlib import Path

import pytest
from tests.cli.calling import assert_one_line_of_error, call
from tests.dossier.small_case import small_case, write_case


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs of a case, the second with one more report."""
    place = tmp_path_factory.mktemp("runs")
    for name, text in (("old", small_case(drivers=())), ("new", changed())):
        case = write_case(place, text)
        assert call("explain", case, "--checks", "none", "--out", place / name).code == 0
    return place


def changed() -> str:
    text = small_case(drivers=())
    more = text[text.rindex("[[evidence]]") :]
    return text + "\n" + more.replace('"E3"', '"E4"').replace('"treaty"', '"pact"')


def test_a_new_item_is_named_with_what_it_moved(runs: Path) -> None:
    said = call("diff", runs / "old" / "small", runs / "new" / "small")
    assert said.code == 0
    assert "evidence E4: entered: They met on the matter." in said.out
    (posterior,) = [x for x in said.out.splitlines() if x.startswith("number posterior.trade")]
    assert posterior.endswith("because of E4")


def test_explanations_that_it_does_not_bear_on_did_not_move(runs: Path) -> None:
    said = call("diff", runs / "old" / "small", runs / "new" / "small")
    assert "number weight.fear" not in said.out


def test_json_holds_every_change(runs: Path) -> None:
    said = call("diff", runs / "old" / "small", runs / "new" / "small", "--json")
    changes = json.loads(said.out)
    assert {"kind", "id", "said", "rows"} == set(changes[0])
    assert "E4" in {change["id"] for change in changes}


def test_the_rest_is_counted_and_printed_when_asked(runs: Path) -> None:
    pair = (runs / "old" / "small", runs / "new" / "small")
    assert "further numbers changed" in call("diff", *pair).out
    assert "new number cell.pact.trade" in call("diff", *pair, "--all").out


def test_nothing_is_said_to_have_changed_where_nothing_did(runs: Path) -> None:
    same = runs / "old" / "small"
    assert call("diff", same, same).out == "Nothing changed.\n"


def test_a_missing_dossier_is_one_line(runs: Path) -> None:
    said = call("diff", runs / "old" / "small", runs / "nowhere")
    assert_one_line_of_error(said, "no such dossier")
