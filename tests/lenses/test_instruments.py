"""Means of a relation: by hand, in null and planted worlds, and where nothing can be told."""

from dataclasses import replace

import numpy as np
import pytest
from tests.checks.made_lens import FOCAL
from tests.lenses.asking import by_id
from tests.lenses.made_acts import SOURCE, acts_record, made_acts

from cuibono.errors import NotCoveredError
from cuibono.lenses.instruments import LEAST, STAGES, Instruments
from cuibono.model.finding import Finding
from cuibono.model.panel import Panel
from cuibono.testing.lenses import Trial

TRIAL = Trial(
    null=lambda seed: acts_record(made_acts(seed)),
    planted=lambda seed, sign: Instruments().plant(acts_record(made_acts(100 + seed)), sign),
    needs=STAGES,
    nulls=30,
)


def look(panel: Panel) -> Finding:
    (finding,) = Instruments().look(acts_record(panel))
    return finding


def with_focal(**acts: float) -> Panel:
    """Give the focal relation so many acts of each kind, all in the first week."""
    panel = made_acts(5)
    row = panel.index[FOCAL]
    channels = {name: values.copy() for name, values in panel.channels.items()}
    for name, values in channels.items():
        values[row] = 0.0
        values[row, 0] = acts.get(name, 0.0)
    return replace(panel, channels=channels)


def test_a_share_is_out_of_acts_of_cooperation_less_the_worlds() -> None:
    panel = with_focal(talked=30, delivered=10, forced=500)
    shares = {name: panel.channels[name].sum(axis=1) for name in STAGES}
    found = by_id(look(panel))
    apart = found["talked"].estimate.value - found["delivered"].estimate.value
    world = found["promised"].estimate.value + found["backed"].estimate.value
    assert 0 > world > -1
    total = sum(found[name].estimate.value for name in STAGES)
    assert total == pytest.approx(0.0, abs=0.02)
    assert apart == pytest.approx(
        0.5 + _mean(shares, "delivered") - _mean(shares, "talked"), abs=0.02
    )


def _mean(shares: dict[str, np.ndarray], name: str) -> float:
    total = sum(shares.values())
    seen = total >= LEAST
    return float((shares[name][seen] / total[seen]).mean())


def test_a_relation_of_deliveries_alone_stands_out_and_says_so() -> None:
    found = by_id(look(with_focal(delivered=60)))
    assert found["delivered"].verdict == "more"
    assert found["delivered"].said.startswith("100 % of its cooperation")
    assert found["delivered"].ranks[0].place == 1


def test_the_rank_is_among_every_relations_largest_distance() -> None:
    found = by_id(look(made_acts(5)))
    places = [found[name].ranks[0].place for name in STAGES]
    assert len({found[name].ranks[0].of for name in STAGES}) == 1
    assert min(places) < max(places)


@pytest.mark.parametrize("acts", [0, LEAST - 1])
def test_too_few_acts_are_told_and_not_ranked(acts: int) -> None:
    finding = look(with_focal(talked=acts))
    found = by_id(finding)
    assert found["mix"].estimate is None
    assert f"has {acts} acts of cooperation" in found["mix"].said
    assert finding.could_see.startswith("Nothing could have stood out")


def test_a_small_world_has_no_rank() -> None:
    panel = made_acts(5, actors=6)
    assert by_id(look(panel))["mix"].verdict == "lonely"


def test_a_relation_without_a_row_is_told() -> None:
    panel = made_acts(5)
    gone = replace(panel, relations=tuple(("X" + a, b) for a, b in panel.relations))
    assert by_id(look(gone))["mix"].verdict == "few"


@pytest.mark.parametrize("name", STAGES)
def test_a_missing_instrument_is_refused_by_name(name: str) -> None:
    panel = made_acts(5)
    less = {kind: values for kind, values in panel.channels.items() if kind != name}
    with pytest.raises(NotCoveredError, match=f"no channel '{name}'"):
        look(replace(panel, channels=less))


def promising(sign: int) -> Panel:
    """Make the focal relation deliver the week after it announces, or only when it does not."""
    panel = made_acts(7)
    row, weeks = panel.index[FOCAL], panel.starts.size
    channels = {name: values.copy() for name, values in panel.channels.items()}
    announced = np.arange(weeks) % 16 < 8 if sign < 0 else np.arange(weeks) % 8 == 0
    channels["promised"][row] = announced
    channels["delivered"][row] = (
        np.roll(announced, 1) if sign > 0 else np.arange(weeks) % 16 == 14
    )
    channels["talked"][row] = 1.0
    return replace(panel, channels=channels)


def test_kept_promises_are_followed_more_often_than_other_weeks() -> None:
    found = by_id(look(promising(1)))
    assert found["followed"].estimate.value > 0.4
    assert found["half-life"].estimate.value == 1.0


def test_promises_in_idle_season_are_followed_less() -> None:
    assert by_id(look(promising(-1)))["followed"].estimate.value < 0


def test_what_was_hardly_announced_has_no_half_life() -> None:
    found = by_id(look(with_focal(promised=60)))
    assert found["half-life"].estimate is None
    assert "1 week with an announcement and 0 with a delivery" in found["half-life"].said


def test_planting_moves_acts_and_adds_none() -> None:
    record = acts_record(made_acts(5))
    panel = record.instruments(SOURCE, made_acts(5).grid)
    planted = Instruments().plant(record, 1).instruments(SOURCE, panel.grid)
    row = panel.index[FOCAL]
    moved = planted.channels["delivered"][row].sum() - panel.channels["delivered"][row].sum()
    assert moved == np.round(0.8 * panel.channels["talked"][row].sum())
    assert (
        np.sum([planted.channels[n] for n in STAGES], axis=0)
        == np.sum([panel.channels[n] for n in STAGES], axis=0)
    ).all()


def test_the_picture_marks_the_share_that_is_most_unusual() -> None:
    finding = look(with_focal(delivered=60))
    (chart,) = finding.charts
    assert chart.series == ("instruments.simulated.delivered",)
    assert sum(finding.distributions[0].counts) > 200


def test_every_number_traces_to_the_relations_own_rows() -> None:
    for one in look(made_acts(5)).measured:
        for trace in one.traces:
            columns = {test.column: test.value for test in trace.where}
            assert (columns["actor"], columns["recipient"]) == FOCAL
