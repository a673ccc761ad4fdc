"""Weights over time: what all evidence says of each explanation in each period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from cuibono.model.case import Case
from cuibono.model.estimate import Estimate
from cuibono.model.period import Grid, Period
from cuibono.model.weight import Lead, Timeline, WeightPath
from cuibono.stats.lasting import smooth_db
from cuibono.weighing.balance import Balance, read_balance
from cuibono.weighing.discount import share_out
from cuibono.weighing.draws import draw_positions, draw_prior_positions
from cuibono.weighing.rules import DEFAULT_RULES, Rules
from cuibono.weighing.separable import probability_above

YEARS_FOR_YEARS = 8
"""From so many years on a case is cut into years, below into months."""

DAYS_A_YEAR = 365.25


@dataclass(frozen=True, slots=True, eq=False)
class _Chain:
    """Periods from the first item to the last, and how the state is kept between them.

    `share` books each origin's weight to the periods it may fall into,
    shape (n_origins, n_periods); `kept` is a probability for each step;
    `asked` are the positions of the periods that the case asks about.
    """

    periods: tuple[Period, ...]
    share: NDArray[np.float64]
    kept: NDArray[np.float64]
    asked: slice


def weigh_over_time(case: Case, rules: Rules = DEFAULT_RULES) -> Timeline:
    """Weigh each explanation in each period of a case.

    Each explanation is at work or not, period by period, and a motive that
    is at work tends to stay: after one half-life half of what was learnt
    still holds, the rest is drawn anew from the prior. Every item bears on
    its own period in full and on all others through that chain, earlier and
    later ones alike. Bands come from drawing the judgements within theirs.

    Parameters
    ----------
    case : Case
        With at least one explanation; its `half_life_years` may be infinite,
        and then every period repeats the weighing of the whole.
    rules : Rules, optional
        Dependence, over-confidence and caps.

    Returns
    -------
    Timeline
        A probability with its band for each explanation and period, and who
        leads when.

    Raises
    ------
    CaseSyntaxError
        If a judgement is no probability band.

    References
    ----------
    .. [1] Hamilton, J. D. (1989). A new approach to the economic analysis of
       nonstationary time series and the business cycle. *Econometrica* 57,
       357-384. DOI 10.2307/1912559.
    """
    balance = read_balance(case, rules)
    chain = _lay_out(case, balance)
    positions = draw_positions(balance.rows, rules)[: rules.n_path_draws]
    priors = _prior_draws(balance, rules)
    paths, draws = [], []
    for j, explanation in enumerate(case.explanations):
        band = balance.high[j] - balance.low[j]
        cells = np.vstack([balance.mid[j], balance.low[j] + positions * band])
        dated = share_out(cells, balance.clusters, rules) @ chain.share
        path = _log_odds(dated, chain, priors[j], rules)
        draws.append(_log_odds(dated, chain, np.full(len(dated), balance.prior[j]), rules))
        paths.append(WeightPath(explanation.id, _bands(path, rules.level)))
    return Timeline(
        periods=chain.periods[chain.asked],
        half_life_years=case.half_life_years,
        paths=tuple(paths),
        leads=_leads(case, np.array(draws), chain, rules),
    )


def _lay_out(case: Case, balance: Balance) -> _Chain:
    years = (case.period.end - case.period.start).days / DAYS_A_YEAR
    grid = Grid.YEAR if years >= YEARS_FOR_YEARS else Grid.MONTH
    spans = [row.span for row in balance.rows]
    whole = Period(
        min([case.period.start, *(span.start for span in spans)]),
        max([case.period.end, *(span.end for span in spans)]),
    )
    starts: list[date] = whole.cut(grid).tolist()
    periods = tuple(Period(start, grid.next(start)) for start in starts)
    asked = [number for number, p in enumerate(periods) if p.overlap(case.period)]
    middles = [p.start + (p.end - p.start) / 2 for p in periods]
    steps = [
        (later - earlier) / timedelta(days=DAYS_A_YEAR) for earlier, later in pairwise(middles)
    ]
    return _Chain(
        periods=periods,
        share=np.array([[_days(span, p) for p in periods] for span in spans]).reshape(
            len(spans), len(periods)
        ),
        kept=0.5 ** (np.array(steps) / case.half_life_years),
        asked=slice(asked[0], asked[-1] + 1),
    )


def _days(span: Period, period: Period) -> float:
    """Give the share of a span that falls into a period."""
    shared = span.overlap(period)
    return (shared.end - shared.start) / (span.end - span.start) if shared else 0.0


def _prior_draws(balance: Balance, rules: Rules) -> NDArray[np.float64]:
    """Give prior log-odds by explanation and draw, the centre first."""
    positions = draw_prior_positions(rules)[: rules.n_path_draws]
    width = (balance.prior_high - balance.prior_low)[:, np.newaxis]
    drawn = balance.prior_low[:, np.newaxis] + positions * width
    return np.hstack([balance.prior[:, np.newaxis], drawn])


def _log_odds(
    dated: NDArray[np.float64], chain: _Chain, prior_db: NDArray[np.float64], rules: Rules
) -> NDArray[np.float64]:
    """Give posterior log-odds in decibans by draw and period asked about."""
    prior = 1 / (1 + 10 ** (-prior_db / 10))
    smoothed = smooth_db(dated, chain.kept, prior)[:, chain.asked]
    cap = rules.total_cap_db
    return prior_db[:, np.newaxis] + np.clip(smoothed, -cap, cap)


def _bands(log_odds: NDArray[np.float64], level: float) -> tuple[Estimate, ...]:
    """Turn log-odds, the centre in the first row, into probabilities with bands."""
    probability = 1 / (1 + 10 ** (-log_odds / 10))
    low, high = np.quantile(probability[1:], [(1 - level) / 2, (1 + level) / 2], axis=0)
    return tuple(
        Estimate(value, min(lo, value), max(hi, value), "probability", level)
        for value, lo, hi in zip(
            probability[0].tolist(), low.tolist(), high.tolist(), strict=True
        )
    )


def _leads(
    case: Case, draws: NDArray[np.float64], chain: _Chain, rules: Rules
) -> tuple[Lead, ...]:
    """Say who stands first when, and in which stretches that is told apart."""
    names = [explanation.id for explanation in case.explanations]
    stands = np.round(draws, 9)
    found = []
    for number, period in enumerate(chain.periods[chain.asked]):
        order = sorted(range(len(names)), key=lambda j: (-stands[j, 0, number], names[j]))
        pair = [stands[j, 1:, number] for j in order[:2]]
        apart = len(pair) == 2 and probability_above(*pair) >= rules.separable_from
        found.append((names[order[0]], apart, period))
    merged = []
    for (name, apart), run in groupby(found, key=lambda lead: lead[:2]):
        stretch = [period for _, _, period in run]
        merged.append(Lead(name, Period(stretch[0].start, stretch[-1].end), apart))
    return tuple(merged)
