"""A provider's lists of files: each line is used, of no use here, or refused with a reason."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import quote

from cuibono.errors import SourceError
from cuibono.sources.publication import DATAVERSE, FileList, FilePattern, Publication
from cuibono.store.fetch.slots import Slot, named_slot

Facts: TypeAlias = dict[str, str]

DIGITS = {"md5": 32, "sha1": 40, "sha256": 64, "sha512": 128}
# Dataverse names hash functions as people write them.
FUNCTIONS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-512": "sha512"}
SAFE_NAME = re.compile(r"[A-Za-z0-9][\w.()-]{0,150}", re.ASCII)
LONGEST_LINE = 2_000
SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A file that a provider's list promises.

    Attributes
    ----------
    name : str
        Name it is kept under.
    slot : Slot or None
        What it is about; None where it covers all that the provider has.
    path : str
        Address below the base.
    size : int or None
        Bytes, where the list tells them.
    checksum : str
        Hash function and digest ("md5:900150983cd2…"); empty where the list
        tells none.
    members : int
        Most files that it may hold if it is an archive.
    """

    name: str
    slot: Slot | None
    path: str
    size: int | None = None
    checksum: str = ""
    members: int = 1


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line of a list that cannot be used.

    Attributes
    ----------
    where : str
        List and line.
    text, reason : str
        What it says, and what is wrong with it.
    """

    where: str
    text: str
    reason: str


@dataclass(slots=True)
class Listing:
    """What a provider's lists come to.

    Attributes
    ----------
    files : dict of str to Listed
        Wanted files by name; of a name listed twice, the later.
    n_lines : dict of str to int
        Lines of each list, by its address.
    n_used, n_other : int
        Lines about wanted files, and about files of no use here.
    refused : list of RefusedLine
        The rest: lines = used + other + refused.
    """

    files: dict[str, Listed] = field(default_factory=dict)
    n_lines: dict[str, int] = field(default_factory=dict)
    n_used: int = 0
    n_other: int = 0
    refused: list[RefusedLine] = field(default_factory=list)


def read_listing(
    publication: Publication, texts: Iterable[Path | None], now: datetime
) -> Listing:
    """Read a provider's lists together.

    Parameters
    ----------
    publication : Publication
        Says how each list is written and which names are wanted.
    texts : iterable of Path or None
        The lists as they came, in the order of the card; None for a list that
        the card itself holds.
    now : datetime
        The provider's clock, UTC; a file about a later time is refused.

    Returns
    -------
    Listing
        Files by name, and an account of every line.

    Raises
    ------
    SourceError
        If a data set's description is no such thing.
    """
    listing = Listing()
    for plan, text in zip(publication.lists, texts, strict=True):
        where = plan.path or "card.toml"
        rows = _records(plan, text) if plan.format == DATAVERSE else _lines(plan, text)
        listing.n_lines[where] = 0
        for n, (raw, facts) in enumerate(rows, 1):
            listing.n_lines[where] = n
            try:
                _take(listing, _identify(publication, plan, facts, now))
            except ValueError as error:
                refused = RefusedLine(f"{where}:{n}", raw[:SHOWN], str(error))
                listing.refused.append(refused)
    return listing


def _take(listing: Listing, found: Listed | None) -> None:
    """Book a line that was understood."""
    if found is None:
        listing.n_other += 1
        return
    listing.n_used += 1
    known = listing.files.get(found.name)
    if known and known.path == found.path:
        # Sizes and hashes may stand in lists of their own.
        size = known.size if found.size is None else found.size
        found = replace(found, size=size, checksum=found.checksum or known.checksum)
    elif known:
        # Dataverse may give two files one label; their numbers tell them apart.
        stem, dot, rest = found.name.partition(".")
        number = found.path.rpartition("/")[2].partition("?")[0]
        found = replace(found, name=f"{stem}-{number}{dot}{rest}")
    listing.files[found.name] = found


def _identify(
    publication: Publication, plan: FileList, facts: Facts | None, now: datetime
) -> Listed | None:
    """Turn a line's fields into a file; None if its name is not wanted."""
    if facts is None:
        raise ValueError(f"it is not of the form {plan.format!r}")
    name = _name(plan, facts)
    size, checksum = _size(facts), _checksum(facts)
    for pattern in publication.files:
        if match := re.fullmatch(pattern.name, name, re.ASCII):
            return Listed(
                name=name,
                slot=_slot(pattern, match.groupdict().get("start"), now),
                path=facts.get("path", plan.folder + quote(name)),
                size=size,
                checksum=checksum,
                members=pattern.members,
            )
    return None


