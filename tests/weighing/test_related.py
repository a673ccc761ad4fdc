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


def duet(dependence_matters: float) -> Case:
    """Two related reports for `two` against one strong one, level at a chosen dependence."""
    # 3.01 dB * 2 / (1 + rho) against a report of its own
    strong = 3.0103 * 2 / (1 + dependence_matters)
    ratio = 10 ** (strong / 10)
    reports = [item(f"E{k}", {"two": judged(0.5, 0.25)}, cluster="press") for k in range(2)]
    return made(["two", "one"], [*reports, item("E9", {"one": judged(0.1 * ratio, 0.1)})])


@pytest.mark.parametrize("level", [0.1, 0.4, 0.7, 0.75])
def test_where_two_reports_weigh_as_one_strong_one_is_found(level: float) -> None:
    assert found(duet(level), (1, 0)) == pytest.approx(level, abs=3e-4)


@pytest.mark.parametrize("level", [0.85, 0.95])
def test_a_flip_upwards_is_found_as_well(level: float) -> None:
    assert found(duet(level), (0, 1)) == pytest.approx(level, abs=3e-4)


def test_opposition_in_a_cluster_is_discounted_too() -> None:
    doubts = [item(f"E{k}", {"doubted": judged(0.2, 0.4)}, cluster="press") for k in range(4)]
    case = made(["doubted", "other"], [*doubts, item("E9", {"other": judged(0.2, 0.6)})])
    # -3.01 * n(4) falls to -4.77 at n = 1.585, where 4 / (1 + 3 rho) says rho = 0.508
    assert found(case, (0, 1)) == pytest.approx(0.508, abs=1e-3)


def test_a_cap_on_the_cluster_keeps_the_order_whatever_the_dependence() -> None:
    rules = replace(QUICK, cluster_cap_db=2.0)
    balance = read_balance(chorus(), rules)
    lead = float(balance.standing[1] - balance.standing[0])
    one, many = balance.mid[1], balance.mid[0]
    assert nearest_dependence(one, many, lead, balance.clusters, rules) is None
