"""One file from a provider: resumed where it broke off, hashed, never taken on trust."""

from __future__ import annotations

import http.client
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from cuibono.errors import SourceError
from cuibono.store.fetch.listing import Listed
from cuibono.store.fetch.part import Part, error_page, hashes
from cuibono.store.fetch.patience import LONGEST_ASKED_S, Patience, asked_wait, http_date
from cuibono.store.fetch.transport import Site

MOST_FAILURES = 5
MOST_TRIES = 40
MOST_REFETCHES = 3
LARGEST_BYTES = 8 * 2**30
BLOCK_BYTES = 2**16
HEAD_BYTES = 512
# A host that drips slower than this, after a start in its favour, is as good as cut off.
SLOWEST_BYTES_PER_S = 1_000
GRACE_S = 60.0
GONE = frozenset((401, 403, 404, 410, 451))


class State(StrEnum):
    """What became of a file: here, not to be had, no sound answer, or not what was listed."""

    GOT = "got"
    MISSING = "missing"
    UNREACHABLE = "unreachable"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file.

    Attributes
    ----------
    listed : Listed
        The file as its list has it.
    state : State
        What became of it.
    reason : str
        Why it is not here; empty if it is.
    sha256 : str
        Hash of the bytes that came; empty if none did.
    size : int
        How many came.
    content : str
        Hash of what the archive holds, or of the bytes where it is none.
    """

    listed: Listed
    state: State
    reason: str = ""
    sha256: str = ""
    size: int = 0
    content: str = ""


@dataclass(slots=True)
class Errand:
    """A download under way.

    Attributes
    ----------
    site : Site
        Where from.
    patience : Patience
        How long to wait.
    listed : Listed
        What.
    part : Path
        Where the bytes gather until they are whole; its folder exists.
    told : callable
        Hears how many bytes have come, each time some do.
    validator : str
        What tells that the host still has the same bytes; empty if nothing.
    clock : datetime or None
        The host's own time, once it has answered.
    asked_s : float or None
        Seconds that the host last asked to be left alone.
    """

    site: Site
    patience: Patience
    listed: Listed
    part: Path
    told: Callable[[int], None] = lambda count: None
    validator: str = ""
    clock: datetime | None = None
    asked_s: float | None = None

    def run(self) -> Outcome:
        """Fetch until the bytes are those that were listed, or to no avail.

        Returns
        -------
        Outcome
            If the file is "got" or "quarantined", its bytes lie at `part`.

        Raises
        ------
        StoreError
            If the bytes cannot be written.
        """
        for left in range(MOST_REFETCHES, -1, -1):
            try:
                failed = self._gather()
            except SourceError as error:
                failed = Outcome(self.listed, State.UNREACHABLE, str(error))
            if failed:
                return failed
            sha256, digest = hashes(self.part, self.listed.checksum.partition(":")[0])
            size = self.part.stat().st_size
            wrong = self._mismatch(digest, size)
            if not wrong:
                return Outcome(self.listed, State.GOT, "", sha256, size)
            if left:
                self.part.unlink()
        return Outcome(self.listed, State.QUARANTINED, wrong, sha256, size)

    def _mismatch(self, digest: str, size: int) -> str:
        listed = self.listed
        if listed.checksum:
            return (
                "" if digest == listed.checksum else f"listed {listed.checksum}, got {digest}"
            )
        sound = listed.size in (None, size)
        return "" if sound else f"listed {listed.size:,} bytes, got {size:,}"

    def _gather(self) -> Outcome | None:
        """Collect the bytes at `part`, through as many cuts as it takes; None if whole."""
        if self._held() and self._held() == self.listed.size:
            # A run before this one was stopped between the last byte and its check.
            return None
        failures, trouble = 0, ""
        for _ in range(MOST_TRIES):
            before = self._held()
            ended = self._try(before)
            if ended is None or isinstance(ended, Outcome):
                return ended
            trouble = ended
            failures = 1 if self._held() > before else failures + 1
            if failures >= MOST_FAILURES:
                break
            self._wait(failures)
        return Outcome(self.listed, State.UNREACHABLE, trouble)

    def _wait(self, failures: int) -> None:
        if self.asked_s is None:
            self.patience.back_off(failures)
        else:
            self.patience.obey(self.asked_s)
        self.asked_s = None

    def _held(self) -> int:
        return self.part.stat().st_size if self.part.exists() else 0

    def _try(self, held: int) -> Outcome | str | None:
        """Ask once: None if the file is whole, the trouble if it is worth asking again."""
        headers = {}
        if held and (self.validator or self.listed.checksum):
            headers = {"Range": f"bytes={held}-"}
            headers |= {"If-Range": self.validator} if self.validator else {}
        try:
            response = self.site.get(self.listed.path, headers)
            ended = self._receive(response, held if headers else 0)
        except (OSError, http.client.HTTPException) as error:
            self.site.close()
            return f"{self.site.host} cannot be reached ({error or type(error).__name__})"
        # An answer read to its end leaves the connection free for the next question.
        response.close()
        if ended is not None:
            self.site.close()
        return ended

    def _receive(self, response: http.client.HTTPResponse, held: int) -> Outcome | str | None:
        self.clock = http_date(response.getheader("Date", "")) or self.clock
        status = response.status
        if status in GONE:
            return Outcome(self.listed, State.MISSING, f"{self.site.host} answers {status}")
        if status not in (200, 206):
            if status == http.client.REQUESTED_RANGE_NOT_SATISFIABLE:
                self.part.unlink(missing_ok=True)
            return self._refused(response)
        if response.getheader("Content-Encoding", "identity") != "identity":
            return f"{self.site.host} sends the file in an encoding that was not asked for"
        start = held if status == http.client.PARTIAL_CONTENT else 0
        told = re.fullmatch(
            r"bytes (\d+)-\d+/(\d+|\*)", response.getheader("Content-Range", "")
        )
        if status == http.client.PARTIAL_CONTENT and not (told and int(told[1]) == start):
            self.part.unlink(missing_ok=True)
            return f"{self.site.host} sends another part than was asked for"
        etag = response.getheader("ETag", "")
        self.validator = (
            etag if etag.startswith('"') else response.getheader("Last-Modified", "")
        )
        total = None if response.length is None else start + response.length
        return self._write(response, start, total)

    def _refused(self, response: http.client.HTTPResponse) -> Outcome | str:
        said = f"{self.site.host} answers {response.status}"
        self.asked_s = asked_wait(dict(response.headers), self.patience.now())
        if self.asked_s is not None and self.asked_s > LONGEST_ASKED_S:
            said += f" and asks for {self.asked_s:,.0f} s of rest"
            return Outcome(self.listed, State.UNREACHABLE, said)
        return said

    def _write(
        self, response: http.client.HTTPResponse, start: int, total: int | None
    ) -> Outcome | str | None:
        """Add what comes to `part`, and say whether that was all."""
        size, began = start, self.patience.elapsed()
        most = LARGEST_BYTES if self.listed.size is None else 2 * self.listed.size + BLOCK_BYTES
        block = response.read(HEAD_BYTES)
        if start == 0 and (wrong := error_page(self.listed.name, block)):
            return f"{self.site.host} {wrong}"
        with Part(self.part, start) as part:
            while block:
                part.add(block)
                size += len(block)
                self.told(size)
                if size > most:
                    self.part.unlink()
                    said = f"{self.site.host} sends more than the {most:,} bytes there can be"
                    return Outcome(self.listed, State.UNREACHABLE, said)
                spent = self.patience.elapsed() - began - GRACE_S
                if spent > 0 and size - start < SLOWEST_BYTES_PER_S * spent:
                    self.site.close()
                    return f"{self.site.host} sends too slowly"
                block = response.read1(BLOCK_BYTES)
        if total is not None:
            return None if size == total else f"cut off after {size:,} of {total:,} bytes"
        told = response.chunked or self.listed.checksum or self.listed.size == size
        return None if told else f"{self.site.host} does not tell how long the file is"
