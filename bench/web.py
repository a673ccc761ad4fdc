"""How quickly the workbench answers: pages on ten million rows, live weighing, first paint.

Run from the repository root: `.venv/bin/python bench/web.py [--middle | --full] [--slow]`. An
invented store is written, of 200,000 rows, two or ten million, sorted by relation in
stretches of 163,840, a workbench served on loopback, and each page asked for many times, no
address twice where the page is an answer of the store; CPU is that of the server's process
for one answer, wall the 95th percentile as the caller sees it. With `--slow` nothing is
counted ahead, as in the first seconds after a start. First paint needs chromium and
playwright. Peers: Datasette limits a query to 1 s by default.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from shutil import copy, which
from threading import Thread
from threading import enumerate as enumerate_threads
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import numpy as np
import pyarrow.parquet as pq
import uvicorn

from cuibono.testing.canonical import write_store
from cuibono.web.ahead import NAME
from cuibono.web.app import make_app
from cuibono.web.listen import listen_on
from cuibono.web.settings import Settings, name_cases

CASES = Path(__file__).parents[1] / "cases"
ASKED = 40
SMALL, MIDDLE, FULL = 0.2, 2.0, 10.0
ROW_GROUP = 20_480
STRETCH = 8 * ROW_GROUP
STATES = ("USA", "RUS", "CHN", "IND", "PAK", "FRA", "GBR", "DEU", "TUR", "IRN")
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]"


def arrange(folder: Path) -> None:
    """Sort the events by relation, in stretches, so that a relation's rows lie together."""
    for path in sorted((folder / "events").glob("*.parquet")):
        rows = pq.read_table(path)
        with pq.ParquetWriter(path, rows.schema) as writer:
            for first in range(0, rows.num_rows, STRETCH):
                part = rows.slice(first, STRETCH)
                order = [("actor", "ascending"), ("recipient", "ascending")]
                writer.write_table(part.sort_by(order), row_group_size=ROW_GROUP)


def serve(folder: Path, ahead: bool) -> tuple[uvicorn.Server, Thread, str]:
    """Serve the shipped cases over a store, from a thread."""
    listener = listen_on("127.0.0.1", 0)
    settings = Settings(
        cases=name_cases([folder / "cases"]),
        out=folder / "dossiers",
        store=folder / "store",
        engine="duckdb://",
        port=listener.getsockname()[1],
        ahead=ahead,
    )
    server = uvicorn.Server(uvicorn.Config(make_app(settings), log_level="error"))
    thread = Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    return server, thread, settings.address.rstrip("/")


def time_page(address: str, body: bytes | None = None) -> tuple[float, float]:
    """Ask once; wall and CPU milliseconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    with urlopen(Request(address, body, {"accept": "text/html"})) as answer:
        answer.read()
    return 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu)


def report(name: str, target: str, addresses: list[str], body: bytes | None = None) -> None:
    """Ask each address and print the percentiles."""
    first, *rest = addresses
    time_page(first, body)
    times = np.array([time_page(address, body) for address in rest])
    p50, p95 = np.percentile(times[:, 0], [50, 95])
    cpu = np.median(times[:, 1])
    print(f"{name:34} {target:>9} {p50:8.0f} {p95:8.0f} {cpu:8.0f}", flush=True)


def first_paint(address: str) -> float:
    """Give the milliseconds until a browser paints the first words of a page."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playing:
        browser = playing.chromium.launch(
            executable_path=which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page()
        painted = []
        for _ in range(5):
            page.goto(address)
            page.wait_for_function(f"!!({PAINTED})")
            painted.append(float(page.evaluate(f"{PAINTED}.startTime")))
        browser.close()
    return float(np.median(painted))


def wait_for_counts() -> tuple[float, float]:
    """Wait until the events are counted; wall and CPU seconds it took from now."""
    wall, cpu = time.perf_counter(), time.process_time()
    while counting := [one for one in enumerate_threads() if one.name == NAME]:
        counting[0].join()
    return time.perf_counter() - wall, time.process_time() - cpu


def main(millions: float, ahead: bool) -> None:
    """Write a store and a dossier, serve them, and print what each page costs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_store(folder / "store", int(millions * 1e6), n_files=8)
        arrange(folder / "store")
        (folder / "cases").mkdir()
        for case in CASES.glob("*.toml"):
            copy(case, folder / "cases")
        small = folder / "cases" / "russia-pakistan.toml"
        subprocess.run(
            [sys.executable, "-c", "from cuibono.cli.main import run; run()", "explain", small,
             "--checks", "none", "--out", folder / "dossiers"],
            check=True, capture_output=True,
        )  # fmt: skip
        server, thread, home = serve(folder, ahead)
        try:
            with urlopen(f"{home}/cases.json") as answer:
                answer.read()
            wall, cpu = wait_for_counts()
            print(f"counted ahead in {wall:.1f} s, {cpu:.1f} CPU-s; this process holds"
                  f" {getrusage(RUSAGE_SELF).ru_maxrss / 2**10:.0f} MB at most")  # fmt: skip
            measure(home, millions)
            page = folder / "dossiers" / "russia-pakistan" / "dossier.html"
            print(f"{'dossier.html, MB':34} {'3':>9} {page.stat().st_size / 1e6:8.2f}")
            paint = first_paint(f"{home}/cases/russia-pakistan/dossier")
            print(f"{'first contentful paint, ms':34} {'1,000':>9} {paint:8.0f}")
        finally:
            server.should_exit = True
            thread.join()


def measure(home: str, millions: float) -> None:
    """Ask every page of a workbench."""
    pairs = [(a, b) for a in STATES for b in STATES if a != b][:ASKED]
    dyads = [f"{home}/relations?{urlencode({'actor': a, 'recipient': b})}" for a, b in pairs]
    one = [f"{home}/relations?actor={a}" for a in STATES]
    print(f"{millions:g} M rows")
    print(f"{'page, ms':34} {'target':>9} {'median':>8} {'p95':>8} {'CPU':>8}")
    report("a relation over time, with rows", "200", dyads)
    yearly = [link.replace("?", ".json?", 1) + "&grid=year" for link in dyads]
    report("a relation, its JSON", "200", yearly)
    report("a relation, its hundredth row", "200", [link + "&page=3" for link in dyads])
    report("a relation, asked again", "200", dyads)
    report("all relations of an actor", "200", one)
    years = [f"{home}/world?start={year}-01-01" for year in range(2014, 2022)]
    report("the world, ranked anew", "200", years)
    report("the world, a further page", "200", [f"{home}/world?page={n}" for n in range(1, 11)])
    case = f"{home}/cases/russia-pakistan"
    report("a dossier", "-", [f"{case}/dossier"] * 10)
    report("rows of a number", "200", [f"{case}/rows?number=posterior.china-urging"] * 10)
    form = {"judge": "A", "origin": "o", "cluster": ""}
    bands = zip(("true_low", "true_high", "false_low", "false_high"), (5, 7, 2, 4), strict=True)
    form |= {f"{band}:china-urging": f"0.{number}" for band, number in bands}
    form |= {"why:china-urging": "tried"}
    body = urlencode(form).encode()
    report("a band changed, weighed anew", "300", [f"{case}/ledger/items/E06/weigh"] * 20, body)


if __name__ == "__main__":
    size = FULL if "--full" in sys.argv else MIDDLE if "--middle" in sys.argv else SMALL
    main(size, "--slow" not in sys.argv)
