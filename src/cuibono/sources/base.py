"""What a source is: a folder with a card that describes it and a reader that reads it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import TYPE_CHECKING, TypeAlias

from cuibono.errors import DriftError, SourceError, suggest
from cuibono.sources.publication import Publication, read_publication
from cuibono.sources.seams import Seam, read_seam

if TYPE_CHECKING:
    import ibis

Tables: TypeAlias = "Mapping[str, ibis.Table]"
Reader: TypeAlias = "Callable[[Tables], ibis.Table]"

EMBEDDED = "embedded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One shape in which a source's files come.

    Attributes
    ----------
    name : str
        Name of the reader function that reads it.
    format : {"lines", "fields", "csv", "parquet"}
        Text split in a fixed order below a header, the same without a header,
        text with named columns, or Parquet. Without a header, layouts are
        told apart by the number of tab-separated fields.
    files : mapping of str to str
        Table name to file-name pattern; one entry for a single file.
    columns : mapping of str to tuple of str
        Table name to the columns its file must have.
    rows : int
        Rows of the release at hand, where a file is the whole table; 0 where
        files are parts of any size.
    """

    name: str
    format: str
    files: Mapping[str, str]
    columns: Mapping[str, tuple[str, ...]]
    rows: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something known to be wrong in a source, with its days where it has any.

    Attributes
    ----------
    name : str
        What it is called ("re-emissions").
    what : str
        What is wrong, and what is done about it.
    start, end : date or None
        Half-open span of the days it touches; None where it is not bounded.
    """

    name: str
    what: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a reader of a dossier must know about a source.

    Attributes
    ----------
    name, label, title, provider : str
        Folder name, a few words for tables, full title, who publishes it.
    table : {"events", "measures"}
        Canonical table it is read into.
    coverage : {"busy_days", "rows", "span"}
        How a file's covered days are told: days with a usual number of
        events, the spans of its rows, or all days from its first row to its
        last, where a day without a row is a day without an event.
    grid : {"week", "year", ...}
        Finest grid its rows can be counted on.
    system : str
        Code system of the registry in which it names actors.
    doi, licence, citation : str
        Terms and how to cite.
    obtain : str
        Where the files are had, and the command that loads them.
    blind_spots : tuple of str
        What it cannot see; never empty.
    stories : str
        How its rows tell the document they were read from; empty where they
        do not, and only their content can show that two go back to one report.
    layouts : tuple of Layout
        Every known shape of its files.
    refused_share : float
        Most of a file's rows that may be refused, in [0, 1].
    known_share : float
        Least of its accepted rows whose actor the registry knows, in [0, 1].
    faults : tuple of Fault
        What is known to be wrong in it, by name.
    seams : tuple of Seam
        Days across which its series break, in order of time.
    fetch : tuple of Publication
        How the provider publishes its files, one entry a kind, the usual first.
    paid_by : tuple of str
        States whose money made it, by id; empty where none is known. What it
        says in a case to which one of them is a party carries a note.
    """

    name: str
    label: str
    title: str
    provider: str
    table: str
    coverage: str
    grid: str
    system: str
    doi: str
    licence: str
    citation: str
    obtain: str
    blind_spots: tuple[str, ...]
    layouts: tuple[Layout, ...]
    refused_share: float
    known_share: float = 0.0
    stories: str = ""
    faults: tuple[Fault, ...] = ()
    seams: tuple[Seam, ...] = ()
    fetch: tuple[Publication, ...] = ()
    paid_by: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.blind_spots:
            raise SourceError(
                f"{self.name}/card.toml: blind_spots is empty."
                " Say in one line what this source cannot see."
            )


@cache
def source_names() -> tuple[str, ...]:
    """List the sources that have a card.

    Returns
    -------
    tuple of str
        Folder names, sorted.
    """
    folders = files("cuibono.sources").iterdir()
    return tuple(sorted(f.name for f in folders if f.joinpath("card.toml").is_file()))


@cache
def read_card(name: str) -> Card:
    """Read the card of a source.

    Parameters
    ----------
    name : str
        Folder name.

    Returns
    -------
    Card
        Its description.

    Raises
    ------
    SourceError
        If no source has that name, or its card lacks a field.

    Examples
    --------
    >>> read_card("un_votes").table
    'measures'
    """
    if name not in source_names():
        raise SourceError(
            f"No source {name!r}.{suggest(name, source_names())}"
            f" Known sources: {', '.join(source_names())}."
        )
    text = files("cuibono.sources").joinpath(name, "card.toml").read_text("utf-8")
    fields = tomllib.loads(text)
    layouts = tuple(_layout(entry) for entry in fields.pop("layout"))
    fields["blind_spots"] = tuple(fields["blind_spots"])
    fields["paid_by"] = tuple(fields.get("paid_by", ()))
    found = tuple(sorted(map(read_seam, fields.pop("seam", ())), key=lambda s: s.days))
    fields["fetch"] = tuple(read_publication(name, part) for part in fields.pop("fetch", ()))
    try:
        faults = tuple(Fault(**entry) for entry in fields.pop("fault", ()))
        return Card(name=name, layouts=layouts, faults=faults, seams=found, **fields)
    except TypeError as error:
        raise SourceError(f"{name}/card.toml: {error}.") from error


