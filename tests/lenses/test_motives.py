"""The lens on worlds whose truth is known: names who is at work, or says that it cannot."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from tests.lenses.naming import name_drivers

from cuibono.lenses.motives import Motives
from cuibono.lenses.motives_claims import PROBABLE
from cuibono.model.actor import Relation
from cuibono.model.finding import Finding, Measured
from cuibono.model.panel import Panel
from cuibono.testing.records import make_record
from cuibono.testing.worlds import Planted, World, simulate_agreement, simulate_events

TARGET, DRIVER, OTHER = ("A00", "A01"), ("A02", "A03"), ("A04", "A05")
BUSY = {TARGET: 80.0, DRIVER: 80.0, OTHER: 80.0}
STRONG = Planted(driver=DRIVER, target=TARGET, share=0.7)


@cache
def planted(seed: int) -> Panel:
    return simulate_events(seed, World(actors=16, periods=120, busy=BUSY, planted=STRONG))


def look(panel: Panel, named: dict[str, list[tuple[Relation, int]]]) -> Finding:
    grid = panel.measure or panel.grid.value
    record = make_record(name_drivers(TARGET, named), {(panel.source, grid): panel})
    (finding,) = Motives().look(record)
    return finding


def both(panel: Panel, sign: int = 1) -> Finding:
    return look(panel, {"pull": [(DRIVER, sign)], "rival": [(OTHER, 1)]})


def of(finding: Finding, name: str) -> Measured:
    (one,) = [m for m in finding.measured if m.id == name]
    return one


def probability(finding: Finding, name: str) -> float:
    estimate = of(finding, name).estimate
    assert estimate is not None
    return estimate.value


@cache
def found(seed: int) -> Finding:
    return both(planted(seed))


def test_a_planted_driver_is_claimed_and_its_rival_is_not() -> None:
    named = [of(found(seed), "A02-A03.warm").verdict for seed in range(4)]
    assert named.count("supported") >= 3
    assert all(probability(found(seed), "A04-A05.warm") < PROBABLE for seed in range(4))


def test_the_claim_is_the_first_sentence() -> None:
    assert found(0).said[0] == "The data support warms with A02→A03."


def test_the_band_comes_from_the_prior_of_the_case() -> None:
    record = {("simulated", "week"): planted(0)}
    named = {"pull": [(DRIVER, 1)], "rival": [(OTHER, 1)]}
    (sure,) = Motives().look(make_record(name_drivers(TARGET, named, (0.3, 0.3)), record))
    estimate = of(sure, "A04-A05.warm").estimate
    wide = of(found(0), "A04-A05.warm").estimate
    assert estimate is not None
    assert wide is not None
    assert estimate.high - estimate.low < 1e-9
    assert wide.low < estimate.value < wide.high


def test_an_explanation_is_as_probable_as_any_of_its_third_parties() -> None:
    one = look(planted(1), {"pull": [(DRIVER, 1), (OTHER, 1)], "none": []})
    at_least = probability(one, "pull")
    assert at_least >= max(probability(one, f"{name}.warm") for name in ("A02-A03", "A04-A05"))
    assert "none" not in [m.id for m in one.measured]


def test_the_opposite_sign_speaks_against_a_driver() -> None:
    cool = [of(both(planted(seed), -1), "A02-A03.cool").verdict for seed in range(4)]
    assert "supported" not in cool
    assert cool.count("opposite") >= 2


def test_an_unseen_third_party_is_named_as_such() -> None:
    finding = look(planted(0), {"pull": [(DRIVER, 1), (("X", "Y"), 1)]})
    assert of(finding, "X-Y.warm").estimate is None
    assert "no record" in of(finding, "X-Y.warm").said


def test_the_focal_relation_cannot_be_its_own_driver() -> None:
    finding = look(planted(0), {"pull": [(DRIVER, 1), (TARGET, 1)]})
    assert of(finding, "A00-A01.warm").verdict == "itself"


def test_a_quiet_relation_is_refused_out_loud() -> None:
    panel = planted(0)
    quiet = dict(panel.channels)
    for name, counts in quiet.items():
        quiet[name] = counts.copy()
        quiet[name][panel.index[TARGET], 5:] = 0
    finding = both(replace(panel, channels=quiet))
    assert finding.said[0].startswith("Nothing can be told: A00→A01 has")
    assert all(m.estimate is None for m in finding.measured)


def test_a_small_world_is_refused_out_loud() -> None:
    finding = both(simulate_events(1, World(actors=8, busy=BUSY)))
    assert "fewer than the 200" in finding.said[0]


def test_more_third_parties_than_can_be_weighed_are_refused_out_loud() -> None:
    many = [r for r in planted(0).relations if r != TARGET][:41]
    finding = look(planted(0), {"pull": [(r, 1) for r in many]})
    assert "at most 40" in finding.said[0]


def test_votes_have_no_direction() -> None:
    panel = simulate_agreement(3)
    finding = look(
        replace(panel, measure="agreement"), {"pull": [(DRIVER[::-1], 1), (DRIVER, 1)]}
    )
    assert [m.id for m in finding.measured] == ["pull", "A02-A03.warm"]


def test_a_case_that_names_no_third_party_is_not_looked_at() -> None:
    record = make_record(
        name_drivers(TARGET, {"pull": []}), {("simulated", "week"): planted(0)}
    )
    assert Motives().look(record) == ()


def test_renaming_actors_changes_nothing_but_names() -> None:
    panel = planted(1)
    names = {f"A{i:02d}": f"B{(i * 7 + 3) % 16:02d}" for i in range(16)}
    renamed = [(names[a], names[b]) for a, b in panel.relations]
    order = sorted(range(len(renamed)), key=renamed.__getitem__)
    other = replace(
        panel,
        relations=tuple(renamed[i] for i in order),
        channels={name: counts[order] for name, counts in panel.channels.items()},
        exposure=panel.exposure[order],
        rows=panel.rows[order],
    )
    new = {r: (names[r[0]], names[r[1]]) for r in (TARGET, DRIVER, OTHER)}
    case = name_drivers(new[TARGET], {"pull": [(new[DRIVER], 1)], "rival": [(new[OTHER], 1)]})
    (finding,) = Motives().look(make_record(case, {("simulated", "week"): other}))
    for one, two in zip(finding.measured, found(1).measured, strict=True):
        values = [m.estimate.value if m.estimate else np.nan for m in (one, two)]
        assert values[0] == pytest.approx(values[1], abs=1e-6, nan_ok=True)
        assert (one.verdict, one.ranks) == (two.verdict, two.ranks)
