"""The world measured once: who is visible, who is a rival, what is silent."""

from dataclasses import replace

import numpy as np
import pytest

from cuibono.lenses.focal import find_visible
from cuibono.lenses.look import World, declare, measure_sight, measure_world
from cuibono.model.panel import Panel
from cuibono.model.period import Grid
from cuibono.testing import worlds

TARGET = ("A00", "A01")
PANEL = worlds.simulate_events(1, worlds.World(actors=10, busy={TARGET: 9.0}))


def silence(panel: Panel, relation: tuple[str, str], left: int) -> Panel:
    """Leave a relation a record in its first `left` periods only."""
    channels = {name: counts.copy() for name, counts in panel.channels.items()}
    for name, counts in channels.items():
        counts[panel.index[relation]] = 0
        counts[panel.index[relation], :left] = name in ("all", "verbal_cooperation")
    return replace(panel, channels=channels)


def measured(panel: Panel) -> World:
    world = measure_world(panel, TARGET)
    assert world is not None
    return world


@pytest.mark.parametrize(("weeks", "seen"), [(9, False), (10, True)])
def test_ten_weeks_with_a_record_make_a_relation_visible(weeks: int, seen: bool) -> None:
    quiet = silence(PANEL, ("A04", "A05"), weeks)
    assert (quiet.index["A04", "A05"] in find_visible(quiet)) == seen


def test_a_relation_that_never_varies_is_not_visible() -> None:
    flat = silence(PANEL, ("A04", "A05"), PANEL.starts.size)
    assert flat.index["A04", "A05"] not in find_visible(flat)


def test_what_an_actor_does_to_itself_is_no_relation() -> None:
    renamed = tuple(("A04", "A04") if r == ("A04", "A05") else r for r in PANEL.relations)
    panel = replace(PANEL, relations=renamed)
    assert panel.index["A04", "A04"] not in find_visible(panel)


def test_the_focal_relation_and_its_reply_are_no_rivals() -> None:
    world = measured(PANEL)
    left_out = {r for r, rival in zip(world.relations, world.rival, strict=True) if not rival}
    assert left_out == {TARGET, TARGET[::-1]}


def test_every_declared_specification_has_a_column() -> None:
    assert measured(PANEL).lagged.shape[1] == len(declare(PANEL)) == 12


def test_nobody_is_his_own_rival() -> None:
    world = measured(PANEL)
    at = world.relations.index(("A02", "A03"))
    assert world.rank(at, 1)[1] == world.scores(1).size


def test_relations_alike_are_a_part_of_the_world() -> None:
    world = measured(PANEL)
    at = world.relations.index(("A02", "A03"))
    assert 1 < world.rank(at, 1, alike=True)[1] < world.rank(at, 1)[1]


def test_too_few_periods_give_no_world() -> None:
    few = {name: counts[:, :25] for name, counts in PANEL.channels.items()}
    short = replace(PANEL, starts=PANEL.starts[:25], channels=few)
    assert measure_world(short, TARGET) is None


def test_a_channel_in_which_the_focal_relation_never_varies_is_silent() -> None:
    even = {name: counts.copy() for name, counts in PANEL.channels.items()}
    at = PANEL.index[TARGET]
    even["verbal_conflict"][at] = even["verbal_cooperation"][at]
    even["material_conflict"][at] = even["material_cooperation"][at]
    even["all"][at] = 2 * (even["verbal_conflict"][at] + even["material_conflict"][at])
    world = measured(replace(PANEL, channels=even))
    assert np.isnan(world.lagged[:, :8]).all()
    assert np.isfinite(world.scores(1)).all()


def test_permuting_relations_changes_no_score() -> None:
    order = np.random.default_rng(3).permutation(len(PANEL.relations))
    shuffled = replace(
        PANEL,
        relations=tuple(PANEL.relations[i] for i in order),
        channels={name: counts[order] for name, counts in PANEL.channels.items()},
        exposure=PANEL.exposure[order],
        rows=PANEL.rows[order],
    )
    plain, mixed = measured(PANEL), measured(shuffled)
    at = [mixed.relations.index(relation) for relation in plain.relations]
    np.testing.assert_allclose(mixed.lagged[at], plain.lagged, atol=1e-6)


def test_a_louder_driver_is_seen_more_clearly() -> None:
    quiet, loud = ("A02", "A03"), ("A04", "A05")
    world = worlds.World(actors=10, busy={TARGET: 20.0, quiet: 0.7, loud: 60.0})
    panel = worlds.simulate_events(2, world)
    seen = measure_world(panel, TARGET)
    assert seen is not None
    dim, clear = (measure_sight(panel, seen, driver) for driver in (quiet, loud))
    assert dim.needed > clear.needed


def test_missing_votes_give_no_nan_score_to_those_with_some() -> None:
    panel = worlds.simulate_agreement(3)
    world = measure_world(panel, TARGET)
    assert world is not None
    assert len(world.relations) == find_visible(panel).size
    assert np.isfinite(world.lagged).all()


@pytest.mark.parametrize(("grid", "lags"), [(Grid.WEEK, 4), (Grid.MONTH, 3), (Grid.YEAR, 2)])
def test_the_grid_decides_how_far_back_drivers_are_sought(grid: Grid, lags: int) -> None:
    specs = declare(replace(PANEL, grid=grid))
    assert [spec.lag for spec in specs] == 3 * list(range(1, lags + 1))
