"""Simulated worlds hold what they promise."""

import numpy as np
import pytest

from cuibono.testing.worlds import Planted, World, simulate_agreement, simulate_events

PLANT = Planted(driver=("A02", "A03"), target=("A00", "A01"), share=1.0, lag=3, sign=-1)
LOUD = {PLANT.driver: 4_000.0, PLANT.target: 4_000.0}


def log_odds(world: World, relation: tuple[str, str]) -> np.ndarray:
    panel = simulate_events(7, world)
    c = panel.channels["verbal_cooperation"] + panel.channels["material_cooperation"]
    at = panel.index[relation]
    return np.asarray(np.log((c[at] + 0.5) / (panel.channels["all"][at] - c[at] + 0.5)))


def test_the_same_seed_gives_the_same_world() -> None:
    one, two = simulate_events(3), simulate_events(3)
    np.testing.assert_array_equal(one.exposure, two.exposure)


def test_the_gap_is_absent_from_the_panel() -> None:
    steps = simulate_events(1, World(periods=20, gap=(5, 9))).steps
    assert steps.tolist() == [0, 1, 2, 3, 4, *range(9, 20)]


def test_quads_add_up_to_all() -> None:
    channels = simulate_events(2).channels
    quads = sum(v for k, v in channels.items() if k != "all")
    np.testing.assert_array_equal(quads, channels["all"])


def test_exposure_is_all_that_the_actor_does() -> None:
    panel = simulate_events(2)
    mine = [i for i, (actor, _) in enumerate(panel.relations) if actor == "A03"]
    np.testing.assert_array_equal(
        panel.exposure[mine[0]], panel.channels["all"][mine].sum(axis=0)
    )


def test_attention_is_unequal() -> None:
    rows = np.sort(simulate_events(4).rows)
    assert rows[-20:].sum() > rows[:-20].sum() / 2


@pytest.mark.parametrize("sign", [1, -1])
def test_a_planted_driver_leads_by_its_lag_with_its_sign(sign: int) -> None:
    planted = Planted(driver=PLANT.driver, target=PLANT.target, share=1.0, lag=3, sign=sign)
    world = World(gap=(90, 90), busy=LOUD, planted=planted, moods=0.0)
    driver, target = log_odds(world, PLANT.driver), log_odds(world, PLANT.target)
    assert sign * np.corrcoef(driver[:-3], target[3:])[0, 1] > 0.95


def test_nothing_is_planted_in_a_null_world() -> None:
    world = World(gap=(90, 90), busy=LOUD, moods=0.0)
    driver, target = log_odds(world, PLANT.driver), log_odds(world, PLANT.target)
    assert abs(np.corrcoef(driver[:-3], target[3:])[0, 1]) < 0.5


def test_a_pair_has_no_votes_before_both_have_joined() -> None:
    panel = simulate_agreement(5)
    late = panel.relations.index(("A00", "A23"))
    first = int(np.isfinite(panel.channels["value"][late]).argmax())
    assert first > 0
    assert (panel.exposure[late, :first] == 0).all()
    assert np.isfinite(panel.channels["value"][late, first:]).all()
