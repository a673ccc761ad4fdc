"""ICEWS-shaped files of any size: invented rows that repeat as often as the provider's do."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np

from cuibono.model.actor import Kind
from cuibono.sources.base import read_card
from cuibono.vocab.actors import code_table, load_actors
from cuibono.vocab.events import cameo_codes

ROLES = ("Citizen", "Police", "Government", "Military", "Foreign Affairs", "Criminal", "Media")
PERSONS_PER_COUNTRY = 60
ROWS_PER_DAY = 2_500
CHUNK = 50_000
FIRST_DAY = date(1995, 1, 1)
# One name in ten is as frequent as its place in a list of names by frequency says (Zipf).
SKEW = 1.1


def write_native(path: Path, rows: int, *, seed: int = 1, first_id: int = 1) -> None:
    """Write an ICEWS tab file in the native layout.

    Countries, codes and their skew are those of the provider; names, stories
    and places are invented, in about as many kinds as a year's file has.

    Parameters
    ----------
    path : Path
        File to write.
    rows : int
        Lines below the header.
    seed : int, default 1
        The same seed and sizes give the same bytes.
    first_id : int, default 1
        Event ID of the first row; they count up.
    """
    (layout,) = (x for x in read_card("icews").layouts if x.name == "native")
    rng = np.random.default_rng(seed)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("\t".join(layout.columns["events"]) + "\n")
        for start in range(0, rows, CHUNK):
            count = min(CHUNK, rows - start)
            file.write(_chunk(rng, start, count, first_id))


def _chunk(rng: np.random.Generator, start: int, count: int, first_id: int) -> str:
    actors = load_actors()
    states = [c.code for c in code_table("icews") if actors[c.actor].kind is Kind.STATE]
    codes = [code for code in cameo_codes() if len(code) == 3]
    days = [str(FIRST_DAY + timedelta(days=(start + n) // ROWS_PER_DAY)) for n in range(count)]
    by, to, where = (_skewed(rng, len(states), count) for _ in range(3))
    act = _skewed(rng, len(codes), count)
    score = rng.integers(-100, 101, len(codes)) / 10
    said = rng.integers(0, 1 + count // 2, count)
    who, whom = (_persons(rng, count) for _ in range(2))
    place = _skewed(rng, 400, count)
    lines = []
    for n in range(count):
        actor, recipient, at = states[by[n]], states[to[n]], states[where[n]]
        lines.append(
            f"{first_id + start + n}\t{days[n]}\t{_name(actor, who[n])}\tGovernment,Executive"
            f"\t{actor}\tAct {codes[act[n]]} in words\t{codes[act[n]]}\t{score[act[n]]:g}"
            f"\t{_name(recipient, whom[n])}\tGeneral Population / Civilian / Social,Social"
            f"\t{recipient}\t{40_000_000 + start + said[n]}\t{n % 6 + 1}"
            f"\tAgency number {place[n] % 90}\tTown {place[n]}\tNA\tProvince of {at}\t{at}"
            f"\t{place[n] / 7:.4f}\t{place[n] / 3:.4f}\n"
        )
    return "".join(lines)


def _skewed(rng: np.random.Generator, kinds: int, count: int) -> list[int]:
    """Draw places in a list of which few are frequent and most are rare."""
    weights = np.arange(1, kinds + 1) ** -SKEW
    drawn: list[int] = rng.choice(kinds, count, p=weights / weights.sum()).tolist()
    return drawn


def _persons(rng: np.random.Generator, count: int) -> list[int]:
    return _skewed(rng, len(ROLES) + PERSONS_PER_COUNTRY, count)


def _name(country: str, person: int) -> str:
    """Name a role of a country, or one of its invented persons."""
    if person < len(ROLES):
        return f"{ROLES[person]} ({country})"
    return f"Person {person} of {country}"
