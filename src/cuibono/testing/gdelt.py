"""GDELT-shaped 15-minute exports: invented rows as varied as the provider's are."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np

from cuibono.sources.base import read_card
from cuibono.sources.codes import read_list
from cuibono.vocab.actors import code_table
from cuibono.vocab.events import cameo_codes

FIRST = datetime(2018, 1, 1, tzinfo=UTC)
FIRST_ID = 719_024_875
(COLUMNS,) = (
    layout.columns["events"]
    for layout in read_card("gdelt").layouts
    if layout.name == "quarter_hour"
)
# Shares counted in one full export, of 1 January 2018: 44 and 56 rows in a hundred name a
# country for the first and the second party, one and a half a known group.
NAMED_SHARE = (0.56, 0.44)
GROUP_SHARE = 0.008
# Events are mostly dated the day they are added, else days, a month, a year or ten before.
LAGS_DAYS = (0, 1, 7, 30, 365, 3650)
LAG_SHARES = (0.95, 0.03, 0.008, 0.006, 0.005, 0.001)
REGIONS = ("AFR", "EUR")
SKEW = 1.1
PLACES = 4000
ACCENTED = 40
ROWS_PER_STORY = 3
WORDS = 40_000
TYPES = ("", "", "GOV", "MIL", "REB", "OPP", "COP", "CVL", "MED", "EDU", "BUS", "JUD")


def write_exports(
    folder: Path,
    files: int,
    rows: int,
    *,
    seed: int = 1,
    apart: timedelta = timedelta(minutes=15),
) -> list[Path]:
    """Write 15-minute export files as the provider packs them.

    Parameters
    ----------
    folder : Path
        Where to; it is made.
    files, rows : int
        How many files, and rows in each.
    seed : int, default 1
        The same seed and sizes give the same bytes.
    apart : timedelta, default 15 minutes
        From one file to the next.

    Returns
    -------
    list of Path
        The archives, in the order of their time.
    """
    rng = np.random.default_rng(seed)
    made = Pools(rng)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for n in range(files):
        added = FIRST + n * apart
        lines = export_lines(rng, made, added, FIRST_ID + n * rows, rows)
        name = f"{added:%Y%m%d%H%M%S}.export.CSV"
        path = folder / f"{name}.zip"
        member = zipfile.ZipInfo(name, date_time=added.timetuple()[:6])
        member.compress_type = zipfile.ZIP_DEFLATED
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(member, "".join(f"{line}\n" for line in lines))
        paths.append(path)
    return paths


class Pools:
    """What the rows are drawn from.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where chance comes from.
    """

    def __init__(self, rng: np.random.Generator) -> None:
        self.countries = [*sorted({code.code for code in code_table("gdelt")}), *REGIONS]
        rng.shuffle(self.countries)
        self.groups = sorted(row["code"] for row in read_list("gdelt", "known_groups.csv"))
        quads = {r["root"]: r["quad_class"] for r in read_list("gdelt", "quad_classes.csv")}
        codes = [code for code in cameo_codes() if len(code) > 2]
        rng.shuffle(codes)
        self.acts = [
            f"{code}\t{code[:3]}\t{code[:2]}\t{quads[code[:2]]}"
            f"\t{rng.integers(-100, 101) / 10:.1f}"
            for code in codes
        ]
        self.words = [_word(rng, int(n)) for n in rng.integers(3, 10, WORDS)]
        self.places = [self._place(rng, n) for n in range(PLACES)]

    def _place(self, rng: np.random.Generator, number: int) -> str:
        country = self.countries[number % len(self.countries)][:2]
        name = _word(rng, 7).title() + ("é" if number % ACCENTED == 0 else "")
        lat, lon = rng.integers(-60, 70) + rng.random(), rng.integers(-180, 180) + rng.random()
        return (
            f"{number % 5}\t{name}, {_word(rng, 6).title()}, {_word(rng, 7).title()}"
            f"\t{country}\t{country}{number % 90:02}\t{'' if number % 3 else number}"
            f"\t{lat:.4f}\t{lon:.4f}\t-{number + 1_000_000}"
        )


def export_lines(
    rng: np.random.Generator, pools: Pools, added: datetime, first_id: int, rows: int
) -> list[str]:
    """Draw the rows of one export.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where chance comes from.
    pools : Pools
        What the rows are drawn from.
    added : datetime
        When the file was made, UTC.
    first_id : int
        GLOBALEVENTID of the first row; they count up.
    rows : int
        How many.

    Returns
    -------
    list of str
        Lines of 61 fields without their newlines, ordered by SQLDATE as the
        provider orders them.
    """
    lags = -np.sort(-rng.choice(LAGS_DAYS, rows, p=LAG_SHARES))
    days = [_dated(added.date() - timedelta(days=int(lag))) for lag in lags]
    actors, recipients = (_parties(rng, pools, rows, share) for share in NAMED_SHARE)
    acts = _skewed(rng, len(pools.acts), rows)
    places = _skewed(rng, PLACES, 3 * rows)
    stories = _stories(rng, pools, 1 + rows // ROWS_PER_STORY)
    tones, mentions = rng.normal(-2, 4, len(stories)), rng.geometric(0.2, rows)
    of = np.sort(rng.integers(0, len(stories), rows)).tolist()
    stamp, nowhere = f"{added:%Y%m%d%H%M%S}", "0" + "\t" * 7
    lines = []
    for n in range(rows):
        here = pools.places[places[3 * n]]
        by = here if actors[n][:1] != "\t" else nowhere
        to = pools.places[places[3 * n + 1]] if recipients[n][:1] != "\t" else nowhere
        lines.append(
            f"{first_id + n}\t{days[n]}\t{actors[n]}\t{recipients[n]}\t{n % 2}"
            f"\t{pools.acts[acts[n]]}\t{mentions[n]}\t1\t{mentions[n]}\t{tones[of[n]]:.13f}"
            f"\t{by}\t{to}\t{here}\t{stamp}\t{stories[of[n]]}"
        )
    return lines


def _dated(day: date) -> str:
    share = (day - date(day.year, 1, 1)).days / 365
    return f"{day:%Y%m%d}\t{day:%Y%m}\t{day:%Y}\t{day.year + share:.4f}"


def _parties(rng: np.random.Generator, pools: Pools, rows: int, share: float) -> list[str]:
    """Draw the ten columns of a party: a country, seldom a group, or a role, or nobody."""
    drawn = _skewed(rng, len(pools.countries), rows)
    named, grouped = rng.random(rows) < share, rng.random(rows) < GROUP_SHARE
    group = rng.integers(0, len(pools.groups), rows).tolist()
    role = rng.integers(0, len(TYPES), rows).tolist()
    lines = []
    for n in range(rows):
        said = TYPES[role[n]]
        country = pools.countries[drawn[n]] if named[n] else ""
        known = pools.groups[group[n]] if grouped[n] else ""
        code = f"{country}{known}{said}" if named[n] else said if role[n] % 2 else ""
        name = f"{code} PEOPLE" if code else ""
        shown = said if code else ""
        lines.append(f"{code}\t{name}\t{country}\t{known}\t\t\t\t{shown}\t\t")
    return lines


def _stories(rng: np.random.Generator, pools: Pools, count: int) -> list[str]:
    words = rng.integers(0, WORDS, (count, 7)).tolist()
    numbers = rng.integers(0, 10**7, count).tolist()
    stories = []
    for drawn, number in zip(words, numbers, strict=True):
        site, *title = (pools.words[at] for at in drawn)
        stories.append(f"https://www.{site}.com/news/{'-'.join(title)}-{number}.html")
    return stories


def _word(rng: np.random.Generator, letters: int) -> str:
    return bytes(rng.integers(97, 123, letters).astype(np.uint8)).decode()


def _skewed(rng: np.random.Generator, kinds: int, count: int) -> Sequence[int]:
    """Draw places in a list of which few are frequent and most are rare (Zipf)."""
    weights = np.arange(1, kinds + 1) ** -SKEW
    drawn: list[int] = rng.choice(kinds, count, p=weights / weights.sum()).tolist()
    return drawn
