"""A query is running on two executors: see that it is, and kill something."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path

from cuibono.model.panel import Panel
from cuibono.model.period import Grid
from cuibono.record.panel import event_panel
from cuibono.store.store import Store
from cuibono.testing.canonical import EVENTS, WITHIN

EXECUTOR = "CoarseGrainedExecutorBackend"
PATIENCE_S = 120.0
EXECUTORS = 2


def ask(store: Store) -> Panel:
    return event_panel(store, EVENTS, Grid.WEEK, WITHIN)


def until(found: Callable[[], bool], running: Future[Panel]) -> None:
    """Wait for something to be seen while a query runs, and fail where it never is."""
    deadline = time.monotonic() + PATIENCE_S
    while not found():
        assert not running.done(), "the query was over before it could be disturbed"
        assert time.monotonic() < deadline, "nothing was seen in time"
        wait([running], timeout=0.005)


def active_tasks() -> int:
    """Tasks that Spark's executors are running now."""
    from pyspark import SparkContext

    tracker = SparkContext.getOrCreate().statusTracker()
    stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
    return sum(stage.numActiveTasks for stage in stages if stage)


def executors_below(ancestor: int) -> list[int]:
    """Executor processes that descend from one of ours."""
    parents, executors = {}, []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        parents[int(folder.name)] = int(stat[1])
        if EXECUTOR.encode() in command and stat[0] != "Z":
            executors.append(int(folder.name))

    def descends(pid: int) -> bool:
        return pid == ancestor or (pid in parents and descends(parents[pid]))

    return [pid for pid in executors if descends(pid)]


def disturbed(store: Store, kill: Callable[[], None]) -> Panel:
    """Ask, kill while both executors are at work, and give the answer."""
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(ask, store)
        until(lambda: active_tasks() >= EXECUTORS, answer)
        kill()
        assert not answer.done(), "the query was over before it could be disturbed"
        return answer.result(timeout=PATIENCE_S)
