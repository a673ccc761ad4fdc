"""Where in a TOML file a key stands, so that an error can name its line."""

from __future__ import annotations

import re
from collections import Counter

Place = tuple[str | int, ...]

HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
KEY = re.compile(r"""^\s*([A-Za-z0-9_.\-"']+)\s*=""")


def line_of(text: str, place: Place) -> int:
    r"""Find the line of the nearest key at or above a place.

    Parameters
    ----------
    text : str
        The TOML file.
    place : tuple of str or int
        Keys and list positions from the root, as a validator reports them.

    Returns
    -------
    int
        1 for the first line; 1 also where nothing of `place` is written.

    Examples
    --------
    >>> line_of('[case]\nname = "x"\n[[evidence]]\nid = "E1"', ("evidence", 0, "id"))
    4
    """
    lines = _lines_by_place(text)
    for depth in range(len(place), 0, -1):
        if place[:depth] in lines:
            return lines[place[:depth]]
    return 1


def _lines_by_place(text: str) -> dict[Place, int]:
    found: dict[Place, int] = {}
    seen: Counter[Place] = Counter()
    table: Place = ()
    inside_text = False
    for number, line in enumerate(text.split("\n"), start=1):
        opens = line.count('"""') + line.count("'''")
        was_inside, inside_text = inside_text, inside_text ^ bool(opens % 2)
        if was_inside:
            continue
        if header := HEADER.match(line):
            table = _enter(_keys(header[2]), is_list=header[1] == "[[", seen=seen)
            found.setdefault(table, number)
            if isinstance(table[-1], int):
                found.setdefault(table[:-1], number)
        elif key := KEY.match(line):
            found.setdefault(table + _keys(key[1]), number)
    return found


def _keys(dotted: str) -> Place:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _enter(keys: Place, *, is_list: bool, seen: Counter[Place]) -> Place:
    """Give the place of a header, with the position of each list on the way."""
    place: Place = ()
    for depth, key in enumerate(keys):
        place += (key,)
        last = depth == len(keys) - 1
        if last and is_list:
            seen[place] += 1
        if seen[place]:
            place += (seen[place] - 1,)
    return place
