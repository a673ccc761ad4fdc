"""The contract of an engine: the answers that DuckDB gives, bit for bit."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa

from cuibono.model.actor import DirectedDyad
from cuibono.model.period import Grid, Period
from cuibono.model.trace import Condition, Trace
from cuibono.record.coverage import coverage_of
from cuibono.record.instruments import instrument_shares
from cuibono.record.panel import event_panel, measure_panel
from cuibono.record.relation import agreement, attention
from cuibono.store.capabilities import find_engine
from cuibono.store.engine import IN_MEMORY
from cuibono.store.rows import count_rows, fetch_rows
from cuibono.store.store import Store
from cuibono.testing.canonical import open_written, write_store
from cuibono.vocab.actors import load_actors

EVER = Period(date(1946, 1, 1), date(2023, 1, 1))
LATELY = Period(date(2021, 1, 1), date(2021, 7, 1))
TRACED = Trace(
    "events",
    "icews",
    (
        Condition("actor", "in", ("RUS", "USA")),
        Condition("recipient", "!=", "CHN"),
        Condition("day", ">=", "2021-03-01"),
    ),
    0,
)


def _dyad() -> DirectedDyad:
    actors = load_actors()
    return DirectedDyad(actors["RUS"], actors["USA"])


def _coverage(store: Store) -> object:
    sides = (_dyad().actor, _dyad().recipient)
    return [
        coverage_of(store, source, a, EVER) for source in ("icews", "un_votes") for a in sides
    ]


QUESTIONS: Mapping[str, Callable[[Store], object]] = {
    "events_by_week": lambda s: event_panel(s, "icews", Grid.WEEK, LATELY),
    "events_by_month": lambda s: event_panel(s, "icews", Grid.MONTH, LATELY),
    "measure": lambda s: measure_panel(s, "un_votes", "agreement", EVER),
    "mean_of_fractions": lambda s: measure_panel(s, "ucdp_ged", "fatalities", EVER),
    "attention": lambda s: attention(s, "icews", _dyad(), Grid.MONTH, LATELY),
    "attention_in_one_quad": lambda s: attention(
        s, "icews", _dyad(), Grid.WEEK, LATELY, "verbal_cooperation"
    ),
    "agreement": lambda s: agreement(s, "un_votes", _dyad(), EVER),
    "instruments": lambda s: instrument_shares(s, "icews", _dyad(), LATELY),
    "coverage": _coverage,
    "trace_count": lambda s: count_rows(s, TRACED),
    "trace_rows": lambda s: fetch_rows(s, TRACED, 100),
}
"""What an engine is asked, by the name under which its gaps are declared."""


def check_engine(url: str, n_events: int = 20_000) -> None:
    """Hold an engine to its promise: it answers as DuckDB does.

    Integers, days and texts are compared exactly, floats by their bits.

    Parameters
    ----------
    url : str
        The engine, with a row in the capability table.
    n_events : int
        Size of the invented store both are asked about.

    Raises
    ------
    AssertionError
        If an answer differs that the table does not declare as a gap, or an
        answer agrees that it does.
    """
    gaps = find_engine(url).gaps
    with TemporaryDirectory() as folder:
        write_store(Path(folder), n_events)
        reference, other = (open_written(Path(folder), each) for each in (IN_MEMORY, url))
        agree = {name: same(ask, reference, other) for name, ask in QUESTIONS.items()}
        other.engine.close()
    wrong = [name for name, alike in agree.items() if alike == (name in gaps)]
    if wrong:
        raise AssertionError(f"{url}: not as the capability table says: {', '.join(wrong)}.")


def same(ask: Callable[[Store], object], reference: Store, other: Store) -> bool:
    """Tell whether two stores give one answer, bit for bit.

    Parameters
    ----------
    ask : callable
        One of `QUESTIONS`.
    reference, other : Store
        The same rows behind two engines.

    Returns
    -------
    bool
        True where nothing differs.
    """
    return bits(ask(reference)) == bits(ask(other))


def bits(answer: object) -> object:
    """Lay an answer out so that equal means identical.

    Parameters
    ----------
    answer : object
        Arrays, tables, dataclasses, containers of them, or plain values.

    Returns
    -------
    object
        Nested tuples of types and bytes.

    Examples
    --------
    >>> bits(0.0) == bits(-0.0), bits(float("nan")) == bits(float("nan"))
    (False, True)
    """
    if isinstance(answer, np.ndarray):
        return answer.dtype.str, answer.shape, answer.tobytes()
    if isinstance(answer, pa.Table):
        return str(answer.schema), bits(answer.to_pylist())
    if is_dataclass(answer) and not isinstance(answer, type):
        return type(answer).__name__, tuple(
            (f.name, bits(getattr(answer, f.name))) for f in fields(answer)
        )
    if isinstance(answer, Mapping):
        return tuple((key, bits(value)) for key, value in answer.items())
    if isinstance(answer, list | tuple):
        return tuple(bits(value) for value in answer)
    if isinstance(answer, float):
        return "float", struct.pack(">d", answer)
    return type(answer).__name__, answer
