"""Worlds of acts by instrument in which each relation has its own mix and nothing follows."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from tests.checks.made_lens import FOCAL, made_case

from cuibono.model.case import Case
from cuibono.model.panel import Panel
from cuibono.model.period import Grid, Period
from cuibono.record.record import Record
from cuibono.testing.records import make_record
from cuibono.testing.worlds import MONDAY, name_actors
from cuibono.vocab.events import INSTRUMENTS

MIX = {"talked": 0.4, "promised": 0.2, "backed": 0.2, "delivered": 0.2}
SOURCE = "simulated"


def made_acts(seed: int, actors: int = 18, weeks: int = 80, evenness: float = 1.0) -> Panel:
    """Draw weekly acts: loud and quiet relations, busy and idle weeks, a mix of one's own."""
    rng = np.random.default_rng(seed)
    names = name_actors(actors)
    relations = tuple((a, b) for a in names for b in names if a != b)
    loud = rng.gamma(evenness, 1.5 / evenness, len(relations)) + 0.5
    loud[relations.index(FOCAL)] = 3.0
    busy = rng.gamma(4.0, 0.25, (len(relations), weeks))
    rate = loud[:, None] * busy
    own = rng.dirichlet(20 * np.array(list(MIX.values())), len(relations))
    channels = {name: np.zeros(rate.shape) for name in INSTRUMENTS}
    for place, name in enumerate(MIX):
        channels[name] = rng.poisson(rate * own[:, [place]]).astype(float)
    for name in ("objected", "forced", "threatened", "punished"):
        channels[name] = rng.poisson(0.2 * rate).astype(float)
    whole = np.sum(list(channels.values()), axis=0)
    return Panel(
        source=SOURCE,
        grid=Grid.WEEK,
        starts=np.datetime64(MONDAY) + 7 * np.arange(weeks),
        relations=relations,
        channels={"all": whole, **channels},
        exposure=whole,
        rows=whole.sum(axis=1).astype(np.int64),
        span=Period(MONDAY, MONDAY + timedelta(weeks=weeks)),
    )


def acts_record(panel: Panel, case: Case | None = None) -> Record:
    asked = case or replace(made_case(), period=Period(MONDAY, date(2024, 1, 1)))
    return make_record(asked, {(SOURCE, "week by instrument"): panel, (SOURCE, "week"): panel})
