"""What a fetch would do, before it does anything."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cuibono.errors import CaseError, NotCoveredError, SourceError, StoreError
from cuibono.sources.base import Card
from cuibono.sources.publication import DATAVERSE, Publication
from cuibono.store.fetch.download import Errand, State
from cuibono.store.fetch.holdings import GOT, Holding, Holdings, read_holdings
from cuibono.store.fetch.listing import Listed, Listing, read_listing
from cuibono.store.fetch.part import hashes
from cuibono.store.fetch.patience import Patience
from cuibono.store.fetch.slots import QUARTER, Slot, uncovered
from cuibono.store.fetch.transport import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a fetch would do.

    Attributes
    ----------
    source : str
        Name of the source.
    asked : Slot
        What was asked for, as far as the provider has such a time.
    outside : tuple of Slot
        What was asked for and lies outside the provider's span.
    wanted, present : tuple of Listed
        Files to fetch, and files that are here.
    unlisted : dict of str to tuple of Slot
        Parts of what was asked for that no listed file is about, by kind.
    listing : Listing
        The provider's lists, line by line.
    holdings : Holdings
        What was known before.
    warnings : tuple of str
        What a reader should look at first.
    """

    source: str
    asked: Slot
    outside: tuple[Slot, ...]
    wanted: tuple[Listed, ...]
    present: tuple[Listed, ...]
    unlisted: dict[str, tuple[Slot, ...]]
    listing: Listing
    holdings: Holdings
    warnings: tuple[str, ...]

    @property
    def n_bytes(self) -> int:
        """Count the bytes to fetch, as far as the lists tell them.

        Returns
        -------
        int
            Bytes.
        """
        return sum(listed.size or 0 for listed in self.wanted)


def open_site(card: Card, mirror: str | None = None) -> Site:
    """Name the site that a source's files are fetched from.

    Parameters
    ----------
    card : Card
        The source's description.
    mirror : str, optional
        Address of a copy, which stands in for the provider's.

    Returns
    -------
    Site
        No connection is open yet.

    Raises
    ------
    SourceError
        If the card does not say how files are fetched, or the mirror is no
        address.
    """
    publication = publication_of(card)
    if mirror is None:
        return Site(publication.base, publication.hosts)
    return Site(mirror if mirror.endswith("/") else f"{mirror}/", mirrored=True)


def publication_of(card: Card) -> Publication:
    """Take from a card how its files are published.

    Parameters
    ----------
    card : Card
        The source's description.

    Returns
    -------
    Publication
        Its table `[fetch]`.

    Raises
    ------
    SourceError
        If it has none.
    """
    if card.fetch is None:
        raise SourceError(f"{card.name} cannot be fetched by a command. Get {card.obtain}.")
    return card.fetch


def file_of(store: Path, source: str, name: str) -> Path:
    """Say where a fetched file is kept.

    Parameters
    ----------
    store : Path
        The store.
    source, name : str
        Source and listed name.

    Returns
    -------
    Path
        In a folder that holds the newest version of each file and nothing else.
    """
    return store / "raw" / source / name


def plan_fetch(
    store: Path,
    card: Card,
    site: Site,
    patience: Patience,
    start: Slot | None = None,
    end: Slot | None = None,
) -> Plan:
    """Compare what a provider lists with what was asked for and what is here.

    Parameters
    ----------
    store : Path
        The store; nothing in it is changed.
    card : Card
        The source's description.
    site : Site
        Where the lists are.
    patience : Patience
        How long to wait for them.
    start, end : Slot, optional
        First and last year, month or day asked for; by default all that the
        provider lists.

    Returns
    -------
    Plan
        What a fetch would do.

    Raises
    ------
    SourceError
        If a list cannot be had.
    CaseError
        If the span asked for holds no time that the provider has.
    """
    publication = publication_of(card)
    with _lists(store, card.name, publication, site, patience) as (texts, clock):
        listing = read_listing(publication, texts, clock)
    provided = Slot(publication.start, min(publication.end or clock, clock))
    asked = _span(listing, provided, start, end)
    inside = asked.overlap(provided)
    if inside is None:
        raise NotCoveredError(f"{card.name} has files about {provided}, none about {asked}.")
    holdings = read_holdings(store, card.name)
    chosen = [f for f in listing.files.values() if f.slot is None or f.slot.overlap(inside)]
    here = {f.name for f in chosen if _is_here(store, card.name, f, holdings.files.get(f.name))}
    return Plan(
        source=card.name,
        asked=inside,
        outside=uncovered([provided], asked),
        wanted=tuple(f for f in chosen if f.name not in here),
        present=tuple(f for f in chosen if f.name in here),
        unlisted=_unlisted(publication, chosen, inside),
        listing=listing,
        holdings=holdings,
        warnings=tuple(_warnings(listing, holdings)),
    )


