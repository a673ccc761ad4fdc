"""Change a case file as its author would: comments, order and everything else stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile

import tomlkit
from tomlkit.items import AoT, InlineTable, Table

from cuibono.errors import CaseError, suggest
from cuibono.model.case import Case
from cuibono.model.evidence import Evidence, Likelihood
from cuibono.record.case_file import read_case
from cuibono.record.written import read_written


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What an analyst now says of one item.

    Attributes
    ----------
    item : str
        Id of the item.
    judge : str
        Who says so.
    origin, cluster : str
        The independent report it goes back to, and what its errors are related to.
    likelihoods : mapping of str to Likelihood
        By explanation id; an explanation that is left out is blank.
    """

    item: str
    judge: str
    origin: str
    cluster: str
    likelihoods: Mapping[str, Likelihood]


def judge_again(case: Case, judged: Judged) -> Case:
    """Put a judgement into a case, without touching its file.

    Parameters
    ----------
    case : Case
        As it was read.
    judged : Judged
        What is now said of one of its items.

    Returns
    -------
    Case
        The same but for that item.

    Raises
    ------
    CaseError
        If the case has no such item.
    """
    _refuse_unknown(case, judged.item)
    evidence = tuple(_judged(item, judged) for item in case.evidence)
    return replace(case, evidence=evidence)


def _refuse_unknown(case: Case, item: str) -> None:
    known = [one.id for one in case.evidence]
    if item not in known:
        raise CaseError(f"No item {item!r} in this case.{suggest(item, known)}")


def write_judgement(text: str, case: Case, judged: Judged, today: date) -> str:
    """Write a judgement into the text of a case file.

    Parameters
    ----------
    text : str
        The file as it is.
    case : Case
        What it holds.
    judged : Judged
        What is now said of one of its items.
    today : date
        Day of the judgement.

    Returns
    -------
    str
        The file with that item changed and every comment in its place.
    """
    document = tomlkit.parse(text)
    entries = document["evidence"]
    assert isinstance(entries, AoT)
    entry = next(one for one in entries if one["id"] == judged.item)
    _put(entry, "judge", judged.judge)
    _put(entry, "judged", today)
    _put(entry, "origin", judged.origin)
    _put(entry, "cluster", judged.cluster)
    named = [explanation.id for explanation in case.explanations]
    blank = [name for name in named if name not in judged.likelihoods]
    _put(entry, "blank", blank)
    cells = entry["likelihoods"]
    assert isinstance(cells, (Table, InlineTable))
    for name in blank:
        cells.pop(name, None)
    for name, seen in judged.likelihoods.items():
        _put_cell(cells, name, seen)
    return document.as_string()


def write_item(text: str, item: Evidence, blank: tuple[str, ...]) -> str:
    """Write a further item at the end of a case file's evidence.

    Parameters
    ----------
    text : str
        The file as it is.
    item : Evidence
        What was observed.
    blank : tuple of str
        Explanations of which it says nothing.

    Returns
    -------
    str
        The file with the item after the last one.
    """
    document = tomlkit.parse(text)
    entry = tomlkit.table()
    keys = ("id", "text", "day", "document", "locator", "holder", "origin", "cluster", "judge")
    for key in keys:
        if getattr(item, key):
            entry.append(key, getattr(item, key))
    if item.judged:
        entry.append("judged", item.judged)
    if blank:
        entry.append("blank", list(blank))
    cells = tomlkit.table()
    for name, seen in item.likelihoods.items():
        _put_cell(cells, name, seen)
    entry.append("likelihoods", cells)
    entries = document["evidence"]
    assert isinstance(entries, AoT)
    entry.trivia.indent = "\n"
    entries.append(entry)
    return document.as_string()


def save_case(path: Path, text: str, replaces: str) -> Case:
    """Save a case file: only as a case that reads, and only over what was shown.

    Parameters
    ----------
    path : Path
        The case file.
    text : str
        What it shall hold.
    replaces : str
        Hash of the file that the change was made to.

    Returns
    -------
    Case
        As the file has it now.

    Raises
    ------
    CaseError
        If somebody else has changed the file since, the text holds no case,
        or it cannot be written. The file is then as it was.
    """
    if read_written(path).sha256 != replaces:
        raise CaseError(f"{path.name}: changed elsewhere meanwhile. Load the page again.")
    try:
        with NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, suffix=".partial", delete=False, newline=""
        ) as aside:
            aside.write(text)
        written = Path(aside.name)
    except OSError as error:
        raise CaseError(f"{path.name}: cannot be written ({error.strerror}).") from error
    try:
        read_case(written)
        written.chmod(path.stat().st_mode)
        written.replace(path)
    except CaseError as error:
        raise CaseError(str(error).replace(str(written), path.name)) from None
    finally:
        written.unlink(missing_ok=True)
    return read_case(path)


def _judged(item: Evidence, judged: Judged) -> Evidence:
    if item.id != judged.item:
        return item
    return replace(
        item,
        judge=judged.judge,
        origin=judged.origin,
        cluster=judged.cluster,
        likelihoods=judged.likelihoods,
    )


def _put(entry: Table, key: str, value: str | date | list[str]) -> None:
    """Set a key where it differs, so that what is the same keeps its spelling."""
    if value in ("", []) and key not in entry:
        return
    if value == []:
        entry.remove(key)
    elif entry.get(key) != value:
        if key in entry:
            entry[key] = value
        else:
            _insert_before_likelihoods(entry, key, value)


def _insert_before_likelihoods(entry: Table, key: str, value: str | date | list[str]) -> None:
    """Add a key among the item's own: behind the table of likelihoods it would be theirs."""
    cells = entry.pop("likelihoods")
    entry.append(key, value)
    entry.append("likelihoods", cells)


def _put_cell(cells: Table | InlineTable, name: str, seen: Likelihood) -> None:
    known = cells.get(name)
    if known is None:
        known = tomlkit.inline_table()
        cells.append(name, known)
        known = cells[name]
    bands = {"if_true": [*seen.if_true], "if_false": [*seen.if_false], "why": seen.why}
    for key, value in bands.items():
        if known.get(key) != value:
            known[key] = value
