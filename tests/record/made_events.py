"""Stores of a few counted events, written as canonical rows and covered as the test says."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from hypothesis import strategies as st
from tests.store.made_files import made_store

from cuibono.model.panel import Panel
from cuibono.model.period import Period
from cuibono.store.store import Store
from cuibono.vocab.events import QUADS, event_types

# Four whole weeks that are one whole month.
MONDAY = date(2021, 2, 1)
FEBRUARY = Period(MONDAY, date(2021, 3, 1))
DAY = timedelta(days=1)

# Days after MONDAY, actor, recipient, event type, events.
Event = tuple[int, str | None, str | None, str | None, int]

ACTORS = st.sampled_from(["RUS", "PAK", "IND", "USA"])
TYPES = st.sampled_from(["CONSULT", "AID", "ACCUSE", "ASSAULT", None])
EVENTS = st.lists(
    st.tuples(st.integers(0, 27), ACTORS, ACTORS, TYPES, st.integers(1, 50)),
    min_size=1,
    max_size=40,
).filter(lambda events: any(actor != recipient for _, actor, recipient, _, _ in events))


def event_store(folder: Path, events: Sequence[Event], *covered: Period) -> Store:
    """A store of these events; February 2021 is covered unless other spans are given."""
    rows = [
        {
            "row": f"{number:04}",
            "day": MONDAY + days * DAY,
            "actor": actor,
            "recipient": recipient,
            "event_type": kind,
            "quad": event_types()[kind].quad if kind else None,
            "events": count,
        }
        for number, (days, actor, recipient, kind, count) in enumerate(events)
    ]
    return made_store(folder, rows, *(covered or (FEBRUARY,)))


def same(one: Panel, two: Panel) -> bool:
    """Whether two panels hold the same numbers, bit by bit."""
    return (
        one.relations == two.relations
        and np.array_equal(one.starts, two.starts)
        and np.array_equal(one.exposure, two.exposure)
        and np.array_equal(one.rows, two.rows)
        and all(np.array_equal(one.channels[n], two.channels[n]) for n in ("all", *QUADS))
    )