def _name(plan: FileList, facts: Facts) -> str:
    """Take the name, never a path: what comes before it must be the card's own words."""
    name = facts.get("name", "")
    if "url" in facts:
        head, name = plan.prefix + plan.folder, facts["url"].rpartition("/")[2]
        if facts["url"] != head + name:
            raise ValueError(f"its address is not in {head}")
    if not SAFE_NAME.fullmatch(name):
        raise ValueError("its name is no plain file name")
    return name


def _size(facts: Facts) -> int | None:
    if not re.fullmatch(r"\d{1,15}", facts.get("size", "0"), re.ASCII):
        raise ValueError("its size is no number of bytes")
    return int(facts["size"]) if "size" in facts else None


def _checksum(facts: Facts) -> str:
    for function in sorted(facts.keys() & DIGITS.keys()):
        digest = facts[function].lower()
        if not re.fullmatch(rf"[0-9a-f]{{{DIGITS[function]}}}", digest):
            raise ValueError(f"its {function} is not {DIGITS[function]} hexadecimal digits")
        return f"{function}:{digest}"
    return ""


def _slot(pattern: FilePattern, stamp: str | None, now: datetime) -> Slot | None:
    slot = named_slot(pattern, stamp) if stamp else None
    if slot and slot.start > now:
        raise ValueError("it is about a time that has not come")
    return slot


def _lines(plan: FileList, text: Path | None) -> Iterator[tuple[str, Facts | None]]:
    """Split a text list into its columns; None where their number is wrong."""
    columns = plan.format.split()
    for line in plan.lines if text is None else _raw_lines(text):
        fields = line.split()
        sound = len(fields) == len(columns) and line.isprintable() and line.isascii()
        yield line, dict(zip(columns, fields, strict=True)) if sound else None


def _raw_lines(path: Path) -> Iterator[str]:
    """Give lines by LF alone, cut where they are longer than any address is."""
    with path.open("rb") as stream:
        while line := stream.readline(LONGEST_LINE):
            rest = line
            while rest and not rest.endswith(b"\n"):
                rest = stream.readline(LONGEST_LINE)
            yield line.removesuffix(b"\n").decode("latin-1")


def _records(plan: FileList, text: Path | None) -> Iterator[tuple[str, Facts | None]]:
    """Give the files of a Dataverse data set, whatever order they come in."""
    try:
        files = json.loads((text or Path()).read_bytes())["data"]["latestVersion"]["files"]
        records = [(str(entry), _facts(entry)) for entry in files]
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(
            f"{plan.path}: not the description of a Dataverse data set ({error!r})."
            " Try again later, or name a copy with `--mirror`."
        ) from error
    yield from sorted(records, key=lambda record: (record[1] or {}).get("path", ""))


def _facts(entry: Any) -> Facts | None:
    """Name what a record says; of a converted table, the original is what was hashed."""
    try:
        file = entry["dataFile"]
        original = "originalFileFormat" in file
        size = file.get("originalFileSize" if original else "filesize")
        checksum = file.get("checksum") or {"type": "MD5", "value": file.get("md5")}
        function, digest = FUNCTIONS.get(checksum["type"]), checksum["value"]
        name = file.get("originalFileName") if original else None
        facts = {
            "name": str(name or entry["label"]),
            "path": f"api/access/datafile/{int(file['id']):d}{'?format=original' * original}",
        }
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    known = {"size": size, **({function: digest} if function else {})}
    return facts | {key: str(value) for key, value in known.items() if value is not None}