def seams(source: str) -> tuple[Seam, ...]:
    """List the days across which a source's own series break.

    A change of level across them is the source's and no turning point of a relation.

    Parameters
    ----------
    source : str
        Folder name.

    Returns
    -------
    tuple of Seam
        In order of time; empty where none is known.

    Examples
    --------
    >>> [str(seam.days) for seam in seams("gdelt")]
    ['2013-04-01 to 2013-04-01', '2015-02-18 to 2015-02-19']
    """
    return read_card(source).seams


def read_with(name: str, layout: str) -> Reader:
    """Find the function that reads one layout of a source.

    Parameters
    ----------
    name : str
        Source.
    layout : str
        Layout, as its card names it.

    Returns
    -------
    Reader
        Takes the raw tables by name, gives canonical rows; a row it cannot
        accept carries its reason in the column `reject`.
    """
    reader: Reader = getattr(import_module(f"cuibono.sources.{name}.reader"), layout)
    return reader


def provider_layouts(card: Card) -> tuple[Layout, ...]:
    """List the layouts in which a provider's files come.

    Parameters
    ----------
    card : Card
        The source's description.

    Returns
    -------
    tuple of Layout
        All but the one that only the package's own files have.
    """
    return tuple(layout for layout in card.layouts if layout.name != EMBEDDED)


def match_layout(card: Card, columns: Mapping[str, tuple[str, ...]], where: str) -> Layout:
    """Tell which of a card's layouts a provider's files have.

    Parameters
    ----------
    card : Card
        The source's description.
    columns : mapping of str to tuple of str
        Table name to the columns found.
    where : str
        File or folder, for the error.

    Returns
    -------
    Layout
        The one layout whose columns all agree.

    Raises
    ------
    DriftError
        If none agrees; the message names what the nearest one misses.
    """
    for layout in provider_layouts(card):
        if all(
            _agree(layout, wanted, columns.get(table, ()))
            for table, wanted in layout.columns.items()
        ):
            return layout
    raise DriftError(f"{where}: not a known layout of {card.name}. {_nearest(card, columns)}")


def _agree(layout: Layout, wanted: tuple[str, ...], found: tuple[str, ...]) -> bool:
    """Compare columns; where fields are told by place, their order or number counts too."""
    if layout.format == "fields":
        return found == numbered(len(wanted))
    return found == wanted if layout.format == "lines" else sorted(found) == sorted(wanted)


def numbered(fields: int) -> tuple[str, ...]:
    """Name the fields of a file without a header by their places.

    Parameters
    ----------
    fields : int
        How many there are on its usual line.

    Returns
    -------
    tuple of str
        "1", "2" and so on.
    """
    return tuple(str(place) for place in range(1, fields + 1))


def _nearest(card: Card, columns: Mapping[str, tuple[str, ...]]) -> str:
    found = {name for names in columns.values() for name in names}
    if "1" in found:
        known = sorted(
            len(x.columns[card.table]) for x in provider_layouts(card) if x.format == "fields"
        )
        return (
            f"Its lines have {len(found)} fields separated by tabs;"
            f" known are {', '.join(map(str, known))}."
        )

    def distance(layout: Layout) -> int:
        return len(found ^ {name for names in layout.columns.values() for name in names})

    nearest = min(provider_layouts(card), key=distance)
    wanted = {name for names in nearest.columns.values() for name in names}
    missing, unknown = sorted(wanted - found), sorted(found - wanted)
    return (
        f"Against its layout {nearest.name!r}, {len(found)} columns were found:"
        f" missing {', '.join(missing) or 'none'}; unknown {', '.join(unknown) or 'none'}"
        f"{'' if missing or unknown else '; the order differs, or a column comes twice'}."
    )


def _layout(entry: Mapping[str, object]) -> Layout:
    columns, patterns, rows = entry["columns"], entry["files"], entry.get("rows", 0)
    if not isinstance(columns, dict) or not isinstance(patterns, dict):
        raise SourceError(f"Layout {entry['name']}: `files` and `columns` must be tables.")
    if not isinstance(rows, int):
        raise SourceError(f"Layout {entry['name']}: `rows` must be a whole number.")
    return Layout(
        name=str(entry["name"]),
        format=str(entry["format"]),
        files=patterns,
        columns={table: tuple(names) for table, names in columns.items()},
        rows=rows,
    )
