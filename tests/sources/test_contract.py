"""Every source keeps one contract: a whole card, a faithful reader, nothing lost in silence."""

from pathlib import Path

import pytest
from tests.sources.made_sources import SAMPLES, write_file

from cuibono.sources.base import source_names
from cuibono.testing.sources import check_source


@pytest.mark.parametrize("name", source_names())
def test_a_source_keeps_the_contract(name: str, tmp_path: Path) -> None:
    samples = {
        layout: write_file(tmp_path / layout, name, layout, rows)
        for layout, rows in SAMPLES.get(name, {}).items()
    }
    assert check_source(name, samples) == []
