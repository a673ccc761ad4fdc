"""The smallest removal, checked against brute force and where it cannot be exact."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.weighing.made_cases import decibans, propose

from cuibono.weighing.discount import add_clusters, group_clusters
from cuibono.weighing.removal import smallest_removal
from cuibono.weighing.rules import Rules

RULES = Rules()


def lead_of(leader: np.ndarray, challenger: np.ndarray, names: list[str]) -> float:
    clusters = group_clusters(names)
    return float(
        add_clusters(leader, clusters, RULES) - add_clusters(challenger, clusters, RULES)
    )


def removed(cells: np.ndarray, columns: tuple[int, ...]) -> np.ndarray:
    left = cells.copy()
    left[list(columns)] = 0
    return left


def by_brute_force(leader: np.ndarray, challenger: np.ndarray, names: list[str]) -> int | None:
    for size in range(1, len(names) + 1):
        for columns in combinations(range(len(names)), size):
            lead = lead_of(removed(leader, columns), removed(challenger, columns), names)
            if lead < -1e-9:
                return size
    return None


@propose
@given(
    st.lists(
        st.tuples(st.sampled_from(["", "a", "b"]), decibans, decibans), min_size=1, max_size=7
    )
)
def test_no_smaller_set_does_it(columns: list[tuple[str, float, float]]) -> None:
    names = [name for name, _, _ in columns]
    leader = np.array([db for _, db, _ in columns])
    challenger = np.array([db for _, _, db in columns])
    if lead_of(leader, challenger, names) < 0:
        leader, challenger = challenger, leader
    lead = lead_of(leader, challenger, names)
    found = smallest_removal(leader, challenger, lead, group_clusters(names), RULES)
    fewest = by_brute_force(leader, challenger, names)
    assert (len(found[0]) if found else None) == fewest
    assert found is None or found[1]


@propose
@given(st.lists(st.tuples(decibans, decibans), min_size=15, max_size=40), st.floats(0, 8))
def test_large_cluster_gives_a_set_that_works(
    columns: list[tuple[float, float]], prior: float
) -> None:
    cells = np.array(columns).T
    names = ["leak"] * len(columns)
    lead = lead_of(cells[0], cells[1], names) + prior
    found = smallest_removal(cells[0], cells[1], max(lead, 0), group_clusters(names), RULES)
    if found:
        gone = found[0]
        left = lead_of(removed(cells[0], gone), removed(cells[1], gone), names) + prior
        assert left < 0 or lead < 0


def test_set_too_large_to_prove_says_so() -> None:
    leader, challenger = np.append(np.full(60, 6.0), 0), np.append(np.zeros(60), 0.5)
    names = ["leak"] * 60 + [""]
    lead = lead_of(leader, challenger, names)
    found = smallest_removal(leader, challenger, lead, group_clusters(names), RULES)
    assert found == (tuple(range(60)), False)


def test_origins_of_a_large_cluster_go_by_how_much_they_favour_the_leader() -> None:
    leader = np.array([0.1] * 35 + [8.0] * 5)
    found = smallest_removal(leader, np.zeros(40), 6.0, group_clusters(["leak"] * 40), RULES)
    assert found is not None
    assert found[0] == (35, 36, 37, 38, 39)


def test_one_useful_origin_in_a_crowd_is_proved() -> None:
    leader = np.array([9.0] + [0.0] * 99)
    found = smallest_removal(
        leader, np.full(100, 0.01), 5.9, group_clusters(["leak"] * 100), RULES
    )
    assert found == ((0,), True)


def test_hundreds_of_origins_are_searched_exactly() -> None:
    leader, challenger = np.full(300, 2.0), np.zeros(300)
    found = smallest_removal(leader, challenger, 100.0, group_clusters([""] * 300), RULES)
    assert found is not None
    assert (len(found[0]), found[1]) == (76, True)


@pytest.mark.parametrize("lead", [0.0, 3.0])
def test_nothing_to_remove_finds_nothing(lead: float) -> None:
    none = np.zeros(4)
    assert smallest_removal(none, none, lead, group_clusters(["", "", "a", "a"]), RULES) is None
