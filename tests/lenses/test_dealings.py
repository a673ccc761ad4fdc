"""What actors have with all others, against a sum relation by relation."""

from dataclasses import replace

import numpy as np
import pytest

from cuibono.lenses.channels import find_dealings, tally
from cuibono.lenses.dealings import sum_dealings
from cuibono.model.panel import Panel
from cuibono.testing.worlds import World, simulate_agreement, simulate_events

EVENTS = simulate_events(1, World(actors=6))
VOTES = simulate_agreement(1, actors=8)


@pytest.mark.parametrize("panel", [EVENTS, VOTES], ids=["events", "votes"])
def test_they_are_the_sums_of_each_relations_dealings(panel: Panel) -> None:
    rows = np.array([0, 4, len(panel.relations) - 1])
    found = sum_dealings(panel, rows)
    for n, row in enumerate(rows):
        sides = find_dealings(panel, panel.relations[row])
        for sums, kin in zip(found, sides, strict=True):
            for part, counts in zip(sums, tally(panel, kin), strict=True):
                np.testing.assert_allclose(part[n], np.nansum(counts, axis=0), atol=1e-5)


@pytest.mark.parametrize("panel", [EVENTS, VOTES], ids=["events", "votes"])
def test_what_is_left_out_is_in_no_sum(panel: Panel) -> None:
    rows, out = np.arange(len(panel.relations)), panel.relations[2]
    louder = {name: values.copy() for name, values in panel.channels.items()}
    for values in louder.values():
        values[2] = 1 - values[2] if panel is VOTES else 9 * values[2]
    other = replace(panel, channels=louder)
    for one, two in zip(
        sum_dealings(panel, rows, (out,)), sum_dealings(other, rows, (out,)), strict=True
    ):
        np.testing.assert_array_equal(one[0], two[0])
        np.testing.assert_array_equal(one[1], two[1])


def test_a_relation_without_a_row_is_left_out_of_nothing() -> None:
    rows = np.arange(3)
    plain, less = sum_dealings(EVENTS, rows), sum_dealings(EVENTS, rows, (("A00", "ZZZ"),))
    np.testing.assert_array_equal(plain[0][0], less[0][0])


def test_votes_that_nobody_else_cast_are_none() -> None:
    votes = simulate_agreement(2, actors=3)
    sums = sum_dealings(votes, np.array([0]), tuple(votes.relations[1:]))
    assert not np.array(sums).any()
