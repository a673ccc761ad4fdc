"""What a fetch would do, before it does anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cuibono.errors import CaseError, NotCoveredError, SourceError, suggest
from cuibono.sources.base import Card
from cuibono.sources.publication import Publication
from cuibono.store.fetch.catalogue import get_lists
from cuibono.store.fetch.download import State
from cuibono.store.fetch.holdings import Holding, Holdings, read_holdings
from cuibono.store.fetch.listing import Listed, Listing, read_listing
from cuibono.store.fetch.part import hashes
from cuibono.store.fetch.patience import Patience
from cuibono.store.fetch.slots import EPOCH, QUARTER, Slot, uncovered
from cuibono.store.fetch.transport import Site

LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a fetch would do.

    Attributes
    ----------
    source, kind : str
        Name of the source, and what the files hold.
    asked : Slot
        What was asked for, as far as the provider has such a time.
    outside : tuple of Slot
        What was asked for and lies outside the provider's span.
    wanted, present : tuple of Listed
        Files to fetch, and files that are here.
    unlisted : tuple of Slot
        Parts of what was asked for that no listed file is about.
    listing : Listing
        The provider's lists, line by line.
    holdings : Holdings
        What was known before.
    warnings : tuple of str
        What a reader should look at first.
    """

    source: str
    kind: str
    asked: Slot
    outside: tuple[Slot, ...]
    wanted: tuple[Listed, ...]
    present: tuple[Listed, ...]
    unlisted: tuple[Slot, ...]
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


def choose_publication(card: Card, kind: str | None = None) -> Publication:
    """Take from a card how files of one kind are published.

    Parameters
    ----------
    card : Card
        The source's description.
    kind : str, optional
        What the files should hold; the usual kind by default.

    Returns
    -------
    Publication
        One of its tables `[[fetch]]`.

    Raises
    ------
    SourceError
        If there is none of that kind.
    """
    if not card.fetch:
        raise SourceError(
            f"{card.name} cannot be fetched by a command. To get it: {card.obtain}."
        )
    known = {publication.kind: publication for publication in card.fetch}
    if kind is not None and kind not in known:
        raise SourceError(
            f"{card.name} has no files of kind {kind!r}.{suggest(kind, known)}"
            f" Its kinds: {', '.join(known)}."
        )
    return known[kind or card.fetch[0].kind]


def open_site(publication: Publication, mirror: str | None = None) -> Site:
    """Name the site that files are fetched from.

    Parameters
    ----------
    publication : Publication
        Where the provider has them.
    mirror : str, optional
        Address of a copy, which stands in for the provider's.

    Returns
    -------
    Site
        No connection is open yet.

    Raises
    ------
    SourceError
        If the mirror is no address.
    """
    if mirror is None:
        return Site(publication.base, publication.hosts)
    return Site(mirror if mirror.endswith("/") else f"{mirror}/", mirrored=True)


def place_of(store: Path, part: str, source: str, kind: str) -> Path:
    """Say where a store keeps what belongs to files of one kind.

    Parameters
    ----------
    store : Path
        The store.
    part : {"raw", "superseded", "quarantine", "unfinished"}
        Newest versions, older ones, refused ones, or ones on their way.
    source, kind : str
        Name of the source, and what the files hold.

    Returns
    -------
    Path
        A folder, which need not exist.
    """
    return store / part / source / kind


def plan_fetch(
    store: Path,
    source: str,
    publication: Publication,
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
    source : str
        Name of the source.
    publication : Publication
        How files of the wanted kind are published.
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
    with get_lists(store, source, publication, site, patience) as (texts, clock):
        listing = read_listing(publication, texts, clock)
    asked = _asked(listing, publication, start, end)
    now = clock - (clock - EPOCH) % QUARTER
    provided = Slot(publication.start, min(publication.end or now, now))
    inside = asked.overlap(provided)
    if inside is None:
        raise NotCoveredError(f"{source} has files about {provided}, none about {asked}.")
    holdings = read_holdings(store, source, publication.kind)
    raw = place_of(store, "raw", source, publication.kind)
    chosen = [f for f in listing.files.values() if f.slot is None or f.slot.overlap(inside)]
    here = {f.name for f in chosen if _is_here(raw / f.name, f, holdings.files.get(f.name))}
    return Plan(
        source=source,
        kind=publication.kind,
        asked=inside,
        outside=uncovered([provided], asked if end else Slot(asked.start, provided.end)),
        wanted=tuple(f for f in chosen if f.name not in here),
        present=tuple(f for f in chosen if f.name in here),
        unlisted=_unlisted(chosen, inside),
        listing=listing,
        holdings=holdings,
        warnings=tuple(_warnings(listing, holdings)),
    )


def _asked(
    listing: Listing, publication: Publication, start: Slot | None, end: Slot | None
) -> Slot:
    """Read what is asked for; without an end, up to the last listed file."""
    begin = start.start if start else publication.start
    if end and end.end <= begin:
        raise CaseError(f"--from {start} lies after --to {end}. Turn them round.")
    ends = [listed.slot.end for listed in listing.files.values() if listed.slot]
    last = end.end if end else max(ends, default=LAST)
    return Slot(begin, last if begin < last else LAST)


def _is_here(path: Path, listed: Listed, held: Holding | None) -> bool:
    """Tell whether a file is here; one that no record knows is hashed."""
    if not path.is_file():
        return False
    if held and held.state == State.GOT and held.checksum == listed.checksum:
        return path.stat().st_size == held.size
    return bool(listed.checksum) and _digest(path, listed) == listed.checksum


def _digest(path: Path, listed: Listed) -> str:
    return hashes(path, listed.checksum.partition(":")[0])[1]


def _unlisted(chosen: list[Listed], asked: Slot) -> tuple[Slot, ...]:
    slots = [listed.slot for listed in chosen]
    return () if None in slots else uncovered(filter(None, slots), asked)


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
