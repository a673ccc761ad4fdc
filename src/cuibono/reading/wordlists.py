"""The data files of the reading layer: tables and lists of words."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


def read_toml(name: str) -> dict[str, Any]:
    """Read one data file of the reading layer.

    Parameters
    ----------
    name : str
        File name below `reading/data`.

    Returns
    -------
    dict
        Its tables.
    """
    return tomllib.loads((files("cuibono.reading") / "data" / name).read_text("utf-8"))


def read_csv(name: str) -> list[dict[str, str]]:
    """Read one table of the reading layer.

    Parameters
    ----------
    name : str
        File name below `reading/data`.

    Returns
    -------
    list of dict
        One a row.
    """
    text = (files("cuibono.reading") / "data" / name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def words_of(listed: str) -> list[tuple[str, ...]]:
    """Split a comma-separated list of words and phrases.

    Parameters
    ----------
    listed : str
        As the data files hold it.

    Returns
    -------
    list of tuple of str
        Words of each phrase; hyphens part words, as in the text.
    """
    return [tuple(each.replace("-", " ").split()) for each in listed.split(",") if each.strip()]


@cache
def _lists() -> dict[str, Any]:
    return read_toml("words.toml")


def word_set(name: str) -> frozenset[str]:
    """Give one list of `words.toml`.

    Parameters
    ----------
    name : str
        Its key.

    Returns
    -------
    frozenset of str
        Its words and phrases.

    Examples
    --------
    >>> "mr" in word_set("abbreviation")
    True
    """
    return frozenset(" ".join(words) for words in words_of(_lists()[name]))
