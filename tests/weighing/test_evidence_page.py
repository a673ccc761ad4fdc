"""The page for analysts says what the code does."""

import doctest
from pathlib import Path

import pytest
from tests.weighing.made_cases import explained, item, judged, made

from cuibono.weighing.rules import DEFAULT_RULES
from cuibono.weighing.weigh import weigh

PAGE = Path(__file__).parents[2] / "docs" / "concepts" / "evidence.md"


def test_examples_on_the_page_run() -> None:
    failed, tried = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert (failed, tried > 0) == (0, True)


def test_worked_example_is_what_weighing_gives() -> None:
    cell, page = {"punish": judged(0.6, 0.2)}, {"punish": judged(0.5, 0.25)}
    evidence = [
        item("E1", cell, origin="agency"),
        item("E2", cell, origin="agency"),
        item("E3", page, origin="essay, p. 3", cluster="essayist"),
        item("E4", page, origin="essay, p. 7", cluster="essayist"),
        item("E5", {"punish": judged(0.3, 0.6)}, origin="register"),
    ]
    (weight,) = weigh(made([explained("punish", prior=(1 / 3, 1 / 3))], evidence)).weights
    assert weight.evidence.value == pytest.approx(3.40, abs=0.005)
    assert weight.posterior.value == pytest.approx(0.52, abs=0.005)


def test_page_names_the_rules_in_force() -> None:
    said = PAGE.read_text("utf-8")
    rules = DEFAULT_RULES
    assert f"{rules.n_draws:,} draws" in said
    assert f"divided by {rules.overconfidence}" in said
    assert f"more than {rules.cluster_cap_db:.0f} dB" in said
    assert f"more than {rules.total_cap_db:.0f} dB" in said
