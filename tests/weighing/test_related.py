"""The nearest dependence that flips an order, against a fine search of all of them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from tests.weighing.made_cases import QUICK, cases, item, judged, made, propose

from cuibono.model.case import Case
from cuibono.weighing.balance import read_balance
from cuibono.weighing.related import nearest_dependence
from cuibono.weighing.weigh import weigh


def lead_at(case: Case, dependence: float, pair: tuple[int, int]) -> float:
    standing = read_balance(case, replace(QUICK, dependence=dependence)).standing
    return float(standing[pair[0]] - standing[pair[1]])


def found(case: Case, pair: tuple[int, int]) -> float | None:
    balance = read_balance(case, QUICK)
    lead = float(balance.standing[pair[0]] - balance.standing[pair[1]])
    return nearest_dependence(*balance.mid[list(pair)], lead, balance.clusters, QUICK)


def chorus() -> Case:
    """Four related reports for `many`, one strong report of its own for `one`."""
    reports = [item(f"E{k}", {"many": judged(0.5, 0.25)}, cluster="press") for k in range(4)]
    return made(["many", "one"], [*reports, item("E9", {"one": judged(0.6, 0.15)})])


def test_a_chorus_leads_once_its_voices_are_counted_apart() -> None:
    # 6.02 dB of one report against 3.01 dB times n(4) = 4 / (1 + 3 rho): level at rho = 1/3.
    assert found(chorus(), (1, 0)) == pytest.approx(1 / 3, abs=2e-4)


def test_the_flip_point_is_said_with_both_values() -> None:
    (flip,) = [f for f in weigh(chorus(), QUICK).flips if f.kind == "dependence"]
    assert flip.said.startswith("Were origins of one cluster related by 0.33 instead of 0.8")
    assert flip.certain


def test_without_a_cluster_no_dependence_changes_anything() -> None:
    apart = made(["a", "b"], [item("E1", {"a": judged(0.6, 0.2)})])
    assert found(apart, (0, 1)) is None


@propose
@given(cases())
def test_the_order_changes_there_and_nowhere_nearer(case: Case) -> None:
    standing = read_balance(case, QUICK).standing
    leader, challenger = (int(j) for j in np.argsort(-standing, kind="stable")[:2])
    if standing[leader] == standing[challenger]:
        return
    dependence = found(case, (leader, challenger))
    reach = 1.0 if dependence is None else abs(dependence - QUICK.dependence) - 2e-4
    inside = [x for x in np.linspace(0, 1, 101) if abs(x - QUICK.dependence) < reach]
    assert all(lead_at(case, x, (leader, challenger)) >= -1e-9 for x in inside)
    if dependence is not None:
        assert lead_at(case, dependence, (leader, challenger)) < 0
