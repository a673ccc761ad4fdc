"""A process of the cluster dies in the middle of a query: the answer is the same."""

import os
import signal
from dataclasses import replace
from pathlib import Path

from tests.engines.disturb import EXECUTORS, ask, disturbed, executors_below

from cuibono.store.engine import IN_MEMORY, Engine
from cuibono.testing.canonical import open_written
from cuibono.testing.engines import bits


def test_an_executor_killed_in_mid_query_changes_nothing(
    spark: Engine, many_files: Path
) -> None:
    reference = open_written(many_files, IN_MEMORY)
    before = executors_below(os.getpid())
    assert len(before) == EXECUTORS
    found = disturbed(
        replace(reference, engine=spark), lambda: os.kill(before[0], signal.SIGKILL)
    )
    assert bits(found) == bits(ask(reference))
    assert before[0] not in executors_below(os.getpid())
