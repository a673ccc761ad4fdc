"""A provider on this machine: its files under its addresses, and faults on request."""

import hashlib
import io
import ssl
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cuibono.sources.publication import Publication, read_publication
from cuibono.store.fetch.download import Outcome
from cuibono.store.fetch.patience import Patience
from cuibono.store.fetch.plan import Plan, plan_fetch
from cuibono.store.fetch.run import fetch
from cuibono.store.fetch.slots import Slot, read_moment
from cuibono.store.fetch.transport import Site

# Keys made for these tests and used nowhere else: "right" and "expired" are for 127.0.0.1.
CERTIFICATES = Path(__file__).parent / "certificates"
NOW = datetime(2015, 2, 19, 0, 30, tzinfo=UTC)
MIRRORED = "http://provider.example/"


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one answer."""

    status: int = 200
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    cut_after: int | None = None
    without: tuple[str, ...] = ()
    ignore_range: bool = False


@dataclass
class Replica:
    """A provider's files by path; faults by path, used up one answer each."""

    files: dict[str, bytes] = field(default_factory=dict)
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    clients: set[tuple[str, int]] = field(default_factory=set)
    now: datetime = NOW
    base: str = ""

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def times(self, path: str) -> int:
        return self.paths().count(path)


@contextmanager
def serve(replica: Replica, certificate: str = "") -> Iterator[Replica]:
    """Serve a replica on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            answer(replica, self)

        def date_time_string(self, timestamp: float | None = None) -> str:
            return format_datetime(replica.now, usegmt=True)

        def log_message(self, *said: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *said: object) -> None:
            """A client that hangs up is part of the test."""

    server = Quiet(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    scheme = "http"
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATES / f"{certificate}.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "https"
    replica.base = f"{scheme}://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield replica
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answer(replica: Replica, handler: BaseHTTPRequestHandler) -> None:
    path = handler.path.lstrip("/")
    asked = dict(handler.headers.items())
    replica.asked.append((path, asked))
    replica.clients.add(handler.client_address)
    waiting = replica.faults.get(path, [])
    fault = waiting.pop(0) if waiting else Fault()
    body = replica.files.get(path) if fault.body is None else fault.body
    if body is None:
        fault, body = replace(fault, status=404 if fault.status == 200 else fault.status), b""
    etag = f'"{hashlib.md5(body).hexdigest()}"'
    status, headers = fault.status, {"ETag": etag}
    begun = asked.get("Range", "")
    current = asked.get("If-Range", etag) == etag
    if begun and status == 200 and current and not fault.ignore_range:
        start = int(begun.removeprefix("bytes=").removesuffix("-"))
        status = 206 if start < len(body) else 416
        headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
        body = body[start:]
    headers = {"Content-Length": str(len(body)), **headers, **fault.headers}
    handler.send_response(status)
    for name, value in headers.items():
        if name not in fault.without:
            handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body if fault.cut_after is None else body[: fault.cut_after])
    if fault.cut_after is not None or "Content-Length" in fault.without:
        handler.close_connection = True


def zipped(text: bytes = b"a\tb\n", name: str = "events.csv") -> bytes:
    """A zip archive of one file."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name), text)
    return whole.getvalue()


def md5(body: bytes) -> str:
    return hashlib.md5(body).hexdigest()


QUARTERS = {
    "kind": "events",
    "base": MIRRORED,
    "start": datetime(2015, 2, 18, 23, 0, tzinfo=UTC),
    "list": [
        {
            "path": "gdeltv2/masterfilelist.txt",
            "format": "size md5 url",
            "folder": "gdeltv2/",
            "prefix": "http://data.example/",
        }
    ],
    "file": [{"name": r"(?P<start>\d{14})\.export\.CSV\.zip"}],
}
LIST = "gdeltv2/masterfilelist.txt"


def slot_name(number: int, kind: str = "export") -> str:
    """Name of the file of the n-th quarter of an hour since the feed began."""
    start = datetime(2015, 2, 18, 23, 0, tzinfo=UTC) + number * timedelta(minutes=15)
    return f"{start:%Y%m%d%H%M%S}.{kind}.CSV.zip"


def published(**changes: Any) -> Publication:
    """How GDELT 2.0 publishes its events, or another way."""
    return read_publication("made", {**QUARTERS, **changes})


def quarters(n: int = 3, kinds: tuple[str, ...] = ("export",)) -> Replica:
    """A replica of GDELT 2.0 with so many quarters of an hour."""
    replica = Replica()
    for number in range(n):
        for kind in kinds:
            body = zipped(f"{kind}\t{number}\n".encode() * 50)
            replica.files[f"gdeltv2/{slot_name(number, kind)}"] = body
    relist(replica)
    return replica


def relist(replica: Replica, *more: str) -> None:
    """Write the master list anew from the files, and lines after it."""
    lines = [
        f"{len(body)} {md5(body)} http://data.example/{path}"
        for path, body in replica.files.items()
        if path != LIST
    ]
    replica.files[LIST] = "".join(f"{line}\n" for line in [*lines, *more]).encode()


@dataclass
class Calm:
    """Patience without waiting: what it would have slept, and a clock set by hand."""

    slept: list[float] = field(default_factory=list)
    now: datetime = NOW
    elapsed: Callable[[], float] = lambda: 0.0
    jitter: float = 0.0

    def patience(self) -> Patience:
        return Patience(self.slept.append, lambda: self.jitter, lambda: self.now, self.elapsed)


@dataclass
class Fetched:
    """A plan carried out."""

    plan: Plan
    outcomes: dict[str, Outcome]
    slept: list[float]

    def states(self) -> dict[str, str]:
        return {name: str(outcome.state) for name, outcome in self.outcomes.items()}

    def reasons(self) -> str:
        return "; ".join(outcome.reason for outcome in self.outcomes.values())


def site_of(replica: Replica) -> Site:
    return Site(replica.base, mirrored=True)


def fetch_all(
    store: Path,
    replica: Replica,
    publication: Publication | None = None,
    start: str = "2015-02-18",
    end: str = "",
    calm: Calm | None = None,
    site: Site | None = None,
) -> Fetched:
    """Plan and fetch from a replica."""
    calm = calm or Calm()
    span = read_moment(start, "--from"), read_moment(end, "--to") if end else None
    with closing(site or site_of(replica)) as open_site:
        plan = plan_all(store, open_site, publication, *span, calm=calm)
        outcomes = list(fetch(store, plan, open_site, calm.patience()))
    return Fetched(plan, {o.listed.name: o for o in outcomes}, calm.slept)


def plan_all(
    store: Path,
    site: Site,
    publication: Publication | None = None,
    start: Slot | None = None,
    end: Slot | None = None,
    calm: Calm | None = None,
) -> Plan:
    patience = (calm or Calm()).patience()
    return plan_fetch(store, "gdelt", publication or published(), site, patience, start, end)


def planned(
    store: Path, replica: Replica, publication: Publication | None = None, *texts: str
) -> Plan:
    """Plan from a replica and hang up; texts are --from and --to."""
    moments = [read_moment(text, "--from") for text in texts]
    with closing(site_of(replica)) as site:
        return plan_all(store, site, publication, *moments)


def kept(store: Path, part: str = "raw") -> dict[str, bytes]:
    """The fetched files."""
    folder = store / part / "gdelt" / "events"
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*"))}


def leftovers(store: Path) -> list[Path]:
    """Whatever is unfinished in a store."""
    return list((store / "unfinished").rglob("*"))
