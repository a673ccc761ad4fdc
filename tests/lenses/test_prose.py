"""A lens's sentences are filled from its file, and a missing one is an error."""

import tomllib
from importlib.resources import files
from string import Formatter

import pytest

from cuibono.lenses.prose import fill, percent, say


def test_a_sentence_is_filled_with_what_it_names() -> None:
    said = fill("turning_points", "declared", label="tone", period="week")
    assert said == "a lasting step in tone, by week"


def test_a_sentence_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError, match="nothing"):
        fill("turning_points", "nothing")


@pytest.mark.parametrize(
    ("share", "shown"), [(0.0042, "0.42 %"), (0.0421, "4.2 %"), (0.421, "42 %"), (1.0, "100 %")]
)
def test_a_share_keeps_the_digits_that_it_carries(share: float, shown: str) -> None:
    assert percent(share) == shown


def test_a_missing_fact_is_an_error() -> None:
    with pytest.raises(KeyError, match="names"):
        fill("motives", "names")


def test_every_sentence_of_the_lens_motives_can_be_filled() -> None:
    text = files("cuibono.lenses").joinpath("motives.toml").read_text("utf-8")
    for key, template in tomllib.loads(text).items():
        facts = {name: 0 for _, name, _, _ in Formatter().parse(template) if name}
        assert "{" not in fill("motives", key, **facts)


@pytest.mark.parametrize(("share", "shown"), [(0.0421, "4.2 %"), (0.421, "42 %")])
def test_a_fraction_is_said_as_a_share(share: float, shown: str) -> None:
    assert say("instruments", "usual", share=share, world=0.5).startswith(f"{shown} of its")


def test_whole_numbers_are_no_shares() -> None:
    said = say("instruments", "few", relation="a→b", n=1, source="s", least=20)
    assert "has 1 acts of cooperation in s, fewer than the 20" in said
