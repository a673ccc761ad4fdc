"""How the lenses of time and targets do, beside their peers on the same series.

Run from the repository root: `python bench/time.py turning` (with ruptures installed,
`pip install ruptures`), `latency`, `declared`, `linkage ../shared/data/israel_palestine`,
`dates ../shared/data/icews`, or `yearly ../shared/data/netify_icews`. Seeds of development
were 101 to 104; these are others.
"""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cuibono.lenses.channels import QUADS
from cuibono.lenses.dating import EXPECTED, WIDTH, date_level
from cuibono.lenses.ground import LEAST_FREEDOM, lay_ground
from cuibono.lenses.levels import levels_of
from cuibono.model.panel import Panel
from cuibono.model.period import Grid, Period
from cuibono.stats.bvar import draw_responses
from cuibono.stats.declared import draw_shares
from cuibono.stats.latency import HORIZON, draw_reaction
from cuibono.stats.rates import share_interval
from cuibono.stats.series import tone
from cuibono.stats.step_evidence import build_step_model, find_places
from cuibono.stats.turning import date_changes, find_changes
from cuibono.testing.turns import Turned, simulate_turns

CELLS = ((30, 132), (30, 312), (200, 132), (200, 312))
SEED, SERIES, QUIET, APART, TOLERANCE = 907, 60, 30, 12, 3
Dates = Sequence[int]


def draw_cell(volume: int, periods: int) -> list[Turned]:
    """Draw the series of one cell, and more quiet ones until there are enough."""
    rng = np.random.default_rng((SEED, volume, periods))
    made = [simulate_turns(rng, periods, float(volume)) for _ in range(SERIES)]
    quiet = sum(not one.at for one in made)
    return made + [simulate_turns(rng, periods, float(volume), 0) for _ in range(QUIET - quiet)]


def date_ours(turned: Turned, rate: float = EXPECTED[Grid.MONTH]) -> list[tuple[int, int, int]]:
    """Date with attention among the controls, as peers cannot."""
    y, v = tone(turned.cooperation, turned.conflict)
    attention = np.log(turned.cooperation + turned.conflict + 1)
    columns = np.column_stack([np.ones(y.size), attention - attention.mean()])
    steps = np.arange(y.size)
    model = build_step_model(y, v, steps, np.linalg.qr(columns)[0], find_places(steps, APART))
    changes = find_changes(model, rate, APART)
    return [(t.best, t.first, t.last) for t in date_changes(changes, WIDTH[Grid.MONTH])]


def date_bocpd(y: NDArray[np.float64], hazard: float = 0.01) -> Dates:
    """Date by Adams and MacKay's online recursion: normal levels, unknown variance."""
    from scipy.special import gammaln

    run, mean, weight = np.ones(1), np.zeros(1), np.full(1, 0.1)
    shape, scale, longest = np.ones(1), np.ones(1), []
    for value in y:
        spread = scale * (weight + 1) / (shape * weight)
        fit = (value - mean) ** 2 / (2 * shape * spread)
        density = np.exp(gammaln(shape + 0.5) - gammaln(shape)) / np.sqrt(
            2 * np.pi * shape * spread
        )
        grown = run * density * (1 + fit) ** -(shape + 0.5)
        run = np.append((grown * hazard).sum(), grown * (1 - hazard))
        run /= run.sum()
        scale = np.append(1.0, scale + weight * (value - mean) ** 2 / (2 * (weight + 1)))
        mean = np.append(0.0, (weight * mean + value) / (weight + 1))
        weight, shape = np.append(0.1, weight + 1), np.append(1.0, shape + 0.5)
        longest.append(int(run.argmax()))
    dates, t = [], y.size - 1
    while t > 0 and (start := t - longest[t] + 1) > TOLERANCE:
        dates.append(start)
        t = start - 1
    return sorted(dates)


def peers() -> dict[str, Callable[[NDArray[np.float64]], Dates]]:
    """Set peers up as the project's first measurements had them, with our least length."""
    import ruptures

    def pelt(model: str, penalty: float, **params: object) -> Callable[..., Dates]:
        def run(y: NDArray[np.float64]) -> Dates:
            fit = ruptures.Pelt(model, min_size=APART, jump=1, **params).fit(y)
            usual = np.log(y.size) * np.var(np.diff(y)) / 2
            return fit.predict(pen=penalty * usual)[:-1]

        return run

    return {
        "PELT, AR(1)": pelt("ar", 3.0, params={"order": 1}),
        "PELT, level": pelt("l2", 2.0),
        "BOCPD": date_bocpd,
    }


