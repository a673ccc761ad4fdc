"""Carry out a plan: each file arrives whole and checked, or is told as missing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC
from pathlib import Path

from cuibono.errors import SourceError, StoreError
from cuibono.store.archive import content_of
from cuibono.store.fetch.download import Errand, Outcome, State
from cuibono.store.fetch.holdings import Holding, Holdings, write_holdings
from cuibono.store.fetch.listing import Listed
from cuibono.store.fetch.part import hashes
from cuibono.store.fetch.patience import Patience
from cuibono.store.fetch.plan import Plan, place_of
from cuibono.store.fetch.transport import Site
from cuibono.store.lock import locked

# After so many files in a row without a sound answer, a host is left in peace.
MOST_UNREACHABLE = 5
NOT_YET = "not fetched yet"


def fetch(
    store: Path,
    plan: Plan,
    site: Site,
    patience: Patience,
    told: Callable[[Listed, int], None] = lambda listed, size: None,
) -> Iterator[Outcome]:
    """Fetch what a plan wants, one file after the other, and record what came.

    It stops early where a host answers nothing sound any more; what was not
    tried is then recorded as missing, and fetched by the same command later.

    Parameters
    ----------
    store : Path
        The store; nothing outside it is written.
    plan : Plan
        What is wanted.
    site : Site
        Where from.
    patience : Patience
        How long to wait.
    told : callable
        Hears of the bytes that have come of each file.

    Yields
    ------
    Outcome
        Each file as it is done.

    Raises
    ------
    StoreError
        If the store cannot be written or another fetch is at work in it.
    """
    holdings = plan.holdings
    files = (*plan.wanted, *plan.present)
    years = {*range(plan.asked.start.year, plan.asked.end.year + 1)}
    years |= {listed.slot.start.year for listed in files if listed.slot}
    with locked(holdings.folder, wait_seconds=0):
        _expect(store, plan, site, patience)
        write_holdings(holdings, years)
        _set_aside_lines(store, plan)
        unreachable = 0
        try:
            for listed in plan.wanted:
                outcome = _fetch_one(store, plan, listed, site, patience, told)
                _book(holdings, outcome, site, patience)
                yield outcome
                failed = outcome.state is State.UNREACHABLE
                unreachable = unreachable + 1 if failed else 0
                if unreachable == MOST_UNREACHABLE:
                    break
        finally:
            write_holdings(holdings, years)


def _fetch_one(
    store: Path,
    plan: Plan,
    listed: Listed,
    site: Site,
    patience: Patience,
    told: Callable[[Listed, int], None],
) -> Outcome:
    if not (site.authenticated or listed.checksum):
        reason = "no hash is listed, and http alone vouches for nothing; use https"
        return Outcome(listed, State.UNREACHABLE, reason)
    part = place_of(store, "unfinished", plan.source, plan.kind) / f"{listed.name}.part"
    with _written(part):
        part.parent.mkdir(parents=True, exist_ok=True)
    errand = Errand(site, patience, listed, part, lambda size: told(listed, size))
    outcome = errand.run()
    if outcome.state is State.GOT:
        try:
            outcome = replace(outcome, content=content_of(part, listed.members))
        except SourceError as error:
            reason = str(error).replace(str(part), listed.name)
            outcome = replace(outcome, state=State.QUARANTINED, reason=reason)
    with _written(part):
        if outcome.state is State.GOT:
            raw, old = (
                place_of(store, name, plan.source, plan.kind) for name in ("raw", "superseded")
            )
            _keep(part, raw / listed.name, old)
        elif outcome.state is State.QUARANTINED:
            refused = place_of(store, "quarantine", plan.source, plan.kind)
            _move(part, refused / listed.name)
        _tidy(part.parent, store / "unfinished")
    return outcome


def _keep(part: Path, target: Path, superseded: Path) -> None:
    """Put a file in its place; a version that was there stays beside the folder."""
    with part.open("rb") as file:
        os.fsync(file.fileno())
    if target.exists():
        old, _ = hashes(target, "")
        if old != hashes(part, "")[0]:
            _move(target, superseded / f"{old[:16]}-{target.name}")
    _move(part, target)


def _move(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    path.replace(target)


def _tidy(folder: Path, last: Path) -> None:
    """Remove a folder and those above it that are empty, up to and with the last."""
    while folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        if folder == last:
            return
        folder = folder.parent


def _expect(store: Path, plan: Plan, site: Site, patience: Patience) -> None:
    """Record what is wanted as missing until it is here, and what is here as here."""
    holdings = plan.holdings
    holdings.n_lines |= plan.listing.n_lines
    holdings.ask(plan.asked)
    raw = place_of(store, "raw", plan.source, plan.kind)
    for listed in plan.wanted:
        held = holdings.files.get(listed.name)
        if held is None or not (raw / listed.name).exists():
            _book(holdings, Outcome(listed, State.MISSING, NOT_YET), site, patience)
    for listed in plan.present:
        held = holdings.files.get(listed.name)
        if held is None or (held.state, held.checksum) != (State.GOT, listed.checksum):
            path = raw / listed.name
            whole = Outcome(listed, State.GOT, "", hashes(path, "")[0], path.stat().st_size)
            _book(holdings, whole, site, patience)


def _book(holdings: Holdings, outcome: Outcome, site: Site, patience: Patience) -> None:
    """Record an outcome; an older version that is still here goes on counting."""
    listed = outcome.listed
    held = holdings.files.get(listed.name)
    if (
        outcome.state is not State.GOT
        and held
        and held.state == State.GOT
        and outcome.reason != NOT_YET
    ):
        holdings.files[listed.name] = replace(held, reason=outcome.reason)
        return
    holdings.files[listed.name] = Holding(
        name=listed.name,
        state=str(outcome.state),
        start=listed.slot.start.isoformat() if listed.slot else "",
        end=listed.slot.end.isoformat() if listed.slot else "",
        reason=outcome.reason,
        url=site.base + listed.path,
        fetched=patience.now().astimezone(UTC).isoformat(timespec="seconds"),
        authenticated=site.authenticated,
        checksum=listed.checksum,
        sha256=outcome.sha256,
        content=outcome.content,
        size=outcome.size,
    )


def _set_aside_lines(store: Path, plan: Plan) -> None:
    """Keep the lines that could not be used, with their reasons."""
    path = place_of(store, "quarantine", plan.source, plan.kind) / "lines.tsv"
    lines = [f"{r.where}\t{r.reason}\t{r.text!r}\n" for r in plan.listing.refused]
    with _written(path):
        if lines:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("".join(lines), "utf-8")


@contextmanager
def _written(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"{path}: cannot be written ({error.strerror or error}). Free the disk, or name"
            " another folder with `--store`, and fetch again."
        ) from error
