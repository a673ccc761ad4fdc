"""The sentences of a weighing, from their templates."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files


@cache
def _templates() -> dict[str, dict[str, str]]:
    text = files("cuibono.weighing").joinpath("sentences.toml").read_text("utf-8")
    return tomllib.loads(text)


def say(about: str, what: str, **values: str) -> str:
    """Fill one template.

    Parameters
    ----------
    about, what : str
        Table and key in `sentences.toml`.
    **values : str
        What stands in the braces; braces inside a value stay as they are.

    Returns
    -------
    str
        A sentence.

    Examples
    --------
    >>> say("comparison", "separable", stronger="{a}", weaker="b", probability="0.97")
    '“{a}” is stronger than “b” (0.97).'
    """
    return _templates()[about][what].format(**values)


def list_origins(origins: Sequence[str], limit: int) -> str:
    """Name origins, and count those beyond the limit.

    Parameters
    ----------
    origins : sequence of str
        Names.
    limit : int
        How many to name.

    Returns
    -------
    str
        Names with commas.

    Examples
    --------
    >>> list_origins(["tass-2014", "dawn-2015", "memoir"], 2)
    'tass-2014, dawn-2015 and 1 more'
    """
    shown = ", ".join(origins[:limit])
    beyond = len(origins) - limit
    return f"{shown} and {beyond} more" if beyond > 0 else shown
