"""Every layout of every source goes through a load, its refused rows with it."""

from pathlib import Path

import pytest
from tests.sources.made_sources import SAMPLES, write_file

from cuibono.store.load import load
from cuibono.store.quarantine import count_reasons
from cuibono.store.store import open_store

EVERY = [(source, layout) for source, layouts in SAMPLES.items() for layout in layouts]


@pytest.mark.parametrize(("source", "layout"), EVERY)
def test_a_sample_loads_with_every_row_accounted_for(
    tmp_path: Path, source: str, layout: str
) -> None:
    path = write_file(tmp_path / "raw", source, layout, SAMPLES[source][layout])
    store = tmp_path / "store"
    done = load(open_store(store), source, path, accept_drift=True).snapshot
    assert done.accepted > 0
    refused = sum(count_reasons(store, done).values()) if done.quarantined else 0
    assert done.rows_in == done.accepted + done.duplicates + refused
