"""Lenses of time refuse a panel that lacks what they are made of, by its name."""

from dataclasses import replace

import pytest
from tests.lenses.asking import ask

from cuibono.errors import NotCoveredError
from cuibono.lenses.base import Lens
from cuibono.lenses.channels import QUADS
from cuibono.lenses.linkage import Linkage
from cuibono.lenses.turning_points import TurningPoints
from cuibono.testing.worlds import World, simulate_events

PANEL = simulate_events(1, World(actors=4))


@pytest.mark.parametrize("quad", QUADS)
@pytest.mark.parametrize("lens", [TurningPoints(), Linkage()], ids=lambda lens: lens.name)
def test_a_panel_without_a_quad_class_is_refused_by_name(lens: Lens, quad: str) -> None:
    channels = {name: counts for name, counts in PANEL.channels.items() if name != quad}
    with pytest.raises(NotCoveredError, match=quad):
        ask(lens, PANEL.relations[0], replace(PANEL, channels=channels))
