"""A table of the user's own, laid out as its card says and loaded like any other source."""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq

from cuibono.errors import DriftError, SourceError, suggest
from cuibono.model.period import Grid
from cuibono.sources.base import read_card
from cuibono.sources.own_card import OwnCard, read_own_card
from cuibono.store.load import LoadReport, load
from cuibono.store.store import Store

CARD = "card.toml"
ISO = "%Y-%m-%d"
PARQUET = b"PAR1"
FOLDER = "own"


def load_own_table(store: Store, path: Path, card_path: Path | None = None) -> LoadReport:
    """Load a CSV or Parquet file through a card.

    The file is written out once more inside the store, line for line, with
    the columns that the card names; that copy is what is loaded, so line
    numbers in the quarantine are those of the user's file.

    Parameters
    ----------
    store : Store
        With a folder to write to.
    path : Path
        The file, or a folder that holds it and `card.toml`.
    card_path : Path, optional
        The card; by default `card.toml` in the folder.

    Returns
    -------
    LoadReport
        Counts that add up to the rows of the file.

    Raises
    ------
    SourceError
        If the card is wrong, or the file is missing or has no such columns.
    """
    if store.folder is None:
        raise SourceError("Loading needs a store to write to; open the store with a folder.")
    file, card_path = _inputs(path, card_path)
    card = read_own_card(card_path)
    source = f"own_{card.table}"
    target = store.folder / FOLDER / f"{card.name}-{file.stem}.csv"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.with_suffix(".toml").write_bytes(card_path.read_bytes())
    columns = read_card(source).layouts[0].columns[card.table]
    with target.open("w", encoding="utf-8", newline="") as laid_out:
        writer = csv.DictWriter(laid_out, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(_lay_out(card, file))
    return load(store, source, target)


def _inputs(path: Path, card_path: Path | None) -> tuple[Path, Path]:
    """Tell the file from its card."""
    if not path.exists():
        raise SourceError(f"{path}: no such file.")
    if path.is_dir():
        card_path = card_path or path / CARD
        files = [file for file in sorted(path.iterdir()) if file.suffix in (".csv", ".parquet")]
        if len(files) != 1:
            raise SourceError(
                f"{path}: a folder holds one .csv or .parquet file beside {CARD}."
            )
        path = files[0]
    if card_path is None:
        raise SourceError(f"{path}: name its card with `--card`, or load a folder with {CARD}.")
    return path, card_path


def _lay_out(card: OwnCard, file: Path) -> Iterator[dict[str, str]]:
    """Give one laid-out row for each row of the file, troubles and all."""
    seen: Counter[str] = Counter()
    names, rows = _rows(file)
    _check_columns(card, names, file)
    for cells in rows:
        if len(cells) != len(names):
            yield {"trouble": f"not {len(names)} fields"}
            continue
        laid = _laid(card, dict(zip(names, cells, strict=True)))
        seen[laid["key"]] += 1
        # Two equal events are two; two values of one measure are a copy.
        number = f"|{seen[laid['key']]}" if card.table == "events" else ""
        yield laid | {"key": laid["key"] + number}


def _rows(file: Path) -> tuple[list[str], Iterator[list[str]]]:
    """Open a file as its column names and its rows of text, one for each line."""
    with file.open("rb") as stream:
        if stream.read(len(PARQUET)) == PARQUET:
            whole = pq.read_table(file)
            columns = [column.to_pylist() for column in whole.columns]
            texts = ([_text(value) for value in row] for row in zip(*columns, strict=True))
            return whole.column_names, texts
    lines = file.read_text("utf-8-sig", errors="replace").split("\n")
    if lines and not lines[-1]:
        del lines[-1]
    split = (next(csv.reader([line.rstrip("\r")]), []) for line in lines)
    return next(split, []), split


def _text(value: object) -> str:
    """Write a cell on one line; nothing for null."""
    return "" if value is None else " ".join(str(value).splitlines())


def _check_columns(card: OwnCard, names: list[str], file: Path) -> None:
    missing = [name for name in card.columns if name not in names]
    if missing:
        raise DriftError(
            f"{file}: no column {missing[0]!r}, which its card names."
            f"{suggest(missing[0], names)}"
        )
    unread = [name for name in names if name not in (*card.columns, *card.ignore)]
    if unread:
        raise DriftError(
            f"{file}: its card says nothing of {', '.join(unread)}."
            " Name each in the card, or list it under `ignore`."
        )


def _laid(card: OwnCard, cells: Mapping[str, str]) -> dict[str, str]:
    """Lay out one row; what cannot be read is said in `trouble`."""
    actor, recipient = (
        cells[card.actor["column"]],
        cells.get(card.recipient.get("column", ""), ""),
    )
    laid = {
        "actor": actor,
        "actor_system": card.actor["system"],
        "recipient": recipient,
        "recipient_system": card.recipient.get("system", ""),
        "trouble": "" if actor else "no actor",
    }
    try:
        start, end = _span(card, cells)
        laid |= {"start": start.isoformat(), "end": end.isoformat()}
        laid |= _event(card, cells) if card.table == "events" else _measure(card, cells)
    except ValueError as error:
        laid["trouble"] = str(error)
    told = ("measure", "code", "start", "end", "actor", "recipient")
    laid["key"] = "|".join([card.name, *(laid.get(name, "") for name in told)])
    return laid


def _span(card: OwnCard, cells: Mapping[str, str]) -> tuple[date, date]:
    """Read the days of a row: from its date, or its two dates, as fine as the format is."""
    form = card.date.get("format", ISO)
    first = _day(cells[card.date["column"]], form)
    last = _day(cells[card.date["end"]], form) if "end" in card.date else first
    try:
        if "%d" in form:
            end = last + timedelta(days=1)
        else:
            end = (Grid.MONTH if "%m" in form else Grid.YEAR).next(last)
    except (OverflowError, ValueError) as error:
        raise ValueError(f"{last} is where the calendar ends") from error
    if end <= first:
        raise ValueError("ends before it starts")
    return first, end


def _day(text: str, form: str) -> date:
    try:
        return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007
    except ValueError as error:
        raise ValueError(f"date {text!r} is not written {form}") from error


def _event(card: OwnCard, cells: Mapping[str, str]) -> dict[str, str]:
    code = cells[card.event["column"]].strip()
    if not code:
        raise ValueError("no code")
    return {"code": code, "code_system": card.event["system"]}


def _measure(card: OwnCard, cells: Mapping[str, str]) -> dict[str, str]:
    text = cells[card.measure["value"]].strip()
    name = card.measure.get("name") or cells[card.measure["column"]].strip()
    if not name:
        raise ValueError("no measure")
    try:
        value = float(text)
    except ValueError as error:
        raise ValueError(f"value {text!r} is no number") from error
    if not math.isfinite(value):
        raise ValueError(f"value {text!r} is no number")
    return {"measure": name, "value": repr(value), "unit": card.measure["unit"]}
