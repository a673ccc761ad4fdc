"""The lens turning_points on worlds whose turning points are known."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from scipy.stats import binomtest
from tests.lenses.asking import ask, mirrored, record_of

from cuibono.lenses import ground
from cuibono.lenses.channels import QUADS
from cuibono.lenses.turning_points import TurningPoints
from cuibono.model.finding import Finding, Measured
from cuibono.model.panel import Panel
from cuibono.model.period import Grid, Period
from cuibono.sources.seams import Seam
from cuibono.testing.lenses import Trial
from cuibono.testing.turns import plant_step
from cuibono.testing.worlds import World, simulate_agreement, simulate_events

TARGET = ("A00", "A01")
TURN = 45
BUSY = {TARGET: 60.0}


@cache
def quiet(seed: int) -> Panel:
    return simulate_events(seed, World(actors=9, busy=BUSY, gap=(80, 85)))


@cache
def turned(seed: int, share: float = 0.95) -> Panel:
    return plant_step(quiet(seed), TARGET, TURN, share, seed)


@cache
def look(panel: Panel, relation: tuple[str, str] = TARGET) -> Finding:
    (finding,) = ask(TurningPoints(), relation, panel)
    return finding


TRIAL = Trial(
    null=lambda seed: record_of(TARGET, quiet(seed + 20)),
    planted=lambda seed, sign: record_of(TARGET, turned(seed)),
    needs=QUADS,
    nulls=5,
    plants=3,
    about_sign=False,
)


def turns(finding: Finding, level: str) -> list[Measured]:
    return [
        one
        for one in finding.measured
        if one.id.startswith(f"{level}.") and not one.id.endswith(".changes")
    ]


def renamed(panel: Panel) -> Panel:
    relations = tuple((f"Z{a}", f"Z{b}") for a, b in panel.relations)
    return replace(panel, relations=relations)


def test_a_planted_turn_is_dated_in_tone() -> None:
    panel = turned(1)
    (turn,) = turns(look(panel), "tone")
    assert turn.verdict == "rose"
    assert turn.estimate is not None
    assert turn.estimate.low > 1
    planted = panel.starts[TURN]
    assert abs(np.datetime64(turn.id.removeprefix("tone.")) - planted).astype(int) <= 21
    assert turn.ranks[0].place <= 3


def test_a_mirrored_world_turns_the_sign() -> None:
    (turn,), (back,) = (turns(look(p), "tone") for p in (turned(1), mirrored(turned(1))))
    assert (turn.verdict, back.verdict) == ("rose", "fell")
    assert turn.estimate is not None
    assert back.estimate is not None
    assert back.estimate.value == pytest.approx(1 / turn.estimate.value, rel=0.05)


def test_names_change_nothing_but_names() -> None:
    plain = look(turned(1))
    other = look(renamed(turned(1)), ("ZA00", "ZA01"))
    assert [m.estimate for m in other.measured] == [m.estimate for m in plain.measured]
    assert [m.ranks for m in other.measured] == [m.ranks for m in plain.measured]


def test_quiet_worlds_are_called_changed_as_rarely_as_claimed() -> None:
    """Four levels a world: at most one call in five would be a fault of the noise model."""
    alarms = sum(
        bool(turns(look(quiet(seed)), level.id.split(".")[0]))
        for seed in range(20, 28)
        for level in look(quiet(seed)).measured
        if level.id.endswith(".changes")
    )
    assert binomtest(alarms, 32, 0.2, alternative="greater").pvalue > 0.01


def test_a_break_of_the_source_is_no_turning_point(monkeypatch: pytest.MonkeyPatch) -> None:
    panel = turned(1)
    day = panel.starts[TURN].item()
    seam = Seam(
        name="new-engine",
        label="new engine",
        days=Period(day, Grid.WEEK.next(day)),
        why="It changed.",
    )
    monkeypatch.setattr(ground, "source_names", lambda: ("simulated",))
    monkeypatch.setattr(ground, "seams", lambda source: (seam,))
    (finding,) = ask(TurningPoints(), TARGET, panel)
    dated = [np.datetime64(turn.id.removeprefix("tone.")) for turn in turns(finding, "tone")]
    assert all(abs(day - np.datetime64(panel.starts[TURN])).astype(int) > 14 for day in dated)


def test_what_everybody_did_is_not_the_relations_own() -> None:
    mine = {(TARGET[0], f"A{i:02d}"): 60.0 for i in range(1, 9)}
    quiet_world = simulate_events(3, World(actors=9, busy=mine, gap=(80, 85)))
    together = alone = plant_step(quiet_world, TARGET, TURN, 0.95)
    for relation in mine:
        together = plant_step(together, relation, TURN, 0.95)
    shared, own = (
        {c.check: c.verdict for c in look(world).checks if c.about.startswith("tone.")}
        for world in (together, alone)
    )
    assert shared["beside_others_of_A00"] == "failed"
    assert own == {"beside_others_of_A00": "passed", "beside_others_of_A01": "passed"}


def test_agreement_is_dated_year_by_year() -> None:
    panel = simulate_agreement(5)
    finding = look(panel, ("A01", "A00"))
    assert finding.about == "A00–A01"
    assert {one.id.split(".")[0] for one in finding.measured} == {"agreement"}


def test_the_summary_says_when_and_not_only_that() -> None:
    finding = look(turned(1), TARGET)
    changes = [one for one in finding.measured if one.verdict in {"rose", "fell"}]
    assert changes
    assert all(one.id.split(".")[1] in finding.said[0] for one in changes)


def test_a_relation_that_is_not_recorded_is_not_covered() -> None:
    finding = look(quiet(1), ("A00", "XKX"))
    (silence,) = finding.measured
    assert (silence.verdict, silence.estimate) == ("not_covered", None)
    assert finding.series == ()


def test_a_record_too_short_for_two_levels_cannot_be_told() -> None:
    panel = quiet(1)
    short = replace(
        panel,
        starts=panel.starts[:11],
        channels={name: counts[:, :11] for name, counts in panel.channels.items()},
        exposure=panel.exposure[:, :11],
    )
    (silence,) = look(short).measured
    assert (silence.verdict, silence.estimate) == ("too_short", None)


def test_a_level_that_never_moves_is_told_apart_from_a_quiet_one() -> None:
    panel = quiet(1)
    channels = {name: counts.copy() for name, counts in panel.channels.items()}
    channels["material_conflict"][panel.index[TARGET]] = 0.0
    found = {one.id: one for one in look(replace(panel, channels=channels)).measured}
    assert found["material_conflict"].verdict == "never_moves"
    assert found["material_conflict"].estimate is None
    assert found["tone.changes"].estimate is not None


def test_every_level_is_drawn_over_the_probability_of_a_change() -> None:
    finding = look(turned(1))
    (chart,) = finding.charts
    assert chart.kind == "dates"
    assert len(chart.series) == 8
    chances = [series for series in finding.series if series.id.endswith(".chance")]
    assert all(0 <= point.value <= 1 for series in chances for point in series.points)
    assert {bar.row for bar in chart.bars} <= set(chart.series)
    assert chart.bars


def test_weeks_give_way_to_months_in_a_long_record() -> None:
    weeks = simulate_events(2, World(actors=6, periods=340, gap=(0, 0), busy=BUSY))
    months = replace(
        weeks,
        grid=Grid.MONTH,
        starts=np.arange("2021-01", "2027-01", dtype="datetime64[M]").astype("datetime64[D]"),
        channels={name: counts[:, :72] for name, counts in weeks.channels.items()},
        exposure=weeks.exposure[:, :72],
        source="simulated",
    )
    (finding,) = ask(TurningPoints(), TARGET, weeks, months)
    assert "by month" in finding.specifications[0]
