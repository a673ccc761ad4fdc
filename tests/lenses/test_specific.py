"""What is left of a driver without its actors' moods: by hand, by chance, where planted."""

from functools import cache

import numpy as np
import pytest
from scipy.stats import binomtest

from cuibono.lenses.channels import QUADS, channels_of, find_dealings
from cuibono.lenses.focal import find_visible
from cuibono.lenses.look import World as Measured
from cuibono.lenses.look import declare, measure_world
from cuibono.lenses.specific import take_moods_out
from cuibono.lenses.standings import CREDITED, Standing, rank_drivers
from cuibono.model.panel import Panel
from cuibono.stats.beside import scan_beside
from cuibono.stats.scan import positions_before
from cuibono.stats.series import tone
from cuibono.testing.worlds import Planted, World, simulate_agreement, simulate_events

TARGET, DRIVER = ("A00", "A01"), ("A02", "A00")
PANEL = simulate_events(3, World(actors=16, busy={TARGET: 40.0, DRIVER: 40.0}))


def measured(panel: Panel, target: tuple[str, str]) -> Measured:
    world = measure_world(panel, target)
    assert world is not None
    return world


WORLD = measured(PANEL, TARGET)
AT = WORLD.relations.index(DRIVER)


def test_a_driver_is_scored_beside_its_own_actors_moods() -> None:
    """Tone, gathered relation by relation: the focal relation and its reply are in no mood."""
    focal, moods = WORLD.focals[0], []
    assert focal is not None
    for kin in find_dealings(PANEL, DRIVER):
        rows = [row for row in kin if PANEL.relations[row] not in (TARGET, TARGET[::-1])]
        warm, cold = (
            sum(PANEL.channels[quad][rows].sum(axis=0) for quad in QUADS if quad.endswith(way))
            for way in ("cooperation", "conflict")
        )
        moods.append(tone(warm, cold)[0])
    lags = [positions_before(PANEL.steps, focal.used, lag) for lag in (1, 2, 3, 4)]
    expected = scan_beside(focal.y, focal.noise, focal.series[[AT]], np.array([moods]), lags)
    found = take_moods_out(PANEL, TARGET, WORLD, [AT]).lagged[AT, :4]
    np.testing.assert_allclose(found, expected[0], rtol=1e-9)


def test_only_relations_of_like_volume_are_scored() -> None:
    specific = take_moods_out(PANEL, TARGET, WORLD, [AT])
    told = np.isfinite(specific.lagged).any(axis=1)
    np.testing.assert_array_equal(told, WORLD.decile == WORLD.decile[AT])
    assert specific.rank(AT, 1, alike=True)[1] == WORLD.rank(AT, 1, alike=True)[1]


def test_a_score_does_not_depend_on_the_other_drivers() -> None:
    alone = take_moods_out(PANEL, TARGET, WORLD, [AT]).lagged[AT]
    among = take_moods_out(PANEL, TARGET, WORLD, [3, AT, 7]).lagged[AT]
    np.testing.assert_allclose(alone, among, rtol=1e-9)


def test_without_a_driver_nothing_is_scored() -> None:
    assert np.isnan(take_moods_out(PANEL, TARGET, WORLD, []).lagged).all()


def test_votes_have_moods_too() -> None:
    votes = simulate_agreement(4)
    world = measured(votes, TARGET)
    at = world.relations.index(("A02", "A03"))
    specific = take_moods_out(votes, TARGET, world, [at])
    assert np.isfinite(specific.lagged[at]).all()
    assert specific.lagged.shape[1] == len(declare(votes)) == 2 * len(channels_of(votes))


def test_places_in_null_worlds_are_those_of_chance() -> None:
    """Rank, without their moods, the busy kin of random relations: what an analyst lists."""
    alarms, ranked = 0, 0
    for seed in (50, 51):
        panel = simulate_events(seed, World(actors=16))
        for row in np.random.default_rng(seed).choice(find_visible(panel), 8, replace=False):
            world = measured(panel, panel.relations[row])
            kin = [
                at
                for at, relation in enumerate(world.relations)
                if world.rival[at] and set(relation) & set(panel.relations[row])
            ]
            kin.sort(key=lambda at: -panel.rows[panel.index[world.relations[at]]])
            specific = take_moods_out(panel, panel.relations[row], world, kin[:4])
            shares = [np.divide(*specific.rank(at, 1, alike=True)) for at in kin[:4]]
            alarms, ranked = alarms + sum(s <= 0.1 for s in shares), ranked + 4
    assert ranked == 64
    assert binomtest(alarms, ranked, 0.1).pvalue > 0.01


def planted(seed: int, general: bool) -> Panel:
    plant = Planted(driver=("A02", "A03"), target=TARGET, share=0.8, general=general)
    world = World(
        actors=16, volume=40.0, moods=1.5 if general else 0.4,
        busy={TARGET: 60.0, ("A02", "A03"): 60.0}, planted=plant,
    )  # fmt: skip
    return simulate_events(seed, world)


@cache
def told(general: bool) -> tuple[Standing, ...]:
    """Rank a driver in worlds where it acts, or where its actor's mood towards all does."""
    asked = [(("A02", "A03"), 1)]
    panels = (planted(seed, general) for seed in range(14))
    return tuple(one for p in panels for one in rank_drivers(p, TARGET, asked).listed)


def best(told: tuple[Standing, ...], *, moods: bool) -> float:
    """Count how often the driver is in the best tenth of those of like volume."""
    places = [
        (one.matched_place / one.matched_of, one.specific_place / one.specific_of)[not moods]
        for one in told
    ]
    return float(np.mean(np.array(places) <= 0.1))


def test_an_actor_that_is_so_to_everybody_falls_back_without_its_mood() -> None:
    assert best(told(general=True), moods=False) < best(told(general=True), moods=True)
    assert best(told(general=True), moods=False) <= 0.3


def test_a_relation_that_acts_by_itself_is_still_there() -> None:
    assert best(told(general=False), moods=False) >= 0.7
    credited = [one for one in told(general=False) if one.verdict in CREDITED]
    assert len(credited) >= 7
    assert all(
        f" {one.specific_place} of {one.specific_of} like it" in one.said for one in credited
    )


def test_what_is_left_without_the_moods_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    seed, one = next((n, s) for n, s in enumerate(told(general=False)) if "; still " in s.said)
    monkeypatch.setattr("cuibono.lenses.standings.STILL", 0.0)
    (other,) = rank_drivers(planted(seed, general=False), TARGET, [(("A02", "A03"), 1)]).listed
    assert one.said.endswith("when the moods of its own two actors are taken out")
    assert other.said.endswith("so that it may be one of them in general")
    assert (other.verdict, other.specific_place) == (one.verdict, one.specific_place)
