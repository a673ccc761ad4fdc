"""Spark Connect: a server on loopback answers every question as DuckDB does, bit for bit."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from pathlib import Path

import ibis
import pyarrow as pa
import pytest
from tests.engines.disturb import PATIENCE_S

from cuibono.errors import StoreError
from cuibono.store.engine import IN_MEMORY, Engine
from cuibono.store.store import Store
from cuibono.testing.canonical import open_written
from cuibono.testing.engines import QUESTIONS, same

LOOPBACK = "127.0.0.1"
SERVER = "org.apache.spark.sql.connect.service.SparkConnectServer"


def free_port() -> int:
    with socket.create_server((LOOPBACK, 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture(scope="module")
def connected(
    _spark_is_here: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """A session of a server with two threads, in a process of its own."""
    import pyspark

    home = Path(pyspark.__file__).parent
    folder = tmp_path_factory.mktemp("connect")
    port = free_port()
    settings = {
        "spark.connect.grpc.binding.address": LOOPBACK,
        "spark.connect.grpc.binding.port": port,
        "spark.driver.bindAddress": LOOPBACK,
        "spark.driver.host": LOOPBACK,
        "spark.ui.enabled": "false",
    }
    options = [f"--conf={name}={value}" for name, value in settings.items()]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [
                home / "bin" / "spark-submit",
                "--master=local[2]",
                f"--class={SERVER}",
                *options,
                "spark-internal",
            ],
            env={**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": LOOPBACK},
            cwd=folder,
            stdout=log,
            stderr=log,
        )
    try:
        wait_for(port, server)
        engine = Engine(f"sc://{LOOPBACK}:{port}")
        yield engine
        engine.close()
    finally:
        server.kill()
        server.wait()


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE_S
    while server.poll() is None and time.monotonic() < until:
        try:
            socket.create_connection((LOOPBACK, port), 1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("the Spark Connect server did not start")


@pytest.mark.parametrize("question", QUESTIONS)
def test_invented_rows_give_the_same_bits(connected: Engine, made: Path, question: str) -> None:
    reference = open_written(made, IN_MEMORY)
    assert same(QUESTIONS[question], reference, replace(reference, engine=connected))


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_embedded_pack_gives_the_same_bits(
    connected: Engine, pack_store: Store, question: str
) -> None:
    assert same(QUESTIONS[question], pack_store, replace(pack_store, engine=connected))


def test_a_damaged_parquet_file_is_one_line_with_a_next_step(
    connected: Engine, tmp_path: Path
) -> None:
    path = tmp_path / "rows.parquet"
    path.write_bytes(b"PAR1 and nothing that follows PAR1")
    with pytest.raises(StoreError, match=r"rows\.parquet: cannot be read as Parquet") as caught:
        connected.read_parquet(path)
    assert "\n" not in str(caught.value)


def test_a_question_to_a_server_can_be_stopped(connected: Engine) -> None:
    first, second, third = (ibis.range(20_000).unnest().name(n).as_table() for n in "abc")
    endless = first.cross_join(second).cross_join(third).aggregate(n=ibis._.count())
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(connected.collect, endless)
        while not asked.done():
            connected.interrupt()
            wait([asked], timeout=0.2)
        with pytest.raises(StoreError):
            asked.result()


@pytest.mark.usefixtures("_spark_is_here")
@pytest.mark.parametrize("url", [f"sc://{LOOPBACK}:1", "sc://", f"sc://{LOOPBACK}:port"])
def test_a_server_that_does_not_answer_is_one_line_at_once(url: str) -> None:
    with pytest.raises(StoreError, match="no Spark Connect server answers") as caught:
        Engine(url)
    assert "\n" not in str(caught.value)


def test_a_master_may_be_asked_after_a_server(connected: Engine) -> None:
    connected.close()
    master = Engine("spark://local[1]")
    one = pa.table({"n": [1]})
    found = master.collect(ibis.memtable(one))
    master.close()
    assert found == one
