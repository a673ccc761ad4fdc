"""The planted worlds hold what they say they hold."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from cuibono.testing.planted import TIERS, PlantedWorld, Setting, plant_world

SMALL = Setting(
    states=20, groups=5, months=150, events=8000.0, least=10.0, targets=6, share=(0.6, 0.7)
)


@cache
def world(seed: int = 1, setting: Setting = SMALL) -> PlantedWorld:
    return plant_world(seed, setting)


def kinds(made: PlantedWorld) -> list[str]:
    return [kind for case in made.cases for _, kind, _ in case.listed]


def test_the_same_seed_gives_the_same_world() -> None:
    one, two = world(), plant_world(1, SMALL)
    assert all(
        (one.panel.channels[n] == two.panel.channels[n]).all() for n in one.panel.channels
    )
    assert one.cases[0].listed == two.cases[0].listed


def test_another_seed_gives_another_world() -> None:
    assert (world().panel.channels["all"] != world(2).panel.channels["all"]).any()


def test_there_are_as_many_events_as_asked() -> None:
    states = world().panel.channels["all"][: 20 * 19]
    assert states.sum(axis=0).mean() == pytest.approx(SMALL.events, rel=0.15)


@pytest.mark.parametrize("tier", TIERS)
def test_a_target_is_as_loud_as_its_tier_promises(tier: str) -> None:
    setting = replace(TIERS[tier], states=30, events=TIERS[tier].events / 7, targets=5)
    made = world(3, setting)
    events = made.panel.channels["all"].mean(axis=1)
    assert all(events[case.target] > 0.5 * setting.least for case in made.cases)


def test_each_case_lists_eight_without_its_target_or_the_reply() -> None:
    made = world()
    for case in made.cases:
        own = made.panel.relations[case.target]
        listed = [made.panel.relations[place] for place, _, _ in case.listed]
        assert len(set(listed)) == len(listed) == 8
        assert not {own, own[::-1]} & set(listed)


def test_each_case_has_its_decoys() -> None:
    for case in world().cases:
        named = [kind for _, kind, _ in case.listed]
        assert named.count("reverse") == 1
        assert named.count("look_alike") == 2
        assert 1 <= named.count("true") <= SMALL.drivers


def test_a_null_world_moves_nothing_and_still_lists_eight() -> None:
    made = world(4, replace(SMALL, drivers=0))
    assert all(not case.effects for case in made.cases)
    assert {"true", "proxy"}.isdisjoint(kinds(made))
    assert all(len(case.listed) == 8 for case in made.cases)


def test_a_planted_path_follows_its_driver_with_its_sign() -> None:
    """The counts of the driver, moved by the lag, go with the path; nothing else does."""
    right = []
    for case in world().cases:
        for effect in case.effects:
            warm = np.log1p(world().panel.channels["verbal_cooperation"][effect.driver])
            cold = np.log1p(world().panel.channels["verbal_conflict"][effect.driver])
            tone = (warm - cold)[: SMALL.months - effect.lag]
            right.append(np.corrcoef(tone, effect.path[effect.lag :])[0, 1] * effect.sign > 0)
    assert np.mean(right) > 0.8


def test_all_drivers_act_at_once_where_that_is_asked() -> None:
    made = world(5, replace(SMALL, together=1.0))
    assert "true" not in kinds(made)
    assert "together" in kinds(made)
    assert {effect.lag for case in made.cases for effect in case.effects} == {0}


def test_armed_groups_are_drivers_where_that_is_asked() -> None:
    made = world(6, replace(SMALL, threats=1.0, drivers=1))
    drivers = [made.panel.relations[e.driver][0] for c in made.cases for e in c.effects]
    assert any(actor.startswith("G") for actor in drivers)


def test_a_group_only_ever_does_harm() -> None:
    panel = world().panel
    groups = [i for i, (actor, _) in enumerate(panel.relations) if actor.startswith("G")]
    assert panel.channels["verbal_cooperation"][groups].sum() == 0
    assert panel.channels["material_conflict"][groups].sum() > 0


def test_an_unlisted_driver_acts_and_is_not_among_the_eight() -> None:
    made = world(7, replace(SMALL, unlisted=1.0))
    for case in made.cases:
        named = {place for place, _, _ in case.listed}
        assert case.effects
        assert not named & {effect.driver for effect in case.effects}


def test_feedback_lets_the_target_move_its_driver() -> None:
    plain, fed = world(8), world(8, replace(SMALL, feedback=0.5))
    driver = plain.cases[0].effects[0].driver
    channel = "verbal_cooperation"
    assert (plain.panel.channels[channel][driver] != fed.panel.channels[channel][driver]).any()


def test_months_follow_one_another() -> None:
    assert (np.diff(world().panel.steps) == 1).all()
    assert world().panel.span.end.isoformat() == "2007-07-01"
