"""A store of invented rows: as many events as asked, the same ones for the same seed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from cuibono.model.actor import Kind
from cuibono.model.period import Period
from cuibono.model.tables import TABLES
from cuibono.store.engine import Engine
from cuibono.store.manifest import Snapshot, data_file, read_manifest, write_manifest
from cuibono.store.store import Store
from cuibono.vocab.actors import load_actors
from cuibono.vocab.events import event_types

WITHIN = Period(date(2014, 1, 1), date(2022, 1, 1))
# Every store has a hole, so that "not covered" is always among what is compared.
GAP = Period(date(2016, 5, 3), date(2016, 7, 20))
EVENTS, AGREEMENT, DEATHS = "icews", "un_votes", "ucdp_ged"
KNOWN_SHARE = 0.93
TYPED_SHARE = 0.9
MEMBERS = 40
FILES_PER_CELL, SAME_CELL = 3, 4


def write_store(folder: Path, n_events: int, n_files: int = 3, seed: int = 0) -> None:
    """Fill a store folder with invented events and measures.

    Actors follow Zipf's law, as the news does; some are unknown, some act on
    themselves, some events have no type. The measures include one with
    several fractions a cell over three files, whose mean would depend on the
    order in which an engine adds.

    Parameters
    ----------
    folder : Path
        An empty store folder; it need not exist.
    n_events, n_files : int
        Events to write, and files to spread them over.
    seed : int
        Of the random numbers.
    """
    rng = np.random.default_rng(seed)
    firsts = np.linspace(0, n_events, n_files + 1).astype(int).tolist()
    for at, (first, end) in enumerate(pairwise(firsts)):
        _write(folder, EVENTS, "events", at, _events(rng, first, end - first))
    _write(folder, AGREEMENT, "measures", 0, _agreement(rng))
    for at in range(FILES_PER_CELL):
        _write(folder, DEATHS, "measures", at, _deaths(rng, at))


def open_written(folder: Path, url: str) -> Store:
    """Open a folder of invented rows without the embedded pack.

    Parameters
    ----------
    folder : Path
        Filled by `write_store`.
    url : str
        The engine.

    Returns
    -------
    Store
        Ready to be asked.
    """
    return Store(Engine(url), folder, (), read_manifest(folder))


def _events(rng: np.random.Generator, first: int, n: int) -> pa.Table:
    states = _states()
    weights = 1 / np.arange(1, len(states) + 1)
    weights /= weights.sum()
    actor, recipient = (rng.choice(len(states), n, p=weights) for _ in range(2))
    types = list(event_types().values())
    kind = rng.integers(len(types), size=n)
    untyped = rng.random(n) > TYPED_SHARE
    day = _covered_days()[rng.integers(_covered_days().size, size=n)]
    scores = np.array([t.score_tenths for t in types])[kind] + rng.integers(-9, 10, n)
    return pa.table(
        {
            "source": _repeat(EVENTS, n),
            "row": pa.array(np.char.add("e", np.arange(first, first + n).astype("U9"))),
            "day": pa.array(day),
            "precision": _repeat("day", n),
            "actor": _pick(states, actor, rng.random(n) > KNOWN_SHARE),
            "recipient": _pick(states, recipient, rng.random(n) > KNOWN_SHARE),
            "actor_name": _pick(states, actor, None),
            "recipient_name": _pick(states, recipient, None),
            "event_type": _pick([t.name for t in types], kind, untyped),
            "quad": _pick([t.quad for t in types], kind, untyped),
            "code": pa.nulls(n, pa.string()),
            "goldstein_tenths": pa.array(scores, pa.int64(), mask=untyped),
            "events": pa.array(np.ones(n, np.int64)),
            "available": pa.nulls(n, pa.date32()),
            "story": pa.nulls(n, pa.string()),
            "origins": pa.nulls(n, pa.int64()),
        }
    )


def _agreement(rng: np.random.Generator) -> pa.Table:
    years = range(WITHIN.start.year, WITHIN.end.year)
    pairs = list(combinations(sorted(_states()[:MEMBERS]), 2))
    cells = [(a, b, year) for a, b in pairs for year in years]
    joint = rng.integers(30, 90, len(cells))
    value = 1 - rng.integers(0, 30, len(cells)) / joint
    return _measures(AGREEMENT, "agreement", 0, cells, value, joint)


def _deaths(rng: np.random.Generator, at: int) -> pa.Table:
    pairs = list(combinations(_states()[:MEMBERS], 2))
    cells = [(a, b, 2019) for a, b in pairs for _ in range(SAME_CELL)]
    value = rng.lognormal(0, 4, len(cells))
    return _measures(DEATHS, "fatalities", at, cells, value, np.ones(len(cells), np.int64))


def _measures(
    source: str,
    measure: str,
    at: int,
    cells: list[tuple[str, str, int]],
    value: NDArray[np.float64],
    n: NDArray[np.int64],
) -> pa.Table:
    size = len(cells)
    actor, recipient, years = (list(column) for column in zip(*cells, strict=True))
    return pa.table(
        {
            "source": _repeat(source, size),
            "row": [f"{at}|{number}" for number in range(size)],
            "start": [date(year, 1, 1) for year in years],
            "end": [date(year + 1, 1, 1) for year in years],
            "actor": actor,
            "recipient": recipient,
            "actor_name": actor,
            "recipient_name": recipient,
            "measure": _repeat(measure, size),
            "value": value,
            "low": pa.nulls(size, pa.float64()),
            "high": pa.nulls(size, pa.float64()),
            "n": n,
            "unit": _repeat("invented", size),
        }
    )


def _write(folder: Path, source: str, table: str, at: int, rows: pa.Table) -> None:
    snapshot = Snapshot(
        source=source,
        table=table,
        name=f"{source}-{at}",
        layout="canonical",
        input_name="invented",
        sha256="",
        input_bytes=0,
        rows_in=rows.num_rows,
        accepted=rows.num_rows,
        duplicates=0,
        quarantined=0,
        covered=(Period(WITHIN.start, GAP.start), Period(GAP.end, WITHIN.end)),
        licence="none: invented",
        citation="cuibono.testing.canonical",
        command="cuibono.testing.canonical.write_store",
    )
    path = data_file(folder, snapshot)
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(rows.select(list(TABLES[table])), path, compression="zstd")
    write_manifest(folder, snapshot)


def _states() -> list[str]:
    """List today's busiest actors first: a fixed handful, then the others by id."""
    known = [a.id for a in load_actors().values() if a.kind is Kind.STATE and len(a.id) == 3]
    leading = ["USA", "RUS", "CHN", "PAK", "IND"]
    return leading + sorted(set(known) - set(leading))


def _covered_days() -> NDArray[np.datetime64]:
    return np.array([day for day in _days(WITHIN) if not GAP.start <= day < GAP.end], "M8[D]")


def _days(span: Period) -> Iterator[date]:
    return (span.start + timedelta(days=n) for n in range((span.end - span.start).days))


def _pick(
    values: list[str], chosen: NDArray[np.int64], missing: NDArray[np.bool_] | None
) -> pa.Array:
    codes = pa.array(chosen.astype(np.int32), mask=missing)
    return pa.DictionaryArray.from_arrays(codes, pa.array(values)).cast(pa.string())


def _repeat(value: str, n: int) -> pa.Array:
    return pa.repeat(pa.scalar(value), n)
