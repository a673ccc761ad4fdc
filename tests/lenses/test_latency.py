"""The lens latency in worlds whose reactions are known."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest
from scipy.stats import binomtest
from tests.lenses.asking import by_id

from cuibono.lenses.latency import LEAST, Latency
from cuibono.lenses.shocks import covered_days, group_shocks, read_traffic
from cuibono.model.actor import Actor, DirectedDyad
from cuibono.model.case import Case, Shock
from cuibono.model.finding import Finding
from cuibono.record.record import Record
from cuibono.testing.lenses import Trial
from cuibono.testing.records import make_record
from cuibono.testing.worlds import World, simulate_events

ONE, TWO, THREE = (Actor(name, name) for name in ("A00", "A01", "A02"))
PANEL = simulate_events(1, World(actors=4, periods=120, gap=(60, 66)))
FIRST = date(2021, 2, 1)
MANY = tuple(f"K{n:02d}" for n in range(24))


def shocks(
    where: Actor, n: int = 20, first: date = FIRST, every: int = 37
) -> tuple[Shock, ...]:
    days = [first + timedelta(days=every * i) for i in range(n)]
    covered = set(covered_days(PANEL).tolist())
    return tuple(
        Shock(day=day, where=where, what="a shock", source="a source")
        for day in days
        if day.toordinal() in covered
    )


def made(*struck: Shock, actor: Actor = ONE) -> Case:
    return Case(
        name="made",
        title="Made",
        question="How soon?",
        relation=DirectedDyad(actor, TWO),
        period=PANEL.span,
        explanations=(),
        documents=(),
        evidence=(),
        shocks=struck,
    )


def traffic(
    case: Case,
    seed: int,
    react: float,
    usual: float = 0.05,
    soon: int = 3,
    actor: str = "A00",
    others: Iterable[str] = "KLMNO",
) -> Record:
    """Let an actor answer each shock with a probability, and the others never."""
    rng = np.random.default_rng(seed)
    covered = covered_days(PANEL)
    tables = {}
    for group in group_shocks(case, PANEL):
        for trace in group.traces:
            where = str(trace.where[0].value)
            busy = {name: set(covered[rng.random(covered.size) < usual]) for name in others}
            busy[actor] = set(covered[rng.random(covered.size) < usual])
            for shock in case.shocks:
                if shock.where.id == where and rng.random() < react:
                    busy[actor].add(shock.day.toordinal() + int(rng.integers(0, soon)))
            rows = [
                {"actor": name, "day": date.fromordinal(int(day))}
                for name, days in busy.items()
                for day in days
            ]
            tables[trace] = pa.Table.from_pylist(rows)
    return make_record(case, {("simulated", "week"): PANEL}, tables)


TRIAL = Trial(
    null=lambda seed: traffic(made(*shocks(TWO)), seed, 0.0, others=MANY),
    planted=lambda seed, sign: traffic(made(*shocks(TWO)), seed, 0.9, others=MANY),
    needs=(),
    nulls=6,
    plants=3,
    about_sign=False,
)


def look(record: Record) -> Finding:
    (finding,) = Latency().look(record)
    return finding


def test_an_actor_that_answers_is_seen_to_answer() -> None:
    finding = look(traffic(made(*shocks(TWO)), 1, 0.9))
    week = by_id(finding)["recipient.by-7"]
    assert week.verdict == "answers"
    assert week.estimate is not None
    assert week.estimate.low > 0.5
    actors, days = week.ranks
    assert actors.place == 1
    assert days.share <= 0.05


def test_an_actor_that_never_answers_is_called_answering_as_rarely_as_claimed() -> None:
    case = made(*shocks(TWO))
    alarms = sum(
        by_id(look(traffic(case, seed, 0.0)))["recipient.by-7"].verdict == "answers"
        for seed in range(12)
    )
    assert binomtest(alarms, 12, 0.05, alternative="greater").pvalue > 0.01


def test_home_and_abroad_are_told_apart() -> None:
    case = made(*shocks(TWO), *shocks(THREE, first=FIRST + timedelta(days=18)))
    record = traffic(case, 2, 0.0)
    quick = traffic(replace(case, shocks=shocks(TWO)), 2, 1.0)
    merged = replace(
        record,
        rows=lambda trace: (quick if str(trace.where[0].value) == "A01" else record).rows(
            trace
        ),
    )
    told = by_id(look(merged))
    assert told["recipient-elsewhere"].verdict == "sooner"
    mirrored = replace(
        case,
        shocks=tuple(replace(s, where=TWO if s.where == THREE else THREE) for s in case.shocks),
    )
    swapped = {"A01": "A02", "A02": "A01"}

    def rows(trace: object) -> pa.Table:
        where = swapped[str(trace.where[0].value)]  # type: ignore[attr-defined]
        for group in group_shocks(case, PANEL):
            for known in group.traces:
                if str(known.where[0].value) == where:
                    return merged.rows(known)
        raise AssertionError(where)

    turned = by_id(look(replace(merged, case=mirrored, rows=rows)))
    assert turned["recipient-elsewhere"].verdict == "later"


def test_names_change_nothing_but_names() -> None:
    plain = look(traffic(made(*shocks(TWO)), 3, 0.5))
    other = made(*shocks(TWO), actor=Actor("Z9", "Z9"))
    renamed = look(traffic(other, 3, 0.5, actor="Z9"))
    assert [m.estimate for m in renamed.measured] == [m.estimate for m in plain.measured]


def test_too_few_shocks_cannot_be_told() -> None:
    finding = look(traffic(made(*shocks(TWO, LEAST - 1)), 1, 1.0))
    (silence,) = finding.measured
    assert (silence.verdict, silence.estimate) == ("too_few", None)
    assert finding.charts == ()


def test_an_actor_without_a_row_cannot_be_told() -> None:
    case = made(*shocks(TWO))
    (silence,) = look(traffic(case, 1, 0.0, actor="K")).measured
    assert (silence.verdict, silence.estimate) == ("no_rows", None)


def test_without_shocks_the_lens_asks_nothing() -> None:
    assert Latency().look(make_record(made(), {("simulated", "week"): PANEL})) == ()


def test_shocks_on_days_that_are_not_covered_are_not_counted() -> None:
    gap = Shock(
        day=PANEL.starts[60].item() - timedelta(days=20),
        where=TWO,
        what="unseen",
        source="a source",
    )
    (group,) = group_shocks(made(*shocks(TWO), gap), PANEL)
    assert gap not in group.shocks
    assert group.n == len(shocks(TWO))


def test_groups_are_the_recipient_elsewhere_and_home() -> None:
    case = made(*shocks(ONE, 2), *shocks(TWO, 2), *shocks(THREE, 2))
    assert [group.name for group in group_shocks(case, PANEL)] == [
        "recipient",
        "elsewhere",
        "home",
    ]


def test_ordinary_days_lie_far_from_every_shock() -> None:
    case = made(*shocks(TWO))
    (group,) = group_shocks(case, PANEL)
    read = read_traffic(traffic(case, 4, 0.0, usual=0.2), PANEL, group)
    quiet, busy = read.usual("A00")
    assert quiet < covered_days(PANEL).size
    assert busy / quiet == pytest.approx(0.2, abs=0.05)


def test_moved_shocks_keep_to_covered_days() -> None:
    case = made(*shocks(TWO))
    (group,) = group_shocks(case, PANEL)
    read = read_traffic(traffic(case, 4, 0.0), PANEL, group)
    covered = set(covered_days(PANEL).tolist())
    moved = list(read.moved())
    assert len(moved) == 99
    assert all(set(days.tolist()) <= covered for one in moved for days in one.shocks.values())
    assert not any((one.shocks["A01"] == read.shocks["A01"]).all() for one in moved)
