"""A TOML file that people write: read within limits, every fault one line with its place."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from cuibono.errors import CaseError, CaseSyntaxError, suggest
from cuibono.record.case_format import KNOWN_KEYS, PATTERNS, Strict
from cuibono.record.locate import Place, line_of

# A case of a thousand items is half a megabyte; more is not a case file.
MAX_BYTES = 4 * 2**20

MENDS = {
    "Invalid value": ' Text needs quotes: actor = "RUS".',
    "Cannot overwrite a value": " A key or table is written twice.",
}

Entries = TypeVar("Entries", bound=Strict)


def quote(text: str) -> str:
    r"""Write a text between quotes: what JSON writes so, TOML reads as the same text.

    Parameters
    ----------
    text : str
        Anything.

    Returns
    -------
    str
        A basic string of TOML.

    Examples
    --------
    >>> print(quote('the "declared" aim'))
    "the \"declared\" aim"
    """
    return json.dumps(text, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file as it was written, with its hash.

    Attributes
    ----------
    path : Path
        Where it lies.
    text : str
        What it says.
    sha256 : str
        Hash of its bytes.
    """

    path: Path
    text: str
    sha256: str

    def where(self, *place: str | int) -> str:
        """Name the file and line of a key.

        Parameters
        ----------
        *place : str or int
            Keys and list positions from the root.

        Returns
        -------
        str
            Such as "cases/made.toml:12".
        """
        return f"{self.path}:{line_of(self.text, place)}"

    def parse(self, shape: type[Entries]) -> Entries:
        """Read the file as tables of a known shape.

        Parameters
        ----------
        shape : type of Strict
            What the file should hold.

        Returns
        -------
        Strict
            An instance of `shape`.

        Raises
        ------
        CaseSyntaxError
            If it is no TOML, or a key or value does not hold.
        """
        try:
            return shape.model_validate(_parse(self.path, self.text))
        except ValidationError as error:
            raise CaseSyntaxError(_explain(self.path, self.text, error)) from None

    def known(self, name: str, known: Collection[str], what: str, *place: str | int) -> None:
        """Refuse a reference to something that the case does not have.

        Parameters
        ----------
        name : str
            What was referred to.
        known : collection of str
            What there is.
        what : str
            What it is ("explanation").
        *place : str or int
            Where it was written.

        Raises
        ------
        CaseError
            If `name` is not among `known`.
        """
        if name not in known:
            raise CaseError(
                f"{self.where(*place)}: no {what} {name!r}.{suggest(name, known)}"
                f" This case has {', '.join(known)}."
            )


def read_written(path: Path, what: str = "case file") -> WrittenFile:
    """Read a file that somebody wrote.

    Parameters
    ----------
    path : Path
        The file.
    what : str, default "case file"
        What it should be, for the error.

    Returns
    -------
    WrittenFile
        Its text and hash.

    Raises
    ------
    CaseError
        If it is missing, too large or no UTF-8.
    """
    data = _read_bytes(path, what)
    return WrittenFile(path, _decode(path, data), hashlib.sha256(data).hexdigest())


def _read_bytes(path: Path, what: str) -> bytes:
    try:
        if path.is_file():
            return _limited(path)
    except OSError as error:
        raise CaseError(f"{path}: cannot be read ({error.strerror}).") from None
    near = sorted(p.name for p in path.parent.glob("*.toml")) if path.parent.is_dir() else []
    raise CaseError(
        f"{path}: no such {what}.{suggest(path.name, near)}"
        " Start from one of the shipped files in `cases/`."
    )


def _limited(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise CaseError(
            f"{path}: larger than {MAX_BYTES:,} bytes, so it is no case file."
            " Documents stay outside it; evidence only points at them."
        )
    return data


def _decode(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CaseSyntaxError(
            f"{path}: byte {error.start:,} is not UTF-8. Save the file as UTF-8 text."
        ) from None


def _parse(path: Path, text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = found[1] if found else str(text.count("\n") + 1)
        said = re.sub(r"\s*\(at .*\)$", "", str(error))
        mend = MENDS.get(said, "")
        raise CaseSyntaxError(f"{path}:{line}: not TOML: {said}.{mend}") from None
    except ValueError:
        raise CaseSyntaxError(
            f"{path}: holds a number of more digits than can be read."
        ) from None
    except RecursionError:
        raise CaseSyntaxError(f"{path}: nested too deeply to be a case file.") from None


def _explain(path: Path, text: str, error: ValidationError) -> str:
    """Say the first fault in one line, and how many more there are."""
    faults = error.errors(include_url=False)
    misspelt = [fault for fault in faults if fault["type"] == "extra_forbidden"]
    first = (misspelt or faults)[0]
    place: Place = tuple(first["loc"])
    key = ".".join(part if part.isprintable() else ascii(part) for part in map(str, place))
    said = first["msg"].removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        said = f"no such key.{suggest(str(place[-1]), KNOWN_KEYS)}"
    elif first["type"] == "missing":
        said = "this key is missing"
    elif first["type"] == "date_type":
        said = "a day is written without quotes and without a time: 2012-01-31"
    elif first["type"] == "string_pattern_mismatch":
        said = PATTERNS[first["ctx"]["pattern"]]
    more = f" Faults in the file: {len(faults)}." if len(faults) > 1 else ""
    end = "" if said.endswith(("?", ".")) else "."
    return f"{path}:{line_of(text, place)}: {key}: {said}{end}{more}"
