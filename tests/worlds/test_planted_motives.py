"""On planted worlds what is probable is mostly true, and what is true is mostly ahead."""

from dataclasses import dataclass

import numpy as np
import pytest
from scipy.stats import pearsonr

from cuibono.lenses.focal import find_visible, see_focal
from cuibono.stats.averaging import average
from cuibono.stats.driver_sets import weigh_sets
from cuibono.stats.evidence import see_candidates
from cuibono.stats.response import respond_in_shapes
from cuibono.stats.track import track
from cuibono.stats.turned_noise import fit_turned_noise
from cuibono.testing.planted import PlantedCase, PlantedWorld, Setting, plant_world

SMALL = Setting(
    states=22, groups=5, months=180, events=20_000.0, least=25.0, targets=8, share=(0.5, 0.7)
)
LAGS = (1, 2, 3, 4, 5, 6)


@dataclass(frozen=True)
class Weighed:
    """What was stated of a case's candidates, what a naive method says, and what is true."""

    stated: np.ndarray
    naive: np.ndarray
    truth: np.ndarray
    kinds: tuple[str, ...]


def weigh(world: PlantedWorld, case: PlantedCase) -> Weighed:
    panel, rows = world.panel, find_visible(world.panel)
    focal = see_focal(panel, panel.relations[case.target], "tone", rows)
    assert focal is not None
    at = [int(np.flatnonzero(rows == place)[0]) for place, _, _ in case.listed]
    level = track(focal.series[at], focal.chance[at], panel.steps).mean
    responses = respond_in_shapes(level, LAGS, focal.used)
    signs = np.array([sign for _, _, sign in case.listed])
    steps = panel.steps[focal.used]
    noise = fit_turned_noise(focal.y, focal.counting, steps, focal.controls)
    sets = weigh_sets(see_candidates(focal.y, noise, responses), signs)
    stated = average(sets.member, sets.log_bayes_factor, np.full(8, 0.25)).inclusion
    naive = [
        min(pearsonr(focal.y[lag:], focal.series[one, :-lag])[1] for lag in LAGS) for one in at
    ]
    kinds = tuple(kind for _, kind, _ in case.listed)
    return Weighed(stated, -np.log(naive), np.array([k == "true" for k in kinds]), kinds)


@pytest.fixture(scope="module")
def cases() -> list[Weighed]:
    worlds = [plant_world(seed, SMALL) for seed in (51, 52, 53)]
    return [weigh(world, case) for world in worlds for case in world.cases]


def average_precision(score: np.ndarray, truth: np.ndarray) -> float:
    hits = truth[np.argsort(-score)]
    return float((np.cumsum(hits) / np.arange(1, hits.size + 1))[hits].mean())


def joined(cases: list[Weighed], name: str) -> np.ndarray:
    return np.concatenate([getattr(case, name) for case in cases])


def test_true_drivers_are_ahead_of_a_naive_ranking(cases: list[Weighed]) -> None:
    truth = joined(cases, "truth")
    ours, naive = (average_precision(joined(cases, n), truth) for n in ("stated", "naive"))
    assert ours > naive + 0.1


def test_what_is_called_probable_is_mostly_true(cases: list[Weighed]) -> None:
    claimed = joined(cases, "stated") > 0.8
    assert claimed.sum() >= 5
    assert joined(cases, "truth")[claimed].mean() > 0.75


def test_what_is_called_improbable_is_mostly_false(cases: list[Weighed]) -> None:
    doubted = joined(cases, "stated") < 0.1
    assert joined(cases, "truth")[doubted].mean() < 0.25


@pytest.mark.parametrize("kind", ["reverse", "look_alike", "random"])
def test_decoys_are_seldom_called_probable(cases: list[Weighed], kind: str) -> None:
    kinds = np.concatenate([case.kinds for case in cases])
    assert (joined(cases, "stated")[kinds == kind] > 0.8).mean() <= 0.1


def test_the_best_of_a_case_is_true_more_often_than_chance(cases: list[Weighed]) -> None:
    best = [case.truth[case.stated.argmax()] for case in cases]
    assert np.mean(best) > 2 * joined(cases, "truth").mean()