def match(found: Dates, truth: Dates) -> tuple[int, int, int]:
    """Count hits within three months, dates found and true ones."""
    left, hits = list(found), 0
    for at in truth:
        near = [one for one in left if abs(one - at) <= TOLERANCE]
        if near:
            left.remove(min(near, key=lambda one: abs(one - at)))
            hits += 1
    return hits, len(found), len(truth)


def report(name: str, cells: list[list[tuple[Dates, Turned]]], cpu: float) -> None:
    """Print the mean over the cells with bootstrap intervals over series."""
    rng = np.random.default_rng(1)
    counts = [np.array([match(f, t.at) for f, t in cell]) for cell in cells]

    def f1(rows: NDArray[np.int64]) -> float:
        hits, found, truth = rows.sum(axis=0)
        return float(2 * hits / max(1, found + truth))

    def mean_f1() -> float:
        drawn = [c[:SERIES][rng.integers(0, SERIES, SERIES)] for c in counts]
        return float(np.mean([f1(rows) for rows in drawn]))

    each = [f1(c[:SERIES]) for c in counts]
    low, high = np.quantile([mean_f1() for _ in range(500)], (0.05, 0.95))
    quiet = np.concatenate([c[c[:, 2] == 0, 1] for c in counts])
    alarms = [quiet[rng.integers(0, quiet.size, quiet.size)].mean() for _ in range(500)]
    few, many = np.quantile(alarms, (0.05, 0.95))
    print(
        f"{name:14} F1 {np.mean(each):.3f} [{low:.2f}, {high:.2f}]"
        f" ({' '.join(f'{x:.2f}' for x in each)})  false alarms a quiet series"
        f" {quiet.mean():.2f} [{few:.2f}, {many:.2f}]  {cpu:.2f} s CPU a series"
    )


def turning() -> None:
    """Date simulated series whose changes are known: ours, then peers."""
    data = [draw_cell(*cell) for cell in CELLS]
    total, started = sum(map(len, data)), time.process_time()
    ours = [[(date_ours(one), one) for one in cell] for cell in data]
    cpu = (time.process_time() - started) / total
    report("ours", [[([t[0] for t in f], one) for f, one in cell] for cell in ours], cpu)
    near = [
        any(first <= at <= last for at in one.at if abs(at - best) <= 15)
        for cell in ours
        for found, one in cell
        for best, first, last in found
        if any(abs(at - best) <= 15 for at in one.at)
    ]
    width = [last - first + 1 for cell in ours for f, _ in cell for _, first, last in f]
    print(
        f"{'':14} 90 % date sets hold the date in {np.mean(near):.2f} of {len(near)};"
        f" {np.median(width):.0f} months in the median"
    )
    for name, run in peers().items():
        started = time.process_time()
        found = [[(run(_standard(one)), one) for one in cell] for cell in data]
        report(name, found, (time.process_time() - started) / total)


def _standard(turned: Turned) -> NDArray[np.float64]:
    y, _ = tone(turned.cooperation, turned.conflict)
    return np.asarray((y - y.mean()) / y.std())


def latency(worlds: int = 300) -> None:
    """Cover the true probability of an answer by days 1 and 6 in simulated traffic."""
    rng = np.random.default_rng(SEED)
    held, naive = [], []
    for seed in range(worlds):
        react, mean, usual = rng.uniform(0.4, 0.9), rng.uniform(1.2, 6), rng.uniform(0.02, 0.14)
        own = np.where(rng.random(40) < react, rng.geometric(1 / mean, 40) - 1.0, np.inf)
        first = np.minimum(own, rng.geometric(usual, 40) - 1.0)
        first = np.where(first < HORIZON, first, np.inf)
        busy = int(rng.binomial(400, usual))
        curve = draw_reaction(first, np.full(40, HORIZON), 400, busy, seed)
        for day in (1, 6):
            truth = react * (1 - (1 - 1 / mean) ** (day + 1))
            _, low, high = curve.by_day(day)
            held.append(low <= truth <= high)
            below, above = share_interval(curve.raw[day] * 40, 40)
            naive.append(below <= truth <= above)
    print(f"latency: 90 % intervals hold the truth in {np.mean(held):.3f} of {len(held)};")
    print(f"         the share with any event, background left in: {np.mean(naive):.3f}")


