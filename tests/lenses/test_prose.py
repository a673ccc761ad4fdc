"""A lens's sentences are filled from its file, and a missing one is an error."""

import pytest

from cuibono.lenses.prose import fill


def test_a_sentence_is_filled_with_what_it_names() -> None:
    said = fill("turning_points", "declared", label="tone", period="week")
    assert said == "a lasting step in tone, by week"


def test_a_sentence_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError, match="nothing"):
        fill("turning_points", "nothing")
