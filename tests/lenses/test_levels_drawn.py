"""A dated level as series: one point a covered period, gaps left out."""

from cuibono.lenses.dating import date_level
from cuibono.lenses.ground import lay_ground
from cuibono.lenses.levels import TONE
from cuibono.lenses.levels_drawn import draw_level
from cuibono.testing.turns import plant_step
from cuibono.testing.worlds import World, simulate_events

TARGET = ("A00", "A01")
PANEL = plant_step(simulate_events(1, World(actors=9, busy={TARGET: 60.0})), TARGET, 60, 0.95)
GROUND = lay_ground(PANEL, TARGET)
DATING = date_level(GROUND, TONE)
assert DATING is not None
LEVEL, CHANCE = draw_level(GROUND, DATING, "A00→A01").series


def test_each_covered_period_is_one_point() -> None:
    assert [point.start for point in LEVEL.points] == PANEL.starts.tolist()
    assert [point.start for point in CHANCE.points] == PANEL.starts.tolist()


def test_a_level_is_drawn_with_the_chance_in_counting() -> None:
    assert all(0 <= p.low < p.value < p.high <= 1 for p in LEVEL.points)


def test_where_no_change_may_be_there_is_no_probability() -> None:
    assert CHANCE.points[0].value == 0.0
    assert sum(point.value for point in CHANCE.points) > 0.5


def test_a_date_set_is_a_bar_of_whole_periods() -> None:
    drawn = draw_level(GROUND, DATING, "A00→A01")
    assert drawn.bars
    for bar in drawn.bars:
        assert bar.row == LEVEL.id
        assert (bar.end - bar.start).days % 7 == 0