def declared(worlds: int = 200) -> None:
    """Cover the true share of strikes where months are alike and records err."""
    rng = np.random.default_rng(SEED)
    err, certain = np.array([[0.9, 0.1], [0.1, 0.9]]), np.eye(2) * 1e6 + 1e-3
    held: dict[str, list[bool]] = {"ours": [], "errors left in": [], "clusters left in": []}
    for seed in range(worlds):
        truth = rng.dirichlet([2.0, 2.0])
        months = np.array(
            [
                rng.multinomial(n, rng.dirichlet(truth * (1 / 0.15 - 1)) @ err)
                for n in rng.poisson(6, 25) + 1
            ],
            dtype=float,
        )
        apart = np.repeat(np.eye(2), months.sum(axis=0).astype(int), axis=0)
        for name, clusters, judged in (
            ("ours", months, 100 * err),
            ("errors left in", months, certain),
            ("clusters left in", apart, 100 * err),
        ):
            _, low, high = draw_shares(clusters, judged, seed).interval(0)
            held[name].append(low <= truth[0] <= high)
    said = ", ".join(f"{name} {np.mean(each):.3f}" for name, each in held.items())
    print(f"declared: 90 % intervals hold the true share, {worlds} worlds: {said}")


def linkage(folder: Path) -> None:
    """Ask who answers whom among Israelis and Palestinians, and in unlinked series."""
    with (folder / "israel_palestine_weekly.csv").open() as lines:
        rows = list(csv.DictReader(lines))
    net = np.arcsinh([[float(row["i2p"]), float(row["p2i"])] for row in rows])
    responses = draw_responses(net, np.arange(len(rows)))
    for i, j, name in ((0, 1, "Israel answers Palestinians"), (1, 0, "the reverse")):
        lagged = responses.lagged[:, i, j]
        low, high = np.quantile(lagged, (0.05, 0.95))
        print(f"linkage: {name} {lagged.mean():.2f} [{low:.2f}, {high:.2f}] in four weeks,")
    same = responses.together[:, 0, 1]
    print(f"         and {same.mean():.2f} in the same week, {len(rows)} weeks of 1979 on")
    alarms = total = 0
    for seed in range(60):
        rng = np.random.default_rng((SEED, seed))
        y = np.zeros((200, 3))
        for t in range(1, 200):
            y[t] = 0.5 * y[t - 1] + rng.normal(size=3)
        share = (draw_responses(y, np.arange(200), seed).lagged > 0).mean(axis=0)
        off = share[~np.eye(3, dtype=bool)]
        alarms += int(((off > 0.95) | (off < 0.05)).sum())
        total += off.size
    print(f"linkage: {alarms} of {total} pairs without a link are called at 95 %")


DATED = (
    ("USA", "PRK", 2018, date(2018, 6, 12), "summit in Singapore"),
    ("KOR", "PRK", 2018, date(2018, 1, 9), "talks at Panmunjom"),
    ("GBR", "RUS", 2018, date(2018, 3, 12), "Salisbury"),
    ("USA", "IRN", 2018, date(2018, 5, 8), "leaving the nuclear deal"),
    ("USA", "TUR", 2018, date(2018, 8, 1), "sanctions over a pastor"),
    ("SAU", "CAN", 2018, date(2018, 8, 5), "ambassador expelled"),
    ("ETH", "ERI", 2018, date(2018, 7, 9), "declaration of peace"),
    ("USA", "AFG", 2021, date(2021, 8, 15), "fall of Kabul"),
    ("ISR", "PSE", 2021, date(2021, 5, 10), "war over Gaza"),
    ("CZE", "RUS", 2021, date(2021, 4, 17), "Vrbetice"),
    ("MAR", "ESP", 2021, date(2021, 5, 17), "Ceuta"),
    ("RUS", "UKR", 2022, date(2022, 2, 24), "invasion"),
    ("DEU", "RUS", 2022, date(2022, 2, 24), "sanctions"),
    ("CHN", "TWN", 2022, date(2022, 8, 2), "visit to Taipei"),
    ("FIN", "RUS", 2022, date(2022, 5, 12), "bid for NATO"),
)
"""Turns that anybody would name, with their days, written down before the lens was run."""