@contextmanager
def _lists(
    store: Path, source: str, publication: Publication, site: Site, patience: Patience
) -> Iterator[tuple[list[Path | None], datetime]]:
    """Download the lists for a while; tell with them what time the provider has."""
    unfinished = store / "unfinished"
    clock: datetime | None = None
    texts: list[Path | None] = []
    with _scratch(unfinished) as folder:
        for number, plan in enumerate(publication.lists):
            if not plan.path:
                texts.append(None)
                continue
            name = f"list-{number}.{'json' if plan.format == DATAVERSE else 'txt'}"
            listed = Listed(name=name, kind="list", slot=None, path=plan.path)
            errand = Errand(site, patience, listed, folder / name)
            outcome = errand.run()
            if outcome.state is not State.GOT:
                raise SourceError(
                    f"{source}: its list of files cannot be had: {outcome.reason}. What you"
                    " have stays as it is; see it with `cuibono coverage`."
                )
            clock = clock or errand.clock
            texts.append(errand.part)
        yield texts, clock or patience.now()


@contextmanager
def _scratch(unfinished: Path) -> Iterator[Path]:
    try:
        unfinished.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=unfinished) as folder:
            yield Path(folder)
    except OSError as error:
        raise StoreError(
            f"{unfinished}: cannot be written ({error.strerror or error})."
            " Name another folder with `--store`."
        ) from error
    finally:
        with suppress(OSError):
            unfinished.rmdir()
            unfinished.parent.rmdir()


def _span(listing: Listing, provided: Slot, start: Slot | None, end: Slot | None) -> Slot:
    """Read what is asked for; without an end, up to the last listed file."""
    ends = [f.slot.end for f in listing.files.values() if f.slot]
    last = min(max(ends, default=provided.end), provided.end)
    begin, until = start.start if start else provided.start, end.end if end else last
    if not begin < until:
        raise CaseError(
            f"--from {begin:%Y-%m-%d} lies after the end, {until:%Y-%m-%d}. Turn them round."
        )
    return Slot(begin, until - (until - provided.start) % QUARTER)


def _is_here(store: Path, source: str, listed: Listed, held: Holding | None) -> bool:
    """Tell whether a file is here; one that no record knows is hashed."""
    path = file_of(store, source, listed.name)
    if not path.is_file():
        return False
    if held and held.state == GOT and held.checksum == listed.checksum:
        return path.stat().st_size == held.size
    return bool(listed.checksum) and _digest(path, listed) == listed.checksum


def _digest(path: Path, listed: Listed) -> str:
    return hashes(path, listed.checksum.partition(":")[0])[1]


def _unlisted(
    publication: Publication, chosen: list[Listed], asked: Slot
) -> dict[str, tuple[Slot, ...]]:
    found = {}
    for kind in sorted({pattern.kind for pattern in publication.files}):
        slots = [f.slot for f in chosen if f.kind == kind]
        holes = () if None in slots else uncovered(filter(None, slots), asked)
        if holes:
            found[kind] = holes
    return found


def _warnings(listing: Listing, holdings: Holdings) -> Iterator[str]:
    for where, n in listing.n_lines.items():
        before = holdings.n_lines.get(where, 0)
        if n < before:
            yield (
                f"{where} has {n:,} lines, {before - n:,} fewer than last time."
                " Nothing that is here is deleted."
            )
    if listing.refused:
        first = listing.refused[0]
        yield (
            f"{len(listing.refused):,} lines of its lists cannot be used;"
            f" {first.where}: {first.reason}."
        )
