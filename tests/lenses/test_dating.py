"""One level dated beside every other relation."""

from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np

from cuibono.lenses.dating import EXPECTED, WIDTH, Dating, date_level
from cuibono.lenses.focal import find_visible
from cuibono.lenses.ground import APART, lay_ground
from cuibono.lenses.levels import FORCE, TONE, VOLUME, count_parts, measure_level
from cuibono.model.panel import Panel
from cuibono.model.period import Grid, Period
from cuibono.record.panel import event_panel
from cuibono.stats.step_evidence import build_step_model
from cuibono.stats.turning import date_changes, find_changes
from cuibono.store.store import Store
from cuibono.testing.turns import plant_step
from cuibono.testing.worlds import World, simulate_events

TARGET = ("A00", "A01")
QUIET = simulate_events(1, World(actors=9, busy={TARGET: 60.0}, gap=(80, 85)))


@cache
def dated() -> Dating:
    dating = date_level(lay_ground(plant_step(QUIET, TARGET, 45, 0.95), TARGET), TONE)
    assert dating is not None
    return dating


def test_a_turn_is_ranked_among_the_steps_of_the_same_days() -> None:
    (turn,) = dated().turns
    rank = dated().rank(turn)
    assert rank.place <= 3
    assert rank.of <= QUIET.starts.size * len(QUIET.relations)
    assert "same days" in rank.among


def test_a_turn_of_this_relation_alone_is_its_own() -> None:
    ((actor, recipient),) = dated().beside
    assert max(actor.theirs, recipient.theirs) < 0.5


def test_a_level_that_never_moves_is_not_dated() -> None:
    channels = {name: np.zeros_like(counts) for name, counts in QUIET.channels.items()}
    silent = type(QUIET)(
        source=QUIET.source,
        grid=QUIET.grid,
        starts=QUIET.starts,
        relations=QUIET.relations,
        channels=channels,
        exposure=QUIET.exposure,
        rows=QUIET.rows,
        span=QUIET.span,
    )
    assert date_level(lay_ground(silent, TARGET), FORCE) is None


def test_an_actor_that_does_nothing_else_leaves_the_turn_to_the_relation() -> None:
    panel = plant_step(QUIET, TARGET, 45, 0.95)
    alone = [
        row
        for row, pair in enumerate(panel.relations)
        if pair[0] == TARGET[0] and pair != TARGET
    ]
    channels = {name: counts.copy() for name, counts in panel.channels.items()}
    for counts in channels.values():
        counts[alone] = 0.0
    dating = date_level(lay_ground(replace(panel, channels=channels), TARGET), TONE)
    assert dating is not None
    ((actor, _),) = dating.beside
    assert actor.theirs == 0.0
    assert actor.left > 0.5


def count_turned(panel: Panel, rows: list[int], *, even: bool) -> int:
    """Count relations whose volume turns once the weeks of the world are in random order."""
    turned = 0
    for row in rows:
        order = np.random.default_rng(row).permutation(panel.starts.size)
        mixed = replace(
            panel, channels={name: values[:, order] for name, values in panel.channels.items()}
        )
        ground = lay_ground(mixed, panel.relations[row])
        y, v = measure_level(VOLUME, count_parts(mixed, np.array([row])), ground.world)
        noise = VOLUME.even_out(v[0]) if even else v[0]
        model = build_step_model(y[0], noise, ground.steps, ground.controls, ground.places)
        changes = find_changes(model, EXPECTED[Grid.WEEK], APART[Grid.WEEK])
        turned += bool(date_changes(changes, WIDTH[Grid.WEEK]))
    return turned


def test_real_weeks_in_random_order_hardly_turn(pack_store: Store) -> None:
    days = Period(date(2021, 1, 1), date(2022, 9, 1))
    panel = event_panel(pack_store, "icews", Grid.WEEK, days)
    rows = np.random.default_rng(7).choice(find_visible(panel), 12, replace=False).tolist()
    assert count_turned(panel, rows, even=True) <= 1
    assert count_turned(panel, rows, even=False) >= 3