def read_year(folder: Path, year: int) -> Panel:
    """Count events by directed pair of states, whole week and quad class."""
    import duckdb

    found = duckdb.sql(
        f"""SELECT source_iso3, target_iso3, date_trunc('week', date)::DATE, quad, count(*)
        FROM read_parquet('{folder}/icews_{year}.parquet')
        WHERE length(source_iso3) = 3 AND length(target_iso3) = 3
          AND source_iso3 <> target_iso3 AND quad BETWEEN 1 AND 4 GROUP BY ALL"""
    ).fetchall()
    weeks = sorted({week for _, _, week, _, _ in found})[1:-1]
    relations = sorted({(a, b) for a, b, *_ in found})
    row = {relation: i for i, relation in enumerate(relations)}
    column = {week: i for i, week in enumerate(weeks)}
    counts = np.zeros((4, len(relations), len(weeks)))
    for a, b, week, quad, n in found:
        if week in column:
            counts[quad - 1, row[a, b], column[week]] = n
    total = counts.sum(axis=0)
    return Panel(
        source="icews",
        grid=Grid.WEEK,
        starts=np.array(weeks, dtype="datetime64[D]"),
        relations=tuple(relations),
        channels=dict(zip(QUADS, counts, strict=True)) | {"all": total},
        exposure=total,
        rows=total.sum(axis=1).astype(np.int64),
        span=Period(weeks[0], Grid.WEEK.next(weeks[-1])),
    )


def dates(folder: Path) -> None:
    """Look for documented turns week by week, in four levels and in tone alone."""
    panels: dict[int, Panel] = {}
    covered, alone, extra = 0, 0, []
    for actor, recipient, year, day, what in DATED:
        panel = panels.setdefault(year, read_year(folder, year))
        ground = lay_ground(panel, (actor, recipient))
        hit, others, toned = [], 0, False
        for level in levels_of(panel):
            dating = date_level(ground, level) if ground.can_date else None
            for turn in dating.turns if dating else ():
                spans = [
                    panel.starts[ground.used[at]].astype(date) for at in (turn.first, turn.last)
                ]
                near = (spans[0] - day).days <= 13 and (day - spans[1]).days <= 13
                hit += [level.name] if near else []
                others += not near
                toned |= near and level.name == "tone"
        covered, alone = covered + bool(hit), alone + toned
        extra.append(others)
        print(
            f"{actor}→{recipient} {day} {what:24} {', '.join(hit) or '-'}; {others} elsewhere"
        )
    print(
        f"covered {covered} of {len(DATED)} in four levels, {alone} in tone;"
        f" {np.mean(extra):.2f} other turns a relation"
    )


def yearly(folder: Path) -> None:
    """Say whether the years of an event source are enough to date Russia's turn to Pakistan."""
    import duckdb

    found = duckdb.sql(
        f"""SELECT i, j, year, verbCoop, matlCoop, verbConf, matlConf
        FROM read_parquet('{folder}/*.parquet')
        WHERE 'Russian Federation' IN (i, j) OR 'Pakistan' IN (i, j)"""
    ).fetchall()
    years = sorted({row[2] for row in found})
    relations = sorted({(a, b) for a, b, *_ in found})
    counts = np.zeros((4, len(relations), len(years)))
    row = {relation: i for i, relation in enumerate(relations)}
    for a, b, year, *by_quad in found:
        counts[:, row[a, b], years.index(year)] = by_quad
    total = counts.sum(axis=0)
    starts = np.array([f"{year}-01-01" for year in years], dtype="datetime64[D]")
    panel = Panel(
        source="netify_icews",
        grid=Grid.YEAR,
        starts=starts,
        relations=tuple(relations),
        channels=dict(zip(QUADS, counts, strict=True)) | {"all": total},
        exposure=total,
        rows=total.sum(axis=1).astype(np.int64),
        span=Period(date(years[0], 1, 1), date(years[-1] + 1, 1, 1)),
    )
    ground = lay_ground(panel, ("Russian Federation", "Pakistan"))
    taken = ground.controls.shape[1]
    print(
        f"Russia→Pakistan by year, {years[0]} to {years[-1]}: {len(years)} years less {taken}"
        f" adjustments leave {len(years) - taken}, and {LEAST_FREEDOM} are needed:"
        f" {'can' if ground.can_date else 'cannot'} be dated"
    )


def main() -> None:
    """Run what is asked for; all that needs no file by default."""
    match sys.argv[1:]:
        case ["linkage", folder]:
            linkage(Path(folder))
        case ["dates", folder]:
            dates(Path(folder))
        case ["yearly", folder]:
            yearly(Path(folder))
        case [name]:
            {"turning": turning, "latency": latency, "declared": declared}[name]()
        case _:
            latency()
            declared()


if __name__ == "__main__":
    main()
