"""The contract of a lens, on worlds made for this one."""

from dataclasses import replace
from functools import cache

import pytest
from tests.lenses.naming import name_drivers

from cuibono.errors import NotCoveredError
from cuibono.lenses.channels import QUADS
from cuibono.lenses.motives import Motives
from cuibono.model.panel import Panel
from cuibono.record.record import Record
from cuibono.testing.lenses import Trial
from cuibono.testing.records import make_record
from cuibono.testing.worlds import Planted, World, simulate_events

TARGET, DRIVER, OTHER = ("A00", "A01"), ("A02", "A03"), ("A04", "A05")
BUSY = {TARGET: 80.0, DRIVER: 80.0, OTHER: 80.0}


@cache
def panel(seed: int, sign: int) -> Panel:
    plant = Planted(driver=DRIVER, target=TARGET, share=0.7, sign=sign) if sign else None
    world = World(actors=15, periods=110, volume=1.5, busy=BUSY, planted=plant)
    return simulate_events(seed, world)


def record(seed: int, sign: int) -> Record:
    case = name_drivers(TARGET, {"pull": [(DRIVER, sign or 1)], "rival": [(OTHER, 1)]})
    return make_record(case, {("simulated", "week"): panel(seed, sign)})


TRIAL = Trial(
    null=lambda seed: record(seed + 300, 0),
    planted=record,
    needs=QUADS,
    nulls=3,
    plants=1,
    about_sign=False,
)


@pytest.mark.parametrize("channel", QUADS)
def test_a_source_without_a_channel_is_refused_by_its_name(channel: str) -> None:
    whole = panel(1, 0)
    left = {name: counts for name, counts in whole.channels.items() if name != channel}
    case = name_drivers(TARGET, {"pull": [(DRIVER, 1)]})
    lacking = make_record(case, {("simulated", "week"): replace(whole, channels=left)})
    with pytest.raises(NotCoveredError, match=channel):
        Motives().look(lacking)


@pytest.mark.parametrize("sign", [1, -1])
def test_a_driver_of_either_sign_is_found_when_predicted(sign: int) -> None:
    name = f"A02-A03.{'warm' if sign > 0 else 'cool'}"
    best = []
    for seed in (1, 2, 3):
        (finding,) = Motives().look(record(seed, sign))
        (one,) = [m for m in finding.measured if m.id == name]
        assert one.estimate is not None
        best.append(one.estimate.value)
    assert sorted(best)[1] > 0.8


def test_a_claim_stands_among_all_and_among_like_volume() -> None:
    (finding,) = Motives().look(record(1, 1))
    (one,) = [m for m in finding.measured if m.id == "A02-A03.warm"]
    assert [rank.among for rank in one.ranks] == ["all visible relations", "like volume"]
    assert one.ranks[1].of < one.ranks[0].of / 5


def test_the_specifications_are_declared_by_channel() -> None:
    (finding,) = Motives().look(record(1, 1))
    assert [said.split(",")[0] for said in finding.specifications] == [
        "tone",
        "net",
        "cooperation",
    ]
