"""How a provider publishes its files: where the lists are and what the names say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar
from urllib.parse import urlsplit

from cuibono.errors import SourceError

DATAVERSE = "dataverse"
COLUMNS = frozenset(("size", "md5", "sha256", "name", "url"))
Part = TypeVar("Part", "FileList", "FilePattern", "Publication")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileList:
    """One list of files, on the provider's site or in the card itself.

    Attributes
    ----------
    format : str
        "dataverse" for the description of a data set, or the columns of a
        text list in their order, such as "size md5 url".
    path : str
        Address of the list below the provider's base; empty where the card
        holds the lines.
    folder : str
        Folder below the base in which the named files lie, ending in "/".
    prefix : str
        What every address in the list begins with, if it gives addresses.
    lines : tuple of str
        The list itself, where the provider publishes none.
    """

    format: str
    path: str = ""
    folder: str = ""
    prefix: str = ""
    lines: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        columns = set(self.format.split())
        if self.format != DATAVERSE and not (columns <= COLUMNS and columns & {"name", "url"}):
            raise SourceError(
                f"[[fetch.list]] format {self.format!r}: write {DATAVERSE!r}, or the columns of"
                f" a text list from {', '.join(sorted(COLUMNS))}, with a name or an url."
            )
        if bool(self.path) == bool(self.lines):
            raise SourceError(
                "[[fetch.list]] has a `path` below the base or its own `lines`, one of both."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePattern:
    """Names that files may have, and the time each of them is about.

    Attributes
    ----------
    name : str
        Regular expression for whole names. Its group `start` holds a year,
        month, day or quarter of an hour in UTC, by its number of digits;
        without the group a file covers all that the provider has.
    days : int
        Days that end with the named day; 0 where the digits tell the length.
    members : int
        Most files that its archive may hold.
    """

    name: str
    days: int = 0
    members: int = 1

    def __post_init__(self) -> None:
        try:
            re.compile(self.name)
        except re.error as error:
            raise SourceError(
                f"[[fetch.file]] name {self.name!r} is no regular expression: {error}."
            ) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Files of one kind: where a provider has them, as a card's `[[fetch]]` tells.

    Attributes
    ----------
    kind : str
        What the files hold, in small letters and dashes.
    base : str
        Address that everything lies below, ending in "/"; a mirror replaces it.
    start : datetime
        When the provider's files begin, UTC; a day is its first moment.
    end : datetime or None
        When they end, excluded; None where the provider still adds to them.
    hosts : tuple of str
        Other hosts that the provider itself may redirect to.
    lists : tuple of FileList
        Its lists; facts on one name are put together.
    files : tuple of FilePattern
        Names that are wanted; the first that fits says what a file is.
    """

    kind: str
    base: str
    start: datetime
    end: datetime | None = None
    hosts: tuple[str, ...] = ()
    lists: tuple[FileList, ...]
    files: tuple[FilePattern, ...]

    def __post_init__(self) -> None:
        if urlsplit(self.base).scheme not in ("http", "https") or not self.base.endswith("/"):
            raise SourceError(f"[[fetch]] base {self.base!r}: write http(s)://host/folder/.")
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", self.kind, re.ASCII):
            raise SourceError(f"[[fetch]] kind {self.kind!r}: write small letters and dashes.")


def read_publication(name: str, table: Mapping[str, object]) -> Publication:
    """Read a table `[[fetch]]` of a card.

    Parameters
    ----------
    name : str
        Source, for the error.
    table : mapping of str to object
        The table as TOML gives it.

    Returns
    -------
    Publication
        Where files of one kind are had.

    Raises
    ------
    SourceError
        If a key is unknown, lacking or of the wrong kind.
    """
    given = dict(table)
    for side in ("start", "end"):
        if side in given:
            given[side] = _moment(name, given[side])
    try:
        given["lists"] = _parts(FileList, given.pop("list", None))
        given["files"] = _parts(FilePattern, given.pop("file", None))
        return _part(Publication, given)
    except (TypeError, SourceError) as error:
        raise SourceError(f"{name}/card.toml: {error}") from error


def _parts(kind: type[Part], entries: object) -> tuple[Part, ...]:
    if not isinstance(entries, list) or not entries:
        raise SourceError("[[fetch]] needs a [[fetch.list]] and a [[fetch.file]] at least.")
    return tuple(_part(kind, entry) for entry in entries)


def _part(kind: type[Part], entry: Mapping[str, Any]) -> Part:
    known = [field.name for field in fields(kind)]
    unknown = sorted(entry.keys() - set(known))
    if unknown:
        raise SourceError(f"[[fetch]] key {unknown[0]!r} is none of {', '.join(known)}.")
    frozen: dict[str, Any] = {
        k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()
    }
    return kind(**frozen)


def _moment(name: str, value: object) -> datetime:
    if isinstance(value, datetime) and value.tzinfo:
        return value.astimezone(UTC)
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time(), UTC)
    raise SourceError(
        f"{name}/card.toml: [[fetch]] {value!r} is no day, such as 2015-02-18, nor a moment in"
        " UTC, such as 2015-02-18T23:00:00Z."
    )
