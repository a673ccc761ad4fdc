"""A standalone cluster on loopback: a master and two workers, each a process of its own."""

import gc
import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.engines.disturb import PATIENCE_S, ask, disturbed

from cuibono.store.engine import IN_MEMORY, Engine
from cuibono.testing.canonical import open_written
from cuibono.testing.engines import bits


@pytest.fixture
def master(
    _spark_is_here: None, tmp_path: Path
) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A standalone master with two workers, each a process of its own, on loopback."""
    import pyspark

    home = Path(pyspark.__file__).parent
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    url = f"spark://127.0.0.1:{port}"
    env = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1"}
    on_loopback = ["--host", "127.0.0.1", "--webui-port", "0"]
    worker = ["worker.Worker", *on_loopback, "--cores", "1", "--memory", "1g", url]
    commands = [["master.Master", *on_loopback, "--port", port]]
    commands += [[*worker, "--work-dir", str(tmp_path / name)] for name in ("one", "two")]
    processes = []
    for name, *options in commands:
        log = (tmp_path / f"{name}-{len(processes)}.log").open("wb")
        with log:
            processes.append(
                subprocess.Popen(
                    [home / "bin" / "spark-class", f"org.apache.spark.deploy.{name}", *options],
                    env=env,
                    stdout=log,
                    stderr=log,
                )
            )
    yield url, processes
    for process in processes:
        process.kill()
        process.wait()


def test_a_worker_killed_in_mid_query_changes_nothing(
    master: tuple[str, list[subprocess.Popen[bytes]]], many_files: Path
) -> None:
    url, (_, one, _) = master
    reference = open_written(many_files, IN_MEMORY)
    engine = Engine(url)
    try:
        found = disturbed(replace(reference, engine=engine), one.kill)
    finally:
        engine.close()
        gc.collect()
    assert bits(found) == bits(ask(reference))
    assert one.wait(PATIENCE_S) == -signal.SIGKILL
