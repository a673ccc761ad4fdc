"""One level dated beside every other relation."""

from functools import cache

import numpy as np

from cuibono.lenses.dating import Dating, date_level
from cuibono.lenses.ground import lay_ground
from cuibono.lenses.levels import FORCE, TONE
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
