"""The column placebo: by hand, in null worlds, under a wave of news, with a true motive."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from scipy.stats import binomtest, kstest

from cuibono.lenses.channels import channels_of, measure_channel, tally
from cuibono.lenses.column import OTHERS, Column, ask_others, choose_others
from cuibono.lenses.focal import find_visible
from cuibono.lenses.look import declare
from cuibono.lenses.standings import Standing, rank_drivers
from cuibono.model.panel import Panel
from cuibono.stats.controls import annual_cycle, gap_levels, leading_components
from cuibono.stats.series import volume
from cuibono.testing.worlds import Planted, World, simulate_agreement, simulate_events

TARGET, DRIVER = ("A00", "A01"), ("A02", "A03")
BUSY = {TARGET: 40.0, DRIVER: 80.0}
NEWS = World(actors=20, volume=20.0, wave=2.0, delays=8, barometer=DRIVER, busy={DRIVER: 80.0})
MOTIVE = World(
    actors=20,
    volume=12.0,
    busy={**BUSY},
    planted=Planted(driver=DRIVER, target=TARGET, share=0.9),
)
SEEDS = range(12)


@cache
def panel() -> Panel:
    return simulate_events(3, World(actors=16, busy={**BUSY}))


@cache
def motive(seed: int) -> Standing:
    return rank_drivers(simulate_events(seed, MOTIVE), TARGET, [(DRIVER, 1)]).listed[0]


@cache
def news() -> tuple[Standing, ...]:
    """Rank the news cycle itself, which all follow late, as the driver of random relations."""
    told = []
    for seed in range(4):
        source = simulate_events(seed, NEWS)
        rows = [
            row for row in find_visible(source) if set(source.relations[row]) != set(DRIVER)
        ]
        for row in np.random.default_rng(seed).choice(rows, 14, replace=False):
            told += rank_drivers(source, source.relations[row], [(DRIVER, 1)]).listed
    return tuple(told)


def regress(source: Panel, target: tuple[str, str], channel: str, lag: int) -> float:
    """Test the driver by one regression, its columns gathered relation by relation."""
    rows, at, steps = find_visible(source), source.index, source.steps
    everything = np.arange(len(source.relations))
    warm, cold = tally(source, everything)
    world = (warm + cold).sum(axis=0)
    series = measure_channel(channel, warm, cold, world)[0]
    own = [i for i, r in enumerate(source.relations) if r[0] == target[0] and r != target]
    met = [i for i, r in enumerate(source.relations) if r[1] == target[1] and r != target]
    y, columns = (
        series[at[target]],
        [np.ones(steps.size), steps.astype(float), np.log(world + 1)],
    )
    for kin in (own, met):
        columns.append(measure_channel(channel, warm[kin].sum(0), cold[kin].sum(0), world)[0])
        columns.append(volume((warm + cold)[kin].sum(axis=0), world)[0])
    columns += [*leading_components(series[rows], 3).T, *gap_levels(steps, 4).T]
    columns += [*annual_cycle(steps, 365.25 / 7).T]
    faded = np.full(steps.size, np.nan)
    for t in range(1, steps.size):
        weight = 0.5 ** (steps[t] - steps[:t]).astype(float)
        faded[t] = weight @ y[:t] / weight.sum()
    for column in (back(y, steps, 1), faded, back(series[at[DRIVER]], steps, lag)):
        there = np.isfinite(column)
        columns.append(np.where(there, column - column[there].mean(), 0.0))
    x = np.column_stack(columns)
    beta = np.linalg.lstsq(x, y, rcond=1e-9)[0]
    left = y - x @ beta
    variance = left @ left / (y.size - x.shape[1]) * np.linalg.pinv(x.T @ x)[-1, -1]
    return float(beta[-1] / np.sqrt(variance))


def back(y: np.ndarray, steps: np.ndarray, lag: int) -> np.ndarray:
    values = dict(zip(steps.tolist(), y.tolist(), strict=True))
    return np.array([values.get(step - lag, np.nan) for step in steps.tolist()])


def test_the_focal_relation_is_scored_by_a_regression_of_its_own() -> None:
    column = ask_others(panel(), TARGET, [DRIVER])[DRIVER]
    expected = [regress(panel(), TARGET, s.channel, s.lag) for s in declare(panel())]
    np.testing.assert_allclose(column.focal, expected, rtol=1e-6)


def test_another_relation_is_scored_by_the_same_rule() -> None:
    apart = np.abs(np.log1p(panel().rows) - np.log1p(panel().rows[panel().index[TARGET]]))
    rows = find_visible(panel())
    visible = [panel().relations[row] for row in rows]
    asked = choose_others(visible, apart[rows], TARGET, DRIVER)
    column = ask_others(panel(), TARGET, [DRIVER])[DRIVER]
    assert column.others.shape == (asked.size, len(declare(panel())))
    for place in (0, asked.size // 2, -1):
        other = visible[asked[place]]
        expected = [regress(panel(), other, s.channel, s.lag) for s in declare(panel())]
        np.testing.assert_allclose(column.others[place], expected, rtol=1e-6)


VISIBLE = [(f"A{a:02d}", f"A{b:02d}") for a in range(20) for b in range(20) if a != b]


def chosen(target: tuple[str, str], driver: tuple[str, str]) -> set[tuple[str, str]]:
    apart = np.arange(len(VISIBLE), dtype=float)
    return {VISIBLE[i] for i in choose_others(VISIBLE, apart, target, driver)}


def test_neither_the_two_relations_nor_their_replies_are_asked() -> None:
    assert not chosen(TARGET, DRIVER) & {TARGET, TARGET[::-1], DRIVER, DRIVER[::-1]}
    assert not chosen(TARGET, TARGET[::-1]) & {TARGET, TARGET[::-1]}


def test_nobody_is_asked_that_shares_more_with_the_driver_than_the_focal_relation() -> None:
    assert not {name for r in chosen(TARGET, DRIVER) for name in r} & set(DRIVER)
    kin = [r for r in chosen(TARGET, ("A02", "A00")) if set(r) & {"A00", "A02"}]
    assert kin
    assert {"A00", "A02"} not in [set(r) for r in kin]


def test_the_nearest_in_volume_are_asked() -> None:
    apart = np.random.default_rng(1).permutation(len(VISIBLE)).astype(float)
    asked = choose_others(VISIBLE, apart, TARGET, DRIVER)
    rest = [i for i, r in enumerate(VISIBLE) if i not in asked and not set(r) & set(DRIVER)]
    rest = [i for i in rest if VISIBLE[i] not in (TARGET, TARGET[::-1])]
    assert asked.size == OTHERS
    assert apart[asked].max() < apart[rest].min()


def test_those_equally_far_are_asked_together() -> None:
    apart = np.r_[np.zeros(50), np.ones(len(VISIBLE) - 50)]
    asked = choose_others(VISIBLE, apart, TARGET, DRIVER)
    allowed = [r for r in VISIBLE if not set(r) & set(DRIVER) and set(r) != set(TARGET)]
    assert {VISIBLE[i] for i in asked} == set(allowed)


def test_one_driver_does_not_mind_the_others() -> None:
    alone = ask_others(panel(), TARGET, [DRIVER])[DRIVER]
    among = ask_others(panel(), TARGET, [("A05", "A00"), TARGET[::-1], DRIVER])
    assert list(among) == [("A05", "A00"), TARGET[::-1], DRIVER]
    np.testing.assert_allclose(among[DRIVER].others, alone.others, rtol=1e-9, atol=1e-12)
    assert among[DRIVER].rank(1) == alone.rank(1)


def test_no_driver_is_asked_of_nobody() -> None:
    assert ask_others(panel(), TARGET, []) == {}


def test_other_names_in_another_order_give_the_same_place() -> None:
    source = panel()
    names = {f"A{i:02d}": f"B{(i * 7 + 3) % 16:02d}" for i in range(16)}
    renamed = [(names[a], names[b]) for a, b in source.relations]
    order = sorted(range(len(renamed)), key=renamed.__getitem__)
    other = replace(
        source,
        relations=tuple(renamed[i] for i in order),
        channels={name: counts[order] for name, counts in source.channels.items()},
        exposure=source.exposure[order],
        rows=source.rows[order],
    )
    target, driver = (tuple(names[a] for a in pair) for pair in (TARGET, DRIVER))
    found = ask_others(other, (target[0], target[1]), [(driver[0], driver[1])])
    plain = ask_others(source, TARGET, [DRIVER])[DRIVER]
    (column,) = found.values()
    assert [column.rank(s) for s in (1, -1)] == [plain.rank(s) for s in (1, -1)]


def test_a_place_does_not_mind_the_unit_of_the_scores() -> None:
    plain = ask_others(panel(), TARGET, [DRIVER])[DRIVER]
    scaled = Column(7 * plain.focal, 7 * plain.others)
    assert scaled.rank(1) == plain.rank(1)


def test_each_direction_has_its_own_place() -> None:
    column = Column(np.array([3.0, 0.5]), np.linspace(-2, 2, OTHERS)[:, None] * np.ones(2))
    assert column.rank(1) == (1, OTHERS + 1)
    assert column.rank(-1) == (63, OTHERS + 1)


def test_too_few_others_give_no_place() -> None:
    others = np.linspace(-2, 2, OTHERS)[:, None]
    assert Column(np.array([3.0]), others[1:]).rank(1) == (0, 0)
    silent = np.where(np.arange(OTHERS)[:, None] == 5, np.nan, others)
    assert Column(np.array([3.0]), silent).rank(1) == (0, 0)
    assert Column(np.array([np.nan]), others).rank(1) == (0, 0)


def test_votes_are_asked_of_others_too() -> None:
    votes = simulate_agreement(4)
    column = ask_others(votes, TARGET, [DRIVER])[DRIVER]
    place, of = column.rank(1)
    assert 1 <= place <= of > OTHERS
    assert column.focal.shape == (len(declare(votes)),) == (2 * len(channels_of(votes)),)


def test_votes_of_latecomers_who_have_too_few_years_give_no_place() -> None:
    column = ask_others(simulate_agreement(4), ("A00", "A23"), [DRIVER])[DRIVER]
    assert np.isfinite(column.others[:, 0]).sum() < OTHERS
    assert column.rank(1) == (0, 0)


@cache
def null_shares() -> np.ndarray:
    """Ask, in null worlds, the drivers an analyst would list: the busy kin of the target."""
    shares = []
    for seed in range(4):
        source = simulate_events(seed + 50, World(actors=16))
        rows = find_visible(source)
        for row in np.random.default_rng(seed).choice(rows, 16, replace=False):
            target = source.relations[row]
            kin = [
                source.relations[r]
                for side in (0, 1)
                for r in sorted(rows, key=lambda r: -source.rows[r])
                if source.relations[r][side] == target[side]
                and source.relations[r] not in (target, target[::-1])
            ]
            columns = ask_others(source, target, kin[:2])
            shares += [np.divide(*c.rank(1 if row % 2 else -1)) for c in columns.values()]
    return np.array(shares)


def test_places_in_null_worlds_are_those_of_chance() -> None:
    alarms = int((null_shares() <= 0.05).sum())
    assert null_shares().size == 128
    assert binomtest(alarms, 128, 0.05).pvalue > 0.01
    assert kstest(null_shares(), "uniform").pvalue > 0.01


def test_the_row_falls_for_the_news() -> None:
    fooled = sum(one.place / one.of <= 0.05 for one in news())
    assert binomtest(fooled, len(news()), 0.05, alternative="greater").pvalue < 0.01


def test_with_the_column_the_news_is_claimed_no_more_often_than_chance() -> None:
    claimed = sum(one.verdict in ("stands_out", "leans", "lead") for one in news())
    assert binomtest(claimed, len(news()), 0.05, alternative="greater").pvalue > 0.01


def test_who_moves_with_the_news_is_said_to() -> None:
    common = [one for one in news() if one.verdict == "common"]
    assert common
    for one in common:
        assert f"of {one.column_of - 1} other relations" in one.said
        assert f"it foretells {one.column_place - 1} as well" in one.said


def test_a_true_motive_stands_in_its_row_and_in_its_column() -> None:
    told = [motive(seed) for seed in SEEDS]
    assert [one for one in told if one.verdict == "common"] == []
    assert sum(one.verdict == "stands_out" for one in told) >= 8
    assert sum(one.column_place <= 5 for one in told) >= 8


def test_a_claim_that_could_not_be_asked_of_others_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("cuibono.lenses.column.OTHERS", 1_000)
    seed = next(seed for seed in SEEDS if motive(seed).verdict == "stands_out")
    (one,) = rank_drivers(simulate_events(seed, MOTIVE), TARGET, [(DRIVER, 1)]).listed
    assert (one.column_place, one.column_of, one.verdict) == (0, 0, "stands_out")
    assert "; of too few other relations could the same be asked" in one.said
