"""The command prints what is known and fails where nothing is."""

import json

import pytest
import typer
from typer.testing import CliRunner

from cuibono.cli.actors import actors

APP = typer.Typer()
APP.command()(actors)


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner(env={"COLUMNS": "240"}).invoke(APP, list(words))
    return result.exit_code, result.stdout, result.stderr


def test_a_name_prints_one_row_per_candidate() -> None:
    code, out, _ = run("Georgia")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()[:3]] == ["id", "GEO", "USA"]


def test_under_the_table_stands_the_source_of_each_row() -> None:
    assert "RUS · Phoenix.Countries actors (OEDA, MIT)" in run("Kremlin")[1].splitlines()


def test_under_the_table_stands_the_state_a_person_acted_for() -> None:
    assert "person:usa-kerry · United States (USA) · " in run("Kerry")[1]


def test_json_is_data_that_another_program_reads() -> None:
    (row,) = json.loads(run("Kerry", "--at", "2016-07-18", "--json")[1])
    assert (row["name"], row["as"], row["from"], row["note"]) == (
        "John Kerry",
        "Secretary of State",
        "2013-02-01",
        "United States (USA)",
    )


def test_an_unknown_name_exits_1_with_the_nearest_on_stderr() -> None:
    code, out, err = run("Talibna")
    assert (code, out) == (1, "")
    assert "no actor 'Talibna'. Nearest names: Taliban" in err


def test_noise_exits_1_and_says_that_nothing_is_near() -> None:
    code, _, err = run("xqzwvkj")
    assert code == 1
    assert "No name is near" in err


def test_a_name_out_of_its_dates_says_when_it_was_borne() -> None:
    code, _, err = run("Soviet Union", "--at", "2016-07-18")
    assert code == 1
    assert "only RUS 1922-12-30 to 1991-12-26" in err


@pytest.mark.parametrize("day", ["2016", "18.7.2016", "yesterday"])
def test_a_day_that_is_not_iso_is_refused(day: str) -> None:
    assert run("Kerry", "--at", day)[0] == 2


def test_hostile_text_is_echoed_as_text() -> None:
    code, _, err = run("[red]no[/red]")
    assert code == 1
    assert "[red]no[/red]" in err
