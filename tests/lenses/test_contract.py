"""Every lens keeps the contract: silent where nothing is, sure where something is."""

import pytest
from tests.lenses import (
    test_analogues,
    test_declared_done,
    test_double_standard,
    test_goals,
    test_instruments,
    test_latency,
    test_linkage,
    test_motives_contract,
    test_path,
    test_third_party,
    test_turning_points,
)

from cuibono.lenses.base import Lens
from cuibono.lenses.known import known_lenses
from cuibono.testing.lenses import check_lens

TRIALS = {
    "turning_points": test_turning_points.TRIAL,
    "third_party": test_third_party.TRIAL,
    "motives": test_motives_contract.TRIAL,
    "linkage": test_linkage.TRIAL,
    "latency": test_latency.TRIAL,
    "declared_done": test_declared_done.TRIAL,
    "instruments": test_instruments.TRIAL,
    "path": test_path.TRIAL,
    "double_standard": test_double_standard.TRIAL,
    "analogues": test_analogues.TRIAL,
    "goals": test_goals.TRIAL,
}


@pytest.mark.parametrize("lens", known_lenses(), ids=lambda lens: lens.name)
def test_the_lens_keeps_the_contract(lens: Lens) -> None:
    assert check_lens(lens, TRIALS[lens.name]) == []
