"""The contest: listed drivers together, each by the rule by which the world is measured."""

from functools import cache

import numpy as np
import pytest

from cuibono.lenses.contest import LAGS, Contest, hold_contest
from cuibono.model.panel import Panel
from cuibono.model.period import Grid
from cuibono.stats.averaging import average
from cuibono.testing.worlds import Planted, World, simulate_agreement, simulate_events

TARGET, DRIVER, OTHER = ("A00", "A01"), ("A02", "A03"), ("A04", "A05")
BUSY = {TARGET: 60.0, DRIVER: 60.0, OTHER: 60.0}
PLANTED = Planted(driver=DRIVER, target=TARGET, share=0.7, sign=-1)


@cache
def panel(seed: int) -> Panel:
    return simulate_events(seed, World(actors=10, periods=110, busy=BUSY, planted=PLANTED))


@cache
def contest(seed: int) -> Contest:
    held = hold_contest(panel(seed), TARGET, ((DRIVER, -1), (OTHER, 1)))
    assert held is not None
    return held


def test_a_listed_driver_has_the_evidence_of_its_set_of_one() -> None:
    held = contest(1)
    for at in range(2):
        only = held.member.sum(axis=1) == 1
        (own,) = held.log_bf[only & held.member[:, at]]
        assert held.weigh(at) == own


def test_a_driver_that_acts_at_one_lag_loses_nothing_by_being_listed() -> None:
    """The world's evidence knows no shapes; those of a listed driver have to be paid for."""
    assert np.mean([contest(s).weigh(0) - contest(s).alone(0) for s in range(4)]) > -1


def test_no_driver_is_its_own_rival_nor_the_focal_relation_one() -> None:
    held = contest(1)
    kin = sum(r in (TARGET, TARGET[::-1]) for r in held.relations)
    assert held.rivals_of(0).size == len(held.relations) - kin - 1


def test_the_planted_driver_leads_its_world() -> None:
    above = [np.mean(contest(s).rivals_of(0) >= contest(s).alone(0)) for s in range(4)]
    assert sorted(above)[2] <= 0.02


def test_the_other_sign_has_less_evidence() -> None:
    assert all(contest(seed).opposite(0) < contest(seed).alone(0) for seed in range(4))


def test_the_evidence_is_averaged_over_the_channels() -> None:
    held = contest(2)
    parts = np.exp([part.sets.log_bayes_factor for part in held.parts])
    assert np.exp(held.log_bf) == pytest.approx(parts.mean(axis=0))


def test_many_are_listed_and_the_driver_still_stands_out() -> None:
    world = panel(1)
    others = [r for r in world.relations if r not in (TARGET, TARGET[::-1], DRIVER)][:11]
    held = hold_contest(world, TARGET, ((DRIVER, -1), *((other, 1) for other in others)))
    assert held is not None
    sizes = held.member.sum(axis=1)
    assert np.bincount(sizes).tolist() == [1, 12, 66, 120, 210]
    assert all((part.sets.member == held.member).all() for part in held.parts)
    inclusion = average(held.member, held.log_bf, np.full(12, 0.1)).inclusion
    assert inclusion[0] > 0.5 > inclusion[1:].max()


def test_it_does_not_matter_in_which_order_drivers_are_listed() -> None:
    one = contest(3)
    other = hold_contest(panel(3), TARGET, ((OTHER, 1), (DRIVER, -1)))
    assert other is not None
    found = [average(c.member, c.log_bf, np.full(2, 0.3)).inclusion for c in (one, other)]
    assert found[0] == pytest.approx(found[1][::-1], abs=1e-6)


def test_unrelated_relations_have_bayes_factors_near_one_on_average() -> None:
    bayes = [
        np.exp(held.world[held.rival]).mean()
        for seed in range(4)
        if (held := hold_contest(null(seed), TARGET, ((DRIVER, 1),)))
    ]
    assert len(bayes) == 4
    assert np.mean(bayes) < 1.5


def null(seed: int) -> Panel:
    return simulate_events(seed + 70, World(actors=10, busy=BUSY))


def test_a_relation_with_too_few_weeks_is_no_contest() -> None:
    short = simulate_events(1, World(actors=10, periods=24, gap=(0, 0), busy=BUSY))
    assert hold_contest(short, TARGET, ((DRIVER, 1),)) is None


def test_yearly_votes_are_one_channel_with_shorter_lags() -> None:
    held = hold_contest(simulate_agreement(1), TARGET, ((DRIVER, 1),))
    assert held is not None
    assert [part.channel for part in held.parts] == ["agreement"]
    assert LAGS[Grid.YEAR] < LAGS[Grid.WEEK]


def test_among_like_volume_there_are_fewer_rivals_and_none_is_itself() -> None:
    held = contest(1)
    volume = np.arange(len(held.relations), dtype=float)
    alike = held.rivals_of(0, volume)
    assert 0 < alike.size <= len(held.relations) // 10 + 1
    assert set(alike) <= set(held.rivals_of(0))
